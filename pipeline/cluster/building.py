"""Looking at bodies on a cluster, with the same answers in the same order as on this machine."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import uuid4

from pipeline.cluster.engine import Engine, Task
from pipeline.cluster.readers import SIGN, Readers, read_piece, take_piece
from pipeline.problem import Problem
from pipeline.storage.store import Store
from pipeline.tables.looking import Asked, Told
from pipeline.tables.pieces import Piece, pieces
from pipeline.tables.worker import MakeLooker
from pipeline.tables.workers import Looking

T = TypeVar("T")

_READ = "read-"
_LISTS = 8  # of one task at most: a second of reading, of which the engine takes some two percent
_SHARE = 32  # documents of each thread for each list of a task: so none has nothing to do for long at the end
_AHEAD = 3  # tasks a thread of a worker that are under way or wait to be used: bounds the memory
_LEAST = 8  # tasks that wait while no worker is there
_SIGHT = 60.0  # seconds until a shared folder shows everywhere what one machine wrote


class ReadingCluster:
    """A cluster for a build."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def looking(self, make: MakeLooker, beside: Store, documents: int) -> Iterator[Looking]:
        """Look on the workers, in tasks small enough to give work to all. Pieces lie for a while in a folder of their
        own `beside` what is built.
        """
        name = f"{_READ}{uuid4().hex}"  # a worker may still be at a piece of a build that was killed
        for old in beside.folders(""):
            if old.startswith(_READ):  # of a build that was killed
                beside.remove_all(old)
        place = beside.below(name)
        place.write(SIGN, b"")
        self._engine.equip(name, Readers(make, place))
        try:
            lists = documents // (_SHARE * max(1, self._engine.slots()))
            yield _Looking(self._engine, name, place, min(max(1, lists), _LISTS))
        finally:
            self._engine.forget()
            self._engine.strip(name)
            beside.remove_all(name)


class _Looking:
    """Looks by tasks, each of which leaves a piece."""

    def __init__(self, engine: Engine, name: str, there: Store, lists: int) -> None:
        self._engine = engine
        self._name = name
        self._there = there
        self._lists = lists  # of one task
        self._count = 0

    def answers(
        self, asked: Iterable[tuple[T, Sequence[Asked]]]
    ) -> Iterator[tuple[T, Sequence[Told | None]]]:
        waiting: deque[tuple[Piece[T], Task | None]] = deque()
        for piece in pieces(asked, self._lists):
            waiting.append((piece, self._submit(piece.entries)))
            while len(waiting) >= max(_LEAST, self._engine.slots() * _AHEAD):
                yield from self._told(*waiting.popleft())
        while waiting:
            yield from self._told(*waiting.popleft())

    def now(self, entry: Asked) -> Told | None:
        task = self._submit([entry])
        assert task is not None  # noqa: S101 - there is an entry
        return self._take(task)[0]

    def _submit(self, entries: Sequence[Asked]) -> Task | None:
        if not entries:
            return None
        self._count += 1
        piece = f"{self._count:08d}"
        task = Task(f"{self._name}-{piece}", read_piece, (self._name, piece, entries))
        self._engine.submit(task)
        return task

    def _told(self, piece: Piece[T], task: Task | None) -> Iterator[tuple[T, Sequence[Told | None]]]:
        return piece.shared_out(self._take(task) if task is not None else ())

    def _take(self, task: Task) -> Sequence[Told | None]:
        self._engine.result(task)
        piece = task.arguments[1]
        until = time.monotonic() + _SIGHT
        while True:
            try:
                return take_piece(self._there, piece)
            except FileNotFoundError as error:
                if time.monotonic() > until:
                    raise Problem(
                        f"A worker has written {self._there.address(piece)}, and this machine does not see it. All "
                        "machines of the cluster must share one folder under that path."
                    ) from error
                time.sleep(0.5)
