"""What the archive already knows when a crawl begins: it decides what is left to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from crawler.budget import Spending
from crawler.former import Former
from crawler.keys import Keys
from crawler.owed import Owed
from crawler.portals import Portal
from crawler.twins import Twins
from crawler.urls import domain_of, host_of, origin_of, page_key
from crawler.walls import Left, Walls, left_since
from crawler.wanted import is_corrected
from pipeline.archive import Archive, Entry, Outcome, Sighting
from pipeline.archive.table import Table
from pipeline.read.body_pages import page_number

_GOOD = frozenset({Outcome.HELD, Outcome.UNCHANGED})


class Memory:
    """The ledger as far as the crawl needs it.

    Addresses are compared as pages (`page_key`). Of the run that goes on, it is kept where in the ledger each
    answer stands until it is replayed; of former runs, only which reports are held, and which files of theirs
    are wanting. `former` has the pages and lists that they got, `owed` what they found and this run may not come by.
    """

    def __init__(
        self, archive: Archive, run: str, portals: Iterable[Portal] = (), *, refetch: bool = False
    ) -> None:
        self.former = Former(archive, reports=refetch)
        self.owed = Owed(self.holds, self.former.is_html)
        self.walls = Walls(portals)
        self.spending = Spending()
        self.twins = Twins()
        self.silent: dict[str, Outcome] = {}
        """Origins that do not answer: left alone for the rest of the run."""
        self.concluded: set[str] = set()
        """Lists that this run has found empty or short, by address."""
        self._archive = archive
        self._answered = Table(valued=True)
        self._shared: dict[str, dict[str, Entry]] = {}
        self._held = Keys()
        self._onward: dict[str, str] = {}
        self._wanting: dict[str, dict[str, Entry]] = {}
        self._unfinished: dict[str, Entry] = {}
        self._files: set[str] = set()
        self._corrected: set[str] = set()
        self._sighted = Keys()
        self._begun = datetime.now(UTC)
        broken_off = {known.id for known in archive.runs() if known.finished_at is None and not refetch}
        for place, entry in archive.places():
            self.walls.meet(entry)
            if entry.run == run:
                self._recall(place, entry)
                continue
            self.former.meet(place, entry)
            if entry.kind == "report":
                self._remember(entry, unfinished=entry.run in broken_off)
        for sighting in archive.sightings():
            if sighting.run == run:
                self._sighted.add(_of(sighting))
                continue
            self.owed.meet(sighting)
            if is_corrected(sighting.text):
                self._corrected.add(page_key(sighting.url))

    def replay(self, url: str, *, shared: bool = False) -> Entry | None:
        """How this run has already asked for the address, None where it has not; the page of a report that a run
        got which was then broken off is taken from there.

        Handed out once, as a search asks once; where hosts are `shared` by portals, as often as is asked.
        """
        entry = self._take(url) or self._unfinished.pop(page_key(url), None)
        if not shared:
            return entry
        if entry is not None:
            self.share(entry)
        return self._shared.get(domain_of(host_of(url)), {}).get(url)

    def share(self, entry: Entry) -> None:
        """Keep an answer for other portals of the same domain, until `forget`."""
        self._shared.setdefault(domain_of(host_of(entry.url)), {})[entry.url] = entry

    def forget(self, domain: str) -> None:
        """Let go of the answers of a domain: all its portals are searched."""
        self._shared.pop(domain, None)

    def left_alone(self, url: str, now: datetime) -> Left | None:
        """Why an address is not to be asked for now, None where it may be."""
        origin = origin_of(url)
        outcome = self.silent.get(origin)
        if outcome is not None:
            return Left(outcome, None, f"{origin} does not answer, and is left for the rest of the run")
        return self.walls.left(url, now)

    def holds(self, url: str) -> bool:
        """Whether a former run got the report at this address, be it over redirects."""
        key = page_key(url)
        for _ in range(8):
            if key in self._held:
                return True
            onward = self._onward.get(key)
            if onward is None:
                return False
            key = onward
        return False

    def wanting(self, url: str) -> Sequence[Entry]:
        """The files of a held report that a former run asked for and did not get."""
        key = page_key(url)
        while key in self._onward and key not in self._held:
            key = self._onward.pop(key)
        return tuple(self._wanting.get(key, {}).values())

    def is_unfinished(self, url: str) -> bool:
        """Whether a report was got by a run that was broken off, perhaps before its files were asked for."""
        return page_key(url) in self._unfinished

    def has_file(self, url: str) -> bool:
        """Whether a file of such a report was got."""
        return page_key(url) in self._files

    def is_republished(self, url: str, text: str) -> bool:
        """Whether a link says that the report behind it was corrected, and no former run was told so."""
        return is_corrected(text) and page_key(url) not in self._corrected

    def renew(self, url: str) -> None:
        """Have a report asked for that was got before."""
        self._unfinished.pop(page_key(url), None)

    def is_new(self, sighting: Sighting) -> bool:
        """Whether this run has not noted the link yet; asked once for each."""
        if not self._sighted:
            return True
        return _of(sighting) not in self._sighted

    def _take(self, url: str) -> Entry | None:
        """The answer of an address, once."""
        place = self._answered.get(hash(url))
        if place is None:
            return None
        self._answered.discard(hash(url))
        entry = self._archive.entry_at(place)
        return entry if entry.url == url else None

    def _recall(self, place: int, entry: Entry) -> None:
        if entry.outcome in (Outcome.EMPTY_LIST, Outcome.SHORT_LIST):
            self.concluded.add(entry.url)
            return
        self.spending.spend(entry)
        self.twins.meet(entry)
        until = left_since(entry)
        if until is None or until > self._begun:  # a host that is not left alone any more is asked again
            self._answered.put(hash(entry.url), place)

    def _remember(self, entry: Entry, *, unfinished: bool) -> None:
        key = page_key(entry.url)
        wanting = self._wanting.setdefault(page_key(entry.referrer), {}) if entry.referrer else {}
        if entry.outcome in _GOOD:
            self._held.add(key)
            if entry.referrer and page_key(entry.referrer) in self._unfinished and not _is_further(entry):
                self._files.add(key)
            elif unfinished:
                self._unfinished[key] = entry
            wanting.pop(key, None)
        elif entry.outcome == Outcome.REDIRECTED and entry.note:
            self._onward[key] = page_key(entry.note)
        elif key not in self._held:
            wanting[key] = entry
        if entry.referrer and not wanting:
            self._wanting.pop(page_key(entry.referrer), None)


def _is_further(entry: Entry) -> bool:
    """Whether a page goes on with the text of the one that led to it: it may lead to more, and is taken up again."""
    return entry.referrer is not None and page_number(entry.url, entry.referrer) is not None


def _of(sighting: Sighting) -> str:
    return f"{sighting.portal} {sighting.listed_on} {sighting.url}"
