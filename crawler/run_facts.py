"""What a run came to, as facts for a person to read. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.outcomes import LEAVING, UNREACHABLE
from crawler.refusals import ANSWERS
from crawler.urls import host_of
from crawler.walls import left_since
from pipeline.archive import Entry, Outcome

GOOD = frozenset({Outcome.HELD, Outcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that did not come: a `report`, a `file` of one, a `list`, or a `page` on the way. `reason` is the
    outcome; `text` that of the link which led there, from the page `referrer`; `asked` whether the portal was
    asked for it at all.
    """

    kind: str
    reason: Outcome
    url: str
    text: str | None
    referrer: str | None
    note: str | None
    asked: bool


@dataclass(slots=True)
class HostLeft:
    """A host that was not asked any more, because of how a fetch at the time `since` ended. `until` is None where it
    was left for the rest of the run; `unasked` counts the addresses that were not asked for.
    """

    host: str
    reason: Outcome
    since: datetime
    until: datetime | None = None
    unasked: int = 0


@dataclass(slots=True)
class PortalReport:
    """One portal in one run. Of the reports `announced`, each once, `held` are in the archive, `before` of them from
    earlier runs and not fetched in this one; `other_years` were not asked for because of their year, and
    `not_reached` for no reason that is known: the run was not finished. `files` counts the files of reports that
    came, `pages` the pages and lists, `unchanged` what of all these is as it was. `look_alikes` are links that look
    like reports and were left alone, by the reason. `size` is the bytes of all that came, `waited` the time for which
    manners held requests back. `came` tells whether the home page did.
    """

    code: str
    name: str
    home: str
    announced: int = 0
    held: int = 0
    before: int = 0
    other_years: int = 0
    not_reached: int = 0
    files: int = 0
    pages: int = 0
    unchanged: int = 0
    requests: int = 0
    size: int = 0
    waited: timedelta = timedelta()
    first: datetime | None = None
    last: datetime | None = None
    came: bool = False
    family: str | None = None
    unasked_lists: int = 0
    crashed_pages: int = 0
    look_alikes: Counter[str] = field(default_factory=Counter)
    gaps: list[Gap] = field(default_factory=list)
    left: dict[str, HostLeft] = field(default_factory=dict)

    @property
    def wanted(self) -> int:
        """How many of the reports announced were to be had."""
        return self.announced - self.other_years

    @property
    def is_whole(self) -> bool:
        """Whether reports are announced, and they and everything on the way to them came."""
        missing = self.gaps or self.not_reached or self.unasked_lists or self.crashed_pages
        return bool(self.announced) and not missing

    @property
    def reasons(self) -> Counter[Outcome]:
        """The gaps by outcome."""
        return Counter(gap.reason for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """One stretch of work on a run, from its beginning to the last fetch or the end."""

    begun_at: datetime
    ended_at: datetime
    contact: str | None
    delay: float | None
    hours: str | None = None  # in which portals were asked, China time; None for all


@dataclass(frozen=True, slots=True)
class RunReport:
    """`years` is None where all were asked for."""

    run: str
    begun_at: datetime
    finished_at: datetime | None
    years: tuple[int, ...] | None
    refetch: bool
    sessions: tuple[SessionReport, ...]
    portals: tuple[PortalReport, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every portal is."""
        return all(portal.is_whole for portal in self.portals)

    @property
    def took(self) -> timedelta:
        """How long was worked on the run, over all its sessions."""
        return sum((one.ended_at - one.begun_at for one in self.sessions), timedelta())

    @property
    def gaps(self) -> Iterator[tuple[PortalReport, Gap]]:
        return ((portal, gap) for portal in self.portals for gap in portal.gaps)


def take_fetch(portal: PortalReport, entry: Entry) -> None:
    """Count one fetch of the run among what the portal cost, and note the host that is left because of it."""
    portal.requests += entry.attempts
    portal.waited += timedelta(milliseconds=entry.waited_ms or 0)
    if entry.attempts:
        portal.first = portal.first or entry.fetched_at
        portal.last = entry.fetched_at
        if entry.status != 304:
            portal.size += entry.size or 0
    _note_left(portal, entry)


def _note_left(portal: PortalReport, entry: Entry) -> None:
    host, reason = host_of(entry.url), entry.outcome
    known = portal.left.get(host)
    if known is not None and not known.unasked and entry.attempts and reason in ANSWERS:
        del portal.left[host]  # it answers by the other scheme
    if entry.attempts and left_since(entry) is not None:
        portal.left.setdefault(host, HostLeft(host, reason, entry.fetched_at))
    elif not entry.attempts and reason in LEAVING | UNREACHABLE:
        portal.left.setdefault(host, HostLeft(host, reason, entry.fetched_at)).unasked += 1
    if entry.left_until is not None and host in portal.left:
        before = portal.left[host].until
        portal.left[host].until = max(before, entry.left_until) if before else entry.left_until
