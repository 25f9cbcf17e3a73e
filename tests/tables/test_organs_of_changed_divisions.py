"""Organs whose division was merged, parted or got another code, from pages to tables.

The organs and figures are invented; the divisions and what became of them are those of the registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.tables.database import open_database
from tests.tables.making import page_of
from tests.tables.organs import Page, line, links, made, organs

LAIWU: list[Page] = [
    ("莱芜市教育局", 2017),
    ("莱城区教育局", 2017),
    ("莱芜区教育局", 2019),
    *(("济南市教育局", year) for year in (2017, 2018, 2019, 2020)),
    *(("济南市审计局", year) for year in (2018, 2019)),
]
PARTED: list[Page] = [("贵阳市乌当区教育局", year) for year in (2010, 2011, 2012)]
ZHANGQIU: list[Page] = [("章丘市水务局", 2014), ("章丘区水务局", 2017), ("章丘区城乡水务局", 2018)]


@pytest.fixture(scope="module")
def jinan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(
        tmp_path_factory.mktemp("jinan"), "370100", [page_of(*page) for page in (*LAIWU, *ZHANGQIU, *PARTED)]
    )


@pytest.fixture
def merged_city(jinan: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(jinan) as opened:
        yield opened


def test_the_organs_of_a_city_that_was_merged_end_and_those_of_the_other_break(
    merged_city: duckdb.DuckDBPyConnection,
) -> None:
    """莱芜市 went into 济南市 in 2019, its 莱城区 on as 莱芜区."""
    asked = "SELECT organ, first_year, last_year FROM organ WHERE canonical_name = '教育局' "
    asked += "AND province = '山东省' ORDER BY ALL"
    assert merged_city.execute(asked).fetchall() == [
        ("济南市教育局", 2017, 2020),
        ("莱芜区教育局", 2017, 2019),
        ("莱芜市教育局", 2017, 2017),
    ]
    rows = merged_city.execute(
        "SELECT a.organ, b.organ, l.kind::VARCHAR, l.report_year, source FROM organ_link AS l "
        "JOIN organ AS a USING (organ_id) JOIN organ AS b ON b.organ_id = successor_id "
        "WHERE l.name = '教育局' ORDER BY ALL"
    ).fetchall()
    moved, ended = "registry of divisions: 371202 to 370116", "registry of divisions: end of 莱芜市"
    document = "国函〔2018〕163号"
    assert rows == [
        ("莱芜区教育局", "莱芜区教育局", "moved", 2019, f"{moved} {document}"),
        ("莱芜市教育局", "济南市教育局", "merged", 2019, f"{ended} {document}"),
    ]
    assert line(merged_city, "济南市教育局") == [
        (2017, False, 1, False),
        (2018, False, 1, True),
        (2019, True, 2, False),
        (2020, False, 2, True),
    ]
    assert line(merged_city, "莱芜区教育局") == [(2017, False, 1, False), (2019, False, 1, False)]


def test_the_line_breaks_where_the_division_grew_though_nothing_is_held_of_the_other(
    merged_city: duckdb.DuckDBPyConnection,
) -> None:
    assert line(merged_city, "济南市审计局") == [(2018, False, 1, False), (2019, True, 2, False)]


def test_the_line_breaks_where_the_division_gave_up_a_part(merged_city: duckdb.DuckDBPyConnection) -> None:
    """观山湖区 was made of parts of 乌当区 and 清镇市 in 2012."""
    assert line(merged_city, "贵阳市乌当区教育局") == [
        (2010, False, 1, False),
        (2011, False, 1, True),
        (2012, True, 2, False),
    ]


def test_a_county_that_became_a_district_keeps_its_organs(merged_city: duckdb.DuckDBPyConnection) -> None:
    found = merged_city.execute(
        "SELECT division_code, county, report_year FROM report WHERE county LIKE '章丘%' ORDER BY report_year"
    ).fetchall()
    assert found == [("370181", "章丘市", 2014), ("370114", "章丘区", 2017), ("370114", "章丘区", 2018)]
    assert organs(merged_city, "水务局", "城乡水务局") == [("城乡水务局", 2018, 2018), ("水务局", 2014, 2017)]
    assert links(merged_city, "水务局") == [("水务局", "水务局", "moved", 2016, 2016, None, True)]
