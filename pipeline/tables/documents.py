"""From ledger entries to reports: a body that is a report is read once, however often it was got."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.archive import Entry, Outcome
from pipeline.tables.looking import CHANCE, Told
from pipeline.tables.reasons import DAMAGED, READER_FAILED
from pipeline.tables.workers import Looking

_EXPECTED = ("report", "import")  # kinds whose body is meant to be a report
_READABLE = (Outcome.HELD, Outcome.UNCHANGED, Outcome.IMPORTED)
_BODIES = 8  # looked at in one go: about a tenth of a second, which is what cores may idle at the end
_ENTRIES = 1024  # held at most while bodies are looked at


def may_be_report(entry: Entry) -> bool:
    """Whether the entry's body, if it has one, is to be looked at."""
    return entry.outcome in _READABLE and (entry.kind in _EXPECTED or entry.kind in CHANCE)


@dataclass(slots=True)
class _Chunk:
    """Entries in the order of the ledger, and those of them whose bodies are met for the first time."""

    entries: list[Entry] = field(default_factory=list)
    unseen: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Documents:
    """Tells what the bodies of an archive are. `crashed` counts documents that the reader could not bear.

    What is told, and its order, hangs on the entries alone, not on how `looking` shares out its work.
    """

    looking: Looking
    crashed: int = 0
    damaged: int = 0
    _told: dict[str, Told] = field(default_factory=dict)  # by SHA-256 of the body
    _passed: set[str] = field(default_factory=set)  # SHA-256 of pages that need not be read
    _last: dict[str, str] = field(default_factory=dict)  # SHA-256 last got from an address

    def tell(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Told]]:
        """Each entry in its order, with what its body told or tells now."""
        chunks = _chunks(entries)
        for chunk, answers in self.looking.answers((chunk, chunk.unseen) for chunk in chunks):
            ready = dict(zip(map(id, chunk.unseen), answers, strict=True))
            for entry in chunk.entries:
                yield entry, self._tell(entry, ready)

    def _tell(self, entry: Entry, ready: dict[int, Told | None]) -> Told:
        if entry.outcome not in _READABLE:
            return Told()
        digest = entry.sha256 or self._last.get(entry.url)
        if digest is None:
            return Told()
        self._last[entry.url] = digest
        if not may_be_report(entry):
            return Told()
        told = self._told.get(digest)
        if told is None and entry.sha256 is not None:
            told = self._met(entry, digest, ready)
        if told is None or (entry.kind in CHANCE and told.report_id is None and told.outcome is None):
            return Told()
        return told

    def _met(self, entry: Entry, digest: str, ready: dict[int, Told | None]) -> Told | None:
        """What a body tells that told nothing yet: the first time, or after a page passed over or damaged."""
        if entry.kind in CHANCE and digest in self._passed:
            return None
        told = ready[id(entry)] if id(entry) in ready else self.looking.now(entry)
        if told is None:
            self._passed.add(digest)
        elif told.outcome == DAMAGED:
            self.damaged += 1
        else:
            self._told[digest] = Told(told.report_id, told.reason)
            self.crashed += (told.reason or "").startswith(READER_FAILED)
        return told


def _chunks(entries: Iterable[Entry]) -> Iterator[_Chunk]:
    seen: set[str] = set()
    chunk = _Chunk()
    for entry in entries:
        chunk.entries.append(entry)
        if may_be_report(entry) and entry.sha256 is not None and entry.sha256 not in seen:
            seen.add(entry.sha256)
            chunk.unseen.append(entry)
        if len(chunk.unseen) == _BODIES or len(chunk.entries) == _ENTRIES:
            yield chunk
            chunk = _Chunk()
    yield chunk
