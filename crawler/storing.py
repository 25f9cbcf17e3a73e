"""Storing without waiting: a thread of its own writes the archive, and answers that wait for the disk share it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

from pipeline.archive import Archive, Entry
from pipeline.problem import Problem

Store = Callable[[], Entry]
"""Stores something in the archive, and gives back its entry."""

_MOST = 64  # stored together; no more are under way at a time


class Storer:
    """The one place from which a crawl writes the ledger. What it hands over is stored in that order.

    A context manager; at its end all is stored. `problem` is what kept something from being stored, None while
    nothing has.
    """

    def __init__(self, archive: Archive) -> None:
        self.problem: Problem | None = None
        self._archive = archive
        self._handed: SimpleQueue[_Handed | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="storer", daemon=True)

    async def stored(self, store: Store) -> Entry:
        """The entry, once it is on the disk. Raises what `store` raises, and Problem where the disk fails."""
        handed = _Handed(store, asyncio.get_running_loop())
        self._handed.put(handed)
        return await handed.entry

    def later(self, store: Store) -> None:
        """Store it in its turn; nobody waits for it."""
        self._handed.put(_Handed(store, None))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handed.put(None)
        self._thread.join()

    def _work(self) -> None:
        more = True
        while more:
            group = [self._handed.get()]
            with suppress(Empty):
                while group[-1] is not None and len(group) < _MOST:
                    group.append(self._handed.get_nowait())
            more = group[-1] is not None
            self._store([handed for handed in group if handed is not None])

    def _store(self, group: list[_Handed]) -> None:
        try:
            with self._archive.together():
                for handed in group:
                    handed.attempt()
        except Exception as error:  # noqa: BLE001 - handed on to those who wait
            for handed in group:
                handed.outcome = error
        for handed in group:
            if isinstance(handed.outcome, Problem):
                self.problem = self.problem or handed.outcome
            handed.tell()


class _Handed:
    """Something to be stored, and who waits for it."""

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop | None) -> None:
        self.outcome: Entry | Exception | None = None
        self._store = store
        self._loop = loop
        if loop is not None:
            self.entry: asyncio.Future[Entry] = loop.create_future()

    def attempt(self) -> None:
        try:
            self.outcome = self._store()
        except Exception as error:  # noqa: BLE001 - handed on to who waits
            self.outcome = error

    def tell(self) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed where a crawl is stopped at once: nobody waits
                self._loop.call_soon_threadsafe(self._told)

    def _told(self) -> None:
        if self.entry.done():
            return
        if isinstance(self.outcome, Exception):
            self.entry.set_exception(self.outcome)
        elif self.outcome is not None:
            self.entry.set_result(self.outcome)
