"""What to do next after a run, step by step. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.run_facts import PortalReport, RunReport
from gongkai.run_report.advice import advice_for
from gongkai.run_report.words import plain
from gongkai.show_crawl.lines import counted

_NAMED = 12  # portals that a step names


def next_steps(report: RunReport) -> Iterator[str]:
    """The steps, each a paragraph of Markdown, the most urgent first."""
    if report.finished_at is None:
        yield (
            "The run was stopped or broke off. Start the same command again: it goes on where it was, and asks for "
            "nothing twice."
        )
    yield from _without_reports(report)
    came = [one for one in report.portals if one.came or one.announced]
    for advice, outcomes in advice_for({gap.reason for one in came for gap in one.gaps}):
        met = [one for one in came if any(one.reasons[outcome] for outcome in outcomes)]
        number = sum(one.reasons[outcome] for one in met for outcome in outcomes)
        words = ", ".join(f"`{outcome}`" for outcome in outcomes)
        yield f"**{advice.matter}** ({words}: {counted(number, 'time')}.) {advice.remedy} {_portals(met)}"
    unread = [one for one in report.portals if one.unasked_lists or one.crashed_pages]
    if unread:
        yield f"**Lists or pages were left out by gongkai itself.** Tell its developers. {_portals(unread)}"
    yield (
        "Run `gongkai build`, then `gongkai coverage`: they tell of every organ and year whether its report is there, "
        "as only reading the documents can."
    )


def _without_reports(report: RunReport) -> Iterator[str]:
    """What to do about portals that announce nothing, as far as they were asked."""
    asked = [one for one in report.portals if not one.announced and one.requests]
    silent = [one for one in asked if not one.came and one.gaps]
    if silent:
        yield (
            f"**The home page did not come, of {counted(len(silent), 'portal')}.** Open it in your browser. If it has "
            "moved, put its new address in the list of portals. If it opens, start the same command again in a day or "
            f"two; the sections below say what came instead. {_portals(silent)}"
        )
    nameless = [one for one in asked if one.came and not one.gaps]
    if nameless and report.finished_at is not None:
        yield (
            f"**No yearly reports were found, on {counted(len(nameless), 'portal')}.** Look for 政府信息公开年报 on "
            "the home page in your browser. If it is there, tell the developers of gongkai where. If not, the portal "
            f"may have moved, and the list of portals needs its new address. {_portals(nameless)}"
        )


def _portals(portals: Sequence[PortalReport]) -> str:
    names = [f"{one.code} {plain(one.name)}" for one in portals[:_NAMED]]
    more = f" and {len(portals) - _NAMED} more" if len(portals) > _NAMED else ""
    return f"Portals: {', '.join(names)}{more}."
