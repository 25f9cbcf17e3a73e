"""One crawl, from the list of portals to the run finished in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.budget import Budget
from crawler.engine import check_manners, run_spider
from crawler.memory import Memory
from crawler.off_peak import OffPeak
from crawler.portals import Portal
from crawler.search import PortalSearch
from crawler.session import Session
from crawler.settings import DOWNLOAD_DELAY
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.standing import Watcher
from crawler.stopping import Stopping
from crawler.storing import Storer
from crawler.summary import CrawlSummary, Tally, summarise
from pipeline.archive import Archive, Run
from pipeline.problem import InputProblem

FIRST_YEAR = 2008
"""The first year that reports exist for: the regulation came into force in May 2008."""

_STALE = timedelta(days=14)  # the lists of an unfinished run that is older are asked for anew


def crawl(  # noqa: PLR0913 - each is an option of the person who crawls
    portals: Sequence[Portal],
    data: Path,
    *,
    years: Iterable[int] | None = None,
    delay: float | None = None,
    refetch: bool = False,
    contact: str | None = None,
    off_peak: OffPeak | None = None,
    budget: Budget | None = None,
    watcher: Watcher | None = None,
) -> CrawlSummary:
    """Find and archive the reports of these portals under `data`/archive, going on with a run that was broken
    off.

    `years` limits what is fetched to reports of these years and of unknown ones. `delay` is the pause in
    seconds between requests to one domain, at least 1 but for loopback hosts. `refetch` asks again for reports
    that are held. `contact` is an address at which an operator of a portal can reach who crawls; without it
    only loopback hosts are asked. `off_peak` are the hours in which portals are asked, `budget` is what one
    portal may cost in one run. `watcher` is told how it goes. Once in a process: Scrapy's reactor cannot be
    started again.

    Raises InputProblem for wrong use, and Problem where the crawl ended before its end; the same call then
    goes on with it.
    """
    asked = frozenset(years) if years is not None else None
    check_manners(portals, delay, contact)
    _check_years(asked)
    with Stopping() as stopping, Archive.open(data / "archive") as archive:
        settings = _run_settings(portals, asked, refetch=refetch)
        run, resumed = _begin(archive, settings)
        budget = budget or Budget()
        archive.begin_session(run.id, _session_settings(contact, delay, off_peak, budget))
        if watcher is not None:
            watcher.begun(run.id, resumed=resumed)
        memory = Memory(archive, run.id, portals, refetch=refetch)
        with Storer(archive) as storer:
            session = Session(
                archive,
                storer,
                run.id,
                portals,
                memory,
                years=asked,
                refetch=refetch,
                budget=budget,
                off_peak=off_peak,
                watcher=watcher,
            )
            spider = run_spider(AnnualReportsSpider, session, stopping, delay, contact)
        if storer.problem is not None:
            raise storer.problem
        tallies = {
            code: Tally(search.known, search.unasked, session.crashes[code], _family(search))
            for code, search in spider.searches.items()
        }
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


def _family(search: PortalSearch) -> str | None:
    """The platform family that most lists of a portal are of."""
    most = search.families.most_common(1)
    return most[0][0] if most else None


def _check_years(years: frozenset[int] | None) -> None:
    wrong = sorted(year for year in years or () if not FIRST_YEAR <= year <= datetime.now(UTC).year)
    if wrong:
        raise InputProblem(f"There are no reports of {wrong[0]}: they exist from {FIRST_YEAR} on.")


def _run_settings(
    portals: Sequence[Portal], years: frozenset[int] | None, *, refetch: bool
) -> dict[str, object]:
    return {
        "portals": [
            {
                "code": portal.code,
                "name": portal.name,
                "home": portal.home,
                "province": portal.province,
                "city": portal.city,
                "family": portal.family,
            }
            for portal in portals
        ],
        "years": sorted(years) if years is not None else None,
        "refetch": refetch,
    }


def _session_settings(
    contact: str | None, delay: float | None, off_peak: OffPeak | None, budget: Budget
) -> dict[str, object]:
    """How portals are asked: what may be another with each start of a run."""
    return {
        "contact": contact,
        "delay": DOWNLOAD_DELAY if delay is None else delay,
        "off_peak": str(off_peak) if off_peak else None,
        "budget": asdict(budget),
    }


def _begin(archive: Archive, settings: dict[str, object]) -> tuple[Run, bool]:
    """The run to work on: the last that asked for the same, if it was broken off not long ago; else a new one. Other
    runs may have been made in between.
    """
    same = _last(archive, settings)
    if same is not None and same.finished_at is None and datetime.now(UTC) - same.begun_at < _STALE:
        return same, True
    return archive.begin_run(settings), False


def _last(archive: Archive, settings: dict[str, object]) -> Run | None:
    return next((run for run in reversed(archive.runs()) if dict(run.settings) == settings), None)
