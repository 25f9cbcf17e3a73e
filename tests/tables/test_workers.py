"""Several processes build what one builds, and what happens to one of them costs no more than its document."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from pipeline.archive import Archive, Bodies, Outcome
from pipeline.build import build
from pipeline.problem import Problem
from pipeline.sample import sample_reports
from pipeline.tables.database import open_database
from pipeline.tables.looking import Looker
from pipeline.tables.workers import looking
from tests.tables.faulty import Faulty, Paged, Unmade
from tests.tables.making import START, Crawl, no_places, tables_of

ROOT = Path(__file__).resolve().parents[2]


def fill(data: Path, *odd: str, count: int = 70) -> None:
    """`count` reports with other words each, and after the third an import of each odd address."""
    pages = [report.html for report in sample_reports()]
    urls = [f"file:///{number}" for number in range(count)]
    urls[3:3] = [f"file:///{name}" for name in odd]
    with Archive.open(data / "archive") as archive:
        for number, url in enumerate(urls):
            page = pages[number % len(pages)]
            body = page.replace(b"<table", f"<p>{number}</p><table".encode(), 1)
            archive.store_resource(url, body, "text/html", START)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than one chunk, with all that makes an entry hang on an earlier one."""
    folder = tmp_path_factory.mktemp("data")
    pages = [report.html for report in sample_reports()]
    with Crawl(folder, "990100") as crawl:
        victim = crawl.fetch(crawl.home + "damaged", pages[0] + b"<!-- damaged -->")
        for number in range(90):
            url = f"{crawl.home}{number}"
            crawl.fetch(url, pages[number % 50] + f"<!-- {number // 2 % 40} -->".encode())
            crawl.fetch(crawl.home, f"<html><body>{number // 9}</body></html>", kind="page")
            if number % 9 == 0:
                crawl.fetch(url, outcome=Outcome.UNCHANGED)
                crawl.fetch(url + "/list", pages[number % 50] + b"<!-- list -->", kind="list")
                crawl.fetch(url + "/again", pages[number % 50] + b"<!-- list -->")
        crawl.fetch(crawl.home + "late", "<html><body>3</body></html>")
        crawl.fetch(crawl.home + "late/damaged", pages[0] + b"<!-- damaged -->")
    assert victim.warc is not None
    assert victim.offset is not None
    warc = folder / "archive" / "warc" / victim.warc
    content = bytearray(warc.read_bytes())
    content[victim.offset + 200] ^= 0xFF
    warc.write_bytes(content)
    return folder


def _reasons(data: Path) -> dict[str, str]:
    with open_database(data) as opened:
        rows = opened.execute("SELECT url, reason FROM \"fetch\" WHERE reason LIKE 'reader_failed%'")
        return dict(rows.fetchall())


def _child(code: str, *given: str) -> subprocess.CompletedProcess[str]:
    """Ends when the process and all its workers have let go of its output."""
    return subprocess.run(
        [sys.executable, "-c", code, *given],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        start_new_session=True,
    )


def test_any_number_of_workers_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    built, seen = [], []
    for workers in (1, 3):
        folder = tmp_path / str(workers)
        folder.mkdir()
        (folder / "archive").symlink_to(data / "archive")
        told: list[tuple[int, int]] = []
        summary = build(folder, workers=workers, progress=lambda *now, told=told: told.append(now))
        built.append((summary, tables_of(folder)))
        seen.append(told)
    assert built[0] == built[1]
    assert seen[0] == seen[1] == [(done, len(told)) for done in range(1, len(told) + 1)]
    summary = built[0][0]
    assert summary.reports == 50  # all others are one of these again, in other bytes
    assert (summary.damaged, summary.crashed) == (2, 0)
    assert active_children() == []


def test_document_that_ends_its_worker_is_told_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "killed", "endless")
    monkeypatch.setattr("pipeline.build.Looker", Faulty)
    summary = build(tmp_path, workers=2)
    assert (summary.crashed, summary.reports) == (2, 70)
    assert _reasons(tmp_path) == {
        "file:///killed": "reader_failed:SIGKILL",
        "file:///endless": "reader_failed:TimeLimit",
    }


def test_document_with_many_slow_pages_has_time_for_each(tmp_path: Path) -> None:
    """A page takes two seconds, and nothing may take more than three."""
    fill(tmp_path, "pages/3", count=3)
    told: list[str] = []
    make = partial(Paged, Bodies.of(tmp_path / "archive"), no_places(), "test")
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        entries = [entry for entry in archive.entries() if "pages" in entry.url]
    with looking(make, workers=2, documents=64, on_page=lambda: told.append("page")) as workers:
        ((_, (answer,)),) = workers.answers([("one", entries)])
    assert answer is not None
    assert answer.report_id is not None
    assert told == ["page"] * 3


def test_worker_killed_once_costs_nothing(tmp_path: Path) -> None:
    """As the system ends the largest process when memory runs out: no document's fault."""
    fill(tmp_path)
    struck: Sequence[int | None] = []

    def strike(done: int, _: int) -> None:
        nonlocal struck
        if done == 1:
            workers = active_children()
            for worker in workers:
                worker.kill()
            struck = [worker.pid for worker in workers]

    summary = build(tmp_path, workers=2, progress=strike)
    assert len(struck) == 2
    assert (summary.crashed, summary.reports) == (0, 70)


def test_what_a_worker_raises_reaches_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "problem")
    monkeypatch.setattr("pipeline.build.Looker", Faulty)
    with pytest.raises(Problem, match="cannot be looked at"):
        build(tmp_path, workers=2)
    assert active_children() == []


def test_workers_that_cannot_start_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    monkeypatch.setattr("pipeline.build.Looker", Unmade)
    with pytest.raises(Problem, match=r"could not be started \(Exit7\).*--workers 1"):
        build(tmp_path, workers=2)


def test_few_documents_or_one_worker_start_no_process(tmp_path: Path) -> None:
    fill(tmp_path, count=1)
    make = partial(Looker, Bodies.of(tmp_path / "archive"), no_places(), "test")
    for workers, documents, started in ((1, 10_000, 0), (2, 63, 0), (2, 64, 2), (8, 64, 2)):
        with looking(make, workers=workers, documents=documents):
            assert len(active_children()) == started
        assert active_children() == []


_ENDED = """
import os, signal, sys
from pathlib import Path
from pipeline.build import build
def end(done, total):
    if done == 20:
        os.kill(os.getpid(), signal.SIGKILL) if sys.argv[1] == "SIGKILL" else os.killpg(0, signal.SIGINT)
build(Path(sys.argv[2]), workers=2, progress=end)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_ended_build_leaves_the_last_good_tables_and_no_workers(tmp_path: Path, name: str) -> None:
    """Ctrl-C reaches the workers too; a killed build cannot end them, they see that nobody asks any more."""
    fill(tmp_path, count=2)
    build(tmp_path)
    before = tables_of(tmp_path)
    fill(tmp_path)
    ended = _child(_ENDED, name, str(tmp_path))
    assert ended.returncode == -signal.Signals[name]
    assert ended.stderr.count("Traceback") == (name == "SIGINT")
    assert tables_of(tmp_path) == before
