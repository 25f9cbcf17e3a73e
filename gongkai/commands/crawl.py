"""gongkai crawl: find and archive reports."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crawler.summary import CrawlSummary, PortalSummary


def crawl(
    portals: Annotated[
        Path | None,
        typer.Option(
            "--portals", help="CSV list of portals with at least code,name,home (the registered portals)."
        ),
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only the portal with this code.")] = None,
    year: Annotated[list[int] | None, typer.Option("--year", help="Only reports of this year.")] = None,
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
    --year may be given several times.

    Ends with 1 where a report that is announced could not be had, or a portal announces none.

    Example: gongkai crawl --only 370800 --year 2023
    """
    from crawler.budget import Budget
    from crawler.off_peak import OffPeak
    from crawler.portals import load_portals, registered_portals
    from crawler.run import crawl as crawl_portals
    from gongkai.show_crawl import CrawlDisplay

    listed = load_portals(portals or registered_portals(), only or ())
    with CrawlDisplay(len(listed), log_every=log_every) as display:
        summary = crawl_portals(
            listed,
            data,
            years=year or None,
            delay=delay,
            refetch=refetch,
            contact=os.environ.get("GONGKAI_CONTACT"),
            off_peak=OffPeak.parse(off_peak) if off_peak is not None else None,
            budget=Budget.of(max_requests, max_megabytes),
            watcher=display,
        )
    _report(summary, data)
    if not summary.is_whole:
        raise typer.Exit(1)


def _report(summary: CrawlSummary, data: Path) -> None:
    for portal in summary.portals:
        typer.echo(_line(portal), err=True)
    whole = sum(portal.is_whole for portal in summary.portals)
    typer.echo(
        f"Run {summary.run}{' (taken up again)' if summary.resumed else ''}: "
        f"{sum(portal.reports for portal in summary.portals)} reports fetched, "
        f"{sum(portal.known for portal in summary.portals)} held before; "
        f"{whole} of {len(summary.portals)} portals whole. Archive: {data / 'archive'}",
        err=True,
    )


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
    if portal.missing:
        parts.append(portal.missing.upper())
    return f"{portal.portal.code} {portal.portal.name}: " + ", ".join(parts)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
