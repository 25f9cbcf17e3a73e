"""The end of a crawl that a person or the system asks for, with Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from types import FrameType, TracebackType
from typing import Self

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from twisted.python.failure import Failure

from crawler.session import Session
from crawler.wire import Stopped
from pipeline.problem import Problem

PATIENCE = 10.0
"""Seconds for which a crawl that is stopped waits for the answers under way; what they miss is fetched again."""

SENTENCE = "The crawl was stopped before its end. Nothing is lost: the same command goes on with it."
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """A context manager around a crawl. The first signal lets it end once the answers under way are in, the
    second ends it at once, a third ends the process as the system does it. The archive is whole either way.

    Before `begin` was called, a signal raises the Problem that says how to go on.
    """

    def __init__(self) -> None:
        self._crawl: tuple[AsyncCrawlerProcess, Crawler, Session] | None = None
        self._signals = 0
        self._before: dict[signal.Signals, signal._HANDLER] = {}
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._signalled) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def begin(self, process: AsyncCrawlerProcess, crawler: Crawler, session: Session) -> None:
        """The reactor is about to run this crawl; from now on signals stop it from within."""
        self._crawl = (process, crawler, session)

    def end(self) -> None:
        """The reactor has come to its end."""
        self._crawl = None

    def _signalled(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the system's signature
        from twisted.internet import reactor  # noqa: PLC0415 - importing it sooner installs another one

        self._signals += 1
        if self._crawl is None:
            raise Problem(SENTENCE)
        if self._signals == 1:
            reactor.callFromThread(self._stop)
            return
        reactor.callFromThread(self._stop_now)
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    def _stop(self) -> None:
        if self._crawl is None:
            return
        process, crawler, session = self._crawl
        session.problem = session.problem or Problem(SENTENCE)
        session.wire.stop()
        if crawler.engine is None or not crawler.engine.running:
            self._stop_now()
            return
        for slot in crawler.engine.downloader.slots.values():
            while slot.queue:
                slot.queue.popleft()[1].errback(Failure(Stopped()))  # type: ignore[no-untyped-call]
        if session.watcher is not None:
            session.watcher.say(_announcement(session.wire.carried))
        loop = asyncio.get_running_loop()
        self._task = loop.create_task(process.stop())
        loop.call_later(PATIENCE, self._stop_now)

    def _stop_now(self) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - as above

        with contextlib.suppress(RuntimeError):  # it has stopped meanwhile
            reactor.stop()  # type: ignore[misc]


def _announcement(under_way: int) -> str:
    if not under_way:
        return "Stopping."
    answers = "1 answer is" if under_way == 1 else f"{under_way} answers are"
    return (
        f"Stopping: {answers} under way and waited for, {PATIENCE:.0f} seconds at most. "
        "Ctrl-C again stops at once; nothing is lost either way."
    )
