"""gongkai crawl: find and archive reports."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.problem import InputProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.summary import CrawlSummary, PortalSummary
    from pipeline.coverage import CoverageRow


def crawl(
    portals: Annotated[
        Path | None,
        typer.Option(
            "--portals", help="CSV list of portals with at least code,name,home (the registered portals)."
        ),
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only the portal with this code.")] = None,
    year: Annotated[list[int] | None, typer.Option("--year", help="Only reports of this year.")] = None,
    since: Annotated[
        int | None, typer.Option("--since", help="Only reports of this year and all later ones.")
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(
            "--delay",
            help="Pause in seconds between requests to a portal (2; at least 1 but on this machine).",
        ),
    ] = None,
    off_peak: Annotated[
        str | None,
        typer.Option("--off-peak", help="Ask portals in these hours only, China time, as in 22:00-06:00."),
    ] = None,
    max_requests: Annotated[
        int | None,
        typer.Option("--max-requests", min=1, help="The most requests to one portal in this run (40000)."),
    ] = None,
    max_megabytes: Annotated[
        int | None,
        typer.Option("--max-megabytes", min=1, help="The most megabytes of one portal in this run (16384)."),
    ] = None,
    data: Annotated[Path, typer.Option("--data", help="Folder of everything that is made.")] = Path(
        "datasets"
    ),
    refetch: Annotated[
        bool,
        typer.Option("--refetch", help="Fetch again what is held; a changed report becomes a new version."),
    ] = False,
    log_every: Annotated[
        float,
        typer.Option(
            "--log-every",
            min=0.1,
            help="Seconds between lines of progress where stderr is no terminal.",
        ),
    ] = 30.0,
) -> None:
    """Find the yearly reports on the portals and archive them. Stopped at any moment, it goes on when it is
    started again; reports that are held are not fetched again.

    GONGKAI_CONTACT must hold your e-mail address or a page about your crawl: portals are told it. --only and
    --year may be given several times. A year on top of earlier ones costs the lists that may announce it and its
    own reports; --since 2008 asks again for what is missing of all years.

    Ends with 1 where a portal is not whole: something that is expected of it, or that may have announced something,
    did not come. `gongkai build` and `gongkai coverage` then tell it by organ and year.

    Example: gongkai crawl --only 370800 --year 2023
    """
    from crawler.budget import Budget
    from crawler.off_peak import OffPeak
    from crawler.portals import load_portals, registered_portals
    from crawler.run import crawl as crawl_portals
    from gongkai.show_crawl import CrawlDisplay
    from pipeline.coverage import announced, is_whole

    listed = load_portals(portals or registered_portals(), only or ())
    with CrawlDisplay(len(listed), log_every=log_every) as display:
        summary = crawl_portals(
            listed,
            data,
            years=_years(year, since),
            delay=delay,
            refetch=refetch,
            contact=os.environ.get("GONGKAI_CONTACT"),
            off_peak=OffPeak.parse(off_peak) if off_peak is not None else None,
            budget=Budget.of(max_requests, max_megabytes),
            watcher=display,
        )
    rows = announced(data, summary.run)
    _report(summary, rows, data)
    if not all(is_whole(rows[portal.portal.code]) for portal in summary.portals):
        raise typer.Exit(1)


def _years(years: list[int] | None, since: int | None) -> list[int] | None:
    if since is None:
        return years or None
    if years:
        raise InputProblem("--since names years already: give --year or --since, not both.")
    return list(range(since, max(since, datetime.now(UTC).year) + 1))


def _report(summary: CrawlSummary, rows: Mapping[str, Sequence[CoverageRow]], data: Path) -> None:
    from pipeline.coverage import is_whole

    for portal in summary.portals:
        typer.echo(f"{_line(portal)}. {_verdict(rows[portal.portal.code])}", err=True)
    whole = sum(is_whole(rows[portal.portal.code]) for portal in summary.portals)
    typer.echo(
        f"Run {summary.run}{' (taken up again)' if summary.resumed else ''}: "
        f"{sum(portal.reports for portal in summary.portals)} reports fetched, "
        f"{sum(portal.known for portal in summary.portals)} held before; "
        f"{whole} of {len(summary.portals)} portals whole. Archive: {data / 'archive'}",
        err=True,
    )


def _verdict(rows: Sequence[CoverageRow]) -> str:
    """Whether a portal is whole, and what is not there and why."""
    from pipeline.coverage import is_settled, is_whole

    if is_whole(rows):
        return "Whole"
    open_ = Counter(row.reason or "" for row in rows if not is_settled(row.reason))
    return f"NOT WHOLE, {open_.total()} of {len(rows)} expected: {_counts(open_)}"


def _line(portal: PortalSummary) -> str:
    parts = [f"{portal.reports} reports fetched of {portal.announced} announced"]
    if portal.known:
        parts.append(f"{portal.known} held before")
    parts.append(f"{portal.pages} pages on the way")
    if portal.unchanged:
        parts.append(f"{portal.unchanged} of these unchanged")
    if portal.left_alone:
        parts.append("left alone: " + _counts(portal.left_alone))
    if portal.lost:
        parts.append("REPORTS NOT HAD: " + _counts(portal.lost))
    if portal.broken:
        parts.append("pages not had: " + _counts(portal.broken))
    if portal.unasked:
        parts.append(f"{portal.unasked} LISTS LEFT OUT, MORE THAN A SEARCH ASKS FOR")
    if portal.crashed:
        parts.append(f"{portal.crashed} PAGES NOT UNDERSTOOD")
    if portal.family:
        parts.append(f"platform {portal.family}")
    return f"{portal.portal.code} {portal.portal.name}: " + ", ".join(parts)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
