"""Running a spider over the portals of a session, with the manners of all crawls."""

from __future__ import annotations

import gc
import logging
import math
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TypeVar

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.reactor import is_reactor_installed
from twisted.logger import globalLogBeginner

from crawler.portals import Portal
from crawler.session import Session
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.stopping import SENTENCE, Stopping
from crawler.urls import host_of, is_loopback
from pipeline.problem import InputProblem, Problem

AnySpider = TypeVar("AnySpider", bound=AnnualReportsSpider)


def check_manners(portals: Sequence[Portal], delay: float | None, contact: str | None) -> None:
    """Raise InputProblem where portals must not be asked so, and Problem where this process has crawled before."""
    if not portals:
        raise InputProblem("There is no portal to crawl.")
    if delay is not None and not (delay >= 0 and math.isfinite(delay)):
        raise InputProblem(f"A pause of {delay} seconds cannot be kept. Give a number of seconds from 0.")
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


def run_spider(
    kind: type[AnySpider],
    session: Session,
    stopping: Stopping,
    delay: float | None,
    contact: str | None,
    bounds: Mapping[str, int] | None = None,
) -> AnySpider:
    """Run Scrapy until every search has come to its end; `bounds` are settings in place of those of all crawls.

    Raises Problem where a search has not come to its end.
    """
    settings = Settings()
    settings.setmodule(import_module("crawler.settings"), priority="project")
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
    settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact or 'loopback'})", priority="cmdline")
    for name, value in (bounds or {}).items():
        settings.set(name, value, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    _quieten_twisted()
    crawler = process.create_crawler(kind)
    process.crawl(crawler, session=session)
    stopping.begin(process, crawler, session)
    gc.freeze()  # what is loaded by now stays: looking through it again and again took a twentieth of the time
    process.start(install_signal_handlers=False)
    gc.unfreeze()
    stopping.end()
    spider = crawler.spider
    if session.problem is not None:
        raise session.problem
    if not isinstance(spider, kind) or not all(s.ended for s in session.standings.values()):
        raise Problem(SENTENCE)
    return spider


def _quieten_twisted() -> None:
    """Let what Twisted finds wrong go to Scrapy's log alone, but for certificates, of which the ledger tells."""
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    logging.getLogger("twisted").addFilter(
        lambda record: "while verifying certificate" not in record.getMessage()
    )
