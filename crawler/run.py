"""One crawl, from the list of portals to the run finished in the archive."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.reactor import is_reactor_installed

from crawler.memory import Memory
from crawler.portals import Portal
from crawler.search import PortalSearch
from crawler.session import Session
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.standing import Watcher
from crawler.stopping import SENTENCE, Stopping
from crawler.storing import Storer
from crawler.summary import CrawlSummary, Tally, summarise
from crawler.urls import host_of, is_loopback
from pipeline.archive import Archive, Run
from pipeline.problem import InputProblem, Problem

FIRST_YEAR = 2008
"""The first year that reports exist for: the regulation came into force in May 2008."""

_STALE = timedelta(days=14)  # the lists of an unfinished run that is older are asked for anew


def crawl(
    portals: Sequence[Portal],
    data: Path,
    *,
    years: Iterable[int] | None = None,
    delay: float | None = None,
    refetch: bool = False,
    contact: str | None = None,
    watcher: Watcher | None = None,
) -> CrawlSummary:
    """Find and archive the reports of these portals under `data`/archive, going on with a run that was broken
    off.

    `years` limits what is fetched to reports of these years and of unknown ones. `delay` is the pause in
    seconds between requests to one domain, at least 1 but for loopback hosts. `refetch` asks again for reports
    that are held. `contact` is an address at which an operator of a portal can reach who crawls; without it
    only loopback hosts are asked. `watcher` is told how it goes. Once in a process: Scrapy's reactor cannot be
    started again.

    Raises InputProblem for wrong use, and Problem where the crawl ended before its end; the same call then
    goes on with it.
    """
    asked = frozenset(years) if years is not None else None
    _check(portals, asked, delay, contact)
    with Stopping() as stopping, Archive.open(data / "archive") as archive:
        settings = _run_settings(portals, asked, refetch=refetch)
        run, resumed = _begin(archive, settings)
        archive.begin_session(run.id, {"contact": contact, "delay": delay})
        if watcher is not None:
            watcher.begun(run.id, resumed=resumed)
        memory = Memory(archive, run.id, refetch=refetch)
        with Storer(archive) as storer:
            session = Session(
                archive, storer, run.id, portals, memory, years=asked, refetch=refetch, watcher=watcher
            )
            spider = _crawl(session, stopping, delay, contact)
        if storer.problem is not None:
            raise storer.problem
        tallies = {
            code: Tally(search.known, search.unasked, session.crashes[code], _family(search))
            for code, search in spider.searches.items()
        }
        summary = summarise(archive, run.id, portals, resumed=resumed, tallies=tallies)
        archive.finish_run(run.id, summary.to_json())
        return summary


def _family(search: PortalSearch) -> str | None:
    """The platform family that most lists of a portal are of."""
    most = search.families.most_common(1)
    return most[0][0] if most else None


def _check(
    portals: Sequence[Portal], years: frozenset[int] | None, delay: float | None, contact: str | None
) -> None:
    if not portals:
        raise InputProblem("There is no portal to crawl.")
    if delay is not None and not (delay >= 0 and math.isfinite(delay)):
        raise InputProblem(f"A pause of {delay} seconds cannot be kept. Give a number of seconds from 0.")
    wrong = sorted(year for year in years or () if not FIRST_YEAR <= year <= datetime.now(UTC).year)
    if wrong:
        raise InputProblem(f"There are no reports of {wrong[0]}: they exist from {FIRST_YEAR} on.")
    public = next((portal for portal in portals if not is_loopback(host_of(portal.home))), None)
    if public is not None and not contact:
        raise InputProblem(
            f"{public.home} is a public portal, and those who run it must be able to reach you. Set "
            "GONGKAI_CONTACT to your e-mail address or to a page about your crawl; it is sent with each request."
        )
    if contact and not (contact.isascii() and contact.isprintable()):
        raise InputProblem("The contact must be of printable ASCII characters, as it is sent in a header.")
    if is_reactor_installed():
        raise Problem("A crawl can be run once in a process. Start the command again.")


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


def _begin(archive: Archive, settings: dict[str, object]) -> tuple[Run, bool]:
    """The run to work on: the last one, if it was broken off not long ago and asked for the same; else new."""
    runs = archive.runs()
    last = runs[-1] if runs else None
    if (
        last is not None
        and last.finished_at is None
        and dict(last.settings) == settings
        and datetime.now(UTC) - last.begun_at < _STALE
    ):
        return last, True
    return archive.begin_run(settings), False


def _crawl(
    session: Session, stopping: Stopping, delay: float | None, contact: str | None
) -> AnnualReportsSpider:
    """Run Scrapy until every search has come to its end. Raises Problem where one has not."""
    settings = Settings()
    settings.setmodule(import_module("crawler.settings"), priority="project")
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
    settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact or 'loopback'})", priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(AnnualReportsSpider)
    process.crawl(crawler, session=session)
    stopping.begin(process, crawler, session)
    process.start(install_signal_handlers=False)
    stopping.end()
    spider = crawler.spider
    if session.problem is not None:
        raise session.problem
    if not isinstance(spider, AnnualReportsSpider) or not all(s.ended for s in session.standings.values()):
        raise Problem(SENTENCE)
    return spider
