"""A build that is stopped, hindered or done twice: the last good tables are never harmed."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.build import build
from pipeline.problem import Problem
from pipeline.tables.database import DATABASE, open_database
from tests.tables.making import BUILD, START, Crawl, reports, tables_of

ROOT = Path(__file__).resolve().parents[2]


def test_build_without_an_archive_says_so(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no archive"):
        build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_progress_reaches_its_end(data: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").symlink_to(data / "archive")
    seen: list[tuple[int, int]] = []
    summary = build(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(number, summary.fetches) for number in range(1, summary.fetches + 1)]


def test_reader_keeps_the_old_database_while_a_new_one_comes(tmp_path: Path) -> None:
    first, second = reports("jia-sci", 2023, 2024)
    with Crawl(tmp_path, "990100") as crawl:
        crawl.report(first)
    build(tmp_path)
    with duckdb.connect(tmp_path / DATABASE, read_only=True) as old:
        assert old.execute("SELECT count(*) FROM report").fetchone() == (1,)
        with Crawl(tmp_path, "990100", start=START + timedelta(days=1)) as crawl:
            crawl.report(second)
        subprocess.run([sys.executable, "-c", BUILD, str(tmp_path)], cwd=ROOT, check=True)
        assert old.execute("SELECT report_year FROM report").fetchall() == [(2023,)]
    with open_database(tmp_path) as new:
        assert new.execute("SELECT count(*) FROM report").fetchone() == (2,)


_KILLED = """
import os, signal, sys
from pathlib import Path
import pipeline.build, pipeline.tables.staging as staging
step, data = sys.argv[1], Path(sys.argv[2])
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
if step == "reading":
    pipeline.build.build(data, progress=lambda done, total: done < 3 or die())
elif step == "database":
    staging.make_database = die
    pipeline.build.build(data)
elif step == "made":
    made = staging.make_database
    staging.make_database = lambda *given: (made(*given), die())
    pipeline.build.build(data)
"""


def test_killed_build_leaves_the_last_good_tables(tmp_path: Path) -> None:
    """Each build begins with what the one before has left."""
    first, second = reports("jia-sci", 2023, 2024)
    with Crawl(tmp_path, "990100") as crawl:
        crawl.report(first)
    build(tmp_path)
    before = {**tables_of(tmp_path), DATABASE: (tmp_path / DATABASE).read_bytes()}
    with Crawl(tmp_path, "990100", start=START + timedelta(days=1)) as crawl:
        crawl.report(second)
        crawl.report(second, crawl.home + "again.html")
    for step in ("reading", "database", "made"):
        killed = subprocess.run([sys.executable, "-c", _KILLED, step, str(tmp_path)], cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL, step
        assert {**tables_of(tmp_path), DATABASE: (tmp_path / DATABASE).read_bytes()} == before, step
    assert build(tmp_path).reports == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", DATABASE, "tables"]
    assert not (tmp_path / "tables" / ".building").exists()


def test_second_build_at_the_same_time_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").symlink_to(data / "archive")

    def meanwhile(done: int, _: int) -> None:
        if done == 1:
            with pytest.raises(Problem, match="Another build"):
                build(tmp_path)

    build(tmp_path, progress=meanwhile)


def test_folder_that_cannot_be_written_is_a_problem(data: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").symlink_to(data / "archive")
    (tmp_path / "tables").write_text("in the way")
    with pytest.raises(Problem, match="could not be written"):
        build(tmp_path)


def test_full_disk_leaves_the_last_good_tables(data: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk: the writers meet the same errors of the system."""
    (tmp_path / "archive").symlink_to(data / "archive")
    build(tmp_path)
    before = {**tables_of(tmp_path), DATABASE: (tmp_path / DATABASE).read_bytes()}
    for limit in (2_000, 100_000):
        full = subprocess.run(
            [sys.executable, "-c", _FULL, str(limit), str(tmp_path)],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert full.returncode == 3, full.stderr
        assert "could not be written" in full.stdout
        assert {**tables_of(tmp_path), DATABASE: (tmp_path / DATABASE).read_bytes()} == before


_FULL = """
import resource, signal, sys
from pathlib import Path
from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.problem import Problem
from pipeline.report import Reading, ReportReader
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
try:
    build(Path(sys.argv[2]))
except Problem as problem:
    print(problem)
    sys.exit(3)
"""
