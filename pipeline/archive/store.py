"""The archive: bytes go in once, and come out as they went in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from pipeline.archive.bodies import Bodies
from pipeline.archive.entry import Entry, Exchange
from pipeline.archive.lines import read_line_at, read_lines, read_lines_at
from pipeline.archive.outcome import Outcome
from pipeline.archive.pieces import absorb
from pipeline.archive.runs import Run, RunEvent, fold
from pipeline.archive.sightings import Sighting
from pipeline.archive.storing import Packed, store_body, store_confirmed
from pipeline.archive.tls import Tls
from pipeline.archive.warc import resource_record
from pipeline.archive.writer import Writer
from pipeline.problem import Problem


class Archive:
    """What was fetched, when, with what outcome, and its bytes. See the package for the folder on disk.

    For one thread. Readers need no lock, never write, and see what was acknowledged before they began to
    read.
    """

    def __init__(self, root: Path, writer: Writer | None) -> None:
        self.root = root
        self._ledger = root / "ledger.jsonl"
        self._sightings = root / "sightings.jsonl"
        self.bodies = Bodies.of(root)
        self._writer = writer

    @classmethod
    def open(cls, root: Path, *, writable: bool = True, label: str = "") -> Archive:
        """Open the archive in the folder `root`; for the writer, make it if need be and repair what a kill
        left torn. New files are named with the `label`.

        Raises Problem: another writer is at work, the folder cannot be written or, for a reader, is not
        there, or the ledger is damaged (DamagedLedger) or of a newer gongkai. Opening for writing reads the
        ledger once.
        """
        if writable:
            return cls(root, Writer.open(root, label))
        if not root.is_dir():
            raise Problem(
                f"There is no archive at {root}. Fetch or import reports first, "
                "or name the right folder with --data."
            )
        return cls(root, None)

    def store_exchange(  # noqa: PLR0913 - the named facts of one ledger line
        self,
        exchange: Exchange,
        *,
        outcome: Outcome,
        portal: str | None,
        run: str | None,
        kind: str | None,
        referrer: str | None = None,
        anchor: str | None = None,
        note: str | None = None,
        attempts: int = 1,
        body: bytes | None = None,
        packed: Packed | None = None,
        same_as: Entry | None = None,
        tls: Tls | None = None,
        left_until: datetime | None = None,
        waited_ms: int | None = None,
    ) -> Entry:
        """Store an exchange; on return its bytes and its ledger line are on the disk.

        A body whose content-encoding cannot be undone is stored as received: the entry has no `sha256`, its
        `note` says why, and an `outcome` that claims a held document becomes UNDECODABLE or TOO_LARGE. Where an
        answer 304 is believed, `same_as` is the entry whose document it says is still there; its bytes are this one's.
        `body` is the payload with its content-encoding undone, and `packed` what `pack` makes of the exchange, where
        the caller has done that.
        Raises Problem; nothing is then ledgered.
        """
        entry = Entry(
            url=exchange.url,
            fetched_at=exchange.fetched_at,
            outcome=outcome,
            portal=portal,
            run=run,
            kind=kind,
            status=exchange.status,
            referrer=referrer,
            anchor=anchor,
            note=note,
            attempts=attempts,
            tls=tls,
            left_until=left_until,
            waited_ms=waited_ms,
        )
        if same_as is not None:
            return store_confirmed(self._writing(), exchange, entry, same_as)
        return store_body(self._writing(), exchange, entry, body, packed)

    def store_failure(  # noqa: PLR0913 - the named facts of one ledger line
        self,
        url: str,
        *,
        outcome: Outcome,
        fetched_at: datetime,
        portal: str | None,
        run: str | None,
        kind: str | None,
        status: int | None = None,
        referrer: str | None = None,
        anchor: str | None = None,
        note: str | None = None,
        attempts: int = 1,
        left_until: datetime | None = None,
        waited_ms: int | None = None,
    ) -> Entry:
        """Ledger a fetch that brought no bytes. Raises Problem; nothing is then ledgered."""
        entry = Entry(
            url=url,
            fetched_at=fetched_at,
            outcome=outcome,
            portal=portal,
            run=run,
            kind=kind,
            status=status,
            referrer=referrer,
            anchor=anchor,
            note=note,
            attempts=attempts,
            left_until=left_until,
            waited_ms=waited_ms,
        )
        self._writing().stage(entry)
        return entry

    def store_resource(
        self,
        url: str,
        body: bytes,
        media_type: str,
        fetched_at: datetime,
        *,
        name: str | None = None,
        note: str | None = None,
    ) -> Entry:
        """Store a file that was given; `name` is its path as given, kept as the entry's `anchor`. As
        store_exchange.
        """
        writer = self._writing()
        digest = sha256(body)
        held = writer.held(body, digest.hexdigest(), digest.hexdigest())
        place = writer.volumes.append(
            resource_record(url, body, media_type, fetched_at, digest.digest(), held)
        )
        entry = Entry(
            url=url,
            fetched_at=fetched_at,
            outcome=Outcome.IMPORTED,
            kind="import",
            media_type=media_type,
            sha256=digest.hexdigest(),
            size=len(body),
            anchor=name,
            note=note,
            payload_sha256=digest.hexdigest(),
        )
        return writer.ledger_stored(entry, place, held)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is stored inside goes to the disk when the context ends, all at once: it is waited for twice, however
        many answers there are. Entries given back inside are in the ledger only then. Raises Problem at the end;
        none of them is then ledgered.
        """
        writer = self._writing()
        writer.grouping = True
        try:
            yield
            writer.commit()
        finally:
            writer.grouping = False
            writer.discard()

    def entries(self) -> Iterator[Entry]:
        """The ledger in the order of its lines, streamed. Raises DamagedLedger, naming the line."""
        return (entry for _, entry in self.places())

    def places(self) -> Iterator[tuple[int, Entry]]:
        """The entries with the byte at which the line of each begins, by which `entry_at` finds it again."""
        return read_lines(self._ledger, Entry.from_line)

    def entries_at(self, places: Iterable[int]) -> Iterator[Entry]:
        """The entries whose lines begin at these bytes of the ledger. Raises DamagedLedger."""
        return read_lines_at(self._ledger, places, Entry.from_line)

    def entry_at(self, place: int) -> Entry:
        """The entry whose line begins at this byte of the ledger. Raises DamagedLedger."""
        return read_line_at(self._ledger, place, Entry.from_line)

    def body(self, entry: Entry) -> bytes:
        """The body of an entry with its content-encoding undone, verified against the ledger's SHA-256.

        Raises DamagedRecord where the bytes are not what was stored, UndecodableBody where the encoding
        cannot be undone, Problem where the entry has no bytes.
        """
        return self.bodies.body(entry)

    def sight(self, sighting: Sighting) -> None:
        """Note a link: past a kill of this process at once, on the disk after the next `flush` or `close`."""
        self._writing().sightings.append(sighting.to_line(), sync=False)

    def sightings(self) -> Iterator[Sighting]:
        """All sightings in order, streamed. Raises DamagedLedger, naming the line."""
        return (sighting for _, sighting in self.sighting_places())

    def sighting_places(self) -> Iterator[tuple[int, Sighting]]:
        """The sightings with the byte at which the line of each begins, by which `sightings_at` finds it again."""
        return read_lines(self._sightings, Sighting.from_line)

    def sightings_at(self, places: Iterable[int]) -> Iterator[Sighting]:
        """The sightings whose lines begin at these bytes of their file. Raises DamagedLedger."""
        return read_lines_at(self._sightings, places, Sighting.from_line)

    def begin_run(self, settings: Mapping[str, object]) -> Run:
        """Begin a run; `settings` must be what JSON can hold."""
        now = datetime.now(UTC)
        run = Run(f"{now:%Y%m%dT%H%M%SZ}-{len(self._runs()) + 1}", now, dict(settings))
        self._writing().runs.append(RunEvent("begun", run.id, now, run.settings).to_line())
        return run

    def begin_session(self, run_id: str, details: Mapping[str, object]) -> None:
        """Note that a process begins or takes up work on a run; `details` must be what JSON can hold. Raises
        Problem for a run that was never begun.
        """
        self._log_of_run("session", run_id, details)

    def finish_run(self, run_id: str, summary: Mapping[str, object]) -> None:
        """Finish a run, bringing its sightings to the disk before. Raises Problem for a run that was never
        begun.
        """
        self.flush()
        self._log_of_run("finished", run_id, summary)

    def runs(self) -> list[Run]:
        """All runs in the order in which they began."""
        return list(self._runs().values())

    def extent(self) -> Mapping[str, int]:
        """How many bytes each log has, by its name. Logs only grow: where these are the same, so is the archive."""
        logs = (self._ledger, self.root / "sightings.jsonl", self.root / "runs.jsonl")
        return {path.name: path.stat().st_size if path.exists() else 0 for path in logs}

    def absorb(self, piece: Path) -> None:
        """Take over all that a piece has brought (`pipeline.archive.pieces`); it is gone afterwards. Raises Problem."""
        absorb(self._writing(), piece)

    def flush(self) -> None:
        """Bring the sightings to the disk; entries and runs are there already."""
        self._writing().sightings.flush()

    def close(self) -> None:
        """Flush and let go of the archive; safe to call again."""
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _writing(self) -> Writer:
        if self._writer is None:
            raise Problem(f"The archive {self.root} is not open for writing.")
        return self._writer

    def _log_of_run(self, event: str, run_id: str, details: Mapping[str, object]) -> None:
        if run_id not in self._runs():
            raise Problem(f"The archive {self.root} knows no run {run_id}.")
        self._writing().runs.append(RunEvent(event, run_id, datetime.now(UTC), details).to_line())

    def _runs(self) -> dict[str, Run]:
        return fold(event for _, event in read_lines(self.root / "runs.jsonl", RunEvent.from_line))
