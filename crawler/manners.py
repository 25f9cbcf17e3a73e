"""Manners towards a portal: whose turn it is, and how long the pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.urls import host_of, is_loopback

if TYPE_CHECKING:
    from crawler.session import Session


def pause_for(host: str, asked: float, shortest: float) -> float:
    """The pause in seconds between requests to a host: as asked, but never under `shortest` for another
    machine.
    """
    return asked if is_loopback(host) else max(asked, shortest)


class MannersMiddleware:
    """Gives each request the turn of its group, with that group's pause."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._shortest = crawler.settings.getfloat("SHORTEST_PAUSE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MannersMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        if is_loopback(host):  # a proxy's loopback is another machine
            request.meta["proxy"] = None
            request.headers.pop("Proxy-Authorization", None)
        request.meta["download_slot"] = session_of(self._crawler).turns.turn_of(request.url)
        lengthen(self._crawler, request.url, pause_for(host, self._asked, self._shortest))


def session_of(crawler: Crawler) -> Session:
    """The session of the crawl that runs."""
    session: Session | None = getattr(crawler.spider, "session", None)
    assert session is not None  # noqa: S101 - crawler.run starts the spider, with its session
    return session


def lengthen(crawler: Crawler, url: str, pause: float) -> None:
    """Make the pause of the turn of an address at least this long, for the requests waiting and those to come."""
    assert crawler.engine is not None  # noqa: S101 - there is no request without an engine
    downloader = crawler.engine.downloader
    turn = session_of(crawler).turns.turn_of(url)
    longer = max(pause, downloader.per_slot_settings.get(turn, {}).get("delay", 0.0))
    downloader.per_slot_settings[turn] = {"concurrency": 1, "delay": longer}
    if turn in downloader.slots:
        downloader.slots[turn].delay = longer
