"""What is on the wire, and what is held back from it: the crawl's clock of manners."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.standing import Standing, Wait, Why


class Stopped(IgnoreRequest):
    """The crawl is asked to stop, and nothing more is sent. How the fetch ends is not said, so it is not in the
    ledger.
    """


class Wire:
    """Every request is told to it before it waits, and is sent within `carries`.

    What a request waited, in milliseconds, stands in its `meta["waited_ms"]` once it was sent.
    """

    def __init__(self, standings: Mapping[str, Standing]) -> None:
        self._standings = standings
        self._stop = asyncio.Event()
        self.carried = 0  # requests on the wire now

    def listen(self, crawler: Crawler) -> None:
        """Hear from Scrapy which requests wait for the pause of their domain."""

        def waits(request: Request) -> None:
            assert crawler.engine is not None  # noqa: S101 - it has the downloader that sends this signal
            slot = crawler.engine.downloader.slots[request.meta["download_slot"]]
            self.holds_back(request, max(0.0, slot.lastseen + slot.delay - monotonic()), Why.PAUSE)
            standing = self._standings.get(request.meta.get("portal", ""))
            if standing is not None:
                standing.pause = slot.delay

        crawler.signals.connect(waits, signal=signals.request_reached_downloader, weak=False)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        """Let nothing more be sent: what waits in `sleep` wakes, and its request ends with `Stopped`."""
        self._stop.set()

    def holds_back(self, request: Request, seconds: float, why: Why) -> None:
        """A request will not be sent for so long."""
        now = monotonic()
        request.meta.setdefault("held_back_at", now)
        standing = self._standings.get(request.meta.get("portal", ""))
        if standing is not None:
            standing.wait = Wait(why, now + seconds)

    async def sleep(self, seconds: float) -> None:
        """Wait for so long, or until the crawl is asked to stop."""
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    @contextmanager
    def carries(self, request: Request) -> Iterator[None]:
        """Around the sending of a request until its answer is there. Raises Stopped before anything is sent."""
        if self.stopped:
            raise Stopped
        now = monotonic()
        held_back_at = request.meta.pop("held_back_at", now)
        request.meta["waited_ms"] = request.meta.get("waited_ms", 0) + round(1000 * (now - held_back_at))
        standing = self._standings.get(request.meta.get("portal", ""))
        if standing is not None:
            standing.wait = None
            standing.requests += 1
            standing.first_request = standing.first_request or now
            standing.last_request = now
        self.carried += 1
        try:
            yield
        finally:
            self.carried -= 1
