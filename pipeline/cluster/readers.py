"""What a worker of the cluster holds to read documents, and the piece that it leaves."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from multiprocessing import current_process
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

from distributed import WorkerPlugin, get_worker

from pipeline.freshness import program
from pipeline.problem import Problem
from pipeline.tables.looking import Asked, Told
from pipeline.tables.worker import MakeLooker, Worker
from pipeline.tables.workers import answers_of


class Readers(WorkerPlugin):  # type: ignore[misc]
    """Processes that read, as many as the worker has threads.

    Documents are read in a process of their own here as without a cluster: one that a document kills, or that sits on
    one for too long, is told from the others, and the worker stays.
    """

    def __init__(self, make: MakeLooker, folder: Path) -> None:
        self._make = make
        self._folder = folder
        self._program = program()

    def setup(self, worker: Any) -> None:  # noqa: ARG002 - as Dask calls it
        """Dask starts its workers as daemons, which may have no processes of their own."""
        current_process().daemon = False
        self._lock = Lock()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._all: list[Worker] = []

    def teardown(self, worker: Any) -> None:  # noqa: ARG002 - as Dask calls it
        for each in self._all:
            each.stop()

    def read(self, name: str, entries: Sequence[Asked]) -> None:
        """Leave what the bodies tell as the piece `name`; nothing is done where it lies there already."""
        place = self._folder / name
        if place.exists():
            return
        reader = self._reader()
        try:
            told = answers_of(reader, entries)
        finally:
            self._idle.put(reader)
        _leave(place, told)

    def _check(self) -> None:
        where = os.uname().nodename
        if not self._folder.is_dir():
            raise Problem(
                f"The worker on {where} does not see {self._folder}. All machines of the cluster must have the data "
                "folder under the same path: put it on storage that they share."
            )
        if program() != self._program:
            raise Problem(
                f"The worker on {where} has another gongkai, or other libraries, than this machine: the tables would "
                "hang on which one reads. Install the same ones on all machines of the cluster."
            )

    def _reader(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except Empty:
            self._check()
            reader = Worker(self._make, self._lock)
            self._all.append(reader)
            return reader


def read_piece(plugin: str, name: str, entries: Sequence[Asked]) -> None:
    """The task: runs in a worker that holds Readers under the name `plugin`."""
    readers: Readers = get_worker().plugins[plugin]
    readers.read(name, entries)


def take_piece(place: Path) -> Sequence[Told | None]:
    """What a piece tells; it is gone afterwards. Raises FileNotFoundError."""
    told: Sequence[Told | None] = pickle.loads(place.read_bytes())  # noqa: S301 - of our own worker, of this build
    place.unlink()
    return told


def _leave(place: Path, told: Sequence[Told | None]) -> None:
    """The name comes to be when the piece is whole; who comes second puts the same in its place."""
    part = place.with_name(f"{place.name}.{os.uname().nodename}-{os.getpid()}-{id(told)}")
    part.write_bytes(pickle.dumps(told))
    part.replace(place)
