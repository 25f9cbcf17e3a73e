"""The report of a run as Markdown: what was asked, what came, what is missing and why, and what to do next. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crawler.run_facts import PortalReport, RunReport
from gongkai.run_report.next_steps import next_steps
from gongkai.run_report.portals import EXAMPLES, portal_sections
from gongkai.run_report.words import missing, moment, plain, result, size, table, years
from gongkai.show_crawl.lines import counted, counts, duration

_KINDS = ("report", "file", "list", "page")


def markdown(report: RunReport) -> str:
    """The whole report."""
    whole = [portal for portal in report.portals if portal.is_whole]
    others = [portal for portal in report.portals if not portal.is_whole]
    others.sort(key=lambda portal: (-len(portal.gaps), portal.code))
    parts = [
        *_head(report, len(whole)),
        "## What to do next",
        "",
        *(f"{number}. {step}" for number, step in enumerate(next_steps(report), start=1)),
        "",
        *_totals(report),
        *_reasons(report),
        *_left(report),
        *_portals(
            "Portals that are not whole" if report.finished_at else "Portals under way", others, report
        ),
        *portal_sections(others),
        *_portals(
            "Portals that are whole" if report.finished_at else "Portals without gaps so far", whole, report
        ),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _head(report: RunReport, whole: int) -> Iterator[str]:
    wanted, held = sum(one.wanted for one in report.portals), sum(one.held for one in report.portals)
    yield f"# Run {report.run}"
    yield ""
    end = "Finished." if report.finished_at else "**Not finished: the same command goes on with it.** So far:"
    portals = f"{whole} of {counted(len(report.portals), 'portal')} whole" if report.finished_at else ""
    yield f"{end} {held} of {counted(wanted, 'report')} announced are in the archive{portals and ', '}{portals}."
    yield ""
    contacts = sorted({one.contact for one in report.sessions if one.contact})
    delays = sorted({one.delay for one in report.sessions if one.delay is not None})
    sessions = "one session" if len(report.sessions) == 1 else f"{len(report.sessions)} sessions"
    pause = ", ".join(f"{delay:g} s" for delay in delays) or "the usual one"
    again = ", also those that were held" if report.refetch else ""
    rows = [
        ("asked for", f"reports of {years(report)}{again}"),
        ("by", plain(", ".join(contacts)) or "nobody named: portals on this machine alone"),
        ("began", moment(report.begun_at)),
        ("ended", moment(report.finished_at) or "not yet"),
        ("worked", f"{duration(report.took.total_seconds())} in {sessions}"),
        ("pause between requests", f"{pause}, longer where a portal asks for it"),
    ]
    hours = sorted({one.hours for one in report.sessions if one.hours})
    if hours:
        rows.append(("hours of the day", f"{', '.join(hours)}, China time"))
    yield from table(("", ""), rows)


def _totals(report: RunReport) -> Iterator[str]:
    portals = report.portals
    before = sum(one.before for one in portals)
    other_years = sum(one.other_years for one in portals)
    waited = sum(one.waited.total_seconds() for one in portals)
    look_alikes = sum((one.look_alikes for one in portals), Counter[str]())
    yield "## Totals"
    yield ""
    rows = [
        ("reports announced", str(sum(one.announced for one in portals))),
        ("of years not asked for", str(other_years)),
        ("held", f"{sum(one.held for one in portals)}, of these {before} from earlier runs"),
        ("missing", str(sum(one.wanted - one.held for one in portals))),
        ("files of reports fetched", str(sum(one.files for one in portals))),
        ("pages and lists fetched", str(sum(one.pages for one in portals))),
        ("unchanged since the last run", str(sum(one.unchanged for one in portals))),
        (
            "look like reports, left alone",
            f"{look_alikes.total()}{': ' if look_alikes else ''}{counts(look_alikes)}",
        ),
        ("requests", str(sum(one.requests for one in portals))),
        ("fetched", size(sum(one.size for one in portals))),
        ("politeness", f"{duration(waited)} of waiting, summed over portals that were asked side by side"),
    ]
    yield from table(("", ""), rows)


def _reasons(report: RunReport) -> Iterator[str]:
    gaps = list(report.gaps)
    if not gaps:
        return
    yield "## Why something is missing"
    yield ""
    count = Counter((gap.reason, gap.kind) for _, gap in gaps)
    portals = Counter(reason for reason, _ in {(gap.reason, portal.code) for portal, gap in gaps})
    rank = Counter(gap.reason for _, gap in gaps)
    rows = [
        (
            f"`{reason}`",
            *(str(count[reason, kind] or "") for kind in _KINDS),
            str(portals[reason]),
            reason.description,
        )
        for reason in sorted(rank, key=lambda reason: (-rank[reason], reason))
    ]
    yield from table(("why", " reports", " files", " lists", " pages", " portals", "means"), rows)


def _left(report: RunReport) -> Iterator[str]:
    left = [(portal, host) for portal in report.portals for host in portal.left.values()]
    if not left:
        return
    yield "## Hosts that were left alone"
    yield ""
    yield "After an answer like these nothing more was asked of the host."
    yield ""
    rows = [
        (
            plain(host.host),
            f"{portal.code} {plain(portal.name)}",
            f"`{host.reason}`",
            moment(host.since),
            moment(host.until) or "the end of this run",
            str(host.unasked or ""),
        )
        for portal, host in left
    ]
    yield from table(("host", "portal", "why", "since", "until", " not asked for"), rows)


def _portals(title: str, portals: Sequence[PortalReport], report: RunReport) -> Iterable[str]:
    if not portals:
        return ()
    finished = report.finished_at is not None
    rows = [
        (
            f"{one.code} {plain(one.name)}",
            result(one, finished=finished),
            f"{one.held} of {one.wanted}",
            missing(one),
            str(one.requests),
            size(one.size),
            duration((one.last - one.first).total_seconds()) if one.first and one.last else "",
            duration(one.waited.total_seconds()),
        )
        for one in portals
    ]
    heads = ("portal", "result", " reports held", "missing", " requests", " fetched", " took", " waited")
    note = ""
    if any(number > EXAMPLES for one in portals for number in one.reasons.values()):
        note = f"Of each reason at most {EXAMPLES} addresses are given; the table `fetch` of a build has all."
    return [f"## {title}", "", *table(heads, rows), *((note, "") if note else ())]
