"""What robots.txt allows (RFC 9309), asked for once of each origin in a run."""

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

from crawler.manners import lengthen
from crawler.pages import is_html
from crawler.urls import origin_of
from crawler.wire import Stopped
from pipeline.archive import Outcome
from pipeline.read import decode

_READ = 512 * 1024  # bytes; RFC 9309, 2.5 asks for 500 KiB at least


class RobotsRefused(IgnoreRequest):
    """robots.txt forbids the address."""


@dataclass(frozen=True, slots=True)
class _Rules:
    parser: ProtegoRobotParser
    delay: float


class RobotsMiddleware:
    """Keeps to robots.txt and to its Crawl-delay.

    A robots.txt that is not there, is refused or leads out of the portal forbids nothing; one that cannot be
    had forbids all, which is the archiving's to see to: it leaves the origin.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._name: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        name = re.escape(self._name)
        self._addressed = re.compile(
            rf"^([ \t]*user-agent[ \t]*:[ \t]*){name}\b[^\r\n]*", re.IGNORECASE | re.MULTILINE
        )
        self._longest = crawler.settings.getfloat("LONGEST_CRAWL_DELAY")
        self._rules: dict[str, asyncio.Future[_Rules | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta["kind"] == "robots":
            return
        rules = await self._of(request)
        if rules is None:
            return
        if not rules.parser.allowed(request.url, self._name):
            raise RobotsRefused("robots.txt forbids the address")
        if rules.delay > self._longest:
            raise RobotsRefused(f"robots.txt asks for a pause of more than {self._longest:.0f} seconds")
        if rules.delay > 0:
            lengthen(self._crawler, request.url, rules.delay)

    async def _of(self, request: Request) -> _Rules | None:
        origin = origin_of(request.url)
        if origin not in self._rules:
            self._rules[origin] = asyncio.get_running_loop().create_future()
            rules: _Rules | None = None
            try:
                rules = await self._ask(origin, request)
            finally:
                self._rules[origin].set_result(rules)
        return await self._rules[origin]

    async def _ask(self, origin: str, request: Request) -> _Rules | None:
        asked = Request(
            f"{origin}/robots.txt",
            meta={
                "portal": request.meta["portal"],
                "kind": "robots",
                "referrer": None,
                "anchor": None,
                "hops": (),
            },
        )
        assert self._crawler.engine is not None  # noqa: S101 - there is no request without an engine
        try:
            response = await self._crawler.engine.download_async(asked)
        except Stopped:
            raise
        except IgnoreRequest:  # it ended without an answer and is in the ledger
            return None
        if response.meta["ending"].outcome not in (Outcome.HELD, Outcome.UNCHANGED):
            return None
        # What a page says of robots, if anything, is said to people.
        return None if is_html(response.body, "") else self._read(response)

    def _read(self, response: Response) -> _Rules:
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        text, _ = decode(response.body[:_READ], declared=declared)
        # a version behind our name makes it no other name
        text = self._addressed.sub(rf"\1{self._name}", text)
        parser = ProtegoRobotParser(text.encode(), self._crawler.spider)
        delay = parser.crawl_delay(self._name) or 0.0
        return _Rules(parser, math.inf if math.isnan(delay) else delay)
