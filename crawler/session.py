"""One crawl under way: the archive, the run, and what its parts have to tell one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.memory import Memory
from crawler.portals import Portal
from crawler.standing import Standing, Watcher
from crawler.storing import Storer
from crawler.urls import Scope, domain_of, host_of
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
    watcher: Watcher | None = None
    problem: Problem | None = None
    crashes: Counter[str] = field(default_factory=Counter)
    standings: dict[str, Standing] = field(init=False)
    wire: Wire = field(init=False)
    scopes: dict[str, Scope] = field(init=False)
    domains: dict[str, list[Portal]] = field(
        init=False
    )  # portals of one domain are crawled one after another

    def __post_init__(self) -> None:
        self.standings = {portal.code: Standing(portal) for portal in self.portals}
        self.wire = Wire(self.standings)
        self.scopes = {portal.code: Scope.of(portal.home) for portal in self.portals}
        self.domains = {}
        for portal in self.portals:
            self.domains.setdefault(domain_of(host_of(portal.home)), []).append(portal)

    def portal_of(self, url: str) -> str | None:
        """The code of the first portal whose scope an address is in."""
        return next((code for code, scope in self.scopes.items() if scope.allows(url)), None)

    def is_shared(self, url: str) -> bool:
        """Whether several portals may ask for an address."""
        return len(self.domains.get(domain_of(host_of(url)), ())) > 1

    def leaves(self, portal: str, url: str, outcome: Outcome) -> None:
        """Note for who watches that the host of an address is not asked any more."""
        left = self.standings[portal].left
        if host_of(url) not in left:
            left[host_of(url)] = outcome
            self.tell(portal)

    def tell(self, portal: str) -> None:
        if self.watcher is not None:
            self.watcher.update(self.standings[portal])
