"""What only the one writer of an archive has: the lock, the open files, and the way back to payloads held."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.archive.appending import make_folder
from pipeline.archive.bodies import Bodies, place_of
from pipeline.archive.elsewhere import elsewhere_of
from pipeline.archive.entry import Entry
from pipeline.archive.lines import LineFile, read_line_at, read_lines
from pipeline.archive.lock import Lock
from pipeline.archive.table import Table
from pipeline.archive.volumes import DamagedRecord, Place, Volumes, trim_newest


@dataclass(slots=True)
class Writer:
    """The open files. `lines` leads from the first 8 bytes of a payload's digest to the ledger line of its
    record: two whole numbers a payload, and the line itself tells the rest. `staged` are the entries whose lines
    are still to be written, `fresh` those of them that have records of their own.
    """

    root: Path
    ledger: LineFile
    sightings: LineFile
    runs: LineFile
    volumes: Volumes
    bodies: Bodies
    lines: Table
    files: ExitStack
    staged: list[Entry] = field(default_factory=list)
    fresh: dict[int, Entry] = field(default_factory=dict)
    grouping: bool = False

    @classmethod
    def open(cls, root: Path, label: str) -> Writer:
        """Take the lock, cut off what a kill left torn, and read the ledger once. Raises Problem. New files have
        `label` in their names.
        """
        make_folder(root)
        with ExitStack() as files:
            files.enter_context(closing(Lock(root / "lock", f"The archive {root} is being written by")))
            ledger = files.enter_context(closing(LineFile(root / "ledger.jsonl")))
            lines = Table(valued=True)
            ends: dict[str, int] = {}
            for line, entry in read_lines(ledger.path, Entry.from_line):
                _remember(lines, entry, line)
                place = place_of(entry)
                if place is not None:
                    ends[place.warc] = max(ends.get(place.warc, 0), place.offset + place.length)
            trim_newest(root / "warc", ends)
            elsewhere = elsewhere_of(root)
            seconds = math.inf
            if elsewhere is not None:
                label = f"{label}-{elsewhere.label}" if label else elsewhere.label
                seconds = elsewhere.seconds
            volumes = files.enter_context(closing(Volumes(root / "warc", label=label, seconds=seconds)))
            runs = files.enter_context(closing(LineFile(root / "runs.jsonl")))
            sightings = files.enter_context(closing(LineFile(root / "sightings.jsonl")))
            return cls(root, ledger, sightings, runs, volumes, Bodies.of(root), lines, files.pop_all())

    def held(self, payload: bytes, payload_sha256: str, body_sha256: str | None) -> Entry | None:
        """The entry whose record holds this very payload, None where there is none.

        The record is read back and compared, so that a revisit never leads to damaged bytes. An empty payload
        is never looked for: a revisit would be no smaller.
        """
        entry = self._original(payload_sha256) if payload else None
        place = None if entry is None else place_of(entry)
        if entry is None or place is None or entry.sha256 != body_sha256:
            return None
        try:
            return entry if self.bodies.record(place).payload == payload else None
        except DamagedRecord:
            return None

    def original(self, entry: Entry) -> Entry:
        """The entry whose own record holds the bytes of this one: itself, or the one it revisits."""
        found = self._original(entry.payload_sha256) if entry.payload_sha256 else None
        return found if found is not None and place_of(found) == place_of(entry) else entry

    def _original(self, payload_sha256: str) -> Entry | None:
        entry = self.fresh.get(_key(payload_sha256))
        line = self.lines.get(_key(payload_sha256)) if entry is None else None
        entry = entry if line is None else read_line_at(self.ledger.path, line, Entry.from_line)
        return entry if entry is not None and entry.payload_sha256 == payload_sha256 else None

    def ledger_stored(self, entry: Entry, place: Place, held: Entry | None) -> Entry:
        """Stage the line of bytes just stored at `place`; a revisit points to the record of `held`."""
        if held is None:
            stored = replace(entry, warc=place.warc, offset=place.offset, length=place.length)
        else:
            stored = replace(entry, warc=held.warc, offset=held.offset, length=held.length, revisit=True)
        if held is None and stored.payload_sha256 is not None:
            self.fresh[_key(stored.payload_sha256)] = stored
        self.stage(stored)
        return stored

    def ledger_not_modified(self, entry: Entry, held: Entry) -> Entry:
        """Stage the line of an answer that says that the document is still that of `held`."""
        told = replace(
            entry,
            media_type=held.media_type,
            charset_declared=held.charset_declared,
            sha256=held.sha256,
            size=held.size,
            warc=held.warc,
            offset=held.offset,
            length=held.length,
            payload_sha256=held.payload_sha256,
            revisit=True,
        )
        self.stage(told)
        return told

    def stage(self, entry: Entry) -> None:
        """Take an entry that is to be ledgered: at once, or with all others of a group at its end."""
        self.staged.append(entry)
        if not self.grouping:
            self.commit()

    def commit(self) -> None:
        """Bring the records to the disk, then the lines of what is staged, all or none of them. Raises Problem."""
        staged = self.discard()
        if staged:
            self.volumes.sync()
            self.add(staged)

    def add(self, entries: Sequence[Entry]) -> None:
        """Ledger entries whose records are on the disk, all or none of them. Raises Problem."""
        lines = self.ledger.append_all(entry.to_line() for entry in entries) if entries else []
        for entry, line in zip(entries, lines, strict=True):
            _remember(self.lines, entry, line)

    def discard(self) -> list[Entry]:
        """Forget what is staged; it is given back."""
        staged, self.staged = self.staged, []
        self.fresh.clear()
        return staged

    def close(self) -> None:
        """Bring all to the disk, close the files, and let go of the lock even where that fails."""
        with self.files:
            self.sightings.flush()


def _remember(lines: Table, entry: Entry, line: int) -> None:
    """The last record of a payload counts: a later one is only written where the earlier would not do."""
    if entry.payload_sha256 is not None and not entry.revisit:
        lines.put(_key(entry.payload_sha256), line)


def _key(digest: str) -> int:
    return int(digest[:16], 16)
