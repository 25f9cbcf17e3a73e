"""Manners towards a portal: whose turn it is, how long the pause, and what robots.txt allows."""

from __future__ import annotations

import math

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser

from crawler.urls import domain_of, host_of, is_loopback


class RobotsRefused(IgnoreRequest):
    """robots.txt forbids the address."""


def pause_for(host: str, asked: float, shortest: float) -> float:
    """The pause in seconds between requests to a host: as asked, but never under `shortest` for another
    machine.
    """
    return asked if is_loopback(host) else max(asked, shortest)


class MannersMiddleware:
    """Gives each request the turn of its domain, with that domain's pause."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._shortest = crawler.settings.getfloat("SHORTEST_PAUSE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MannersMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        request.meta["download_slot"] = domain_of(host)
        if is_loopback(host):
            request.meta["proxy"] = None  # a proxy's loopback is another machine
        _lengthen(self._crawler, domain_of(host), pause_for(host, self._asked, self._shortest))


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own, which also keeps the Crawl-delay, and whose refusal can be told from other reasons to
    ignore a request.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._longest = crawler.settings.getfloat("LONGEST_CRAWL_DELAY")
        self._name: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._too_slow: set[str] = set()
        crawler.signals.connect(self._keep_delay, signal=signals.robots_parsed)

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002 - Scrapy's signature
        try:
            await super().process_request(request)
        except IgnoreRequest as error:
            raise RobotsRefused(str(error)) from error
        if host_of(request.url) in self._too_slow and not request.meta.get("dont_obey_robotstxt"):
            raise RobotsRefused(f"robots.txt asks for a pause of more than {self._longest:.0f} seconds")

    def _keep_delay(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._name)
        if delay is None or not delay > 0:
            return
        host = host_of(request.url)
        if math.isfinite(delay) and delay <= self._longest:
            _lengthen(self.crawler, domain_of(host), delay)
        else:
            self._too_slow.add(host)


def _lengthen(crawler: Crawler, domain: str, pause: float) -> None:
    """Make the pause of a domain at least this long, for the turns there are and those to come."""
    assert crawler.engine is not None  # noqa: S101 - there is no request without an engine
    downloader = crawler.engine.downloader
    longer = max(pause, downloader.per_slot_settings.get(domain, {}).get("delay", 0.0))
    downloader.per_slot_settings[domain] = {"concurrency": 1, "delay": longer}
    if domain in downloader.slots:
        downloader.slots[domain].delay = longer
