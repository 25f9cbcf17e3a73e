"""`gongkai demo` end to end: served, crawled, built; what comes out is what the sample pages print."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.sample import load_truth
from pipeline.sample.compare import differences
from pipeline.tables.database import open_database
from tests.conftest import run_demo

_TABLE = """\
市 City   2019  2020    2021    2022    2023    2024
────────  ────  ──────  ──────  ──────  ──────  ────
样例甲市  23    26      27      30 [1]  35      36
样例乙市  36    34      30 [2]  41      48      48
样例丙市  15    12 [3]  21      23 [4]  21 [5]  23
"""


@pytest.fixture
def printed(demo: Path) -> str:
    return (demo / "stdout.txt").read_text(encoding="utf-8")


@pytest.fixture
def connection(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(demo / "demo") as opened:
        yield opened


def test_it_ends_well_and_shows_cities_and_years(demo: Path, printed: str) -> None:
    assert _TABLE in printed
    assert "[2] 样例乙市卫生健康委员会 2021: no report is held (missing, not_announced)" in printed
    assert "[5] 样例丙市卫生健康委员会 2023: contradicts itself" in printed
    assert "Traceback" not in (demo / "stderr.txt").read_text(encoding="utf-8")


def test_every_cell_of_every_report_is_what_the_page_prints(connection: duckdb.DuckDBPyConnection) -> None:
    assert list(differences(connection)) == []


def test_every_expected_report_is_held_or_explained(connection: duckdb.DuckDBPyConnection) -> None:
    truth = load_truth()
    count = connection.execute("SELECT count(*) FROM coverage").fetchone()
    assert count == (len(truth.organs) * 6,)
    gaps = connection.execute(
        "SELECT organ, report_year, state, reason FROM coverage WHERE state <> 'held' ORDER BY ALL"
    ).fetchall()
    assert gaps == [
        ("样例丙市科学技术局", 2020, "failed", "not_found"),
        ("样例乙市卫生健康委员会", 2021, "missing", "not_announced"),
    ]


def test_both_versions_are_kept_and_the_later_one_counts(connection: duckdb.DuckDBPyConnection) -> None:
    versions = connection.execute(
        "SELECT published_on::VARCHAR, is_current, value::INTEGER FROM report JOIN figure USING (report_id) "
        "WHERE organ = '样例甲市科学技术局' AND report_year = 2022 AND cell = 'requests/received/total' "
        "ORDER BY 1"
    ).fetchall()
    assert versions == [("2023-01-09", False, 2), ("2023-03-06", True, 3)]
    others = connection.execute("SELECT count(*) FROM report WHERE NOT is_current").fetchone()
    assert others == (1,)


def test_the_portals_are_asked_politely(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("SELECT regexp_extract(url, '[0-9](/.*)', 1) FROM main.fetch").fetchall()
    asked = [path for (path,) in rows]
    assert "/robots.txt" in asked
    assert not [path for path in asked if path.startswith(("/search/", "/rili/", "/ldzc/"))]
    error_twice = next(item.path for item in load_truth().publications if item.answer == "error_twice")
    attempts = connection.execute(
        "SELECT max(attempts) FROM main.fetch WHERE url LIKE '%' || ? AND report_id IS NOT NULL",
        [error_twice],
    ).fetchone()
    assert attempts == (3,)


def test_what_is_printed_to_go_on_with_works(demo: Path, printed: str) -> None:
    lines = printed.partition("\nNext\n")[2].splitlines()
    assert len(lines) == 3
    for line in lines:
        answer = subprocess.run(
            shlex.split(line), cwd=demo, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        assert (answer.returncode, len(answer.stdout.splitlines()) > 5) == (0, True), answer.stderr
    for line in printed.partition("\nMade\n")[2].partition("\n\n")[0].splitlines():
        assert (demo / line.split()[0]).exists()


def test_it_can_be_run_again(demo: Path, printed: str, tmp_path: Path) -> None:
    shutil.copytree(demo / "demo", tmp_path / "demo", symlinks=True)
    again = run_demo(tmp_path)
    assert (again.returncode, again.stdout) == (0, printed), again.stderr


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "made" / "archive"
    mine.mkdir(parents=True)
    (mine / "ledger.jsonl").write_text("mine", encoding="utf-8")
    ended = run_demo(tmp_path, "--data", "made")
    assert ended.returncode == 2
    assert "was not made by a demo" in ended.stderr
    assert (mine / "ledger.jsonl").read_text(encoding="utf-8") == "mine"
