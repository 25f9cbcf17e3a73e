"""The archive as crawler, import and build use it."""

from __future__ import annotations

import gzip
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.archive import (
    MAX_BODY,
    Archive,
    Outcome,
    UndecodableBody,
)
from pipeline.problem import Problem
from tests.archive.helpers import MOMENT, exchange, hold, records

GZIP = ("Content-Encoding", "gzip")


def test_entries_come_back_in_order_with_their_bodies(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data" / "archive") as archive:
        stored = [
            hold(archive, exchange("http://h/1", b"plain")),
            archive.store_failure(
                "http://h/2",
                outcome=Outcome.TIMEOUT,
                fetched_at=MOMENT,
                portal="1",
                run=None,
                kind="page",
                attempts=3,
            ),
            hold(archive, exchange("http://h/3", gzip.compress(b"packed"), GZIP)),
            archive.store_resource("file:///4", b"given", "text/html", MOMENT, note="by hand"),
        ]
        assert list(archive.entries()) == stored
    with Archive.open(tmp_path / "data" / "archive", writable=False) as archive:
        assert list(archive.entries()) == stored
        assert [archive.body(entry) for entry in stored if entry.warc] == [b"plain", b"packed", b"given"]
        with pytest.raises(Problem, match=r"No bytes were stored for http://h/2 \(outcome: timeout\)"):
            archive.body(stored[1])
    packed = stored[2]
    assert (packed.size, packed.sha256) == (6, sha256(b"packed").hexdigest())


def test_the_same_body_in_another_wrapping_is_stored_anew(tmp_path: Path) -> None:
    packed = gzip.compress(b"page", mtime=0)
    with Archive.open(tmp_path) as archive:
        entries = [
            hold(archive, exchange("http://h/1", b"page")),
            hold(archive, exchange("http://h/2", packed, GZIP)),
            hold(archive, exchange("http://h/3", packed, ("Content-Type", "application/gzip"))),
            hold(archive, exchange("http://h/4", packed, ("Content-Type", "application/gzip"))),
        ]
        assert [archive.body(entry) for entry in entries] == [b"page", b"page", packed, packed]
    assert [entry.revisit for entry in entries] == [False, False, False, True]


def test_an_empty_answer_is_held_as_empty(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        entries = [hold(archive, exchange(f"http://h/{number}", b"")) for number in range(2)]
        assert [(entry.size, entry.revisit, archive.body(entry)) for entry in entries] == [
            (0, False, b"")
        ] * 2


def test_a_body_that_cannot_be_decoded_is_never_called_held(tmp_path: Path) -> None:
    torn = gzip.compress(b"page" * 100)[:-9]
    with Archive.open(tmp_path) as archive:
        held = hold(archive, exchange("http://h/1", torn, GZIP))
        challenged = hold(archive, exchange("http://h/2", torn, GZIP), outcome=Outcome.CHALLENGE)
        for entry in (held, challenged):
            assert (entry.sha256, entry.size) == (None, None)
            assert entry.payload_sha256 == sha256(torn).hexdigest()
            assert "breaks off" in str(entry.note)
            with pytest.raises(UndecodableBody):
                archive.body(entry)
    assert (held.outcome, challenged.outcome) == (Outcome.UNDECODABLE, Outcome.CHALLENGE)
    assert records(tmp_path)[1].http[-1] == ("Content-Length", str(len(torn)))
    assert records(tmp_path)[1].raw == torn


def test_a_body_that_unfolds_to_too_much_is_too_large(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(MAX_BODY + 1), compresslevel=1)
    with Archive.open(tmp_path) as archive:
        entries = [
            hold(archive, exchange(f"http://h/{outcome}", bomb, GZIP), outcome=outcome)
            for outcome in (Outcome.HELD, Outcome.UNDECODABLE, Outcome.CHALLENGE)
        ]
    assert [entry.outcome for entry in entries] == [Outcome.TOO_LARGE, Outcome.TOO_LARGE, Outcome.CHALLENGE]


def test_a_second_writer_is_refused_and_named_while_readers_read(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        entry = hold(archive, exchange("http://h/", b"page"))
        with pytest.raises(Problem, match=r"being written by another gongkai \(process \d+\)\. Wait"):
            Archive.open(tmp_path)
        other = "from pathlib import Path; from pipeline.archive import Archive; Archive.open(Path(%r))"
        ending = subprocess.run(
            [sys.executable, "-c", other % str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert ending.returncode == 1
        assert "being written by another gongkai" in ending.stderr
        reader = Archive.open(tmp_path, writable=False)
        assert [reader.body(found) for found in reader.entries()] == [b"page"]
        assert list(reader.entries()) == [entry]
    Archive.open(tmp_path).close()


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange("http://h/", b"page"))
    with (tmp_path / "ledger.jsonl").open("ab") as stream:
        stream.write(b'{"v":1,"url')
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()
    }
    with Archive.open(tmp_path, writable=False) as reader:
        assert len(list(reader.entries())) == 1
        assert reader.runs() == []
        with pytest.raises(Problem, match="not open for writing"):
            hold(reader, exchange("http://h/", b"page"))
    after = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()
    }
    assert after == before


def test_an_archive_that_is_not_there_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no archive at"):
        Archive.open(tmp_path / "none", writable=False)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("place", ["archive", "archive/warc"])
def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("a file")
    with pytest.raises(Problem, match="there is a file in its place"):
        Archive.open(tmp_path / "archive")
    (tmp_path / place).unlink()
    Archive.open(tmp_path / "archive").close()


def test_a_folder_in_place_of_the_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").mkdir()
    with pytest.raises(Problem, match=r"ledger.jsonl could not be written: Is a directory"):
        Archive.open(tmp_path)


def test_opening_without_storing_leaves_no_warc_file(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    assert list((tmp_path / "warc").iterdir()) == []


def test_closing_twice_is_harmless_and_ends_writing(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.close()
    archive.close()
    with pytest.raises(Problem, match="not open for writing"):
        archive.begin_run({})
