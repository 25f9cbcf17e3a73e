"""Stored together: many answers share two waits for the disk, and none is called stored before its time."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.archive import Archive, Entry, Outcome
from pipeline.problem import Problem
from tests.archive.helpers import MOMENT, exchange, hold, records
from tests.archive.test_full_disk import room_for
from tests.archive.test_kill import body_of

APPENDER = """
import sys
from pathlib import Path
from pipeline.archive import Archive
from tests.archive.helpers import exchange, hold
from tests.archive.test_kill import body_of
archive = Archive.open(Path(sys.argv[1]))
for number in range(1_000_000):
    urls = [f"http://h/{sys.argv[2]}/{number}/{part}" for part in range(5)]
    with archive.together():
        for url in urls:
            hold(archive, exchange(url, body_of(url)))
    print(*urls, flush=True)
"""


def fail(archive: Archive, url: str) -> Entry:
    return archive.store_failure(
        url, outcome=Outcome.TIMEOUT, fetched_at=MOMENT, portal=None, run=None, kind="page"
    )


def hold_together(archive: Archive, urls: Sequence[str]) -> None:
    with archive.together():
        for url in urls:
            hold(archive, exchange(url, b"x"))


def test_a_group_waits_twice_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def counted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        fsync(descriptor)

    with Archive.open(tmp_path) as archive:
        first = hold(archive, exchange("http://h/", b"the file is there"))
        monkeypatch.setattr(os, "fsync", counted)
        with archive.together():
            entries = [
                hold(archive, exchange(f"http://h/{number}", b"page %d" % number)) for number in range(20)
            ]
            assert synced == []
            assert list(archive.entries()) == [first]
        assert synced == [str(first.warc), "ledger.jsonl"]
        assert list(archive.entries()) == [first, *entries]
        assert [archive.body(entry) for entry in entries] == [b"page %d" % number for number in range(20)]


def test_the_same_page_twice_in_a_group_is_stored_once(tmp_path: Path) -> None:
    page = b"the same page" * 50
    with Archive.open(tmp_path) as archive:
        with archive.together():
            first, again = (hold(archive, exchange(f"http://h/{number}", page)) for number in range(2))
        later = hold(archive, exchange("http://h/later", page))
        assert [archive.body(entry) for entry in (first, again, later)] == [page] * 3
    assert [entry.revisit for entry in (first, again, later)] == [False, True, True]
    assert [record.type for record in records(tmp_path)].count("response") == 1


def test_what_fails_in_a_group_leaves_the_others(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(60_000)  # noqa: S311 - no secret
    with Archive.open(tmp_path) as archive:
        with archive.together():
            kept = [hold(archive, exchange("http://h/1", b"page"))]
            size = (tmp_path / "warc" / str(kept[0].warc)).stat().st_size
            with room_for(size + 100), pytest.raises(Problem, match="no room left"):
                hold(archive, exchange("http://h/2", noise))
            kept.append(hold(archive, exchange("http://h/3", b"another page")))
        assert list(archive.entries()) == kept
        assert [archive.body(entry) for entry in kept] == [b"page", b"another page"]


def test_a_group_without_room_for_its_lines_is_not_ledgered_at_all(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        stored = [fail(archive, f"http://h/{number}") for number in range(99)]
        ledger = tmp_path / "ledger.jsonl"
        size = ledger.stat().st_size
        with room_for(size + 900), pytest.raises(Problem, match=r"ledger\.jsonl"):
            hold_together(archive, [f"http://h/x{number}" for number in range(5)])
        assert ledger.stat().st_size == size
        stored.append(hold(archive, exchange("http://h/x0", b"x")))
        assert not stored[-1].revisit
        assert list(archive.entries()) == stored
        assert archive.body(stored[-1]) == b"x"


def test_a_group_that_is_broken_off_leaves_nothing_staged(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        with suppress(KeyError), archive.together():
            hold(archive, exchange("http://h/1", b"page"))
            raise KeyError
        kept = hold(archive, exchange("http://h/2", b"page"))
        assert not kept.revisit
        assert list(archive.entries()) == [kept]


def test_kill_9_loses_nothing_that_was_told(tmp_path: Path) -> None:
    chance = random.Random(20260204)  # noqa: S311 - no secret
    told: list[str] = []
    for round_number in range(4):
        command = [sys.executable, "-c", APPENDER, str(tmp_path), str(round_number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as appender:
            assert appender.stdout is not None
            told += appender.stdout.readline().decode().split()
            time.sleep(chance.uniform(0, 0.1))
            appender.kill()
            told += appender.stdout.read().decode().rpartition("\n")[0].split()
        with Archive.open(tmp_path) as archive:
            entries = list(archive.entries())
            for entry in entries:
                assert archive.body(entry) == body_of(entry.url)
        ledgered = [entry.url for entry in entries]
        assert len(set(ledgered)) == len(ledgered)
        assert set(told) <= set(ledgered)
        assert len(ledgered) - len(told) <= 5 * (round_number + 1)
