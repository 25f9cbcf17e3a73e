"""Reports under a name that several organs may share: none is lost to another, and no line is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive import Outcome
from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.lineage import lineage
from pipeline.tables.database import open_database
from tests.tables.making import Crawl, page_of

COUNTY = "县财政局"  # on the portal of 济宁市, which has several counties
UNKNOWN = "青溪县财政局"
YEARS = (2019, 2021, 2021, 2022)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    with Crawl(folder, "370800") as crawl:
        for number, year in enumerate(YEARS):
            page = page_of(COUNTY, year).replace("编制。", f"第{number}次编制。", 1)
            entry = crawl.fetch(f"{crawl.home}{number}.html", page)
            crawl.sight(entry.url, COUNTY, year)
        gone = f"{crawl.home}gone.html"
        crawl.sight(gone, COUNTY, 2020)
        crawl.fetch(gone, outcome=Outcome.NOT_FOUND)
        crawl.fetch(f"{crawl.home}named.html", page_of(UNKNOWN, 2021))
    build(folder)
    return folder


def asked(data: Path, query: str) -> list[tuple[object, ...]]:
    with open_database(data) as connection:
        return connection.execute(query).fetchall()


def test_no_report_is_a_version_of_another(data: Path) -> None:
    query = (
        f"SELECT report_year, organ_id, version, is_current FROM report WHERE organ = '{COUNTY}' ORDER BY 1"
    )
    assert asked(data, query) == [(year, None, 1, True) for year in YEARS]
    assert asked(data, f"FROM panel WHERE organ = '{COUNTY}'") == []
    assert asked(data, "SELECT reports FROM city_year WHERE report_year = 2021") == [(3,)]


def test_they_are_listed(data: Path) -> None:
    rows = asked(data, "SELECT doubt, organ_id IS NULL, organ, note FROM organ_uncertain ORDER BY ALL")
    assert rows == [("another_level", False, UNKNOWN, None), ("another_level", True, COUNTY, "济宁市")]
    assert asked(data, "SELECT DISTINCT organ_is_uncertain FROM quality") == [(True,)]


def test_each_is_held_and_what_is_announced_and_not_held_is_a_gap_of_its_own(data: Path) -> None:
    rows = [
        (row.report_year, row.state, row.reason, row.organ_id)
        for row in coverage(data)
        if row.organ == COUNTY
    ]
    held = [(year, "held", None, None) for year in YEARS]
    assert sorted(rows) == sorted([*held, (2020, "failed", "not_found", None)])


def test_a_figure_is_explained_by_its_report(data: Path) -> None:
    found = lineage(data, "http://370800.example/0.html", "requests/received/total")
    assert (found.report["organ"], found.report["report_year"]) == (COUNTY, 2019)
