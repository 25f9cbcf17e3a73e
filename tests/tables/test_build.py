"""From real archives to tables: nothing lost, nothing changed, the last good tables never harmed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.archive import Archive, Outcome
from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.problem import Problem
from pipeline.report import Reading, ReportReader
from pipeline.tables.database import DATABASE, open_database
from tests.tables.making import START, Crawl, reports, tables_of

ROOT = Path(__file__).resolve().parents[2]
SCIENCE = "样例甲市科学技术局"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of one organ, among what else a crawl and an import bring."""
    folder = tmp_path_factory.mktemp("data")
    with Crawl(folder, "990100") as crawl:
        crawl.fetch(crawl.home, "<html><body><a href='/list/'>公开</a></body></html>", kind="page")
        for report in reports("jia-sci"):
            crawl.report(report)
            crawl.sight(crawl.home.rstrip("/") + report.path, SCIENCE, report.publication.year)
        first = reports("jia-sci", 2019)[0]
        crawl.report(first, crawl.home + "again.html")
        crawl.fetch(
            crawl.home + "notice.html", "<html><head><title>通知</title></head><body>无</body></html>"
        )
        crawl.fetch(crawl.home + "gone.html", outcome=Outcome.NOT_FOUND)
    with Archive.open(folder / "archive") as archive:
        archive.store_resource("file:///a/report.html", first.html, "text/html", START, name="a/report.html")
        archive.store_resource(
            "file:///a/x.bin", bytes(range(256)), "application/octet-stream", START, name="a/x.bin"
        )
    build(folder)
    return folder


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
    subprocess.run([sys.executable, "-c", _BUILD, str(tmp_path)], cwd=ROOT, check=True, env=environment)
    assert tables_of(tmp_path) == tables_of(data)
    assert len(tables_of(data)) == 10


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
        subprocess.run([sys.executable, "-c", _BUILD, str(tmp_path)], cwd=ROOT, check=True)
        assert old.execute("SELECT report_year FROM report").fetchall() == [(2023,)]
    with open_database(tmp_path) as new:
        assert new.execute("SELECT count(*) FROM report").fetchone() == (2,)


_BUILD = "import sys; from pathlib import Path; from pipeline.build import build; build(Path(sys.argv[1]))"
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


@pytest.mark.parametrize("step", ["reading", "database", "made"])
def test_killed_build_leaves_the_last_good_tables(tmp_path: Path, step: str) -> None:
    first, second = reports("jia-sci", 2023, 2024)
    with Crawl(tmp_path, "990100") as crawl:
        crawl.report(first)
    build(tmp_path)
    before = {**tables_of(tmp_path), DATABASE: (tmp_path / DATABASE).read_bytes()}
    with Crawl(tmp_path, "990100", start=START + timedelta(days=1)) as crawl:
        crawl.report(second)
        crawl.report(second, crawl.home + "again.html")
    killed = subprocess.run([sys.executable, "-c", _KILLED, step, str(tmp_path)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert {**tables_of(tmp_path), DATABASE: (tmp_path / DATABASE).read_bytes()} == before
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
