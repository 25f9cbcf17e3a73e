"""One crawl under way: the archive, the run, and what its parts have to tell one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crawler.memory import Memory
from crawler.portals import Portal
from crawler.urls import Scope, domain_of, host_of
from pipeline.archive import Archive, Outcome
from pipeline.problem import Problem


@dataclass(slots=True)
class Standing:
    """How far the crawl of one portal is; for showing progress."""

    portal: Portal
    fetches: int = 0
    announced: int = 0
    reports: int = 0
    failures: int = 0
    waiting: int = 0  # reports found and not yet asked for
    ended: bool = False


@dataclass(slots=True)
class Session:
    """`problem` is what ended the crawl before its end, None while nothing has."""

    archive: Archive
    run: str
    portals: Sequence[Portal]
    memory: Memory
    years: frozenset[int] | None = None
    refetch: bool = False
    progress: Callable[[Standing], None] | None = None
    problem: Problem | None = None
    crashes: Counter[str] = field(default_factory=Counter)
    standings: dict[str, Standing] = field(init=False)
    scopes: dict[str, Scope] = field(init=False)
    domains: dict[str, list[Portal]] = field(
        init=False
    )  # portals of one domain are crawled one after another

    def __post_init__(self) -> None:
        self.standings = {portal.code: Standing(portal) for portal in self.portals}
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

    def fetched(self, portal: str, kind: str, outcome: Outcome) -> None:
        """Count a fetch and tell who shows the progress."""
        standing = self.standings[portal]
        standing.fetches += 1
        if kind == "report" and outcome in (Outcome.HELD, Outcome.UNCHANGED):
            standing.reports += 1
        elif outcome not in (Outcome.HELD, Outcome.UNCHANGED, Outcome.REDIRECTED) and kind != "robots":
            standing.failures += 1
        self.tell(portal)

    def tell(self, portal: str) -> None:
        if self.progress is not None:
            self.progress(self.standings[portal])
