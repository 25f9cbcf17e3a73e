"""One crawl under way: the archive, the run, and what its parts have to tell one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.budget import Budget
from crawler.memory import Memory
from crawler.off_peak import OffPeak
from crawler.portals import Portal
from crawler.standing import Standing, Watcher
from crawler.storing import Storer
from crawler.turns import Turns
from crawler.urls import Scope, host_of, origin_of
from crawler.wire import Wire
from pipeline.archive import Archive, Outcome
from pipeline.problem import Problem


@dataclass(slots=True)
class Session:
    """`problem` is what ended the crawl before its end, None while nothing has."""

    archive: Archive
    storer: Storer
    run: str
    portals: Sequence[Portal]
    memory: Memory
    years: frozenset[int] | None = None
    refetch: bool = False
    budget: Budget = field(default_factory=Budget)
    off_peak: OffPeak | None = None
    watcher: Watcher | None = None
    told_of: datetime | None = None  # the end of a wait that was told to who watches
    problem: Problem | None = None
    crashes: Counter[str] = field(default_factory=Counter)
    standings: dict[str, Standing] = field(init=False)
    wire: Wire = field(init=False)
    scopes: dict[str, Scope] = field(init=False)
    homes: dict[str, str] = field(init=False)
    queues: dict[str, list[Portal]] = field(init=False)  # portals of one group are crawled one after another
    _sharing: dict[str, bool] = field(default_factory=dict)  # by origin

    def __post_init__(self) -> None:
        self.standings = {portal.code: Standing(portal) for portal in self.portals}
        self.wire = Wire(self.standings)
        self.scopes = {portal.code: Scope.of(portal.home) for portal in self.portals}
        self.homes = {portal.code: portal.home for portal in self.portals}
        self.queues = {}
        for portal in self.portals:
            self.queues.setdefault(self.turns.group_of(portal.home), []).append(portal)

    @property
    def turns(self) -> Turns:
        """Which hosts are asked one at a time."""
        return self.memory.walls.turns

    def is_shared(self, url: str) -> bool:
        """Whether several portals may ask for an address."""
        origin = origin_of(url)
        if origin not in self._sharing:
            group = self.queues.get(self.turns.group_of(url), ())
            self._sharing[origin] = sum(self.scopes[portal.code].allows(url) for portal in group) > 1
        return self._sharing[origin]

    def leaves(self, portal: str, url: str, outcome: Outcome) -> None:
        """Note for who watches that the host of an address is not asked any more."""
        left = self.standings[portal].left
        if host_of(url) not in left:
            left[host_of(url)] = outcome
            self.tell(portal)

    def tell(self, portal: str) -> None:
        if self.watcher is not None:
            self.watcher.update(self.standings[portal])
