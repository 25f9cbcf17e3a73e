"""The thread that writes the archive: what it is handed is on the disk when it says so, in the order handed over."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from crawler.storing import Storer
from pipeline.archive import Archive, Entry
from pipeline.problem import Problem
from tests.archive.helpers import exchange, hold
from tests.archive.test_full_disk import room_for


def test_what_is_told_to_be_stored_is_in_the_ledger(tmp_path: Path) -> None:
    async def store(storer: Storer, number: int) -> None:
        url = f"http://h/{number}"
        entry = await storer.stored(partial(hold, archive, exchange(url, b"page %d" % number)))
        with Archive.open(tmp_path, writable=False) as reader:
            assert entry in list(reader.entries())
            assert reader.body(entry) == b"page %d" % number

    async def store_all(storer: Storer) -> None:
        await asyncio.gather(*(store(storer, number) for number in range(100)))

    with Archive.open(tmp_path) as archive:
        with Storer(archive) as storer:
            asyncio.run(store_all(storer))
            storer.later(partial(hold, archive, exchange("http://h/last", b"last")))
        assert storer.problem is None
        assert [entry.url for entry in archive.entries()] == [
            *(f"http://h/{number}" for number in range(100)),
            "http://h/last",
        ]


def test_a_full_disk_reaches_who_waits_and_who_does_not(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        kept = hold(archive, exchange("http://h/1", b"page"))
        with Storer(archive) as storer, room_for((tmp_path / "ledger.jsonl").stat().st_size + 20):
            with pytest.raises(Problem, match="no room left"):
                asyncio.run(storer.stored(partial(hold, archive, exchange("http://h/2", b"page"))))
            assert storer.problem is not None
        with room_for((tmp_path / "ledger.jsonl").stat().st_size + 20), Storer(archive) as storer:
            storer.later(partial(hold, archive, exchange("http://h/3", b"page")))
        assert storer.problem is not None
        assert list(archive.entries()) == [kept]


def test_what_a_task_raises_reaches_who_waits_alone(tmp_path: Path) -> None:
    def wrong() -> Entry:
        raise KeyError("wrong")

    async def both(storer: Storer) -> tuple[object, object]:
        good = storer.stored(partial(hold, archive, exchange("http://h/1", b"page")))
        return await asyncio.gather(storer.stored(wrong), good, return_exceptions=True)

    with Archive.open(tmp_path) as archive:
        with Storer(archive) as storer:
            failed, entry = asyncio.run(both(storer))
        assert isinstance(failed, KeyError)
        assert list(archive.entries()) == [entry]
