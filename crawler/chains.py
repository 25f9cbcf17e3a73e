"""The pages of one list, in turn: which way on to take, and when the list has come to its end. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.families.generic import ways_in
from crawler.families.listing import Call, Listing, Records, Way
from crawler.keys import Keys
from crawler.tasks import Shortfall, Task
from pipeline.archive import Outcome

_STALE = 2  # answers of a call in a row that bring nothing new


@dataclass(slots=True)
class Chain:
    """One list. `first` is the address of its first page, `known` the links met that are of it or of its column,
    `entries` those of them that are single pages, `reports` how many announce a report, `total` how many entries it
    says to have, `pages` how many pages, `came` how many of these brought something, `most` the greatest number that
    one call brought, `frames` what its last page shows within, `has_parts` that a page names further lists beside its
    links, `unknown` how many there are that cannot be asked for. `family` is what its pages were recognised as, None
    while they were not.
    """

    first: str
    known: Keys = field(default_factory=Keys)
    entries: Keys = field(default_factory=Keys)
    listed: Keys = field(default_factory=Keys)
    reports: int = 0
    total: int | None = None
    pages: int | None = None
    came: int = 0
    stale: int = 0
    most: int = 1
    family: str | None = None
    ways: list[Way] = field(default_factory=list)
    spare: list[Way] = field(default_factory=list)
    frames: tuple[str, ...] = ()
    has_parts: bool = False
    unknown: int = 0

    @property
    def missing(self) -> int:
        """How many entries are announced and were not listed."""
        return max(0, (self.total or 0) - len(self.listed))

    def after_page(self, way: Way | None, listing: Listing, *, fresh: int) -> Way | None:
        """The way to take after a page, None at the end of the list."""
        if listing.total is not None:
            self.total = listing.total
        self.pages = listing.pages or self.pages
        self.came += bool(fresh or way is None)
        if fresh or way is None:
            self.ways = list(listing.ways)
            if way is None:
                self.spare = list(listing.ways[1:])
        if self.total is not None and not self.missing and self.came >= (self.pages or 0):
            self.ways = []
        return self.another()

    def after_call(self, way: Way, records: Records, *, fresh: int, told: bool) -> Way | None:
        """The way to take after the answer of a call; `told` if it announced reports."""
        assert way.call is not None  # noqa: S101 - a call was answered
        self.pages = None  # of the page that calls, not of what it is answered
        if way.call.then is not None:
            return way.known({way.request(0)[0]: records.named})
        if records.code:  # a script of the page's own
            self.ways[:0] = ways_in(records.code, self.first)
        if records.total is not None:
            self.total = records.total
        self.stale = 0 if fresh else self.stale + 1
        self.ways = [
            other for other in self.ways if not _is_settled(other, way.call, records, fresh=fresh, told=told)
        ]
        if not records.links and way.number == 0 and records.total:
            return Way(1, call=way.call)  # pages are counted from one, whatever the script begins with
        pages = way.number - way.call.first + 1
        complete = self.total is not None and not self.missing
        if complete or (records.pages is not None and pages >= records.pages):
            return None
        size = way.call.size if way.call.sized else self.most
        counted_out = self.total is None and records.pages is None and len(records.links) < size
        self.most = max(self.most, len(records.links))
        if not records.links or self.stale >= _STALE or counted_out or not way.call.is_paged:
            return self.another()
        return Way(way.number + 1, call=way.call)

    def may_miss(self, way: Way) -> bool:
        """Whether nothing is lost where the address of a way does not exist: it is a guess, and there are other ways,
        or the list says how much it holds, so that it is told what is missing.
        """
        is_told = self.pages is not None or self.total is not None
        return way.base is not None and (is_told or bool(self.ways))

    def instead(self) -> Way | None:
        """The way to take where one led nowhere: one that the first page left open comes last."""
        return self.another() or (self.spare.pop(0) if self.spare else None)

    def another(self) -> Way | None:
        """The next of the ways that are left: those of the last page that brought something."""
        return self.ways.pop(0) if self.ways else None


def _is_settled(other: Way, call: Call, records: Records, *, fresh: int, told: bool) -> bool:
    """Whether a way need not be tried any more after this answer of a call: the same call by the other method where it
    had entries, another call where these were reports, a guess where they were new.
    """
    if other.call is None:
        return bool(records.links and fresh) and other.base is not None
    same = other.call.url == call.url and other.call.fields == call.fields
    return told or (same and bool(records.links))


def shortfall(chain: Chain, task: Task, *, named: bool) -> Shortfall | None:
    """What to note of a list that has come to its end; `named` if it was linked to as one of reports."""
    if chain.missing:
        note = f"{len(chain.listed)} of {chain.total} entries"
        return Shortfall(chain.first, Outcome.SHORT_LIST, note, task.referrer)
    if chain.total is None and chain.pages is not None and chain.came < chain.pages:
        note = f"{chain.came} of {chain.pages} pages"
        return Shortfall(chain.first, Outcome.SHORT_LIST, note, task.referrer)
    if chain.unknown:
        note = f"{chain.unknown} tabs call for lists at addresses that are not known"
        return Shortfall(chain.first, Outcome.SHORT_LIST, note, task.referrer)
    if named and not chain.listed and not chain.known and not chain.has_parts:
        return Shortfall(chain.first, Outcome.EMPTY_LIST, "nothing is listed", task.referrer)
    return None
