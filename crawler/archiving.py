"""Next to the wire: every exchange goes into the archive, and what this run has asked before comes out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import NoReturn

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response

from crawler.answers import Answer, Ending
from crawler.conditions import Conditions, content_type
from crawler.detours import Detours
from crawler.exchanges import exchange_of
from crawler.facts import Facts, facts_of, following
from crawler.manners import session_of
from crawler.outcomes import GONE, UNREACHABLE, ending_of, ending_of_error
from crawler.retry import longer_wait
from crawler.robots import RobotsRefused
from crawler.urls import origin_of
from crawler.walls import Left
from crawler.wire import Stopped
from pipeline.archive import Entry, Exchange, Outcome, UndecodableBody, decode_body
from pipeline.problem import Problem

_PATIENCE = 3  # fetches in a row that a host may leave unanswered, each tried several times


class Ended(IgnoreRequest):
    """The fetch ended without an answer; it is in the ledger. Where the outcome is REDIRECTED, the page is to be
    asked for at `onward`.
    """

    def __init__(self, outcome: Outcome, onward: str | None = None) -> None:
        super().__init__(outcome.description)
        self.outcome = outcome
        self.onward = onward


class ArchivingMiddleware:
    """A request carries in its meta: `portal`, `kind`, `referrer`, `anchor`, `hops`, and `is_guess` where nothing says
    that its address exists. An answer that is handed on has `meta["ending"]`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._session = session = session_of(crawler)
        self._conditions = Conditions(session.archive, session.memory.former)
        self._unanswered: Counter[str] = Counter()
        self._detours = Detours(session)
        self._turned: dict[str, tuple[str, Facts]] = {}  # silent addresses, by the twin that is being tried

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivingMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | Request | None:
        """Answer from the archive what this run has asked before, and keep to portals and hosts."""
        if self._session.wire.stopped:
            raise Stopped
        entry = self._replayable(request)
        if entry is not None:
            request.meta["replayed"] = True
            return await self._replay(request, entry)
        if not self._session.scopes[request.meta["portal"]].allows(request.url):
            raise IgnoreRequest(f"{request.url} is outside the portal")  # the search never asks so
        left = self._not_to_be_asked(request)
        if left is not None:
            await self._turn(request, left.outcome, asked=False)
            self._session.leaves(request.meta["portal"], request.url, left.outcome)
            await self._fail(request, Ending(left.outcome, f"not asked: {left.note}"), left_until=left.until)
        self._conditions.put(request, self._session.scopes[request.meta["portal"]])
        return None

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Archive an answer, tell how it ended, and hand it on with its content-encoding undone."""
        if request.meta.get("replayed"):
            return response
        exchange = exchange_of(request, response)
        if response.status == 304 and self._conditions.are_put(request):
            if self._conditions.is_believed(request, response):
                return await self._confirm(request, exchange)
            return self._conditions.in_full(request)
        try:
            body = decode_body(exchange.payload, exchange.response_headers)
        except UndecodableBody:
            body = None
        headers = {name.lower(): value for name, value in exchange.response_headers}
        answer = Answer(
            request.url,
            request.meta["kind"],
            response.status,
            headers,
            body,
            request.meta["hops"],
            request.meta.get("is_call", False),
        )
        ending = ending_of(answer, self._session.scopes[request.meta["portal"]])
        if ending.outcome is Outcome.HELD and body is not None and _is_known(request, body):
            ending = replace(ending, outcome=Outcome.UNCHANGED)
        if request.meta.get("is_guess") and ending.outcome in GONE:
            request.meta["kind"] = "page"  # a list that does not exist is none that is missed
        now, kind = exchange.fetched_at, request.meta["kind"]
        is_home, wait = self._detours.is_home(request), longer_wait(response, now)
        walls = self._session.memory.walls
        until = walls.leave_until(request.url, kind, ending.outcome, now, wait, is_home=is_home)
        entry = await self._store(request, exchange, ending, body=body, left_until=until)
        self._conditions.learn(request, entry)
        if request.url in self._turned:
            silent, facts = self._turned.pop(request.url)
            await self._note_twin(silent, request.url, facts)
        self._conclude(request, entry)
        await self._turn(request, entry.outcome)
        request.meta["ending"] = Ending(entry.outcome, ending.note)
        if request.meta["kind"] == "robots" and ending.outcome == Outcome.REDIRECTED and ending.note:
            return following(request, ending.note)
        response.headers.pop("Content-Encoding", None)
        return response.replace(body=body or b"")

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Ledger a fetch that brought no answer. Everything goes on as `Ended`."""
        if isinstance(exception, Ended | Stopped | Problem):
            return
        entry = self._replayable(request)
        if entry is not None:
            raise Ended(entry.outcome) from exception
        if isinstance(exception, RobotsRefused):
            await self._fail(request, Ending(Outcome.ROBOTS_REFUSED, str(exception)), asked=False)
        if not isinstance(exception, IgnoreRequest):
            await self._fail(request, ending_of_error(exception))

    def _not_to_be_asked(self, request: Request) -> Left | None:
        """Why this request is not made, None where it is."""
        left = self._session.memory.left_alone(request.url, datetime.now(UTC))
        spent = self._session.memory.spending.exceeds(request.meta["portal"], self._session.budget)
        return left or (Left(Outcome.OVER_BUDGET, None, spent) if spent else None)

    async def _replay(self, request: Request, entry: Entry) -> Response | Request:
        request.meta["ending"] = Ending(entry.outcome, entry.note)
        await self._turn(request, entry.outcome)
        if entry.warc is None or entry.sha256 is None:
            raise Ended(entry.outcome, entry.note)
        if request.meta["kind"] == "robots" and entry.outcome == Outcome.REDIRECTED and entry.note:
            return following(request, entry.note)
        return self._held(request, entry)

    async def _confirm(self, request: Request, exchange: Exchange) -> Response:
        """Take a page that has not changed from the archive."""
        same_as = request.meta["same_as"]
        entry = await self._store(request, exchange, Ending(Outcome.UNCHANGED), same_as=same_as)
        self._conclude(request, entry)
        request.meta["ending"] = Ending(entry.outcome)
        return self._held(request, entry)

    def _held(self, request: Request, entry: Entry) -> Response:
        """What the archive holds, as the answer that it was."""
        declared = content_type(entry)
        headers = Headers({"Content-Type": declared} if declared else {})
        body = self._session.archive.body(entry)
        status = 200 if entry.outcome is Outcome.UNCHANGED else entry.status or 200
        return Response(request.url, status=status, headers=headers, body=body)

    async def _store(
        self,
        request: Request,
        exchange: Exchange,
        ending: Ending,
        *,
        body: bytes | None = None,
        same_as: Entry | None = None,
        left_until: datetime | None = None,
    ) -> Entry:
        """The entry of an answer. Of a page that came as it should it tells how it came alone: where its bytes will
        lie is not yet known, as the portal is asked for the next page meanwhile.
        """
        facts = self._facts(request)
        store = partial(
            self._session.archive.store_exchange,
            exchange,
            outcome=ending.outcome,
            note=ending.note,
            body=body,
            same_as=same_as,
            tls=request.meta.get("tls"),
            left_until=left_until,
            **facts,
        )
        if body is None or left_until is not None or not self._is_plain(request, ending):
            return await self._session.storer.stored(store)
        await self._session.storer.behind(facts["portal"], exchange, lambda packed: store(packed=packed))
        at, status = exchange.fetched_at, exchange.status
        return Entry(request.url, at, ending.outcome, status=status, size=len(body), **facts)

    def _is_plain(self, request: Request, ending: Ending) -> bool:
        """Whether nothing hangs on how an answer is stored: no former one is compared, no other portal waits for it."""
        known = request.meta.get("known") is not None
        return ending.outcome is Outcome.HELD and not known and not self._session.is_shared(request.url)

    async def _fail(
        self, request: Request, ending: Ending, *, asked: bool = True, left_until: datetime | None = None
    ) -> NoReturn:
        facts, now = self._facts(request), datetime.now(UTC)
        entry = await self._session.storer.stored(
            lambda: self._session.archive.store_failure(
                request.url,
                outcome=ending.outcome,
                note=ending.note,
                fetched_at=now,
                left_until=left_until,
                **facts,
            )
        )
        if asked:
            self._conclude(request, entry)
            await self._turn(request, ending.outcome)
        raise Ended(ending.outcome)

    async def _turn(self, request: Request, outcome: Outcome, *, asked: bool = True) -> None:
        """Where an address ended so and the page may be had at another, go there."""
        detour = self._detours.of(request, outcome, asked=asked)
        if detour is None:
            return
        if detour.open:
            await self._note_twin(request.url, detour.url, self._facts(request))
        else:
            self._turned[detour.url] = request.url, self._facts(request)
        raise Ended(Outcome.REDIRECTED, detour.url)

    async def _note_twin(self, url: str, onward: str, facts: Facts) -> None:
        facts, now = facts | {"attempts": 0, "waited_ms": None}, datetime.now(UTC)
        await self._session.storer.stored(
            lambda: self._session.archive.store_failure(
                url, outcome=Outcome.REDIRECTED, note=onward, fetched_at=now, **facts
            )
        )

    def _facts(self, request: Request) -> Facts:
        return facts_of(request, self._session.run)

    def _replayable(self, request: Request) -> Entry | None:
        return self._session.memory.replay(request.url, shared=self._session.is_shared(request.url))

    def _conclude(self, request: Request, entry: Entry) -> None:
        """Take note of what was learnt, and leave an origin that does not answer any more."""
        url, kind, outcome = request.url, request.meta["kind"], entry.outcome
        memory, origin = self._session.memory, origin_of(url)
        memory.walls.meet(entry)
        memory.spending.spend(entry)
        memory.twins.meet(entry)
        if self._session.is_shared(url):
            memory.share(entry)
        self._unanswered[origin] = self._unanswered[origin] + 1 if outcome in UNREACHABLE else 0
        silent = self._unanswered[origin] >= _PATIENCE and outcome != Outcome.SERVER_ERROR
        if silent or (kind == "robots" and outcome in UNREACHABLE):
            memory.silent.setdefault(origin, outcome)  # the other scheme may answer
        left = memory.left_alone(url, datetime.now(UTC))
        if left is not None and memory.walls.other_scheme(url, datetime.now(UTC)) is None:
            self._session.leaves(request.meta["portal"], url, left.outcome)


def _is_known(request: Request, body: bytes) -> bool:
    """Whether a former run got the same bytes from this address when it last asked."""
    known: Entry | None = request.meta.get("known")
    return known is not None and known.sha256 == sha256(body).hexdigest()
