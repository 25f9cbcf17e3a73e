"""Storing without waiting: a thread of its own writes the archive, and answers that wait for the disk share it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

from crawler.packing import Packer
from pipeline.archive import Archive, Entry, Exchange, Packed
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
        self._behind: dict[str, asyncio.Future[Entry]] = {}
        self._packer = Packer()
        self._thread = Thread(target=self._work, name="storer", daemon=True)

    async def stored(self, store: Store) -> Entry:
        """The entry, once it is on the disk. Raises what `store` raises, and Problem where the disk fails."""
        return await self._hand(store)

    async def behind(self, portal: str, exchange: Exchange, store: Callable[[Packed], Entry]) -> None:
        """Pack and store it while the portal is asked for the next page; what it gave before is on the disk on return,
        so that a kill costs no portal more than the answer on its way to the disk and the one on its way here.

        Raises as `stored`, for the answer before.
        """
        before = self._behind.pop(portal, None)
        if before is not None:
            await before
        self._behind[portal] = self._put(_Packing(exchange, store, _future()))

    def later(self, store: Store) -> None:
        """Store it in its turn; nobody waits for it."""
        self._handed.put(_Handed(store, None))

    def _hand(self, store: Store) -> asyncio.Future[Entry]:
        return self._put(_Handed(store, _future()))

    def _put(self, handed: _Handed) -> asyncio.Future[Entry]:
        self._handed.put(handed)
        assert handed.entry is not None  # noqa: S101 - just made
        return handed.entry

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handed.put(None)
        self._thread.join()
        self._packer.close()

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
        packing = [handed for handed in group if isinstance(handed, _Packing)]
        try:
            packed = self._packer.pack([one.exchange for one in packing])
            for one, made in zip(packing, packed, strict=True):
                one.packed = made
            with self._archive.together():
                for handed in group:
                    handed.attempt()
        except Exception as error:  # noqa: BLE001 - handed on to those who wait
            for handed in group:
                handed.outcome = error
        for handed in group:
            if isinstance(handed.outcome, Exception):
                self.problem = self.problem or _problem(handed.outcome)
        awaited = [handed for handed in group if handed.entry is not None]
        if awaited and awaited[0].entry is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                awaited[0].entry.get_loop().call_soon_threadsafe(_tell, awaited)


class _Handed:
    """Something to be stored, and its entry once it is, for who waits; None where nobody does."""

    def __init__(self, store: Store, entry: asyncio.Future[Entry] | None) -> None:
        self.outcome: Entry | Exception | None = None
        self.entry = entry
        self._store = store

    def attempt(self) -> None:
        try:
            self.outcome = self._store()
        except Exception as error:  # noqa: BLE001 - handed on to who waits
            self.outcome = error


class _Packing(_Handed):
    """An exchange that is packed with others before it is stored."""

    def __init__(
        self, exchange: Exchange, store: Callable[[Packed], Entry], entry: asyncio.Future[Entry]
    ) -> None:
        super().__init__(self._store_packed, entry)
        self.exchange = exchange
        self.packed: Packed | None = None
        self._then = store

    def _store_packed(self) -> Entry:
        assert self.packed is not None  # noqa: S101 - its group was packed
        return self._then(self.packed)


def _future() -> asyncio.Future[Entry]:
    return asyncio.get_running_loop().create_future()


def _tell(group: Sequence[_Handed]) -> None:
    for handed in group:
        if handed.entry is None or handed.entry.done():
            continue
        if isinstance(handed.outcome, Exception):
            handed.entry.set_exception(handed.outcome)
            handed.entry.exception()  # who comes back for it is told; that nobody may is no error
        elif handed.outcome is not None:
            handed.entry.set_result(handed.outcome)


def _problem(error: Exception) -> Problem:
    return error if isinstance(error, Problem) else Problem(f"The crawler itself failed to store: {error!r}")
