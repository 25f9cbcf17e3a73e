"""Where a page is asked for whose own address is silent, or refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy import Request

from crawler.session import Session
from crawler.twins import SILENT
from pipeline.archive import Outcome


@dataclass(frozen=True, slots=True)
class Detour:
    """The address to go on to. Where it is `open`, the ledger is told so at once, and else when it has answered."""

    url: str
    open: bool


class Detours:
    """For the requests of one crawl."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, request: Request, outcome: Outcome, *, asked: bool) -> Detour | None:
        """The way round an address that ended so, None where there is none; `asked` whether it was asked for."""
        meta, memory = request.meta, self._session.memory
        scope = self._session.scopes[meta["portal"]]
        if meta["kind"] == "robots" or meta.get("is_call"):
            return None
        if outcome is Outcome.BLOCKED:
            onward = memory.walls.other_scheme(request.url, datetime.now(UTC))
            return Detour(onward, open=True) if onward is not None and scope.allows(onward) else None
        if outcome not in SILENT:
            return None
        onward = memory.twins.answering(request.url, scope)
        if onward is not None or not asked:
            return None if onward is None else Detour(onward, open=True)
        onward = memory.twins.untried(request.url, scope, of_home=self.is_home(request))
        return None if onward is None else Detour(onward, open=False)

    def is_home(self, request: Request) -> bool:
        """Whether a request is for the home page of its portal, be it over redirects."""
        hops: tuple[str, ...] = request.meta["hops"]
        return (hops[0] if hops else request.url) == self._session.homes[request.meta["portal"]]
