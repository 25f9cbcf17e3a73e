"""Organs over time, from pages to tables: what is one organ, what is linked or listed, and where the panel breaks.

The organs and figures are invented; the divisions and what became of them are those of the registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from pipeline import build as building
from pipeline.coverage import coverage
from pipeline.lineage import lineage
from pipeline.organs import Registry, load_registry
from pipeline.organs.decisions import parse_decisions
from pipeline.tables.database import open_database
from tests.tables.making import Crawl, page_of
from tests.tables.organs import Page, line, links, made, organs

REFORM = "第十三届全国人民代表大会第一次会议《国务院机构改革方案》2018-03-17"
RENAMED: list[Page] = [("济宁市环境保护局", 2017), ("济宁市环保局", 2018), ("济宁市生态环境局", 2019)]
MERGED: list[Page] = [
    ("济宁市国土资源局", 2017),
    ("济宁市城乡规划局", 2018),
    ("济宁市自然资源和规划局", 2019),
]
TAKEN_IN: list[Page] = [
    *(("济宁市司法局", year) for year in (2017, 2018, 2019, 2020)),
    ("济宁市政府法制办", 2018),
]
UNCERTAIN: list[Page] = [
    ("济宁市经济和信息化委员会", 2017),
    ("济宁市工业和信息化局", 2019),
    ("济宁市旅游局", 2021),
    ("济宁市文化和旅游局", 2022),
    *(("济宁市卫生和计划生育局", year) for year in (2017, 2018)),
    *(("济宁市卫生健康局", year) for year in (2018, 2019)),
    ("济宁市教育局", 2020),
    ("济宁市教育委员会", 2020),
    ("济宁市物价局", 2018),
    *(("济宁市发展和改革委员会", year) for year in (2018, 2019)),
]
OWN = page_of("济宁市人民政府办公室", 2021)
AREA = OWN.replace("编制。", "汇总市政府各部门和各县区的年度报告编制。", 1)
MARKET: list[Page] = [
    ("济宁市工商行政管理局", 2016),
    *(("济宁市市场监督管理局", year) for year in (2015, 2017, 2018, 2019, 2020)),
]
JINING = [*RENAMED, *MERGED, *TAKEN_IN, *UNCERTAIN, *MARKET, ("济宁市人民政府", 2021)]


@pytest.fixture(scope="module")
def jining(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [page_of(*page) for page in JINING]
    return made(tmp_path_factory.mktemp("jining"), "370800", [*pages, OWN, AREA])


@pytest.fixture
def city(jining: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(jining) as opened:
        yield opened


def test_a_renamed_organ_is_one_and_its_line_goes_on(jining: Path, city: duckdb.DuckDBPyConnection) -> None:
    assert organs(city, "环境保护局", "生态环境局") == [("生态环境局", 2017, 2019)]
    names = city.execute(
        "SELECT n.name, n.first_year FROM organ_name AS n JOIN organ USING (organ_id) "
        "WHERE organ = '济宁市生态环境局' ORDER BY 2"
    )
    assert names.fetchall() == RENAMED
    assert links(city, "生态环境局") == [("环境保护局", "生态环境局", "renamed", 2019, 2019, None, True)]
    sources = city.execute("SELECT source FROM organ_link WHERE successor_name = '生态环境局'").fetchall()
    assert sources == [(REFORM,)]
    assert line(city, "济宁市生态环境局") == [
        (2017, False, 1, False),
        (2018, False, 1, True),
        (2019, False, 1, True),
    ]
    covered = [row for row in coverage(jining) if row.organ in {name for name, _ in RENAMED}]
    assert len({row.organ_id for row in covered}) == 1
    assert {row.report_year for row in covered if row.state == "held"} == {2017, 2018, 2019}


def test_a_figure_is_explained_by_any_name_of_its_organ(jining: Path) -> None:
    found = [lineage(jining, f"{name} 2017", "requests/received/total") for name, _ in RENAMED]
    assert len({one.report["report_id"] for one in found}) == 1
    assert found[0].report["organ"] == "济宁市环境保护局"


def test_merged_organs_are_three_and_linked(city: duckdb.DuckDBPyConnection) -> None:
    assert len(organs(city, "国土资源局", "城乡规划局", "自然资源和规划局")) == 3
    assert links(city, "自然资源和规划局") == [
        ("国土资源局", "自然资源和规划局", "merged", 2018, 2019, None, False),
        ("城乡规划局", "自然资源和规划局", "merged", 2019, 2019, None, False),
    ]


def test_an_organ_that_was_merged_is_expected_no_longer(jining: Path) -> None:
    """What may have been merged is."""
    expected = {
        organ: {row.report_year for row in coverage(jining) if row.organ == organ and row.report_year}
        for organ in ("济宁市政府法制办", "济宁市旅游局", "济宁市城乡规划局")
    }
    assert max(expected["济宁市政府法制办"]) == 2018
    assert max(expected["济宁市城乡规划局"]) == 2018
    assert max(expected["济宁市旅游局"]) > 2021


def test_the_line_of_an_organ_that_took_in_another_breaks_there(city: duckdb.DuckDBPyConnection) -> None:
    assert links(city, "司法局") == [("法制办公室", "司法局", "merged", 2019, 2019, None, False)]
    assert line(city, "济宁市司法局") == [
        (2017, False, 1, False),
        (2018, False, 1, True),
        (2019, True, 2, False),
        (2020, False, 2, True),
    ]


def test_the_line_breaks_too_where_an_organ_perhaps_took_in_another(city: duckdb.DuckDBPyConnection) -> None:
    assert line(city, "济宁市发展和改革委员会") == [(2018, False, 1, False), (2019, True, 2, False)]


def test_the_line_breaks_in_every_year_in_which_an_organ_perhaps_took_in_one_of_which_nothing_is_held(
    city: duckdb.DuckDBPyConnection,
) -> None:
    """Market regulation took in others one after another from 2014 to 2019; of them 工商 alone is held, in 2016."""
    assert line(city, "济宁市市场监督管理局") == [
        (2015, False, 1, False),
        (2017, True, 2, False),
        (2018, True, 3, False),
        (2019, True, 4, False),
        (2020, False, 4, True),
    ]
    rows = links(city, "市场监督管理局")
    assert rows == [
        ("工商和质量技术监督", "市场监督管理局", "merged", 2014, 2019, "not_held", None),
        ("工商行政管理局", "市场监督管理局", "merged", 2017, 2019, None, False),
        ("质量技术监督", "市场监督管理局", "merged", 2014, 2019, "not_held", None),
        ("食品药品监督管理", "市场监督管理局", "merged", 2014, 2019, "not_held", None),
    ]


def test_what_is_uncertain_stays_apart_and_is_listed(jining: Path, city: duckdb.DuckDBPyConnection) -> None:
    rows = [
        ("both_in_one_year", "济宁市卫生和计划生育局", "济宁市卫生健康局", "renamed", 2018),
        ("both_in_one_year", "济宁市教育委员会", "济宁市教育局", "renamed", 2020),
        ("reform_differs", "济宁市经济和信息化委员会", "济宁市工业和信息化局", "renamed", 2018),
        ("reform_differs", "济宁市物价局", "济宁市发展和改革委员会", "merged", 2019),
        ("after_reform", "济宁市旅游局", "济宁市文化和旅游局", "merged", 2022),
    ]
    listed = city.execute("SELECT doubt, organ, other, kind, report_year FROM organ_uncertain").fetchall()
    pairs = {(doubt, frozenset((organ, other))): (kind, year) for doubt, organ, other, kind, year in listed}
    assert pairs == {(doubt, frozenset((one, other))): (kind, year) for doubt, one, other, kind, year in rows}
    counts = city.execute("SELECT count(*), count_if(is_current) FROM report").fetchall()
    assert counts == [(len(JINING) + 2, len(JINING) + 2)]  # none is a version of another
    doubtful = {name for name, _ in UNCERTAIN}
    covered = [row for row in coverage(jining) if row.organ in doubtful and row.state == "held"]
    assert {(row.organ, row.report_year) for row in covered} == set(UNCERTAIN)


def test_a_build_says_how_many_organs_are_uncertain(tmp_path: Path) -> None:
    with Crawl(tmp_path, "370800") as crawl:
        for number, page in enumerate(UNCERTAIN[:2]):
            crawl.fetch(f"{crawl.home}{number}.html", page_of(*page))
    built = CliRunner().invoke(app, ["build", "--data", str(tmp_path), "--workers", "1"])
    assert (built.exit_code, "1 pairs of organs may be one" in built.stderr) == (0, True)


def test_the_report_of_a_government_is_not_that_of_its_office(city: duckdb.DuckDBPyConnection) -> None:
    """Nor is the roll-up of the area a version of the office's own report."""
    assert AREA != OWN
    rows = city.execute(
        "SELECT canonical_name, kind, scope::VARCHAR, version, is_current FROM report "
        "JOIN organ USING (organ_id) WHERE kind IN ('government', 'government_office') ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("人民政府", "government", None, 1, True),
        ("人民政府办公室", "government_office", "area", 1, True),
        ("人民政府办公室", "government_office", None, 1, True),
    ]
    counted = city.execute("SELECT reports, area_reports FROM city_year WHERE report_year = 2021").fetchall()
    assert counted == [(3, 1)]


def test_a_build_says_which_names_of_a_decision_nothing_held_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not where nothing of the division is held, as here of 济南市."""
    known = load_registry()
    same = [
        {"division": "370800", "names": ["教育局", "教育和体育局"], "source": "x"},
        {"division": "370100", "names": ["教育局", "教体局"], "source": "x"},
    ]
    decided = Registry(known.vocabulary, known.reforms, parse_decisions({"same": same}))
    monkeypatch.setattr(building, "load_registry", lambda: decided)
    with Crawl(tmp_path, "370800") as crawl:
        crawl.fetch(f"{crawl.home}1.html", page_of("济宁市教育局", 2020))
    built = CliRunner().invoke(app, ["build", "--data", str(tmp_path), "--workers", "1"])
    assert built.exit_code == 0
    assert "organs.toml, same of 370800: no report is of 教育和体育局." in built.stderr
    assert "370100" not in built.stderr
