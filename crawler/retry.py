"""Asking again: the one place that decides what is tried again, when, and how often.

Tried again are answers that a server in trouble gives (429, 500, 502, 503, 504) and connections that fail. A
refusal, a challenge or a missing page is an answer, and is not argued with.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, retry_if_result
from twisted.internet.error import ConnectError, ConnectionClosed, ConnectionLost

from crawler.hours import until_open
from crawler.manners import session_of
from crawler.silence import Listener
from crawler.standing import Why
from crawler.tls import is_lasting
from crawler.urls import host_of, is_loopback
from crawler.wire import Wire
from pipeline.archive import Tls

ATTEMPTS = 3
LONGEST_WAIT = 300.0
"""Seconds. Where a server asks for a longer wait, its host is left alone until then."""

TRANSIENT_STATUSES = frozenset({429, 500, 502, 503, 504})
_TRANSIENT_ERRORS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    ConnectError,
    ConnectionClosed,
    ConnectionLost,
)

_FIRST_WAIT = 2.0
_FIRST_WAIT_LOOPBACK = 0.1


class PatientHandler(HTTP11DownloadHandler):
    """Scrapy's own handler, asking again. The group's turn is held meanwhile, so nothing else is asked of it.

    `request.meta["attempts"]` tells how often was asked. The pause before the next request to the group
    counts from the end of this one, so that a slow server is given the whole of it. Outside of the hours in
    which portals may be asked it waits for them. Raises Stopped where the crawl is stopped meanwhile.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = (
            False  # what is asked again is for this class to say, and to pause before
        )
        self._pool.cachedConnectionTimeout = crawler.settings.getint("LONGEST_IDLE")
        self._listener = Listener(crawler, crawler.settings.getfloat("LONGEST_SILENCE"))

    async def download_request(self, request: Request) -> Response:
        retrying = AsyncRetrying(
            sleep=self.wire.sleep,
            before_sleep=lambda state: self.wire.holds_back(request, *_next_wait(state)),
            stop=_is_enough,
            wait=_wait_for(request, self.pause(request)),
            retry=retry_if_exception(_is_transient_error) | retry_if_result(_is_transient),
            retry_error_callback=_last_word,
        )
        return await retrying(self.attempt, request)

    async def attempt(self, request: Request) -> Response:
        """One attempt to get an answer."""
        return await self.once(request, None)

    async def once(self, request: Request, tls: Tls | None) -> Response:
        """One request on the wire."""
        await until_open(session_of(self._crawler), request)
        with self.wire.carries(request):
            request.meta["attempts"] = request.meta.get("attempts", 0) + 1
            try:
                return await self._listener.listen(request, self.fetch(request, tls))
            finally:
                slot = self._slot(request)
                if slot is not None:
                    slot.lastseen = monotonic()

    @property
    def wire(self) -> Wire:
        return session_of(self._crawler).wire

    async def fetch(self, request: Request, tls: Tls | None) -> Response:  # noqa: ARG002 - for handlers that know more ways
        """The answer, over a connection of this kind."""
        return await super().download_request(request)

    def pause(self, request: Request) -> float:
        """The seconds between requests to the group of a request."""
        slot = self._slot(request)
        return slot.delay if slot is not None else 0.0

    def _slot(self, request: Request) -> Slot | None:
        assert self._crawler.engine is not None  # noqa: S101 - there is no download without an engine
        slots: dict[str, Slot] = self._crawler.engine.downloader.slots
        return slots.get(request.meta.get("download_slot", ""))


def retry_after(response: Response, now: datetime) -> float | None:
    """The seconds that the answer asks to wait (RFC 9110: seconds or a date), None where it asks for none."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def longer_wait(response: Response, now: datetime) -> float | None:
    """The seconds that the answer asks to wait, where they are more than a crawl waits; None otherwise."""
    asked = retry_after(response, now)
    return asked if asked is not None and asked > LONGEST_WAIT else None


def _wait_for(request: Request, pause: float) -> Callable[[RetryCallState], float]:
    """Twice as long each time, never under the pause, with chance so that portals are not asked in step."""
    first = max(pause, _FIRST_WAIT_LOOPBACK if is_loopback(host_of(request.url)) else _FIRST_WAIT)

    def seconds(state: RetryCallState) -> float:
        backing_off: float = first * 2 ** (state.attempt_number - 1) * (1 + random.random() / 2)  # noqa: S311 - no secret
        return max(backing_off, _asked_wait(state) or 0.0)

    return seconds


def _next_wait(state: RetryCallState) -> tuple[float, Why]:
    """How long the next attempt is held back, and why."""
    assert state.next_action is not None  # noqa: S101 - tenacity calls this before it waits
    seconds = state.next_action.sleep
    asked = _asked_wait(state)
    named = asked is not None and asked > seconds - 1  # a date named has come nearer since
    return seconds, Why.RETRY_AFTER if named else Why.BACK_OFF


def _asked_wait(state: RetryCallState) -> float | None:
    if state.outcome is None or state.outcome.failed:
        return None
    return retry_after(state.outcome.result(), datetime.now(UTC))


def _is_enough(state: RetryCallState) -> bool:
    """Whether to give up: asked often enough, or told to wait for longer than a crawl can."""
    return state.attempt_number >= ATTEMPTS or (_asked_wait(state) or 0.0) > LONGEST_WAIT


def _is_transient(response: Response) -> bool:
    return response.status in TRANSIENT_STATUSES


def _is_transient_error(error: BaseException) -> bool:
    """Whether asking again may help: not where two sides cannot agree on how to be secure."""
    return isinstance(error, _TRANSIENT_ERRORS) and not is_lasting(error)


def _last_word(state: RetryCallState) -> Response:
    """What came of the last attempt, whatever it is."""
    assert state.outcome is not None  # noqa: S101 - tenacity calls this after an attempt
    response: Response = state.outcome.result()
    return response
