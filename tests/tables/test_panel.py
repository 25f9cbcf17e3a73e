"""The panel against what the sample pages print: values, grades, breaks, and where nothing is joined."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from pipeline.build import build
from pipeline.tables.database import open_database
from tests.tables.making import Crawl, reports

ORGAN = "样例丙市卫生健康委员会"  # prints the tables of 2019 in 2019, 2020 and again in 2022
FIRST = (None, False, 1, None)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("panel")
    with Crawl(data, "990300") as crawl:
        for report in reports("bing-health"):
            crawl.report(report)
        for report in reports("bing-sci", 2021, 2023):
            crawl.report(report)
    build(data)
    with open_database(data) as opened:
        yield opened


def rows(connection: duckdb.DuckDBPyConnection, series: str, columns: str) -> dict[int, tuple[object, ...]]:
    found = connection.execute(
        f"SELECT report_year, {columns} FROM series(?) WHERE organ = ? ORDER BY ALL", [series, ORGAN]
    ).fetchall()
    return {year: tuple(rest) for year, *rest in found}


def test_a_quantity_that_kept_its_meaning_is_one_line(connection: duckdb.DuckDBPyConnection) -> None:
    assert rows(connection, "requests_received", "value, form, grade, form_break, segment, change") == {
        2019: (Decimal(4), "2019", *FIRST),
        2020: (Decimal(4), "2019", "A", False, 1, Decimal(0)),
        2021: (Decimal(5), "2021", "A", False, 1, Decimal(1)),
        2022: (Decimal(7), "2019", "A", False, 1, Decimal(2)),
        2023: (Decimal(6), "2021", "A", False, 1, Decimal(-1)),
        2024: (Decimal(6), "2021", "A", False, 1, Decimal(0)),
    }


def test_the_break_is_where_the_organ_changes_its_form_and_nothing_is_joined_over_grade_c(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """对外公开总数量 is 20, 21 and 25, 现行有效件数 is 22 three times: a difference between them means nothing."""
    found = rows(connection, "normative_documents_stock", "value, form, grade, form_break, segment, change")
    assert found == {
        2019: (Decimal(20), "2019", *FIRST),
        2020: (Decimal(21), "2019", "A", False, 1, Decimal(1)),
        2021: (Decimal(22), "2021", "C", True, 2, None),
        2022: (Decimal(25), "2019", "C", True, 3, None),
        2023: (Decimal(22), "2021", "C", True, 4, None),
        2024: (Decimal(22), "2021", "A", False, 4, Decimal(0)),
    }


def test_money_without_a_unit_is_not_compared_with_yuan(connection: duckdb.DuckDBPyConnection) -> None:
    """26.33万元, 85.2 without a unit, 533.74万元, and a form between that does not ask."""
    found = rows(connection, "procurement_amount", "value, unit, unit_break, years_missing, change")
    assert found == {
        2019: (Decimal(263300), "元", False, None, None),
        2020: (Decimal("85.2"), None, True, 0, None),
        2022: (Decimal(5337400), "元", True, 1, None),
    }


def test_fees_of_two_kinds_are_two_series(connection: duckdb.DuckDBPyConnection) -> None:
    income = rows(connection, "fee_income", "value, unit, change")
    assert income == {
        2021: (Decimal(824500), "元", None),
        2023: (Decimal(846300), "元", None),
        2024: (Decimal(568200), "元", Decimal(-278100)),
    }
    assert {value for (value,) in rows(connection, "fee_items_previous", "value").values()} == {Decimal(3)}


def test_a_sum_names_its_cells_and_is_of_one_form(connection: duckdb.DuckDBPyConnection) -> None:
    found = rows(connection, "other_outcome", "value, form, cells")
    assert found[2022] == (Decimal(0), "2019", "requests/other/total")
    assert found[2023] == (
        Decimal(0),
        "2021",
        "requests/other.uncorrected/total + requests/other.unpaid/total + requests/other.other/total",
    )


def test_a_year_without_a_report_is_told_and_not_bridged(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "SELECT report_year, years_missing, change FROM series('requests_received') "
        "WHERE organ = '样例丙市科学技术局' ORDER BY report_year"
    ).fetchall()
    assert found == [(2021, None, None), (2023, 1, None)]


def test_every_series_has_its_cells_in_the_codebook(connection: duckdb.DuckDBPyConnection) -> None:
    lost = connection.execute(
        "SELECT cell FROM series_cell ANTI JOIN (SELECT form, part || '/' || item || '/' || measure AS cell "
        "FROM indicator) USING (form, cell)"
    ).fetchall()
    assert lost == []
    assert (
        connection.execute("FROM (SELECT series FROM panel) ANTI JOIN series USING (series)").fetchall() == []
    )


def test_the_panel_has_one_row_an_organ_year_and_series(connection: duckdb.DuckDBPyConnection) -> None:
    doubles = "SELECT organ_id, report_year, series FROM panel GROUP BY ALL HAVING count(*) > 1"
    assert connection.execute(doubles).fetchall() == []


def test_only_reported_cells_make_a_value(connection: duckdb.DuckDBPyConnection) -> None:
    """Every value is the sum of figures that are numbers; where one of them is not, there is none."""
    wrong = connection.execute(
        """SELECT p.report_id, p.series FROM panel AS p
        JOIN series_cell AS s ON s.series = p.series AND s.form = p.form
        LEFT JOIN figure AS f ON f.report_id = p.report_id AND f.cell = s.cell
        GROUP BY p.report_id, p.series, p.value, p.status
        HAVING (p.value IS NULL) <> bool_or(f.status IS DISTINCT FROM 'reported')
          OR p.value IS DISTINCT FROM CASE WHEN bool_and(f.status = 'reported') THEN sum(f.value) END
          OR (p.status = 'reported') <> (p.value IS NOT NULL)"""
    ).fetchall()
    assert wrong == []
