"""gongkai run: the yearly run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.commands.build import ClusterAddress, Workers
from gongkai.commands.crawl import (
    Delay,
    Hours,
    LogEvery,
    Manner,
    MaxMegabytes,
    MaxRequests,
    Only,
    PortalList,
)
from gongkai.data import DATA, DataPlace, writing
from pipeline.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.portals import Portal
    from pipeline.archive import Run
    from pipeline.publish.version import Version
    from pipeline.yearly import YearStanding


def run(
    year: Annotated[
        int | None,
        typer.Option("--year", help="The year that is reported on. Without it, the year before this one."),
    ] = None,
    portals: PortalList = None,
    only: Only = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Ask portals again for what is missing, where the last run is done."),
    ] = False,
    version: Annotated[
        str | None,
        typer.Option(
            "--release",
            metavar="VERSION",
            help="Release under this version. Without it, a candidate for the next number is made.",
        ),
    ] = None,
    delay: Delay = None,
    off_peak: Hours = None,
    max_requests: MaxRequests = None,
    max_megabytes: MaxMegabytes = None,
    workers: Workers = None,
    data: DataPlace = DATA,
    cluster: ClusterAddress = None,
    log_every: LogEvery = 30.0,
) -> None:
    """The yearly run: crawl, build, check, candidate of a release, report.

    Started again, it goes on where it was stopped or killed. What is done is not done again: the crawl where a run of
    the same portals and year is finished, the build where archive, reviewed data and program are the same, the
    candidate where one holds the same tables. One runs at a time in a data folder; a second one says so and ends
    with 3. `latest` never leads to a candidate: look at it, then `gongkai release`. With --cluster the workers of a
    Dask cluster crawl and read.

    The report is DATA/runs/YEAR-RUN.md: what was asked, what came, gaps with their reasons, what changed since the last
    release, and what to do next.

    Ends with 0 where all that is expected of the year came or was seen not to be there; with 1 where a candidate is
    there, and gaps or doubtful readings want a person; with 2 for wrong use; with 3 where it could not go on, or a
    check of the release failed: the message and the report say why, and the same command goes on.

    Example: gongkai run --year 2025
    """
    from crawler.portals import load_portals, registered_portals
    from pipeline.publish.version import Version

    asked_year = datetime.now(UTC).year - 1 if year is None else year
    asked = Version.of(version) if version is not None else None
    listed = load_portals(portals or registered_portals(), only or ())
    manner = Manner(delay, off_peak, max_requests, max_megabytes, log_every, cluster)
    with writing(data, "archive", "pieces", "build", "releases", "runs") as there:
        found, path = _run(listed, there.folder, asked_year, manner, workers, asked, again=again)
        shown = there.shown(path)
    typer.echo(shown)
    if found.failed:
        raise Problem(f"Nothing was released: {len(found.failed)} checks failed. What to do: {shown}")
    if not found.is_whole:
        raise typer.Exit(1)


def _run(
    listed: Sequence[Portal],
    data: Path,
    year: int,
    manner: Manner,
    workers: int | None,
    asked: Version | None,
    *,
    again: bool,
) -> tuple[YearStanding, Path]:
    """All steps of the run: how the year stands, and where the report lies."""
    from contextlib import closing

    from pipeline.archive.lock import Lock
    from pipeline.publish.version import point_to_latest
    from pipeline.yearly import next_candidate, release_of_build, standing

    runs = data / "runs"
    try:
        runs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"{runs}: {error.strerror}. Name a folder that can be written with --data.") from error
    with closing(Lock(runs / "lock", f"A yearly run is at work in {data}, of")):
        crawled = _crawled(listed, data, year, manner, again=again)
        _build(data, workers, manner.log_every, manner.cluster)
        there = release_of_build(data, asked)
        codes = [portal.code for portal in listed]
        found = standing(data, year, codes, there or asked or next_candidate(data))
        _say(_checked(found))
        if there is not None:
            point_to_latest(data)  # what a kill after a release's naming left undone
        elif not found.failed:
            there = _release(data, found.version)
        return found, _report(data, crawled, found, there)


def _crawled(listed: Sequence[Portal], data: Path, year: int, manner: Manner, *, again: bool) -> Run:
    """The finished run of the crawl. With `again`, one more is begun where the last one has its yearly report."""
    from crawler.run import last_run
    from gongkai.commands.crawl import crawl_shown, tell_run

    last = last_run(data, listed, years=[year])
    if (
        last is not None
        and last.finished_at is not None
        and not (again and _report_path(data, year, last.id).exists())
    ):
        _say(f"crawl: run {last.id} is done")
    else:
        crawl_shown(listed, data, [year], manner)
        last = last_run(data, listed, years=[year])
    if last is None:
        raise Problem(f"The archive in {data} does not hold the run that was just made. Start again.")
    tell_run(data, last.id)
    return last


def _build(data: Path, workers: int | None, log_every: float, cluster: str | None) -> None:
    from gongkai.commands.build import build_shown
    from pipeline.freshness import is_fresh

    if is_fresh(data):
        _say("build: the tables are of this archive, data and program")
    else:
        _say("build: begins")
        build_shown(data, workers, log_every, cluster)


def _checked(found: YearStanding) -> str:
    return (
        f"check: {found.held} of {len(found.rows)} expected of {found.year} are held, {len(found.open)} to look at; "
        f"{len(found.doubts)} doubtful readings; {len(found.failed)} of {len(found.gates)} checks of a release fail"
    )


def _release(data: Path, version: Version) -> Version:
    from pipeline.publish.release import release

    release(data, version, progress=lambda step: _say(f"release {version.text}: {step}"))
    return version


def _report(data: Path, crawled: Run, found: YearStanding, released: Version | None) -> Path:
    from gongkai.run_report.file import write_page
    from gongkai.year_report import YearRun, year_markdown

    told = YearRun(data, crawled.id, crawled.finished_at, found, released)
    if told.folder is not None:
        told = replace(told, changes=(told.folder / "CHANGES.md").read_text(encoding="utf-8"))
    path = _report_path(data, found.year, crawled.id)
    return write_page(path, year_markdown(told), again="the same command again")


def _report_path(data: Path, year: int, run_id: str) -> Path:
    return data / "runs" / f"{year}-{run_id}.md"


def _say(message: str) -> None:
    typer.echo(message, err=True)
