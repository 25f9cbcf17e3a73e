"""From real archives to tables: nothing lost, nothing changed, the last good tables never harmed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.archive import Outcome
from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.report import Reading, ReportReader
from pipeline.tables.database import open_database
from pipeline.tables.schema import TABLES
from tests.tables.making import BUILD, SCIENCE, START, Crawl, reports, tables_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def connection(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(data) as opened:
        yield opened


def test_every_figure_is_as_printed(connection: duckdb.DuckDBPyConnection) -> None:
    for report in reports("jia-sci"):
        rows = connection.execute(
            "SELECT f.cell, f.status, f.value, f.raw FROM figure AS f JOIN report AS r USING (report_id) "
            "WHERE r.url LIKE '%' || ?",
            [report.path],
        ).fetchall()
        assert {row[0]: row[1:] for row in rows} == {
            cell: (item.status, item.value, item.text) for cell, item in report.figures.items()
        }
    assert all(isinstance(row[2], Decimal) for row in rows if row[1] == "reported")


def test_place_and_organ_of_a_report(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "SELECT DISTINCT organ, division_code, province, city, portal_code, organ_id FROM report"
    ).fetchall()
    assert len(found) == 1
    assert found[0][:5] == (SCIENCE, "990100", "样例省", "样例甲市", "990100")
    organs = connection.execute("SELECT organ_id, organ, first_year, last_year, report_count FROM organ")
    assert organs.fetchall() == [(found[0][5], SCIENCE, 2019, 2024, 6)]
    assert connection.execute("SELECT name, source FROM division WHERE code = '990100'").fetchall() == [
        ("样例甲市", "portals")
    ]


def test_bytes_at_several_addresses_are_one_report(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        'SELECT r.url, list(f.url ORDER BY f.number) FROM report AS r JOIN "fetch" AS f USING (report_id) '
        "WHERE r.report_year = 2019 GROUP BY r.url"
    ).fetchall()
    path = reports("jia-sci", 2019)[0].path
    assert rows == [
        (
            f"http://127.0.0.2{path}",
            [f"http://127.0.0.2{path}", "http://127.0.0.2/again.html", "a/report.html"],
        )
    ]


def test_latest_version_is_current(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "SELECT published_on, is_current FROM report WHERE report_year = 2022 ORDER BY published_on"
    ).fetchall()
    assert [current for _, current in rows] == [False, True]
    assert rows[0][0] < rows[1][0]
    assert connection.execute("SELECT count(*) FROM report WHERE is_current").fetchone() == (6,)


def test_every_fetch_is_told_with_why_it_gave_no_report(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        'SELECT url, outcome, reason FROM "fetch" WHERE report_id IS NULL ORDER BY number'
    )
    found = {url.rpartition("/")[2]: (outcome, reason) for url, outcome, reason in rows.fetchall()}
    assert found[""] == ("held", None)
    assert found["gone.html"] == ("not_found", None)
    assert found["notice.html"][0] == "held"
    assert found["notice.html"][1].startswith("not_a_report:")
    assert found["x.bin"] == ("imported", "unreadable:unreadable_document")


def test_views_answer(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "SELECT report_year, reports, requests_received FROM city_year WHERE city = '样例甲市' ORDER BY 1"
    ).fetchall()
    expected = {
        report.publication.year: (1, report.figures["requests/received/total"].value)
        for report in reports("jia-sci")
    }
    assert {year: tuple(rest) for year, *rest in rows} == expected
    counted = connection.execute(
        "SELECT sum(figures), sum(reported + blank + not_applicable + unreadable + ambiguous) FROM quality"
    ).fetchall()
    total = connection.execute("SELECT count(*) FROM figure").fetchone()
    assert total is not None
    assert counted == [(total[0], total[0])]


def test_indicators_name_every_figure(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "SELECT DISTINCT cell FROM figure AS f JOIN report AS r USING (report_id) "
        "ANTI JOIN indicator AS i ON i.form = r.form AND i.part = f.part AND i.item = f.item AND i.measure = f.measure"
    ).fetchall()
    assert rows == []


def test_same_archive_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    """In another process too, where sets have another order."""
    (tmp_path / "archive").symlink_to(data / "archive")
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"}
    subprocess.run([sys.executable, "-c", BUILD, str(tmp_path)], cwd=ROOT, check=True, env=environment)
    assert tables_of(tmp_path) == tables_of(data)
    assert set(tables_of(data)) == {f"{table.name}.parquet" for table in TABLES}


def test_database_tells_which_parquet_files_it_was_made_from(
    data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    told = dict(connection.execute("SELECT key, value FROM about").fetchall())
    for name, content in tables_of(data).items():
        assert told[f"sha256 of tables/{name}"] == hashlib.sha256(content).hexdigest()


def test_version_without_figures_is_not_current(tmp_path: Path) -> None:
    """A page that only carries the report as a file is published with it, and is not its last word."""
    report = reports("jia-sci", 2024)[0]
    head, _, _ = report.html.decode().partition("<table")
    with Crawl(tmp_path, "990100") as crawl:
        crawl.report(report)
        crawl.fetch(crawl.home + "later.html", head + "</body></html>")
    build(tmp_path)
    with open_database(tmp_path) as opened:
        rows = opened.execute("SELECT figure_count > 0, is_current FROM report ORDER BY 1").fetchall()
    assert rows == [(False, False), (True, True)]


def test_report_found_where_a_list_was_expected(tmp_path: Path) -> None:
    report = reports("jia-sci", 2024)[0]
    with Crawl(tmp_path, "990100") as crawl:
        crawl.fetch(crawl.home + "year/2024/", report.html, kind="list")
    assert build(tmp_path).reports == 1


def test_document_fetched_again_unchanged_is_the_same_report(tmp_path: Path) -> None:
    report = reports("jia-sci", 2024)[0]
    with Crawl(tmp_path, "990100") as crawl:
        entry = crawl.report(report)
        crawl.fetch(entry.url, outcome=Outcome.UNCHANGED)
    with Crawl(tmp_path, "990100", start=START + timedelta(days=400)) as crawl:
        crawl.report(report)
    build(tmp_path)
    with open_database(tmp_path) as opened:
        rows = opened.execute('SELECT outcome, count(DISTINCT report_id) FROM "fetch" GROUP BY 1 ORDER BY 1')
        assert rows.fetchall() == [("held", 1), ("unchanged", 1)]


def test_damaged_record_is_told_and_costs_no_other(tmp_path: Path) -> None:
    with Crawl(tmp_path, "990100") as crawl:
        entries = [crawl.report(report) for report in reports("jia-sci")]
    victim = entries[2]
    assert victim.warc is not None
    assert victim.offset is not None
    warc = tmp_path / "archive" / "warc" / victim.warc
    content = bytearray(warc.read_bytes())
    content[victim.offset + 200] ^= 0xFF
    warc.write_bytes(content)
    summary = build(tmp_path)
    assert (summary.damaged, summary.reports) == (1, len(entries) - 1)
    with open_database(tmp_path) as opened:
        rows = opened.execute("SELECT url, reason FROM \"fetch\" WHERE outcome = 'damaged'").fetchall()
    assert rows == [(victim.url, "damaged")]


def test_document_that_breaks_the_reader_is_told_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No document is known to do so; the fault is made here."""
    good, bad = reports("jia-sci", 2023, 2024)
    read = ReportReader.read

    def breaking(self: ReportReader, data: bytes, **told: str | None) -> Reading:
        if data == bad.html:
            raise RecursionError
        return read(self, data, **told)  # type: ignore[arg-type]

    monkeypatch.setattr(ReportReader, "read", breaking)
    with Crawl(tmp_path, "990100") as crawl:
        for report in (bad, good):
            crawl.sight(crawl.report(report).url, SCIENCE, report.publication.year)
    summary = build(tmp_path)
    assert (summary.crashed, summary.reports) == (1, 1)
    assert [(row.report_year, row.state, row.reason) for row in coverage(tmp_path)] == [
        (2023, "held", None),
        (2024, "unreadable", "reader_failed:RecursionError"),
    ]
