"""gongkai coverage: rows by portal, organ and year, counted and chosen, in forms that stay as they are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from gongkai.commands.coverage import coverage
from pipeline.archive import Outcome
from pipeline.build import build
from tests.tables.making import SPRING_2023, Crawl, reports
from tests.tables.test_commands import run

SCIENCE = "样例甲市科学技术局"
COLUMNS = [
    "portal_code", "organ_id", "organ", "report_year", "state", "reason", "report_id", "url", "announced_as",
    "figure_count",
]  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One portal with two reports held, one lost and one never announced, and one that blocks."""
    folder = tmp_path_factory.mktemp("data")
    with Crawl(folder, "990100", years=[2019, 2020, 2021, 2022], start=SPRING_2023) as crawl:
        crawl.fetch(crawl.home, "<html><body>公开</body></html>", kind="page")
        for report in reports("jia-sci", 2019, 2020):
            crawl.sight(crawl.report(report).url, SCIENCE, report.publication.year)
        crawl.sight(crawl.fetch(crawl.home + "gone.html", outcome=Outcome.NOT_FOUND).url, SCIENCE, 2021)
    with Crawl(folder, "990200", years=[2022], start=SPRING_2023) as crawl:
        crawl.fetch(crawl.home, outcome=Outcome.BLOCKED, kind="page")
    build(folder)
    return folder


def rows(data: Path, *options: str) -> list[dict[str, object]]:
    result = run(coverage, "--format", "json", *options, data=data)
    assert result.exit_code == 0, result.output
    read = json.loads(result.stdout)
    assert isinstance(read, list)
    return read


def told(data: Path, *options: str) -> list[tuple[object, ...]]:
    return [
        (row["portal_code"], row["report_year"], row["state"], row["reason"]) for row in rows(data, *options)
    ]


def test_rows_are_in_the_order_of_portal_organ_and_year(data: Path) -> None:
    assert told(data) == [
        ("990100", 2019, "held", None),
        ("990100", 2020, "held", None),
        ("990100", 2021, "failed", "not_found"),
        ("990100", 2022, "missing", "not_announced"),
        ("990200", 2022, "failed", "blocked"),
    ]
    assert list(rows(data)[0]) == COLUMNS


def test_csv_has_the_columns_of_the_table(data: Path) -> None:
    result = run(coverage, "--format", "csv", data=data)
    read = list(csv.reader(result.stdout.splitlines()))
    assert read[0] == COLUMNS
    assert [(row[0], row[3], row[4]) for row in read[1:3]] == [
        ("990100", "2019", "held"),
        ("990100", "2020", "held"),
    ]


def test_rows_are_chosen_by_portal_year_and_what_is_missing(data: Path) -> None:
    assert [row[1] for row in told(data, "--portal", "990100", "--missing")] == [2021, 2022]
    assert [row[0] for row in told(data, "--year", "2022")] == ["990100", "990200"]
    assert told(data, "--portal", "990300") == []


@pytest.mark.parametrize(
    ("by", "column", "counted"),
    [
        ("portal", "portal_code", [("990100", 4, 2, 1, 1, 1), ("990200", 1, 0, 0, 1, 1)]),
        (
            "year",
            "report_year",
            [(2019, 1, 1, 0, 0, 1), (2020, 1, 1, 0, 0, 1), (2021, 1, 0, 0, 1, 1), (2022, 2, 0, 1, 1, 2)],
        ),
        (
            "reason",
            "reason",
            [
                (None, 2, 2, 0, 0, 1),
                ("blocked", 1, 0, 0, 1, 1),
                ("not_announced", 1, 0, 1, 0, 1),
                ("not_found", 1, 0, 0, 1, 1),
            ],
        ),
    ],
)
def test_rows_are_counted(data: Path, by: str, column: str, counted: list[tuple[object, ...]]) -> None:
    names = (column, "expected", "held", "missing", "failed", "portals")
    assert [tuple(row[name] for name in names) for row in rows(data, "--by", by)] == counted


def test_portals_that_were_never_crawled_are_named_and_open(data: Path, tmp_path: Path) -> None:
    listed = tmp_path / "portals.csv"
    listed.write_text(
        "code,name,home\n990100,甲,http://127.0.0.2/\n990300,丙,http://127.0.0.4/\n", encoding="utf-8"
    )
    result = run(coverage, "--portals", str(listed), "--format", "json", data=data)
    assert result.exit_code == 1
    assert [
        (row["portal_code"], row["state"])
        for row in json.loads(result.stdout)
        if row["reason"] == "never_crawled"
    ] == [("990300", "missing")]
    assert "1 unexplained" in result.stderr
    assert run(coverage, "--portals", str(listed), "--portal", "990100", data=data).exit_code == 0
