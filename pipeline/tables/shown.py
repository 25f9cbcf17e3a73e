"""Which pictures of an archive are pages of one report: those that its page shows, in the order of the page.

The archive holds each picture as an entry of its own, fetched from the page. What a page showed at a time is told by
the page as it was then, and by the pictures got since: where a page or its pictures changed, there are two documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from pipeline.archive import Archive, Bodies, DamagedRecord, Entry, Outcome, UndecodableBody
from pipeline.read.page_pictures import page_pictures

_ENDING = r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)$"
_PICTURE = re.compile(rf"image/|{_ENDING}", re.IGNORECASE)
_FILE = re.compile(_ENDING, re.IGNORECASE)
GOT = (Outcome.HELD, Outcome.UNCHANGED)

_Key = tuple[str, str, str]
_Event = tuple[int, Entry]


@dataclass(frozen=True, slots=True)
class Shown:
    """The pictures that a page showed at a time, in its order; None is one that was asked for and not got."""

    pictures: tuple[Entry | None, ...]

    @property
    def key(self) -> tuple[str | None, ...]:
        """What it is, by its bytes."""
        return tuple(entry.sha256 if entry is not None else None for entry in self.pictures)


def may_be_picture(entry: Entry) -> bool:
    """Whether an entry is a picture, by what was said of it."""
    return _PICTURE.search(f"{entry.media_type} {entry.url.partition('?')[0]}") is not None


def shown_pictures(archive: Archive, page: str | None = None) -> Mapping[int, Shown]:
    """For the entries of the ledger, by their number from 1, that are pictures shown on a report's page: all that the
    page showed then. A picture that is linked to, or whose page is not in the archive, is not among them. With `page`,
    those of the page at this address alone.
    """
    events: dict[str, list[_Event]] = defaultdict(list)
    for number, entry in enumerate(archive.entries(), start=1):
        is_asked = entry.kind == "report" and page in (None, entry.referrer)
        if is_asked and entry.referrer and may_be_picture(entry):
            events[entry.referrer].append((number, entry))
    if not events:
        return {}
    for number, entry in enumerate(archive.entries(), start=1):
        if entry.url in events and entry.outcome in GOT:
            events[entry.url].append((number, entry))
    found: dict[int, Shown] = {}
    for url, happened in events.items():
        one = _Page(archive, url)
        for number, entry in sorted(happened, key=lambda event: event[0]):
            one.meet(number, entry)
        one.close(is_last=True)
        found.update(one.found)
    return found


def bodies_of(bodies: Bodies, entries: Iterable[Entry | None]) -> list[bytes | None]:
    """The bytes of entries, None of one that was not got or of which the archive has them no more."""
    return [_body(bodies, entry) for entry in entries]


def _body(bodies: Bodies, entry: Entry | None) -> bytes | None:
    try:
        return bodies.body(entry) if entry is not None else None
    except (DamagedRecord, UndecodableBody):
        return None


@dataclass(slots=True)
class _Page:
    """One page and its pictures through the ledger."""

    archive: Archive
    url: str
    found: dict[int, Shown] = field(default_factory=dict)
    _digest: str | None = None
    _order: Sequence[_Key] = ()
    _run: str | None = None
    _asked: set[_Key] = field(default_factory=set)
    _got: dict[_Key, Entry] = field(default_factory=dict)
    # got, or seen to be the same, since the page or a picture changed
    _fresh: set[_Key] = field(default_factory=set)
    _open: list[tuple[int, _Key]] = field(default_factory=list)  # entries that belong to nothing yet

    def meet(self, number: int, entry: Entry) -> None:
        if entry.url == self.url:
            if entry.sha256 is not None and entry.sha256 != self._digest:
                self._turn(entry.run)
                self._digest, self._order = entry.sha256, tuple(self._pictures(entry))
            return
        key = _key(entry.url)
        self._asked.add(key)
        if entry.outcome not in GOT:
            return
        known = self._got.get(key)
        if entry.sha256 is not None and (known is None or known.sha256 != entry.sha256):
            if known is not None and self._run != entry.run:
                self._turn(entry.run)
            self._got[key] = entry
        if key in self._got:
            self._run = self._run or entry.run
            self._fresh.add(key)
            self._open.append((number, key))

    def close(self, *, is_last: bool) -> None:
        """Give the entries met to what the page shows now. What was not seen whole in between is left to what comes
        next: a picture may have been changed before the others were asked for again.
        """
        keys = [key for key in self._order if key in self._asked]
        if not any(key in self._got for key in keys) or not (is_last or self._fresh.issuperset(keys)):
            return
        shown = Shown(tuple(self._got.get(key) for key in keys))
        self.found.update((number, shown) for number, key in self._open if key in keys)
        self._open.clear()

    def _turn(self, run: str | None) -> None:
        self.close(is_last=False)
        self._fresh.clear()
        self._run = run

    def _pictures(self, entry: Entry) -> Iterator[_Key]:
        body = _body(self.archive.bodies, entry)
        for address in page_pictures(body or b"", entry.url, entry.charset_declared or entry.media_type):
            yield _key(address)


def _key(url: str) -> _Key:
    """What the addresses of one picture share: of a file no query, which tells of versions and sizes."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url, ""
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    return host, path, "" if _FILE.search(path) else unquote(parts.query)
