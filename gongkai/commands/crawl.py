"""gongkai crawl: find and archive reports."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.commands.build import ClusterAddress
from gongkai.data import DATA, DataPlace, writing
from pipeline.problem import InputProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.portals import Portal
    from crawler.summary import CrawlSummary
    from pipeline.coverage import CoverageRow

PortalList = Annotated[
    Path | None,
    typer.Option(
        "--portals", help="CSV list of portals with at least code,name,home (the registered portals)."
    ),
]
Only = Annotated[list[str] | None, typer.Option("--only", help="Only the portal with this code.")]
Delay = Annotated[
    float | None,
    typer.Option(
        "--delay", help="Pause in seconds between requests to a portal (2; at least 1 but on this machine)."
    ),
]
Hours = Annotated[
    str | None,
    typer.Option("--off-peak", help="Ask portals in these hours only, China time, as in 22:00-06:00."),
]
MaxRequests = Annotated[
    int | None,
    typer.Option("--max-requests", min=1, help="The most requests to one portal in this run (40000)."),
]
MaxMegabytes = Annotated[
    int | None,
    typer.Option("--max-megabytes", min=1, help="The most megabytes of one portal in this run (16384)."),
]
LogEvery = Annotated[
    float,
    typer.Option(
        "--log-every", min=0.1, help="Seconds between lines of progress where stderr is no terminal."
    ),
]


@dataclass(frozen=True, slots=True)
class Manner:
    """How portals are asked, and the progress is told: the options of a crawl as they are given."""

    delay: float | None
    off_peak: str | None
    max_requests: int | None
    max_megabytes: int | None
    log_every: float
    cluster: str | None = None


def crawl(
    portals: PortalList = None,
    only: Only = None,
    year: Annotated[list[int] | None, typer.Option("--year", help="Only reports of this year.")] = None,
    since: Annotated[
        int | None, typer.Option("--since", help="Only reports of this year and all later ones.")
    ] = None,
    delay: Delay = None,
    off_peak: Hours = None,
    max_requests: MaxRequests = None,
    max_megabytes: MaxMegabytes = None,
    data: DataPlace = DATA,
    refetch: Annotated[
        bool,
        typer.Option("--refetch", help="Fetch again what is held; a changed report becomes a new version."),
    ] = False,
    report: Annotated[
        str | None,
        typer.Option(
            "--report",
            metavar="RUN",
            help="Crawl nothing; write the report of this run again, of the last one with `last`.",
        ),
    ] = None,
    cluster: ClusterAddress = None,
    log_every: LogEvery = 30.0,
) -> None:
    """Find the yearly reports on the portals and archive them. Stopped at any moment, it goes on when it is
    started again; reports that are held are not fetched again.

    GONGKAI_CONTACT must hold your e-mail address or a page about your crawl: portals are told it. --only and
    --year may be given several times. A year on top of earlier ones costs the lists that may announce it and its
    own reports; --since 2008 asks again for what is missing of all years.

    With --cluster the workers of a Dask cluster crawl, which see DATA under the same path or reach its storage: each
    task is the portals that may stand behind one firewall, and no host is asked by two.

    At the end a report for people is written to DATA/runs: what came, what is missing and why, and what to do next.
    Ends with 1 where a portal is not whole: something that is expected of it, or that may have announced something,
    did not come. `gongkai build` and `gongkai coverage` then tell it by organ and year.

    Example: gongkai crawl --only 370800 --year 2023
    """
    from crawler.portals import load_portals, registered_portals
    from pipeline.coverage import announced

    if report is not None:
        with writing(data, "runs") as there:
            typer.echo(there.shown(tell_run(there.folder, None if report == "last" else report)))
        return
    listed = load_portals(portals or registered_portals(), only or ())
    manner = Manner(delay, off_peak, max_requests, max_megabytes, log_every, cluster)
    with writing(data, "archive", "pieces", "runs") as there:
        summary = crawl_shown(listed, there.folder, _years(year, since), manner, refetch=refetch)
        tell_run(there.folder, summary.run)
        verdict, whole = _verdict(announced(there.folder, summary.run))
    typer.echo(verdict, err=True)
    if not whole:
        raise typer.Exit(1)


def crawl_shown(
    listed: Sequence[Portal],
    data: Path,
    years: Sequence[int] | None,
    manner: Manner,
    *,
    refetch: bool = False,
) -> CrawlSummary:
    """Crawl in the name of GONGKAI_CONTACT, with the progress on stderr."""
    from contextlib import ExitStack

    from crawler.asking import Asking
    from crawler.budget import Budget
    from crawler.off_peak import OffPeak
    from crawler.run import crawl as crawl_portals
    from gongkai.show_crawl import CrawlDisplay
    from pipeline.cluster.connecting import connected

    asking = Asking(
        frozenset(years) if years is not None else None,
        manner.delay,
        refetch,
        os.environ.get("GONGKAI_CONTACT"),
        OffPeak.parse(manner.off_peak) if manner.off_peak is not None else None,
        Budget.of(manner.max_requests, manner.max_megabytes),
    )
    with ExitStack() as stack:
        display = stack.enter_context(CrawlDisplay(len(listed), log_every=manner.log_every))
        if manner.cluster is None:
            return crawl_portals(listed, data, asking, watcher=display)
        engine = stack.enter_context(connected(manner.cluster, display.say))
        from crawler.cluster.run import crawl_on

        return crawl_on(engine, listed, data, asking, display)


def _years(years: list[int] | None, since: int | None) -> list[int] | None:
    if since is None:
        return years or None
    if years:
        raise InputProblem("--since names years already: give --year or --since, not both.")
    return list(range(since, max(since, datetime.now(UTC).year) + 1))


def _verdict(portals: Iterable[tuple[str, Sequence[CoverageRow]]]) -> tuple[str, bool]:
    """What the coverage says of all portals, and whether all of it came: that decides how the command ends."""
    from pipeline.coverage import is_settled, is_whole

    asked = whole = expected = 0
    reasons: Counter[str] = Counter()
    for _, rows in portals:
        asked += 1
        whole += is_whole(rows)
        expected += len(rows)
        reasons.update(row.reason or "" for row in rows if not is_settled(row.reason))
    why = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
    still = f"; open are {reasons.total()} of {expected} expected: {why}" if reasons else ""
    said = f"Coverage: {whole} of {asked} portals have all that is expected of them{still}."
    return said, whole == asked


def tell_run(data: Path, run: str | None) -> Path:
    """Write the report of a run, the last one if none is named, and say in short what it says."""
    from crawler.run_report import report_run
    from gongkai.run_report import short, write_report
    from pipeline.archive import Archive

    with Archive.open(data / "archive", writable=False) as archive:
        report = report_run(archive, run)
    path = write_report(report, data)
    for line in short(report):
        typer.echo(line, err=True)
    typer.echo(f"The report, with what to do next: {path}", err=True)
    return path
