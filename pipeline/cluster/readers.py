"""What a worker of the cluster holds to read documents, and the piece that it leaves."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from multiprocessing import current_process
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

from distributed import WorkerPlugin, get_worker

from pipeline.cluster.engine import Unequipped
from pipeline.cluster.same import program, require_same
from pipeline.problem import Problem
from pipeline.storage.store import Store
from pipeline.tables.looking import Asked, Told
from pipeline.tables.worker import MakeLooker, Worker, WorkerStopped
from pipeline.tables.workers import answers_of

SIGN = "sign"
"""The name of the object by which a worker sees that it has reached the place."""


class Readers(WorkerPlugin):  # type: ignore[misc]
    """Processes that read, as many as the worker has threads.

    Documents are read in a process of their own here as without a cluster: one that a document kills, or that sits on
    one for too long, is told from the others, and the worker stays.
    """

    def __init__(self, make: MakeLooker, there: Store) -> None:
        self._make = make
        self._there = there
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
        """Leave what the bodies tell as the piece `name`; nothing is done where it lies there already.

        Raises ConnectionAbortedError where the worker ends meanwhile, as all do that lose their scheduler.
        """
        if self._there.has(name):
            return
        reader = self._reader()
        try:
            told = answers_of(reader, entries)
        except WorkerStopped as error:
            raise ConnectionAbortedError("This worker of the cluster ends; another is to read.") from error
        finally:
            self._idle.put(reader)
        self._there.write(name, pickle.dumps(told))

    def _check(self) -> None:
        where = os.uname().nodename
        if not self._there.has(SIGN):
            raise Problem(
                f"The worker on {where} does not see {self._there.url}. All machines of the cluster must have the data "
                "folder under the same path: put it on storage that they share, or into an object store."
            )
        require_same(self._program)

    def _reader(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except Empty:
            self._check()
            reader = Worker(self._make, self._lock)
            self._all.append(reader)
            return reader


def read_piece(plugin: str, name: str, entries: Sequence[Asked]) -> None:
    """The task: runs in a worker that holds Readers under the name `plugin`. Raises Unequipped in another."""
    readers: Readers | None = get_worker().plugins.get(plugin)
    if readers is None:
        raise Unequipped("This worker of the cluster was not told what to read with.")
    readers.read(name, entries)


def take_piece(there: Store, name: str) -> Sequence[Told | None]:
    """What a piece tells; it is gone afterwards. Raises FileNotFoundError."""
    told: Sequence[Told | None] = pickle.loads(there.read(name))  # noqa: S301 - of our own worker, of this build
    there.remove(name)
    return told
