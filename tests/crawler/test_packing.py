"""The process that packs for a crawl gives what the crawl would make itself, and may be killed."""

from __future__ import annotations

import re
import signal
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from crawler.packing import Packer
from pipeline.archive import Exchange, Packed, pack
from tests.archive.helpers import exchange

WHAT = [exchange(f"http://h/{number}", b"page %d " % number * 5000) for number in range(5)]


@pytest.fixture
def packer() -> Iterator[Packer]:
    with closing(Packer()) as packer:
        yield packer


def shown(packed: Sequence[Packed]) -> list[tuple[bytes, ...]]:
    """What was packed, but for the names of the records, which are by chance."""
    return [
        (
            one.digest,
            *(re.sub(rb"urn:uuid:[0-9a-f-]+", b"", zlib.decompress(record, 31)) for record in one.records),
        )
        for one in packed
    ]


def wait_until_up(packer: Packer) -> int:
    """Have it packed until the process does it; its number."""
    until = time.monotonic() + 60
    while not packer.is_up:
        assert time.monotonic() < until
        assert len(packer.pack(WHAT)) == len(WHAT)
    assert packer.process is not None
    return packer.process.pid


def test_the_process_packs_as_the_crawl_does(packer: Packer) -> None:
    here = shown([pack(one) for one in WHAT])
    assert shown(packer.pack(WHAT)) == here  # it is not up yet
    wait_until_up(packer)
    assert shown(packer.pack(WHAT)) == here


def test_nothing_is_lost_with_a_process_that_is_killed(packer: Packer) -> None:
    wait_until_up(packer)
    assert packer.process is not None
    packer.process.send_signal(signal.SIGKILL)
    packer.process.wait(20)
    assert shown(packer.pack(WHAT)) == shown([pack(one) for one in WHAT])
    assert not packer.is_up


def test_nothing_is_lost_where_no_process_can_be_started(
    packer: Packer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.packing.sys.executable", "/no/such/python")
    for _ in range(2):
        assert shown(packer.pack(WHAT)) == shown([pack(one) for one in WHAT])
    assert not packer.is_up


def test_one_answer_at_a_time_needs_no_process(packer: Packer) -> None:
    for one in WHAT:
        assert shown(packer.pack([one])) == shown([pack(one)])
    assert packer.process is None
    assert list(packer.pack(list[Exchange]())) == []
