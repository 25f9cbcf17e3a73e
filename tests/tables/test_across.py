"""The checks between reports, on small tables whose findings are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from pipeline.build import build
from pipeline.forms import load_forms
from pipeline.tables import across
from pipeline.tables.across import across_findings, load_across_years
from pipeline.tables.database import open_database
from pipeline.tables.holding import DIVISION
from pipeline.tables.identity import ORGAN, ORGAN_LINK
from pipeline.tables.parquet import TableWriter
from tests.tables.making import Crawl, reports

CHECKS = load_across_years(load_forms())
IN, OUT = "requests/carried_in/total", "requests/carried_out/total"
MERGED = dict.fromkeys(column.name for column in ORGAN_LINK.columns) | {
    "organ_id": "z",
    "name": "z",
    "successor_id": "a",
    "successor_name": "a",
    "kind": "merged",
    "source": "a test",
    "is_certain": True,
}
Figures = Mapping[str, int | str | None]
Report = tuple[str, int, Figures]


def findings(folder: Path, *given: Report, **more: object) -> set[tuple[object, ...]]:
    """What is found between reports of (organ, year, figures); the id of a report is its organ and year.

    Organs are all of one city. A report named in `area` is the roll-up of an area, one in `doubtful` was read with
    doubt. A figure of None is a cell without a number.
    """
    rows = [
        {
            "report_id": f"{organ}{year}",
            "organ_id": organ,
            "division_code": "990100",
            "province": "样例省",
            "city": "样例甲市",
            "report_year": year,
            "scope": "area" if f"{organ}{year}" in str(more.get("area")) else "own",
            "is_current": f"{organ}{year}" not in str(more.get("old")),
            "url": f"http://a/{organ}{year}",
            "page_url": None,
            "carrier_url": None,
            "media_type": "text/html",
            "figure_count": 1,
            "failed_checks": 1,
            "failed_by_source": int(f"{organ}{year}" not in str(more.get("doubtful"))),
        }
        for organ, year, _ in given
    ]
    figures = [
        {
            "report_id": f"{organ}{year}",
            "cell": cell,
            "measure": cell.rpartition("/")[2],
            "value": None if value is None else Decimal(value).quantize(Decimal("0.0001")),
        }
        for organ, year, cells in given
        for cell, value in cells.items()
    ]
    pq.write_table(pa.Table.from_pylist(rows), folder / "report.parquet")
    for table in (ORGAN, ORGAN_LINK, DIVISION):
        with TableWriter(table, folder) as writer:
            if table is ORGAN_LINK and (year := more.get("merged")):
                writer.add({**MERGED, "report_year": year})
    kinds = {
        "report_id": pa.string(),
        "cell": pa.string(),
        "measure": pa.string(),
        "value": pa.decimal128(18, 4),
    }
    pq.write_table(pa.Table.from_pylist(figures, pa.schema(kinds.items())), folder / "figure.parquet")
    batches = across_findings(folder, CHECKS, folder / "across.parquet")
    found = [row for batch in batches for row in batch.to_pylist()]
    names = (
        "report_id",
        "check_id",
        "at",
        "verdict",
        "left_value",
        "right_value",
        "cause",
        "other_report_id",
    )
    return {tuple(row[name] for name in names) for row in found}


def test_what_is_carried_out_is_carried_in_the_year_after(tmp_path: Path) -> None:
    found = findings(
        tmp_path, ("a", 2021, {OUT: 3}), ("a", 2022, {IN: 3, OUT: 1}), ("a", 2023, {IN: 2, OUT: None})
    )
    at = "requests/*/total"
    assert found == {
        ("a2022", "carry_over", at, "pass", Decimal(3), Decimal(3), None, "a2021"),
        ("a2023", "carry_over", at, "fail", Decimal(2), Decimal(1), "source", "a2022"),
    }


def test_a_cell_without_a_number_cannot_be_checked(tmp_path: Path) -> None:
    found = findings(tmp_path, ("a", 2021, {OUT: None}), ("a", 2022, {IN: 0}))
    assert found == {
        ("a2022", "carry_over", "requests/*/total", "unassessable", Decimal(0), None, None, "a2021")
    }


def test_a_cell_that_is_not_there_gives_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path, ("a", 2021, {IN: 1}), ("a", 2022, {IN: 0, OUT: 4})) == set()


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ([("a", 2021, {OUT: 3}), ("a", 2023, {IN: 1})], {}),
        ([("a", 2021, {OUT: 3}), ("b", 2022, {IN: 1})], {}),
        ([("a", 2021, {OUT: 3}), ("a", 2022, {IN: 1})], {"area": "a2021"}),
        ([("a", 2021, {OUT: 3}), ("a", 2022, {IN: 1})], {"old": "a2021"}),
        ([("a", 2021, {OUT: 3}), ("a", 2022, {IN: 1})], {"merged": 2022}),
    ],
    ids=["a year between", "another organ", "a roll-up", "an older version", "a merger between"],
)
def test_only_current_reports_of_one_organ_and_scope_in_years_that_follow_are_compared(
    tmp_path: Path, given: list[Report], more: dict[str, object]
) -> None:
    assert findings(tmp_path, *given, **more) == set()


def test_a_fail_that_a_doubtful_reading_may_have_made_is_no_fault_of_the_source(tmp_path: Path) -> None:
    found = findings(tmp_path, ("a", 2021, {OUT: 3}), ("a", 2022, {IN: 1}), doubtful="a2021")
    assert {(row[3], row[6]) for row in found} == {("fail", "reading")}


def test_stocks_grow_by_what_is_issued_and_shrink_by_what_is_repealed(tmp_path: Path) -> None:
    stock, issued, repealed = (f"proactive/rules/{name}" for name in ("in_force", "issued", "repealed"))
    found = findings(
        tmp_path,
        ("a", 2021, {stock: 20, issued: 9, repealed: 9}),
        ("a", 2022, {stock: 22, issued: 5, repealed: 3}),
        ("a", 2023, {stock: 22, issued: 1, repealed: 0}),
    )
    assert found == {
        ("a2022", "stock_of_documents", "proactive/rules", "pass", Decimal(22), Decimal(22), None, "a2021"),
        (
            "a2023",
            "stock_of_documents",
            "proactive/rules",
            "fail",
            Decimal(22),
            Decimal(23),
            "source",
            "a2022",
        ),
    }


def test_items_change_by_what_the_year_before_said(tmp_path: Path) -> None:
    cells = [f"proactive/penalties/{name}" for name in ("items_previous", "items_change", "decisions")]
    found = findings(
        tmp_path,
        ("a", 2019, dict(zip(cells, (40, -2, 7), strict=True))),
        ("a", 2020, dict(zip(cells, (38, 0, 9), strict=True))),
    )
    assert found == {
        ("a2020", "item_stock", "proactive/penalties", "pass", Decimal(38), Decimal(38), None, "a2019")
    }


def test_decisions_filed_as_items_are_told_where_the_numbers_are_large(tmp_path: Path) -> None:
    rows = {"licensing": (421, 1423, 1844), "penalties": (4, 1, 5), "coercion": (400, 0, 399)}
    cells = {
        f"proactive/{row}/{measure}": value
        for row, values in rows.items()
        for measure, value in zip(("items_previous", "items_change", "decisions"), values, strict=True)
    }
    assert findings(tmp_path, ("a", 2019, cells)) == {
        (
            "a2019",
            "misfiled_items",
            "proactive/licensing",
            "fail",
            Decimal(1844),
            Decimal(1844),
            "source",
            None,
        )
    }


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("1063600", "106.36", "fail"),
        ("106.36", "1063600", "fail"),
        ("50000", "900000", "pass"),
        ("0", "5", None),
    ],
)
def test_money_that_changes_a_thousandfold_is_told(
    tmp_path: Path, before: str, after: str, verdict: str | None
) -> None:
    cell = "proactive/fees/amount_yuan"
    found = findings(tmp_path, ("a", 2021, {cell: before}), ("a", 2022, {cell: after}))
    assert {(row[1], row[3]) for row in found} == ({("magnitude", verdict)} if verdict else set())


TELLING: Figures = {
    "proactive/licensing/decisions": 214,
    "proactive/penalties/decisions": 37,
    "requests/received/total": 12,
    "requests/received/business": 0,
}


def test_the_same_figures_in_two_years_and_of_two_organs_are_told(tmp_path: Path) -> None:
    stock = "proactive/normative_documents/in_force"
    found = findings(
        tmp_path,
        ("a", 2021, {**TELLING, stock: 20}),
        ("a", 2022, {**TELLING, stock: 21}),
        ("b", 2022, TELLING),
        ("c", 2022, {**TELLING, "requests/received/total": 13}),
    )
    assert found == {
        ("a2022", "copied_report", "report", "fail", Decimal(3), Decimal(3), "source", "a2021"),
        ("a2022", "copied_from_other", "report", "fail", Decimal(3), Decimal(3), "source", "b2022"),
        ("b2022", "copied_from_other", "report", "fail", Decimal(3), Decimal(3), "source", "a2022"),
    }


def test_each_of_several_equal_reports_names_the_first_that_is_another_organs(tmp_path: Path) -> None:
    given = [(organ, year, TELLING) for organ, year in (("a", 2022), ("b", 2022), ("c", 2022), ("c", 2023))]
    found = {(row[0], row[-1]) for row in findings(tmp_path, *given) if row[1] == "copied_from_other"}
    assert found == {("a2022", "b2022"), ("b2022", "a2022"), ("c2022", "a2022")}


def test_small_reports_may_agree_by_chance(tmp_path: Path) -> None:
    """One request, and the same number of decisions twice: two years of a small bureau may well look alike."""
    small: Figures = {
        "requests/received/total": 1,
        "requests/granted/total": 1,
        "proactive/licensing/decisions": 12,
    }
    assert findings(tmp_path, ("a", 2021, small), ("a", 2022, small), ("b", 2022, small)) == set()


def test_the_sample_prints_one_amount_without_its_unit(tmp_path: Path) -> None:
    """26.33万元 in 2019, 85.2 without a unit in 2020, 533.74万元 in 2022; requests are carried over as they should."""
    with Crawl(tmp_path, "990300") as crawl:
        for report in reports("bing-health"):
            crawl.report(report)
    build(tmp_path)
    with open_database(tmp_path) as connection:
        failed = connection.execute(
            """SELECT r.report_year, f.check_id, f."at", f.left_value, f.right_value, other.report_year
            FROM finding AS f JOIN report AS r USING (report_id)
            JOIN report AS other ON other.report_id = f.other_report_id WHERE f.verdict = 'fail'"""
        ).fetchall()
        carried = connection.execute(
            "SELECT DISTINCT verdict FROM finding WHERE check_id = 'carry_over' AND \"at\" = 'requests/*/total'"
        ).fetchall()
    assert failed == [
        (2020, "magnitude", "proactive/procurement/amount_yuan", Decimal("85.2"), Decimal(263300), 2019)
    ]
    assert carried == [("pass",)]


def test_every_report_is_compared_with_no_more_than_its_neighbours(tmp_path: Path) -> None:
    """Where pairs and figures are joined by all combinations, a country takes for ever, and the engine gives up."""
    terms = {term.cell: 10 for term in CHECKS.terms}
    findings(tmp_path, *((f"{organ:03}", year, terms) for organ in range(300) for year in (2021, 2022, 2023)))
    target = tmp_path / "again.parquet"
    with duckdb.connect() as connection:
        for step in across.across_steps(tmp_path, CHECKS, target):
            for given in step.given or ({},):
                connection.execute(step.statement, given)
        assert pq.read_metadata(target).num_rows > 600
        told = connection.execute("EXPLAIN " + across._IDENTITIES).fetchall()
    assert "Hash Join" in told[0][1]
    assert "Cross Product" not in told[0][1]
