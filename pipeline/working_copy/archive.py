"""The archive of a working copy, and sending what is new in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from pipeline.archive import Archive
from pipeline.archive.appending import make_folder
from pipeline.archive.elsewhere import Elsewhere, lie_elsewhere
from pipeline.archive.pieces import SEED
from pipeline.problem import Problem
from pipeline.storage.store import Store
from pipeline.working_copy.logs import Log

PIECES = "pieces"
ABSORBED = "absorbed"
"""Beside the pieces: an empty file for each that is being absorbed, or was and is still at the storage."""
LOGS = ("ledger.jsonl", "sightings.jsonl", "runs.jsonl")
SECONDS = 300.0
"""Seconds after which a volume is closed, so that it and the lines that lead into it can be sent."""


class ArchiveCopy:
    """The archive in the folder `root`, with its logs and volumes at two storages.

    An archive is sent so that whoever reads at the storage finds it whole at any moment: volumes before the ledger's
    lines that lead into them, a run's beginning before what it fetched, its end after that.
    """

    def __init__(self, root: Path, logs: Store, volumes: Store) -> None:
        self.root = root
        self._logs = logs
        self._volumes = volumes
        self._ledger, self._sightings, self._runs = (Log(root / name, logs) for name in LOGS)
        self._old: set[str] = set()  # volumes that were there before this writer
        self._sent: set[str] = set()
        make_folder(root / "warc")

    def pull(self) -> None:
        """Bring the logs up to what is at the storage. Raises Problem. Only while nobody writes here."""
        lie_elsewhere(self.root, Elsewhere(self._volumes.url, uuid4().hex[:8], SECONDS))
        for log in (self._ledger, self._sightings, self._runs):
            log.pull()

    def begin(self) -> None:
        """Make it ready to be written: up to date, what a kill left repaired, and what a kill left unsent sent."""
        self.pull()
        Archive.open(self.root).close()
        there = self._volumes.sizes("") if self._all() else {}
        for path in self._all():
            self._old.add(path.name)
            if there.get(path.name) == path.stat().st_size:
                self._sent.add(path.name)
        self.push(ended=True)

    def push(self, *, ended: bool = False) -> None:
        """Send what is whole: while the archive is written, all but the last volume and the lines that lead into it.

        Raises Problem; what was not sent stays here.
        """
        before_end = self._before_end()
        ledger, sightings, runs = (log.size() for log in (self._ledger, self._sightings, self._runs))
        closed = self._closed() if not ended else self._all()
        for path in closed:
            if path.name not in self._sent:
                self._volumes.send(path, path.name)
                self._sent.add(path.name)
        if not ended:
            open_one = {path.name for path in self._all()} - {path.name for path in closed}
            ledger = self._until(open_one, ledger)
            runs = min(runs, before_end)
        self._runs.push(min(runs, before_end))
        self._ledger.push(ledger)
        self._sightings.push(sightings)
        self._runs.push(runs)
        if ended:
            self._sweep()

    def _sweep(self) -> None:
        """Take pieces away at the storage whose lines were sent with the archive."""
        for mark in (self.root / ABSORBED).glob("*"):
            if not (self.root / PIECES / mark.name).exists():
                self._logs.remove(f"{PIECES}/{mark.name}/{SEED}")  # first: without it there is no piece
                self._logs.remove_all(f"{PIECES}/{mark.name}")
                mark.unlink()

    def _all(self) -> list[Path]:
        """The volumes in the folder, those only lent to it not among them."""
        return sorted(
            path for path in (self.root / "warc").glob("gongkai-*.warc.gz") if not path.is_symlink()
        )

    def _closed(self) -> list[Path]:
        """The volumes that are not written any more."""
        volumes = self._all()
        return [path for path in volumes if path.name in self._old or path != volumes[-1]]

    def _before_end(self) -> int:
        """Where the first line begins, of those not sent, that tells the end of a run."""
        return next(
            (start for start, line in _lines(self._runs) if line.get("event") == "finished"),
            self._runs.size(),
        )

    def _until(self, volumes: set[str], end: int) -> int:
        """Where the first line begins, of those not sent, that leads into one of these volumes."""
        found = (start for start, line in _lines(self._ledger) if line.get("warc") in volumes)
        return min(end, next(found, end))


def _lines(log: Log) -> Iterator[tuple[int, dict[str, object]]]:
    """The whole lines that are not sent, with the byte at which each begins."""
    start = log.same
    if not log.path.exists():
        return
    with log.path.open("rb") as stream:
        stream.seek(start)
        for raw in stream:
            if not raw.endswith(b"\n"):
                return
            try:
                line = json.loads(raw)
            except ValueError as error:
                raise Problem(f"The line at byte {start} of {log.path} is damaged ({error}).") from error
            yield start, line
            start += len(raw)
