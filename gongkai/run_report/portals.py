"""The portals that are not whole, each with what is missing, why, and where to look. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from crawler.run_facts import Gap, PortalReport
from gongkai.run_report.words import link, plain
from gongkai.show_crawl.lines import counted
from pipeline.archive import Outcome

EXAMPLES = 5
"""How many addresses are given for each reason on each portal."""


def portal_sections(portals: Iterable[PortalReport]) -> Iterator[str]:
    """A section for each portal."""
    for portal in portals:
        yield f"### {portal.code} {plain(portal.name)}"
        yield ""
        yield f"{_standing(portal)} {link(portal.home)}"
        yield ""
        lines = list(_missing(portal))
        yield from lines
        if lines:
            yield ""


def _standing(portal: PortalReport) -> str:
    if portal.announced:
        platform = f" The platform is {portal.family}." if portal.family else ""
        return f"{portal.held} of {counted(portal.wanted, 'report')} held.{platform}"
    if not portal.requests:
        return "Nothing was asked for."
    if not portal.came:
        return "The home page was not had."
    return f"{counted(portal.pages, 'page')} came, and none announces a yearly report."


def _missing(portal: PortalReport) -> Iterator[str]:
    ranked = sorted(portal.gaps, key=lambda gap: (-portal.reasons[gap.reason], gap.reason))
    for reason, group in groupby(ranked, key=lambda gap: gap.reason):
        gaps = list(group)
        unasked = sum(not gap.asked for gap in gaps)
        if unasked:
            asked = "not asked for" if unasked == len(gaps) else f"{unasked} of them not asked for"
            yield f"- {_kinds(gaps)}: `{reason}`, {asked}. {reason.description}"
        else:
            yield f"- {_kinds(gaps)}: `{reason}`. {reason.description}"
        for gap in sorted(gaps, key=lambda gap: not gap.asked)[:EXAMPLES]:
            yield f"    - {_example(gap)}"
        if len(gaps) > EXAMPLES:
            yield f"    - and {len(gaps) - EXAMPLES} more"
    if portal.not_reached:
        yield f"- {counted(portal.not_reached, 'report')} announced and not asked for yet"
    if portal.unasked_lists:
        yield f"- {counted(portal.unasked_lists, 'list')} left out, more than a search asks for"
    if portal.crashed_pages:
        yield f"- {counted(portal.crashed_pages, 'page')} that gongkai itself failed on; its log says which"


def _kinds(gaps: Iterable[Gap]) -> str:
    """`3 reports, 1 list`."""
    kinds = [gap.kind for gap in gaps]
    return ", ".join(counted(kinds.count(kind), kind) for kind in dict.fromkeys(sorted(kinds, reverse=True)))


def _example(gap: Gap) -> str:
    name = f"{plain(gap.text)} " if gap.text else ""
    note = f", {plain(gap.note)}" if gap.note and gap.asked else ""
    if gap.reason is Outcome.OFFSITE_REDIRECT and gap.note:
        note = f", which points to {link(gap.note)}"
    listed = f", linked from {link(gap.referrer)}" if gap.referrer else ""
    return f"{name}{link(gap.url)}{note}{listed}"
