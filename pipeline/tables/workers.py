"""Looking at bodies in this process or in several, with the same answers in the same order.

A worker is a process of its own with a pipe of its own: one that dies, whatever it was doing, harms no other,
and it is known which document it died of. (A shared queue can be left locked, or half written, for ever.)
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Protocol, Self, TypeVar

from pipeline.read.given import OnPage
from pipeline.storage.store import Store
from pipeline.tables.looking import Asked, Looker, Told
from pipeline.tables.pieces import Piece, pieces
from pipeline.tables.reasons import READER_FAILED
from pipeline.tables.worker import MakeLooker, Worker, WorkerDied

T = TypeVar("T")

_AHEAD = 3  # pieces a worker that are under way or wait to be used: bounds the memory
_LISTS = 4  # of one piece at most: half a second of reading, of which the way to the next piece is little
_SHARE = (
    256  # documents of each worker for each list of a piece: so none has nothing to do for long at the end
)
_WORTH = 32  # documents that make up for the start of a worker


class Looking(Protocol):
    """Who looks at bodies."""

    def answers(
        self, asked: Iterable[tuple[T, Sequence[Asked]]]
    ) -> Iterator[tuple[T, Sequence[Told | None]]]:
        """For each list of entries what their bodies tell, in the order asked; asks a few lists ahead."""

    def now(self, entry: Asked) -> Told | None:
        """What one body tells."""


class Cluster(Protocol):
    """Many machines on which documents can be looked at."""

    def looking(self, make: MakeLooker, beside: Store, documents: int) -> AbstractContextManager[Looking]:
        """Looks at about so many by way of objects at a place which all machines see, under a name of their own."""


def usable_cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def looking(
    make: MakeLooker, *, workers: int, documents: int, on_page: OnPage = lambda: None
) -> AbstractContextManager[Looking]:
    """At most `workers` processes, and fewer where there are not enough documents to be worth their start.

    `on_page` is called, from any thread, after each page that is read slowly. The workers are gone when the block ends,
    however it ends.
    """
    useful = min(workers, documents // _WORTH)
    return (
        nullcontext(_Here(make(on_page=on_page)))
        if useful < 2
        else _Workers(make, useful, documents, on_page)
    )


class _Here:
    """Looks in this process."""

    def __init__(self, looker: Looker) -> None:
        self._looker = looker

    def answers(
        self, asked: Iterable[tuple[T, Sequence[Asked]]]
    ) -> Iterator[tuple[T, Sequence[Told | None]]]:
        for key, entries in asked:
            yield key, [self._looker.look(entry) for entry in entries]

    def now(self, entry: Asked) -> Told | None:
        return self._looker.look(entry)


class _Workers:
    """Looks in processes, each with a thread here that hands it its work and takes its answers at once."""

    def __init__(self, make: MakeLooker, count: int, documents: int, on_page: OnPage) -> None:
        self._count = count
        self._lists = min(max(1, documents // (_SHARE * count)), _LISTS)
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        lock = Lock()
        self._workers = [Worker(make, lock, on_page) for _ in range(count)]
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")

    def __enter__(self) -> Self:
        try:
            for worker in self._workers:
                worker.start()
                self._idle.put(worker)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def answers(
        self, asked: Iterable[tuple[T, Sequence[Asked]]]
    ) -> Iterator[tuple[T, Sequence[Told | None]]]:
        waiting: deque[tuple[Piece[T], Future[Sequence[Told | None]]]] = deque()
        for piece in pieces(asked, self._lists):
            waiting.append((piece, self._threads.submit(self._answer, piece.entries)))
            if len(waiting) >= self._count * _AHEAD:
                first, future = waiting.popleft()
                yield from first.shared_out(future.result())
        while waiting:
            first, future = waiting.popleft()
            yield from first.shared_out(future.result())

    def now(self, entry: Asked) -> Told | None:
        return self._threads.submit(self._answer, [entry]).result()[0]

    def _answer(self, entries: Sequence[Asked]) -> Sequence[Told | None]:
        """Runs in a thread. As many workers as threads: one is always idle."""
        if not entries:
            return []
        worker = self._idle.get()
        try:
            return answers_of(worker, entries)
        finally:
            self._idle.put(worker)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(cancel_futures=True)


def answers_of(worker: Worker, entries: Sequence[Asked]) -> Sequence[Told | None]:
    """What the bodies tell; where the worker dies of one, that one tells so. Raises as `Worker.ask` does else."""
    try:
        return worker.ask(entries)
    except WorkerDied:
        return [_alone(worker, entry) for entry in entries]


def _alone(worker: Worker, entry: Asked) -> Told | None:
    """One document by itself, in a process that is new where the last one died: the blame is certain."""
    try:
        return worker.ask([entry])[0]
    except WorkerDied as death:
        return Told(reason=f"{READER_FAILED}:{death}")
