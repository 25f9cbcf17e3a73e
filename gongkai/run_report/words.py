"""The facts of a run in the words of its report: times, sizes, results, and Markdown that nothing can break. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from crawler.run_facts import PortalReport, RunReport
from gongkai.show_crawl.lines import counted, counts

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_LIST = re.compile(r"^(\d*)([-+=.):])")  # at the beginning of a line


def plain(text: str) -> str:
    """A text of the portals as Markdown that shows it and does nothing else."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def link(url: str) -> str:
    return "<" + re.sub(r"[\s<>|]", lambda sign: f"%{ord(sign[0]):02X}", url) + ">"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of Markdown; a head that begins with a space stands over numbers."""
    sides = ["---:" if head.startswith(" ") else "---" for head in heads]
    lines = [[head.strip() for head in heads], sides, *rows]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def moment(time: datetime | None) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if time is not None else ""


def size(number: int) -> str:
    """Bytes for people: 980 B, 12.3 kB, 410 MB."""
    value, units = float(number), ["B", "kB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value /= 1000
        units.pop(0)
    return f"{value:.0f} {units[0]}" if units[0] == "B" or value >= 100 else f"{value:.1f} {units[0]}"


def result(portal: PortalReport, *, finished: bool) -> str:
    """What became of a portal, in a word or two."""
    if portal.is_whole:
        return "whole" if finished else "no gaps so far"
    if not portal.requests and not portal.announced:
        return "not asked for"
    if portal.announced:
        return "gaps" if finished else "gaps so far" if portal.gaps else "under way"
    if portal.came:
        return "no reports found" if finished else "no reports so far"
    return "home page not had" if finished or portal.gaps else "under way"


def missing(portal: PortalReport) -> str:
    """The gaps of a portal, counted by reason."""
    parts = (
        [counts({str(reason): number for reason, number in portal.reasons.items()})] if portal.gaps else []
    )
    if portal.not_reached:
        parts.append(f"{counted(portal.not_reached, 'report')} not asked for yet")
    if portal.unasked_lists:
        parts.append(f"{counted(portal.unasked_lists, 'list')} more than a search asks for")
    if portal.crashed_pages:
        parts.append(f"{counted(portal.crashed_pages, 'page')} not understood")
    return ", ".join(parts)


def years(report: RunReport) -> str:
    """The years that were asked for: 2008 to 2010, 2023."""
    if report.years is None:
        return "all years"
    spans: list[list[int]] = []
    for year in report.years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in spans)
