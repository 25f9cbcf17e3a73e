"""How long a crawl will still take, as far as it can be said. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from crawler.settings import SIDE_BY_SIDE
from crawler.standing import Phase, Standing
from crawler.urls import domain_of, host_of


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`seconds` for the reports that wait. `unknown` counts the portals of which more may be found yet: while
    there are any, the time is the least that it will take.
    """

    seconds: float
    unknown: int


def time_left(standings: Iterable[Standing], queued: int, now: float) -> TimeLeft | None:
    """The time for what waits, at the pace of each portal; nothing is known of `queued` portals, and `now` is of
    the monotonic clock. None where nothing waits.

    Portals of one domain are crawled one after another, others side by side.
    """
    by_domain: defaultdict[str, float] = defaultdict(float)
    unknown = queued
    for standing in standings:
        if standing.ended:
            continue
        unknown += standing.phase is not Phase.REPORTS
        if standing.waiting:
            held_back = max(0.0, standing.wait.until - now) if standing.wait is not None else 0.0
            by_domain[_domain(standing.portal.home)] += held_back + standing.waiting * _pace(standing)
    if not by_domain:
        return None
    return TimeLeft(max(*by_domain.values(), sum(by_domain.values()) / SIDE_BY_SIDE), unknown)


@cache
def _domain(home: str) -> str:
    return domain_of(host_of(home))


def _pace(standing: Standing) -> float:
    """Seconds from one request to the next: as they went so far, and never under the pause."""
    if standing.requests < 2 or standing.first_request is None or standing.last_request is None:
        return standing.pause
    return max(standing.pause, (standing.last_request - standing.first_request) / (standing.requests - 1))
