"""What a working copy brings and takes, on more than one machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.archive.lock import Busy
from pipeline.build import build
from pipeline.problem import Problem
from pipeline.storage.store import Store
from pipeline.tables.database import open_database
from pipeline.working_copy import archive as archive_copy
from pipeline.working_copy import lease, logs, pushing
from pipeline.working_copy.session import Part, reading, writing
from tests.tables.making import START, tables_of
from tests.tables.test_workers import fill

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = [Part.ARCHIVE]


@contextmanager
def machine(name: str) -> Iterator[None]:
    """Another machine, which has a working copy of its own."""
    before = os.environ["GONGKAI_WORK"]
    os.environ["GONGKAI_WORK"] = f"{before}-{name}"
    try:
        yield
    finally:
        os.environ["GONGKAI_WORK"] = before


def bodies(data: Path) -> list[bytes]:
    with Archive.open(data / "archive", writable=False) as archive:
        return [archive.body(entry) for entry in archive.entries()]


def add(data: Path, *names: str) -> None:
    with Archive.open(data / "archive") as archive:
        for name in names:
            archive.store_resource(f"file:///{name}", name.encode(), "text/html", START)


def urls(data: Path) -> list[str]:
    with Archive.open(data / "archive", writable=False) as archive:
        return [entry.url.removeprefix("file:///") for entry in archive.entries()]


def test_same_tables_as_of_a_folder_on_a_machine_that_has_only_the_place(place: str, tmp_path: Path) -> None:
    local = tmp_path / "local"
    with writing(place, ARCHIVE, print) as data:
        fill(data, count=6)
        shutil.copytree(data / "archive", local / "archive", ignore=shutil.ignore_patterns("elsewhere.json"))
    build(local)
    with machine("b"):
        with writing(place, [Part.BUILD], print) as data:
            assert list((data / "archive" / "warc").iterdir()) == []
            build(data)
            assert tables_of(data) == tables_of(local)
        name = json.loads(Store(place).read("built.json"))["build"]
        assert sorted(Store(place).sizes(f"builds/{name}/tables")) == [
            "SHA256SUMS",
            *sorted(tables_of(local)),
        ]
    with machine("c"):
        with reading(place, [Part.DATABASE]) as data, open_database(data) as database:
            assert not (data / "gongkai.duckdb").exists()
            assert database.execute("SELECT count(*) FROM report").fetchone() == (6,)
            assert database.execute("SELECT count(*) FROM city_year").fetchone() is not None
        with reading(place, [Part.BUILD]) as data:
            assert tables_of(data) == tables_of(local)


def test_machines_go_on_with_what_others_have_sent(place: str) -> None:
    with writing(place, ARCHIVE, print) as data:
        add(data, "1", "2")
    with machine("b"), writing(place, ARCHIVE, print) as data:
        assert bodies(data) == [b"1", b"2"]
        add(data, "3", "1")  # of bytes that the other machine has, the record is found and not kept again
        with Archive.open(data / "archive", writable=False) as archive:
            assert [entry.revisit for entry in archive.entries()] == [False, False, False, True]
    with reading(place, ARCHIVE) as data:
        assert bodies(data) == [b"1", b"2", b"3", b"1"]


def test_what_was_not_sent_comes_after_what_others_have_sent(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine dies with lines that it had not sent; another goes on; the first comes back."""
    with writing(place, ARCHIVE, print) as data:
        add(data, "1")
    add(data, "2")
    with (data / "archive" / "ledger.jsonl").open("ab") as ledger:
        ledger.write(b'{"v":2,"url"')
    with machine("b"), writing(place, ARCHIVE, print) as other:
        add(other, "3")
    with writing(place, ARCHIVE, print) as data:
        assert urls(data) == ["1", "3", "2"]
    with machine("c"), reading(place, ARCHIVE) as data:
        assert urls(data) == ["1", "3", "2"]
        assert bodies(data) == [b"1", b"3", b"2"]


def test_kill_between_sending_and_noting_it_sends_nothing_twice(place: str) -> None:
    with writing(place, ARCHIVE, print) as data:
        add(data, "1", "2")
    for mark in (data / "archive").glob(".*.same"):
        mark.unlink()
    before = dict(Store(place).sizes("archive"))
    with writing(place, ARCHIVE, print) as data:
        assert urls(data) == ["1", "2"]
    assert Store(place).sizes("archive") == before


