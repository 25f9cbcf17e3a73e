"""Which entries of an archive are pages of one report whose text is spread over several addresses.

The archive holds each page as an entry of its own; a further page names the first as what led to it. What the report
was at a time is told by the pages as they were then: where one changed, there are two documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.archive import Archive, Entry
from pipeline.read.body_pages import body_pages, page_number
from pipeline.read.sniff import HTML, sniff
from pipeline.tables.shown import GOT, bodies_of


@dataclass(frozen=True, slots=True)
class Spread:
    """The pages of one text in their order, the first before all; None is one that was not got."""

    pages: tuple[Entry | None, ...]

    @property
    def key(self) -> tuple[str | None, ...]:
        """What it is, by its bytes."""
        return tuple(entry.sha256 if entry is not None else None for entry in self.pages)


def spread_texts(archive: Archive) -> Mapping[int, Spread]:
    """For the entries of the ledger, by their number from 1, that are pages of a report of which a further page was
    asked for: the report as it was then.
    """
    events: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for number, entry in enumerate(archive.entries(), start=1):
        if entry.kind == "report" and entry.referrer and page_number(entry.url, entry.referrer) is not None:
            events[entry.referrer].append((number, entry))
    if not events:
        return {}
    for number, entry in enumerate(archive.entries(), start=1):
        if entry.url in events and entry.outcome in GOT:
            events[entry.url].append((number, entry))
    found: dict[int, Spread] = {}
    for first, happened in events.items():
        text = _Text(archive, first)
        for _, run in groupby(sorted(happened, key=lambda event: event[0]), lambda event: event[1].run):
            text.meet(list(run))
        text.close()
        found.update(text.found)
    return found


def alone(entry: Entry, body: bytes, at: str) -> Spread | None:
    """A page of a text of which no further one was asked for; None where it leads to none. `at` is its address."""
    if sniff(body, declared=entry.media_type) != HTML:
        return None
    count = len(body_pages(body, at, entry.charset_declared or entry.media_type, at))
    return Spread((entry, *(None for _ in range(count)))) if count else None


@dataclass(slots=True)
class _Text:
    """One text and its pages through the ledger, run by run."""

    archive: Archive
    first: str
    found: dict[int, Spread] = field(default_factory=dict)
    _got: dict[int, Entry] = field(default_factory=dict)  # by the number in the address, 0 of the first
    # where the bytes of a page lead, by their SHA-256
    _ahead: dict[str, set[int]] = field(default_factory=dict)
    # entries that are told with what comes next, if nothing changes
    _open: list[int] = field(default_factory=list)
    _last: Spread | None = None

    def meet(self, events: list[tuple[int, Entry]]) -> None:
        """Take up what one run asked for."""
        changed = False
        asked: set[int] = set()
        for _, entry in events:
            place = self._place(entry)
            asked.add(place)
            if entry.outcome not in GOT or entry.sha256 is None:
                continue
            known = self._got.get(place)
            if known is None or known.sha256 != entry.sha256:
                changed = changed or known is not None
                self._got[place] = entry
        if changed:
            self.close()
        self._last = self._spread(asked)
        self._open += [number for number, entry in events if entry.outcome in GOT]
        if self._last is not None and None not in self._last.pages:
            self.close()

    def close(self) -> None:
        """Tell the entries that are open as the text was last."""
        if self._last is not None:
            self.found.update(dict.fromkeys(self._open, self._last))
        self._open.clear()

    def _spread(self, asked: set[int]) -> Spread | None:
        """The text as it is now: the pages that its pages lead to, and what this run asked for beside."""
        if 0 not in self._got:
            return None
        places = {0, *asked}
        waiting = list(places)
        while waiting:
            entry = self._got.get(waiting.pop())
            ahead = self._leads_to(entry) - places if entry is not None else set()
            places |= ahead
            waiting += ahead
        return Spread(tuple(self._got.get(place) for place in sorted(places))) if len(places) > 1 else None

    def _leads_to(self, entry: Entry) -> set[int]:
        digest = entry.sha256 or ""
        if digest not in self._ahead:
            (body,) = bodies_of(self.archive.bodies, [entry])
            charset = entry.charset_declared or entry.media_type
            ahead = body_pages(body or b"", entry.url, charset, self.first)
            numbers = (page_number(url, self.first) for url in ahead)
            self._ahead[digest] = {number for number in numbers if number is not None}
        return self._ahead[digest]

    def _place(self, entry: Entry) -> int:
        return 0 if entry.url == self.first else page_number(entry.url, self.first) or 0
