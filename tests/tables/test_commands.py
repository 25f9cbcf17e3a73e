"""The commands: data on stdout, messages on stderr, exit codes as documented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import typer
from typer.testing import CliRunner, Result

from gongkai.commands.build import build
from gongkai.commands.coverage import coverage
from gongkai.commands.query import query
from pipeline.problem import InputProblem, Problem
from pipeline.tables.database import DATABASE
from tests.tables.making import START, Crawl, reports


def run(command: Callable[..., None], *given: str, data: Path) -> Result:
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [*given, "--data", str(data)])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with Crawl(folder, "990100") as crawl:
        for report in reports("jia-sci", 2019, 2020):
            crawl.report(report)
    result = run(build, data=folder)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{folder / DATABASE}\n"
    assert "2 reports (2 current)" in result.stderr
    return folder


def test_query_prints_the_table(data: Path) -> None:
    result = run(query, "SELECT organ, report_year FROM report ORDER BY report_year", data=data)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["organ", "report_year"]
    assert [line.split() for line in lines[2:]] == [
        ["样例甲市科学技术局", "2019"],
        ["样例甲市科学技术局", "2020"],
    ]


def test_query_prints_exact_json_and_csv(data: Path) -> None:
    sql = "SELECT 0.1::DECIMAL(18,4) AS a, 12345678901234567890.5 AS b, NULL AS c"
    assert run(query, sql, "--format", "json", data=data).stdout == (
        '[\n{"a": 0.1, "b": 12345678901234567890.5, "c": null}\n]\n'
    )
    assert run(query, sql, "--format", "csv", data=data).stdout == "a,b,c\n0.1,12345678901234567890.5,\n"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM nothing", "nothing does not exist"),
        ("SELECT 'x'::INTEGER", "Could not convert"),
        ("CREATE TABLE t (a INTEGER)", "read-only"),
        ("DELETE FROM report", "read-only"),
        ("", "empty"),
        ("SELECT outcome FROM fetch", 'write "fetch"'),
        ("SELECT at FROM finding", 'write "at"'),
        ("SELECT * FROM 'https://127.0.0.1:9/a.parquet'", "httpfs"),
    ],
)
def test_wrong_query_is_told_and_changes_nothing(data: Path, sql: str, told: str) -> None:
    before = (data / DATABASE).read_bytes()
    result = run(query, sql, data=data)
    assert isinstance(result.exception, InputProblem)
    assert told in str(result.exception)
    assert result.stdout == ""
    assert (data / DATABASE).read_bytes() == before


def test_query_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    result = run(query, "SELECT 1", data=tmp_path)
    assert isinstance(result.exception, Problem)
    assert f"gongkai build --data {tmp_path}" in str(result.exception)
    assert not (tmp_path / DATABASE).exists()


@pytest.mark.parametrize("version", ["0", "999", None])
def test_database_of_another_schema_is_to_be_built_again(tmp_path: Path, version: str | None) -> None:
    with duckdb.connect(tmp_path / DATABASE) as old:
        if version is not None:
            old.execute("CREATE TABLE about (key VARCHAR, value VARCHAR)")
            old.execute("INSERT INTO about VALUES ('schema_version', ?)", [version])
    for command, given in ((query, ["SELECT 1"]), (coverage, [])):
        result = run(command, *given, data=tmp_path)
        assert isinstance(result.exception, Problem)
        assert not isinstance(result.exception, InputProblem)
        assert "Run: gongkai build" in str(result.exception)


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 1000)
    result = run(query, "SELECT 1", data=tmp_path)
    assert isinstance(result.exception, Problem)
    assert "cannot be opened" in str(result.exception)


def test_database_newer_than_the_archive_folder_is_enough(data: Path, tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes((data / DATABASE).read_bytes())
    assert run(coverage, data=tmp_path).exit_code == 0


def test_coverage_ends_with_one_where_something_is_unexplained(data: Path, tmp_path: Path) -> None:
    assert run(coverage, data=data).exit_code == 0
    with Crawl(tmp_path, "990100", years=[2020]) as crawl:
        crawl.sight(crawl.home + "never.html", "样例甲市教育局", 2020)
        crawl.fetch(crawl.home, "<html><body>公开</body></html>", kind="page")
    run(build, data=tmp_path)
    result = run(coverage, "--format", "json", data=tmp_path)
    assert result.exit_code == 1
    assert [(row["organ"], row["reason"]) for row in json.loads(result.stdout)] == [
        ("样例甲市教育局", "unexplained")
    ]
    assert "0 of 1 expected are held, 1 unexplained" in result.stderr


def test_coverage_ends_with_one_where_the_archive_has_grown(tmp_path: Path) -> None:
    first, second = reports("jia-sci", 2019, 2020)
    with Crawl(tmp_path, "990100") as crawl:
        crawl.report(first)
    run(build, data=tmp_path)
    with Crawl(tmp_path, "990100", start=START) as crawl:
        crawl.report(second)
    result = run(coverage, data=tmp_path)
    assert result.exit_code == 1
    assert "1 fetches came after the last build" in result.stderr


def test_build_ends_with_one_where_a_document_is_damaged(tmp_path: Path) -> None:
    with Crawl(tmp_path, "990100") as crawl:
        entry = crawl.report(reports("jia-sci", 2019)[0])
    assert entry.warc is not None
    assert entry.length is not None
    warc = tmp_path / "archive" / "warc" / entry.warc
    warc.write_bytes(warc.read_bytes()[: entry.length // 2])
    result = run(build, data=tmp_path)
    assert result.exit_code == 1
    assert "1 documents are damaged" in result.stderr
