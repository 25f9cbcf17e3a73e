"""A queue of tasks that takes little memory: a portal announces thousands of reports before the first is asked for."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator

from zlib_ng import zlib_ng

from crawler.tasks import Task

_LOT = 128


class PackedTasks:
    """First in, first out, but for what is put in front. Those between the first and the last are kept in packed lots,
    some 30 bytes a task in place of 500.
    """

    def __init__(self) -> None:
        self._first: deque[Task] = deque()
        self._packed: deque[bytes] = deque()
        self._last: list[Task] = []

    def __len__(self) -> int:
        return len(self._first) + _LOT * len(self._packed) + len(self._last)

    def append(self, task: Task) -> None:
        self._last.append(task)
        if len(self._last) == _LOT:
            self._packed.append(zlib_ng.compress(pickle.dumps(self._last), 1))
            self._last = []

    def appendleft(self, task: Task) -> None:
        self._first.appendleft(task)

    def popleft(self) -> Task:
        """The task in front. Raises IndexError where there is none."""
        if not self._first:
            self._first.extend(self._next_lot())
        return self._first.popleft()

    def _next_lot(self) -> Iterator[Task]:
        if self._packed:
            lot: list[Task] = pickle.loads(zlib_ng.decompress(self._packed.popleft()))  # noqa: S301 - packed above
        else:
            lot, self._last = self._last, []
        return iter(lot)
