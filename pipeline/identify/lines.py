"""Titles among the lines of a body: the report's own, those of other papers, and lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.identify.identity import Identity
from pipeline.identify.normalise import fold
from pipeline.identify.organ import is_organ
from pipeline.identify.reason import Reason
from pipeline.identify.title import identify_title

_FIRST = 12  # lines at the beginning of a body in which a title is looked for
_FEW = 4  # as many only, where nothing else in the body speaks for a report
_LENGTH = 80
# Papers about reports; a line that names one makes the page one where no title says otherwise.
_PAPERS_ABOUT = frozenset({Reason.FORMAT, Reason.MODEL_TEXT, Reason.INTERPRETATION, Reason.NOTICE})


def _filled(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _windows(first: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of up to three short lines, since copies break a title over lines, with the place where each ends."""
    for place in range(len(first)):
        for length in (1, 2, 3):
            parts = list(first[place : place + length])
            if len(parts) < length or sum(map(len, parts)) > _LENGTH:
                break
            yield place + length, parts


def body_title(lines: Sequence[str], *, supported: bool) -> Identity | None:
    """The report's title among the first lines, None where there is none or where it goes on to another paper.

    `supported` says that headings or a period speak for a report, so that the title may stand under some furniture.
    """
    first = _filled(lines)[: _FIRST if supported else _FEW]
    for end, parts in _windows(first):
        found = identify_title(" ".join(parts))
        if not found.is_report or (found.organ is None and found.year is None):
            continue
        if _continued(parts, first[end : end + 1]):
            return None
        place = end - len(parts)
        above = fold(first[place - 1]) if place else None
        if found.organ is None and above and is_organ(above.key):
            found = replace(found, organ=above.printed, title=above.printed + (found.title or ""))
        return found
    return None


def _continued(parts: Sequence[str], following: Sequence[str]) -> bool:
    """Whether the next line makes another paper of a title (…年度报告 / 格式, …年度报告 / 解读)."""
    if not following or len(following[0]) > 12:
        return False
    return identify_title("".join([*parts, following[0]])).reason in _PAPERS_ABOUT


def paper_about(lines: Sequence[str]) -> Reason | None:
    """What paper about reports the first lines name: a form circular or a notice posted without its title."""
    for _, parts in _windows(_filled(lines)[:_FIRST]):
        if any(mark in part for part in parts for mark in "。；;"):
            continue
        reason = identify_title(" ".join(parts)).reason
        if reason in _PAPERS_ABOUT:
            return reason
    return None


def lists_reports(lines: Sequence[str]) -> bool:
    """Whether the lines are mostly titles of reports, as on a list page."""
    filled = _filled(lines)[:60]
    titles = [line for line in filled if len(line) <= _LENGTH and identify_title(line).is_report]
    return len(set(titles)) >= 3 and len(titles) * 2 >= len(filled)
