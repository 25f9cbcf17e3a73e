"""Firewalls and refusals met: which hosts are left alone, and until when. Pure, but for the time it is told.

A host that answers with a challenge, a captcha or a refusal (see `crawler.refusals`) is left alone for a day, and one
that names the time itself until then; whichever run met it, and whatever the next one is started with. Nothing
shortens that, and where a host refuses by one scheme alone, it is left by that one. A second
host of its group with the same wall shows that the wall stands before the group: then the hosts of the group that
have not answered are left alone as well. Walls alike before two groups of one prefecture are taken for one
firewall: from then on the portals of the prefecture are asked one at a time, and are left one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.outcomes import LEAVING
from crawler.portals import Portal
from crawler.refusals import ANSWERS, DAY, Refusals
from crawler.turns import Turns
from crawler.urls import by_other_scheme, host_of, origin_of
from pipeline.archive import Entry, Outcome

_FARTHEST = timedelta(days=30)  # a Retry-After that names a later time is taken for this


@dataclass(frozen=True, slots=True)
class Left:
    """Why a host is not asked: the outcome it is left for, until when (None: the end of the run), in words."""

    outcome: Outcome
    until: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class _Wall:
    url: str
    since: datetime
    outcome: Outcome
    until: datetime
    mark: tuple[object, ...]  # what the walls of one firewall have in common


def leave_until(kind: str, outcome: Outcome, now: datetime, asked: float | None) -> datetime | None:
    """Until when a host is left alone after an answer, None where it is not.

    `asked` is a Retry-After in seconds that is longer than a crawl waits. A robots.txt that is refused forbids
    nothing (RFC 9309, 2.3.1.3), so that the host is asked further.
    """
    wait = None if asked is None else min(timedelta(seconds=min(asked, 1e9)), _FARTHEST)
    if outcome not in LEAVING or (kind == "robots" and outcome == Outcome.BLOCKED):
        return None if wait is None else now + wait
    if wait is None:
        return now + DAY
    return now + (wait if outcome == Outcome.RATE_LIMITED else max(wait, DAY))


def left_since(entry: Entry) -> datetime | None:
    """Until when the host of an entry is left alone, None where it is not; lines from before that was kept do not
    say it.
    """
    walled = entry.outcome in LEAVING and entry.outcome is not Outcome.BLOCKED
    if entry.left_until is None and walled and entry.kind != "robots":
        return entry.fetched_at + DAY
    return entry.left_until


class Walls:
    """The walls that the ledger knows of and those that this crawl meets, told with `meet`."""

    def __init__(self, portals: Iterable[Portal]) -> None:
        portals = tuple(portals)
        self.turns = Turns(portals)
        self._place: dict[str, str] = {}
        self._groups: dict[str, set[str]] = defaultdict(set)  # of each prefecture
        for portal in portals:
            if place := prefecture_of(portal):
                self._place[portal.code] = place
                self._groups[place].add(self.turns.group_of(portal.home))
        self._walls: dict[str, dict[str, _Wall]] = defaultdict(dict)  # of each group, by host
        self._answered: dict[str, datetime] = {}
        self._refusals = Refusals(portal.home for portal in portals)

    def meet(self, entry: Entry) -> None:
        """Take note of how a fetch ended, if it was made at all."""
        if not entry.attempts or entry.kind == "import":
            return
        self._refusals.meet(entry)
        host, until = host_of(entry.url), left_since(entry)
        if until is None:
            if entry.outcome in ANSWERS and entry.kind != "robots":
                self._answered[host] = entry.fetched_at
            return
        shell = entry.size if entry.status == 200 else None
        wall = _Wall(entry.url, entry.fetched_at, entry.outcome, until, (entry.outcome, entry.status, shell))
        self._walls[self.turns.group_of(entry.url)][host] = wall
        if entry.outcome in LEAVING:
            self._learn(entry, wall)

    def leave_until(
        self, url: str, kind: str, outcome: Outcome, now: datetime, asked: float | None, *, is_home: bool
    ) -> datetime | None:
        """As the function of this name; a page that is refused for itself alone leaves nothing."""
        single = not is_home and not self._refusals.are_of_host(url, now)
        if outcome is Outcome.BLOCKED and asked is None and single:
            return None
        return leave_until(kind, outcome, now, asked)

    def other_scheme(self, url: str, now: datetime) -> str | None:
        """The same page by the other scheme, where the host is left alone by this one only; None otherwise."""
        onward = by_other_scheme(url)
        return onward if self.left(url, now) is not None and self.left(onward, now) is None else None

    def left(self, url: str, now: datetime) -> Left | None:
        """Why the host of an address is left alone now, None where it is not."""
        walls = self._walls.get(self.turns.group_of(url))
        if not walls:
            return None
        host = host_of(url)
        if host in walls and walls[host].until > now:
            wall = walls[host]
            if self._is_open(wall, url, now):
                return None
            return Left(wall.outcome, wall.until, f"{host} is left alone until {_time(wall.until)}")
        if host in self._answered and self._answered[host] > now - DAY:
            return None
        alike: dict[tuple[object, ...], list[_Wall]] = defaultdict(list)
        for wall in walls.values():
            if wall.until > now and wall.outcome in LEAVING and not self._is_of_scheme(wall):
                alike[wall.mark].append(wall)
        for same in alike.values():
            if len(same) > 1:
                until = max(wall.until for wall in same)
                names = " and ".join(host_of(wall.url) for wall in same[:2])
                return Left(
                    same[0].outcome, until, f"{names} show one wall; it is left alone until {_time(until)}"
                )
        return None

    def _is_open(self, wall: _Wall, url: str, now: datetime) -> bool:
        """Whether an address of a host may be asked for in spite of this wall: a refusal by the other scheme."""
        if wall.outcome is not Outcome.BLOCKED or origin_of(url) == origin_of(wall.url):
            return False
        return self._refusals.has_answered(origin_of(url), wall.since) or self._refusals.may_try(url, now)

    def _is_of_scheme(self, wall: _Wall) -> bool:
        """Whether a host was found to answer by the other scheme than that of a wall."""
        other = origin_of(by_other_scheme(wall.url))
        return wall.outcome is Outcome.BLOCKED and self._refusals.has_answered(other, wall.since)

    def _learn(self, entry: Entry, wall: _Wall) -> None:
        """Let the portals of a prefecture take turns, once two of its groups show the same wall."""
        own = self.turns.group_of(entry.url)
        groups = self._groups.get(self._place.get(entry.portal or "", ""), set())
        others = (other for group in groups - {own} for other in self._walls.get(group, {}).values())
        if any(other.mark == wall.mark for other in others):
            self.turns.share(groups, self.turns.turn_of(entry.url))


def prefecture_of(portal: Portal) -> str | None:
    """The first four digits of a division's code (GB/T 2260), None where the portal's code is none."""
    return portal.code[:4] if portal.code[:6].isdecimal() and len(portal.code) >= 6 else None


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
