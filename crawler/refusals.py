"""Refusals (403 and the like): of one page, of a scheme, of a host. Pure, but for the times it is told.

A page may be refused for a reason of its own: its folder is closed, or the server is set up wrongly for it. The host
refuses where that is said of its first page, or of several pages with nothing else between them. And a host that
refuses its home page over https may serve it over http (徐州), or the other way round: the home page is asked for by
the other scheme, once a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from crawler.outcomes import UNREACHABLE
from crawler.urls import host_of, is_root, origin_of, page_key, split
from pipeline.archive import Entry, Outcome

DAY = timedelta(hours=24)
ANSWERS = frozenset(
    {Outcome.HELD, Outcome.UNCHANGED, Outcome.REDIRECTED, Outcome.NOT_FOUND, Outcome.SOFT_404}
)
"""Outcomes by which a host shows that it serves us."""

_SEVERAL = 3


class Refusals:
    """What the ledger and this crawl know of refusals, told with `meet`. `homes` are those of the portals."""

    def __init__(self, homes: Iterable[str]) -> None:
        self._homes = frozenset(map(page_key, homes))
        self._in_a_row: dict[str, dict[str, datetime]] = {}  # pages refused, by host
        self._answered: dict[str, datetime] = {}  # by origin
        self._asked: dict[str, datetime] = {}

    def meet(self, entry: Entry) -> None:
        """Take note of how a fetch ended that was made."""
        if entry.kind == "robots" and entry.outcome not in UNREACHABLE:
            return
        host, origin = host_of(entry.url), origin_of(entry.url)
        self._asked[origin] = entry.fetched_at
        if entry.outcome is Outcome.BLOCKED:
            self._in_a_row.setdefault(host, {})[page_key(entry.url)] = entry.fetched_at
        elif entry.outcome in ANSWERS:
            self._answered[origin] = entry.fetched_at
            self._in_a_row.pop(host, None)

    def are_of_host(self, url: str, now: datetime) -> bool:
        """Whether a refusal of this page, just met, is to be taken for one of its host."""
        before = self._in_a_row.get(host_of(url), {})
        recent = {key for key, at in before.items() if at > now - DAY} | {page_key(url)}
        return is_root(url) or page_key(url) in self._homes or len(recent) >= _SEVERAL

    def has_answered(self, origin: str, since: datetime) -> bool:
        """Whether an origin has served us since then."""
        return origin in self._answered and self._answered[origin] > since

    def may_try(self, url: str, now: datetime) -> bool:
        """Whether an address is that of a home page, or of the robots.txt before it, and its origin was not asked
        within a day.
        """
        asked = self._asked.get(origin_of(url))
        is_first = page_key(url) in self._homes or split(url).path == "/robots.txt"
        return is_first and (asked is None or asked <= now - DAY)
