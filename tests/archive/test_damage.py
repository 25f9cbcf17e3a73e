"""Damage on the disk: told where it is, never passed on, and never made worse."""

from __future__ import annotations

import gzip
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive import Archive, DamagedLedger, DamagedRecord
from tests.archive.helpers import exchange, hold, records

GZIP = ("Content-Encoding", "gzip")


def test_no_damaged_byte_of_a_record_passes(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange("http://h/0", b"another page"))
        entry = hold(archive, exchange("http://h/1", b"a page"))
        path = tmp_path / "warc" / str(entry.warc)
        sound = path.read_bytes()
        assert entry.offset is not None
        assert entry.length is not None
        refused = 0
        for position in range(entry.offset, entry.offset + entry.length):
            damaged = bytearray(sound)
            damaged[position] ^= 0x55
            path.write_bytes(damaged)
            with suppress(DamagedRecord):
                assert archive.body(entry) == b"a page"
                refused -= 1
            refused += 1
        path.write_bytes(sound)
        assert refused >= entry.length - 6  # the time, the flags and the system in a gzip head carry nothing


def test_a_record_cut_short_or_gone_is_told(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        entry = hold(archive, exchange("http://h/1", b"a page"))
        path = tmp_path / "warc" / str(entry.warc)
        path.write_bytes(path.read_bytes()[: (entry.offset or 0) + 50])
        with pytest.raises(
            DamagedRecord, match=rf"record at byte {entry.offset} of .*{entry.warc} is damaged"
        ):
            archive.body(entry)
        path.unlink()
        with pytest.raises(DamagedRecord, match="No such file"):
            archive.body(entry)


def test_a_revisit_never_leads_to_damaged_bytes(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        first = hold(archive, exchange("http://h/1", b"a page"))
    path = tmp_path / "warc" / str(first.warc)
    path.write_bytes(bytes(path.stat().st_size))
    for _ in range(2):
        with Archive.open(tmp_path) as archive:
            again = hold(archive, exchange("http://h/1", b"a page"))
            assert archive.body(again) == b"a page"
    assert again.revisit, "the second sound record serves, not the first and damaged one"


def test_a_line_that_points_to_another_record_is_told(tmp_path: Path) -> None:
    torn = gzip.compress(b"page" * 100)[:-9]
    with Archive.open(tmp_path) as archive:
        one = hold(archive, exchange("http://h/1", b"page one"))
        other = hold(archive, exchange("http://h/2", b"page two"))
        undecodable = hold(archive, exchange("http://h/3", torn, GZIP))
        for entry in (other, undecodable):
            with pytest.raises(DamagedRecord, match="SHA-256"):
                archive.body(replace(entry, offset=one.offset, length=one.length))
    ledger = tmp_path / "ledger.jsonl"
    first, *_ = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(
        first + first.replace(str(one.payload_sha256).encode(), str(other.payload_sha256).encode())
    )
    with Archive.open(tmp_path) as archive:
        again = hold(archive, exchange("http://h/4", b"page two"))
        assert not again.revisit
        assert archive.body(again) == b"page two"


def test_a_damaged_tail_is_not_taken_for_a_torn_one(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        entry = hold(archive, exchange("http://h/1", b"page"))
        hold(archive, exchange("http://h/2", b"never ledgered"))
    ledger, path = tmp_path / "ledger.jsonl", tmp_path / "warc" / str(entry.warc)
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    damaged = bytearray(path.read_bytes())
    damaged[(entry.offset or 0) + (entry.length or 0) + 20] ^= 0xFF
    path.write_bytes(damaged)
    with Archive.open(tmp_path) as archive:
        assert archive.body(next(archive.entries())) == b"page"
    assert path.read_bytes() == damaged


def test_a_damaged_ledger_is_refused_by_writer_and_reader(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        for number in range(3):
            hold(archive, exchange(f"http://h/{number}", b"page"))
    ledger = tmp_path / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(lines[0] + lines[1][:40] + b"\n" + lines[2])
    before = ledger.read_bytes()
    with pytest.raises(DamagedLedger, match=r"Line 2 of .*ledger.jsonl"):
        Archive.open(tmp_path)
    with pytest.raises(DamagedLedger, match=r"Line 2 of .*ledger.jsonl"):
        list(Archive.open(tmp_path, writable=False).entries())
    assert ledger.read_bytes() == before
    ledger.write_bytes(b"".join(lines))
    Archive.open(tmp_path).close()


def test_a_torn_record_is_cut_off_and_whole_ones_without_a_line_stay(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        entry = hold(archive, exchange("http://h/1", b"page"))
        hold(archive, exchange("http://h/2", b"never ledgered"))
    ledger, path = tmp_path / "ledger.jsonl", tmp_path / "warc" / str(entry.warc)
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    whole = path.read_bytes()
    ends = [*[record.offset for record in records(tmp_path)][1:], len(whole)]
    ledgered = (entry.offset or 0) + (entry.length or 0)
    for length in range(ledgered, len(whole) + 1):
        path.write_bytes(whole[:length])
        with Archive.open(tmp_path) as archive:
            assert [archive.body(found) for found in archive.entries()] == [b"page"]
        assert path.read_bytes() == whole[: max(end for end in ends if end <= length)]
