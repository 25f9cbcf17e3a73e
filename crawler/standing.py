"""How far the crawl of one portal is, for whoever shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from crawler.outcomes import GONE
from crawler.portals import Portal
from pipeline.archive import Outcome

_CAME = frozenset({Outcome.HELD, Outcome.UNCHANGED})


class Phase(StrEnum):
    """What the search of a portal asks for at the moment."""

    QUEUED = "queued"
    LOOKING = "looking"  # for a column of reports
    LISTS = "lists"
    REPORTS = "reports"
    ENDED = "ended"


class Why(StrEnum):
    """Why the next request of a portal is held back."""

    PAUSE = "pause"
    BACK_OFF = "back-off"  # an answer failed, and is asked for again
    RETRY_AFTER = "Retry-After"  # the server named the time
    OFF_PEAK = "off-peak"  # the portal is asked at night only


@dataclass(frozen=True, slots=True)
class Wait:
    """A request is held back `until` this moment of the monotonic clock, in seconds."""

    why: Why
    until: float


@dataclass(slots=True)
class Standing:
    """One portal. Counts are of the run, over all its sessions; those of requests and times of this session.

    `wanted` counts the reports announced that are of the years asked for: of them `known` were held before the
    run, `fetched` came in it, and `waiting` are not yet asked for. `gaps` counts what did not come, by outcome:
    reports, their files, lists, and pages that may have led to some; a page on the way that does not exist is
    none, but for the home page. `left` are the hosts that are not asked any more, with the reason. Times are of
    the monotonic clock, in seconds.
    """

    portal: Portal
    phase: Phase = Phase.QUEUED
    pages: int = 0
    announced: int = 0
    wanted: int = 0
    known: int = 0
    fetched: int = 0
    files: int = 0
    waiting: int = 0
    gaps: Counter[str] = field(default_factory=Counter)
    left: dict[str, Outcome] = field(default_factory=dict)
    wait: Wait | None = None
    pause: float = 0.0
    requests: int = 0
    first_request: float | None = None
    last_request: float | None = None

    @property
    def ended(self) -> bool:
        return self.phase is Phase.ENDED

    @property
    def held(self) -> int:
        """How many of the reports wanted the archive has."""
        return self.known + self.fetched

    def settled(self, kind: str, outcome: Outcome, *, is_file: bool = False, is_home: bool = False) -> None:
        """Count how the asking for a page, list or report ended."""
        if outcome == Outcome.REDIRECTED:
            return
        if outcome not in _CAME:
            if kind != "page" or outcome not in GONE or is_home:
                self.gaps[outcome] += 1
        elif kind != "report":
            self.pages += 1
        elif is_file:
            self.files += 1
        else:
            self.fetched += 1


class Watcher(Protocol):
    """Whoever shows a crawl. Called in the crawl's own thread, often: it must return soon."""

    def begun(self, run: str, *, resumed: bool) -> None:
        """The run that is worked on; `resumed` tells whether it was begun before."""

    def update(self, standing: Standing) -> None:
        """The standing of one portal has changed. The same object each time; it goes on changing."""

    def say(self, text: str) -> None:
        """Tell the person a sentence."""