def test_volumes_go_before_the_lines_that_lead_into_them(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the archive is written, another machine sees what is sent, and can read all of it."""
    monkeypatch.setattr(archive_copy, "SECONDS", 0.0)  # every record in a volume of its own
    monkeypatch.setattr(pushing, "EVERY", 0.05)
    with writing(place, ARCHIVE, print) as data, Archive.open(data / "archive") as archive:
        run = archive.begin_run({})
        for number in range(4):
            archive.store_resource(f"file:///{number}", bytes([number]), "text/html", START)
        archive.finish_run(run.id, {})
        with machine("b"):
            until = time.monotonic() + 20
            while True:
                with reading(place, ARCHIVE) as other:
                    seen = bodies(other)
                if len(seen) == 3:
                    break
                assert time.monotonic() < until
            assert seen == [b"\0", b"\1", b"\2"]
            with Archive.open(other / "archive", writable=False) as there:
                assert [run.finished_at for run in there.runs()] == [None]
    with machine("b"), reading(place, ARCHIVE) as other:
        assert len(bodies(other)) == 4
        with Archive.open(other / "archive", writable=False) as there:
            assert there.runs()[0].finished_at is not None


def test_second_writer_is_told_who_is_at_work(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "BEAT", 0.1)
    began = time.monotonic()
    with writing(place, ARCHIVE, print):
        with pytest.raises(Busy, match="is being written by another gongkai"), writing(place, ARCHIVE, print):
            pass
        with (
            machine("b"),
            pytest.raises(
                Busy, match=rf"process {os.getpid()} on .* since 20.*last seen.*remove that object"
            ),
            writing(place, ARCHIVE, print),
        ):
            pass
        assert time.monotonic() - began < lease.SILENCE / 2  # told at the first sign of life
        with machine("b"), writing(place, [Part.BUILD], print):
            pass  # a build does not write the archive
    assert Store(place).sizes("archive.lock") == {}


def test_dead_writer_is_followed_after_a_silence(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process killed with its lease: of the same working copy at once, of another one after a while."""
    Store(s3).write("identity.json", b'{"id": "1"}')
    program = (
        "import os, signal, sys; from pipeline.storage.store import Store; from pipeline.working_copy.lease import "
        "Lease; Lease(Store(sys.argv[1]), 'archive.lock', sys.argv[2], print); os.kill(os.getpid(), signal.SIGKILL)"
    )
    with reading(s3, ARCHIVE) as data:
        ours = json.loads((data / "copy.json").read_text())["name"]
    subprocess.run([sys.executable, "-c", program, s3, ours], cwd=ROOT, check=False)
    with writing(s3, ARCHIVE, print):
        pass
    subprocess.run([sys.executable, "-c", program, s3, "other"], cwd=ROOT, check=False)
    monkeypatch.setattr(lease.Lease.__init__, "__defaults__", (0.5,))
    said: list[str] = []
    with writing(s3, ARCHIVE, said.append):
        pass
    assert "Waiting for up to" in said[0]


def test_what_is_not_there_is_told(place: str) -> None:
    with pytest.raises(Problem, match=f"There are no data of gongkai at {place}"), reading(place, ARCHIVE):
        pass
    with writing(place, ARCHIVE, print) as data:
        add(data, "1")
    first = min(Store(place).sizes("archive/ledger"))
    with writing(place, ARCHIVE, print) as data:
        add(data, "2")
    Store(place).remove(f"archive/ledger/{first}")
    with (
        machine("b"),
        pytest.raises(Problem, match="lacks the piece that begins at byte 0"),
        reading(place, ARCHIVE),
    ):
        pass
    Store(place).write("identity.json", b'{"id": "another"}')
    with pytest.raises(Problem, match="is the working copy of other data"), reading(place, ARCHIVE):
        pass


def test_archive_of_a_folder_is_sent_from_a_new_working_copy(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its logs in several pieces, and none parts a line."""
    monkeypatch.setattr(logs, "_PIECE", 1000)
    fill(tmp_path, count=8)
    with writing(place, ARCHIVE, print) as data:
        pass
    shutil.copytree(tmp_path / "archive", data / "archive", dirs_exist_ok=True)
    with writing(place, ARCHIVE, print):
        pass
    assert len(Store(place).sizes("archive/ledger")) > 2
    with machine("b"), reading(place, ARCHIVE) as there:
        assert (there / "archive" / "ledger.jsonl").read_bytes() == (
            tmp_path / "archive" / "ledger.jsonl"
        ).read_bytes()
        assert bodies(there) == bodies(tmp_path)


def _take_over(store: Store) -> None:
    """Until it is noticed: a sign of life that is under way comes after it."""
    for _ in range(400):
        store.write("archive.lock", b'{"copy": "other", "machine": "elsewhere", "process": 7}')
        time.sleep(0.05)


def test_lease_that_was_removed_by_hand_is_made_again(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another comes first, its holder stops as with Ctrl-C."""
    store = Store(s3)
    held = lease.Lease(store, "archive.lock", "one", print, silence=0.4)
    store.remove("archive.lock")
    until = time.monotonic() + 20
    while not store.has("archive.lock"):
        assert time.monotonic() < until
        time.sleep(0.05)
    said: list[str] = []
    monkeypatch.setattr(held, "_say", said.append)
    with pytest.raises(KeyboardInterrupt):
        _take_over(store)
    assert held.lost
    assert "process 7 on elsewhere" in said[0]
    held.close()
    assert store.has("archive.lock")


def _one_more(place: str) -> None:
    with writing(place, [Part.ARCHIVE, Part.BUILD], print) as data:
        add(data, "no report")
        build(data)


def test_build_that_is_sent_half_is_not_seen_and_sent_on(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers keep the build before it until the new one is whole; what was sent is not sent again."""
    both = [Part.ARCHIVE, Part.BUILD]
    with writing(s3, both, print) as data:
        fill(data, count=1)
        build(data)
    sent: list[str] = []
    send = Store.send

    def breaks(store: Store, path: Path, name: str) -> None:
        if name.endswith("report.parquet"):
            raise Problem("The line is dead.")
        sent.append(name)
        send(store, path, name)

    with monkeypatch.context() as broken:
        broken.setattr(Store, "send", breaks)
        with pytest.raises(Problem, match="The line is dead"):
            _one_more(s3)
    with machine("b"), reading(s3, [Part.DATABASE]) as there, open_database(there) as database:
        assert database.execute('SELECT count(*) FROM "fetch"').fetchone() == (1,)
    again: list[str] = []

    def counts(store: Store, path: Path, name: str) -> None:
        again.append(name)
        send(store, path, name)

    monkeypatch.setattr(Store, "send", counts)
    with writing(s3, both, print):
        pass
    assert not {*again} & {*sent}
    assert again[-1].endswith("gongkai.duckdb")
    with machine("b"), reading(s3, [Part.DATABASE]) as there, open_database(there) as database:
        assert database.execute('SELECT count(*) FROM "fetch"').fetchone() == (2,)
