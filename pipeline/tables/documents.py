"""From ledger entries to reports: a body that is a report is read once, however often it was got."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from json import dumps, loads
from sqlite3 import Connection

from pipeline.archive import Archive, Entry, Outcome
from pipeline.tables.looking import CHANCE, Told
from pipeline.tables.met import Noted, on_disk
from pipeline.tables.reasons import DAMAGED, NOT_A_REPORT, READER_FAILED
from pipeline.tables.rows import Row
from pipeline.tables.shown import Shown, may_be_picture, shown_pictures
from pipeline.tables.spread import Spread, spread_texts
from pipeline.tables.workers import Looking

_EXPECTED = ("report", "import")  # kinds whose body is meant to be a report
_READABLE = (Outcome.HELD, Outcome.UNCHANGED, Outcome.IMPORTED)
_BODIES = 8  # looked at in one go: about a tenth of a second, which is what cores may idle at the end
_ENTRIES = 1024  # held at most while bodies are looked at


Together = Shown | Spread
"""Entries that are one report."""


def together(archive: Archive) -> Mapping[int, Together]:
    """The entries of an archive, by number, that are one report with others."""
    return {**shown_pictures(archive), **spread_texts(archive)}


def may_be_report(entry: Entry) -> bool:
    """Whether the entry's body, if it has one, is to be looked at."""
    return entry.outcome in _READABLE and (entry.kind in _EXPECTED or entry.kind in CHANCE)


@dataclass(slots=True)
class _Chunk:
    """Entries in the order of the ledger, each with the pictures or pages that it is one of, and what is met of them
    for the first time.
    """

    entries: list[tuple[Entry, Together | None]] = field(default_factory=list)
    unseen: list[Entry | Together] = field(default_factory=list)


class Documents:
    """Tells what the bodies of an archive are. `shown` are the entries, by number, that are pictures on a page or pages
    of a text, and read with the others of it; `met` is where it notes what it met. `crashed` counts documents that the
    reader could not bear.

    What is told, and its order, hangs on the entries alone, not on how `looking` shares out its work.
    """

    def __init__(
        self, looking: Looking, shown: Mapping[int, Together], met: Connection | None = None
    ) -> None:
        self.looking = looking
        self.shown = shown
        self.crashed = 0
        self.damaged = 0
        met = met or on_disk()
        self._seen = Noted(met, "seen")  # SHA-256 of bodies that are looked at, ahead of what is told
        self._told = Noted(met, "told")  # by SHA-256 of the body
        self._passed = Noted(met, "passed")  # SHA-256 of pages that need not be read
        self._last = Noted(met, "last")  # SHA-256 last got from an address
        self._together: dict[tuple[str | None, ...], Told] = {}  # by what was shown
        self._given = Noted(met, "given")  # reports in pictures or pages whose rows were given
        self._covers = Noted(met, "covers")  # by address, what reports without figures are titled

    def tell(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Told]]:
        """Each entry in its order, with what its body told or tells now."""
        chunks = _chunks(entries, self.shown, self._seen)
        for chunk, answers in self.looking.answers((chunk, chunk.unseen) for chunk in chunks):
            ready = dict(zip(map(id, chunk.unseen), answers, strict=True))
            for entry, shown in chunk.entries:
                yield entry, self._tell(entry, ready) if shown is None else self._among(entry, shown, ready)

    def _among(self, entry: Entry, shown: Together, ready: dict[int, Told | None]) -> Told:
        """What a picture or page tells that is one among others: a page of the report that they are, or none."""
        told = self._together.get(shown.key)
        if told is None:
            answer = ready[id(shown)] if id(shown) in ready else self.looking.now(shown)
            told = answer or Told()
            self._together[shown.key] = replace(told, rows=None, stale=())
            if told.rows is not None and not told.rows.report["figure_count"]:
                for url in told.pages:
                    self._covers.put(url, _title(told.rows.report))
            self.crashed += (told.reason or "").startswith(READER_FAILED)
        rows = told.rows if told.rows is not None and self._is_new(told) else None
        beside = (told.beside or {}).get(entry.url)
        if beside is None:
            return replace(told, rows=rows)
        self.damaged += beside == DAMAGED
        return Told(
            reason=beside, outcome=DAMAGED if beside == DAMAGED else None, rows=rows, stale=told.stale
        )

    def _is_new(self, told: Told) -> bool:
        """Whether the rows of a report in pictures or pages were not given before."""
        return self._given.add(told.report_id or "")

    def _tell(self, entry: Entry, ready: dict[int, Told | None]) -> Told:
        if entry.outcome not in _READABLE:
            return Told()
        digest = entry.sha256 or self._last.get(entry.url)
        if digest is None:
            return Told()
        if entry.sha256 is not None:
            self._last.put(entry.url, digest)
        if not may_be_report(entry):
            return Told()
        known = self._told.get(digest)
        told = None if known is None else Told(*loads(known))
        if told is None and entry.sha256 is not None:
            told = self._met(entry, digest, ready)
        if told is None or (entry.kind in CHANCE and told.report_id is None and told.outcome is None):
            return Told()
        return told

    def _met(self, entry: Entry, digest: str, ready: dict[int, Told | None]) -> Told | None:
        """What a body tells that told nothing yet: the first time, or after a page passed over or damaged."""
        if entry.kind in CHANCE and self._passed.get(digest) is not None:
            return None
        told = ready[id(entry)] if id(entry) in ready else self.looking.now(entry)
        told = self._by_its_page(entry, told)
        if told is None:
            self._passed.add(digest)
        elif told.outcome == DAMAGED:
            self.damaged += 1
        else:
            if told.rows is not None and not told.rows.report["figure_count"]:
                self._covers.put(entry.url, _title(told.rows.report))
            self._told.put(digest, dumps((told.report_id, told.reason)))
            if told.rows is not None and may_be_picture(entry) and not self._is_new(told):
                told = Told(told.report_id, told.reason)
            self.crashed += (told.reason or "").startswith(READER_FAILED)
        return told

    def _by_its_page(self, entry: Entry, told: Told | None) -> Told | None:
        """What a file tells that does not say what it is, where the page that carries it does: it is looked at again
        under the title of the page, and is the report if it holds a form.
        """
        title = self._covers.get(entry.referrer or "")
        is_unknown = told is not None and (told.reason or "").startswith(NOT_A_REPORT)
        if title is None or not is_unknown or may_be_picture(entry):
            return told  # a picture is dear to read, and again
        again = self.looking.now(replace(entry, anchor=title))
        return again if again is not None and again.report_id is not None else told


def _title(report: Row) -> str:
    """The title of a report with all that is known of it."""
    if report["organ"] and report["report_year"]:
        return f"{report['organ']}{report['report_year']}年政府信息公开工作年度报告"
    return str(report["title"] or "")


def _chunks(entries: Iterable[Entry], shown: Mapping[int, Together], seen: Noted) -> Iterator[_Chunk]:
    together: set[tuple[str | None, ...]] = set()
    chunk = _Chunk()
    for number, entry in enumerate(entries, start=1):
        among = shown.get(number)
        chunk.entries.append((entry, among))
        if among is not None:
            if among.key not in together:
                together.add(among.key)
                chunk.unseen.append(among)
        elif may_be_report(entry) and entry.sha256 is not None and seen.add(entry.sha256):
            chunk.unseen.append(entry)
        if len(chunk.unseen) == _BODIES or len(chunk.entries) == _ENTRIES:
            yield chunk
            chunk = _Chunk()
    yield chunk
