"""A disk without room: a person is told, and nothing that was stored is lost."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from pipeline.archive.appending import AppendFile
from pipeline.problem import Problem
from tests.archive.helpers import MOMENT, exchange, hold, records


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: a write stops there, and the next fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_piece_without_room_is_taken_back(tmp_path: Path) -> None:
    file = AppendFile(tmp_path / "file")
    file.append(b"first ")
    for room in range(6, 12):
        with room_for(room), pytest.raises(Problem, match="no room left to write"):
            file.append(b"second")
        assert file.path.read_bytes() == b"first "
    assert file.append(b"second") == 6
    file.close()
    assert file.path.read_bytes() == b"first second"


def test_a_ledger_without_room_keeps_what_it_has(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        stored = [hold(archive, exchange(f"http://h/{number}", b"page %d" % number)) for number in range(9)]
        size = (tmp_path / "ledger.jsonl").stat().st_size
        with room_for(size + 20), pytest.raises(Problem, match=r"ledger\.jsonl"):
            archive.store_failure(
                "http://h/x", outcome=Outcome.TIMEOUT, fetched_at=MOMENT, portal=None, run=None, kind=None
            )
        assert (tmp_path / "ledger.jsonl").stat().st_size == size
        stored.append(hold(archive, exchange("http://h/after", b"after")))
        assert list(archive.entries()) == stored
    with Archive.open(tmp_path) as archive:
        assert list(archive.entries()) == stored
        assert [archive.body(entry) for entry in stored][-1] == b"after"


def test_a_warc_file_without_room_keeps_what_it_has(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 40
    with Archive.open(tmp_path) as archive:
        first = hold(archive, exchange("http://h/1", b"page"))
        path = tmp_path / "warc" / str(first.warc)
        size = path.stat().st_size
        with room_for(size + 100), pytest.raises(Problem, match=r"warc\.gz"):
            hold(archive, exchange("http://h/2", noise))
        assert path.stat().st_size == size
        assert list(archive.entries()) == [first]
        second = hold(archive, exchange("http://h/2", noise))
        assert not second.revisit
        assert archive.body(second) == noise
    assert [record.type for record in records(tmp_path)] == ["warcinfo", *["response", "request"] * 2]


def test_no_room_for_a_first_record_leaves_no_empty_file(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        with room_for(10), pytest.raises(Problem, match="Free some space"):
            hold(archive, exchange("http://h/1", b"page"))
        assert list((tmp_path / "warc").iterdir()) == []
        assert archive.body(hold(archive, exchange("http://h/1", b"page"))) == b"page"
