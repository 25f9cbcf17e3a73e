"""One crawl, from the list of portals to the run finished in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.asking import Asking
from crawler.engine import check_manners
from crawler.portals import Portal
from crawler.searching import search_portals
from crawler.standing import Watcher
from crawler.stopping import Stopping
from crawler.summary import CrawlSummary, summarise
from pipeline.archive import Archive, Run
from pipeline.archive.pieces import absorb_left
from pipeline.problem import InputProblem

FIRST_YEAR = 2008
"""The first year that reports exist for: the regulation came into force in May 2008."""

_STALE = timedelta(days=14)  # the lists of an unfinished run that is older are asked for anew


def crawl(
    portals: Sequence[Portal], data: Path, asking: Asking | None = None, *, watcher: Watcher | None = None
) -> CrawlSummary:
    """Find and archive the reports of these portals under `data`/archive, going on with a run that was broken
    off. `watcher` is told how it goes. Once in a process: Scrapy's reactor cannot be started again.

    Raises InputProblem for wrong use, and Problem where the crawl ended before its end; the same call then
    goes on with it.
    """
    asking = asking or Asking()
    check(portals, asking)
    with Stopping() as stopping, Archive.open(data / "archive") as archive:
        absorb_left(archive)
        run, resumed = begin(archive, portals, asking)
        archive.begin_session(run.id, asking.details())
        if watcher is not None:
            watcher.begun(run.id, resumed=resumed)
        tallies = search_portals(archive, run.id, portals, asking, stopping, watcher)
        summary = summarise(archive, run.id, portals, resumed=resumed, tallies=tallies)
        archive.finish_run(run.id, summary.to_json())
        return summary


def last_run(data: Path, portals: Sequence[Portal], *, years: Iterable[int] | None = None) -> Run | None:
    """The last run in `data`/archive that asked these portals for these years, be it finished or not."""
    root = data / "archive"
    if not root.is_dir():
        return None
    asked = frozenset(years) if years is not None else None
    with Archive.open(root, writable=False) as archive:
        return _last(archive, _run_settings(portals, asked, refetch=False))


def check(portals: Sequence[Portal], asking: Asking) -> None:
    """Raise InputProblem for what must not be asked so, or cannot."""
    check_manners(portals, asking.delay, asking.contact)
    wrong = sorted(year for year in asking.years or () if not FIRST_YEAR <= year <= datetime.now(UTC).year)
    if wrong:
        raise InputProblem(f"There are no reports of {wrong[0]}: they exist from {FIRST_YEAR} on.")


def portal_settings(portal: Portal) -> dict[str, object]:
    """A portal, as the settings of a run name it."""
    return {
        "code": portal.code,
        "name": portal.name,
        "home": portal.home,
        "province": portal.province,
        "city": portal.city,
        "family": portal.family,
    }


def _run_settings(
    portals: Sequence[Portal], years: frozenset[int] | None, *, refetch: bool
) -> dict[str, object]:
    return {
        "portals": [portal_settings(portal) for portal in portals],
        "years": sorted(years) if years is not None else None,
        "refetch": refetch,
    }


def begin(archive: Archive, portals: Sequence[Portal], asking: Asking) -> tuple[Run, bool]:
    """The run to work on: the last that asked for the same, if it was broken off not long ago; else a new one. Other
    runs may have been made in between. Tells too whether it was begun before.
    """
    settings = _run_settings(portals, asking.years, refetch=asking.refetch)
    same = _last(archive, settings)
    if same is not None and same.finished_at is None and datetime.now(UTC) - same.begun_at < _STALE:
        return same, True
    return archive.begin_run(settings), False


def _last(archive: Archive, settings: dict[str, object]) -> Run | None:
    return next((run for run in reversed(archive.runs()) if dict(run.settings) == settings), None)
