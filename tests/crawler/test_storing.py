"""The thread that writes the archive: what it is handed is on the disk when it says so, in the order handed over."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from crawler.storing import Storer
from pipeline.archive import Archive, Entry, Exchange, Packed
from pipeline.problem import Problem
from tests.archive.helpers import exchange, hold
from tests.archive.test_full_disk import room_for


async def behind(storer: Storer, archive: Archive, portal: str, what: Exchange) -> None:
    await storer.behind(portal, what, lambda packed: hold(archive, what, packed=packed))


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


def test_a_portal_goes_on_while_its_last_answer_is_stored_and_no_further(tmp_path: Path) -> None:
    held, free = Event(), Event()

    def slow(packed: Packed) -> Entry:
        held.set()
        assert free.wait(20)
        return hold(archive, first, packed=packed)

    first = exchange("http://a/1", b"page")

    async def go_on(storer: Storer) -> None:
        await storer.behind("a", first, slow)
        await asyncio.to_thread(held.wait, 20)
        await behind(storer, archive, "b", exchange("http://b/1", b"other"))
        second = asyncio.ensure_future(behind(storer, archive, "a", exchange("http://a/2", b"last")))
        done, _ = await asyncio.wait({second}, timeout=0.1)
        assert not done
        assert list(archive.entries()) == []
        free.set()
        await second
        assert [entry.url for entry in archive.entries()][:1] == ["http://a/1"]

    with Archive.open(tmp_path) as archive:
        with Storer(archive) as storer:
            asyncio.run(go_on(storer))
        assert [entry.url for entry in archive.entries()] == ["http://a/1", "http://b/1", "http://a/2"]


@pytest.mark.parametrize("again", [True, False])
def test_what_fails_behind_ends_the_crawl_whether_the_portal_goes_on_or_not(
    tmp_path: Path, *, again: bool
) -> None:
    def wrong(_packed: Packed) -> Entry:
        raise KeyError("wrong")

    async def go_on(storer: Storer) -> None:
        await storer.behind("a", exchange("http://a/1", b"page"), wrong)
        if again:
            with pytest.raises(KeyError):
                await behind(storer, archive, "a", exchange("http://a/2", b"page"))

    with Archive.open(tmp_path) as archive:
        with Storer(archive) as storer:
            asyncio.run(go_on(storer))
        assert "failed to store: KeyError('wrong')" in str(storer.problem)
        assert list(archive.entries()) == []
