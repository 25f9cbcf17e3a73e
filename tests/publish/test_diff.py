"""What a comparison of two releases says, written down from what was changed between them."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from pipeline.build import build
from pipeline.publish.release import release
from pipeline.publish.version import Version
from tests.tables.making import SCIENCE, Crawl, reports


def asked(*arguments: object) -> str:
    ended = CliRunner().invoke(app, ["diff", *map(str, arguments)])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def rewritten(folder: Path, target: Path, table: str, query: str) -> Path:
    """A copy of a release whose table is what the query makes of `it`."""
    shutil.copytree(folder, target)
    path = target / "tables" / f"{table}.parquet"
    path.unlink()
    with duckdb.connect() as memory:
        source = folder / "tables" / f"{table}.parquet"
        memory.execute(f"COPY (WITH it AS (FROM '{source}') {query}) TO '{path}' (FORMAT parquet)")
    return target


def cells(*arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(asked(*arguments, "--format", "csv"))))


def counts(text: str) -> set[str]:
    return {line for line in text.splitlines() if line.startswith(("| added", "| gone", "| changed"))}


def test_nothing_changed_says_so(released: Path) -> None:
    text = asked(released, released)
    assert text.count("\nNone.\n") == 2


def test_a_cell_read_otherwise_is_named_with_both_readings(released: Path, tmp_path: Path) -> None:
    one = f"(SELECT report_id FROM '{released}/tables/report.parquet' WHERE organ = '{SCIENCE}' AND report_year = 2019)"
    query = f"""SELECT * REPLACE (CASE WHEN report_id IN {one} AND cell = 'requests/received/total'
        THEN 4711 ELSE value END::DECIMAL(18,4) AS value) FROM it"""
    other = rewritten(released, tmp_path / "other", "figure", query)
    (row,) = cells(released, other)
    told = [row[name] for name in ("change", "why", "organ", "report_year", "cell", "value_after")]
    assert told == ["changed", "unexplained", SCIENCE, "2019", "requests/received/total", "4711"]
    assert row["value_before"] not in {"", "4711"}
    assert row["report_id_before"] == row["report_id_after"]


def test_a_newer_reader_is_the_reason_for_what_it_reads_otherwise(released: Path, tmp_path: Path) -> None:
    newer = rewritten(
        released, tmp_path / "newer", "report", "SELECT * REPLACE ('gongkai 9' AS reader) FROM it"
    )
    query = "SELECT * FROM it WHERE cell <> 'requests/received/total'"
    newest = rewritten(newer, tmp_path / "newest", "figure", query)
    found = {(row["change"], row["why"], row["cell"]) for row in cells(released, newest)}
    assert found == {("gone", "reader", "requests/received/total")}
    assert len(cells(released, newest)) == 19


def test_a_moved_organ_is_the_registry(released: Path, tmp_path: Path) -> None:
    query = f"SELECT * REPLACE (CASE WHEN organ = '{SCIENCE}' THEN '样例区' END AS county) FROM it"
    other = rewritten(released, tmp_path / "other", "report", query)
    assert counts(asked(released, other)) == {"| changed | registry | 7 |"}


def test_a_report_that_is_held_for_another_one_again_is_told(released: Path, tmp_path: Path) -> None:
    report = f"'{released}/tables/report.parquet'"
    one, other = (
        f"(SELECT report_id FROM {report} WHERE organ = '{SCIENCE}' AND report_year = {year})"
        for year in (2019, 2020)
    )
    fewer = rewritten(released, tmp_path / "fewer", "report", f"FROM it WHERE report_id <> {one}")
    query = (
        f"SELECT * REPLACE (CASE WHEN report_id = {one} THEN {other} ELSE report_id END AS report_id) FROM it"
    )
    assert counts(asked(released, rewritten(fewer, tmp_path / "again", "fetch", query))) == {
        "| gone | same_report | 1 |"
    }


def test_a_release_tells_what_came_since_the_last(data_released: Path) -> None:
    data = data_released
    assert "first release" in (data / "releases" / "2026.1" / "CHANGES.md").read_text("utf-8")
    with Crawl(data, "990200") as crawl:
        crawl.report(reports("yi-sci", 2020)[0])
    build(data)
    second = release(data, Version.of("2026.2")).folder
    text = (second / "CHANGES.md").read_text("utf-8")
    assert counts(text) == {"| added | new_report | 1 |"}
    assert text == asked("2026.1", "2026.2", "--data", data)
    assert "样例乙市科学技术局" in (second / "changes/reports.csv").read_text("utf-8-sig")
    assert counts(asked("2026.2", "2026.1", "--data", data)) == {"| gone | not_held | 1 |"}


@pytest.mark.parametrize("name", ["2031.1", "nowhere"])
def test_what_is_no_release_is_wrong_use(tmp_path: Path, name: str) -> None:
    ended = CliRunner().invoke(app, ["diff", name, name, "--data", str(tmp_path)])
    assert (ended.exit_code, "is no release" in ended.stderr) == (2, True)
