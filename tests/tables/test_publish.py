"""A new build appears at once and whole: no kill and no reader ever meets a mixture without being able to tell."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from pipeline.tables.database import DATABASE
from pipeline.tables.disk import SUMS

ROOT = Path(__file__).resolve().parents[2]
STEPS = 40  # more than a publishing has


def publishing(data: Path, mark: str, way: str, *steps: int) -> list[int]:
    """How each step ended: 0, or minus the signal that ended it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tables.publishing", data, mark, way, *map(str, steps)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line) for line in done.stdout.split()]


def mark_of_database(data: Path) -> tuple[str, str]:
    """The mark of a database, the same in all of its tables, and the sum of the tables it was made of."""
    with duckdb.connect(data / DATABASE, read_only=True) as opened:
        told = dict(opened.execute("SELECT key, value FROM about").fetchall())
        assert opened.execute("SELECT name FROM division").fetchall() == [(told["mark"],)]
    return told["mark"], told[f"sha256 of tables/{SUMS}"]


def mark_of_tables(data: Path) -> tuple[str, str] | None:
    """The mark of a whole folder of tables and the sum of its SHA256SUMS; None where it says that it is not whole."""
    sums = data / "tables" / SUMS
    if not sums.exists():
        return None
    lines = {name: digest for digest, name in (line.split("  ") for line in sums.read_text().splitlines())}
    files = {path.name: path for path in (data / "tables").glob("*.parquet")}
    assert files.keys() == lines.keys()
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == lines[name]
    mark = pq.read_table(files["division.parquet"])["name"].to_pylist()[0]
    return mark, hashlib.sha256(sums.read_bytes()).hexdigest()


@pytest.mark.parametrize("way", ["swap", "files"])
def test_killed_at_any_step_it_leaves_what_can_be_told_apart(tmp_path: Path, way: str) -> None:
    data = tmp_path / "data"
    assert publishing(data, "old", way, 0) == [0]
    assert mark_of_tables(data) == mark_of_database(data)
    for step in range(1, STEPS):
        shutil.copytree(data, tmp_path / f"data-{step}")
    *ends, last_end = publishing(data, "new", way, *range(1, STEPS))
    killed = len(ends)
    assert (set(ends), last_end) == ({-signal.SIGKILL}, 0)
    met = set()
    for step in range(1, killed + 2):
        after = tmp_path / f"data-{step}"
        tables, database = mark_of_tables(after), mark_of_database(after)
        met.add((tables and tables[0], database[0]))
        assert tables is None or (tables[0] == database[0]) == (tables[1] == database[1])
    assert met == {("old", "old"), ("new", "old"), ("new", "new")} | (
        {(None, "old")} if way == "files" else set()
    )
    last = tmp_path / f"data-{killed - 1}"
    assert publishing(last, "next", way, 0) == [0]
    assert mark_of_tables(last) == mark_of_database(last)
    assert mark_of_database(last)[0] == "next"
    assert sorted(path.name for path in last.iterdir()) == [DATABASE, "tables"]


READER = """
import sys, duckdb
kept = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(*kept.execute("SELECT value, name FROM about, division WHERE key = 'mark'").fetchall()[0], flush=True)
"""


def test_readers_keep_what_they_have_open_and_new_ones_see_the_new_one_whole(tmp_path: Path) -> None:
    data = tmp_path / "data"
    publishing(data, "first", "swap", 0)
    command = [sys.executable, "-c", READER, str(data / DATABASE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        for mark in ("first", "second", "third"):
            if mark != "first":
                assert publishing(data, mark, "swap", 0) == [0]
            reader.stdin.write("?\n")
            reader.stdin.flush()
            assert reader.stdout.readline().split() == ["first", "first"]
            assert mark_of_database(data)[0] == mark
            assert mark_of_tables(data) == mark_of_database(data)
        reader.stdin.close()
        assert reader.wait(timeout=60) == 0


def test_what_someone_wrote_into_the_last_database_is_not_added_to_the_new_one(tmp_path: Path) -> None:
    publishing(tmp_path / "data", "old", "swap", 0)
    writer = (
        "import os, sys, duckdb; c = duckdb.connect(sys.argv[1]); "
        "c.execute(\"SET wal_autocheckpoint = '1GB'\"); c.execute('CREATE TABLE mine AS SELECT 1 AS one'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", writer, tmp_path / "data" / DATABASE], check=True)
    assert (tmp_path / "data" / f"{DATABASE}.wal").exists()
    publishing(tmp_path / "data", "new", "swap", 0)
    assert mark_of_database(tmp_path / "data")[0] == "new"
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [DATABASE, "tables"]
