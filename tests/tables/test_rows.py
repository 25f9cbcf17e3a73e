"""Numbers reach the tables exactly, or not as numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Entry, Outcome
from pipeline.check.finding import Cause, Finding, Verdict
from pipeline.extract.record import Figure, Issue, Record, Section, Status, Where
from pipeline.read.blocks import Sight
from pipeline.tables.model import DECIMAL
from pipeline.tables.parquet import TableWriter
from pipeline.tables.reading import FIGURE, FINDING, ISSUE, REPORT, SECTION
from pipeline.tables.rows import ReportRows, fits, report_rows
from tests.tables.making import no_places

_ENTRY = Entry(
    url="http://www.example.gov.cn/1.html",
    fetched_at=datetime.fromisoformat("2026-03-01T08:00:00+08:00"),
    outcome=Outcome.HELD,
    portal="370800",
    kind="report",
    sha256="ab" * 32,
)


def figure(
    value: str | None, *, item: str = "received", raw: str | None = None, where: Where | None = None
) -> Figure:
    status = Status.BLANK if value is None else Status.REPORTED
    number = None if value is None else Decimal(value)
    return Figure(
        "requests", item, "total", number, "件", status, raw or value or "", where or Where(1, 1, 1)
    )


def rows_of(*figures: Figure, findings: tuple[Finding, ...] = ()) -> ReportRows:
    record = Record(
        is_report=True,
        reason=None,
        title="年度报告",
        organ="某局",
        year=2025,
        form="2021",
        published_on=date(2026, 1, 31),
        scope="own",
        figures=figures,
        sections=(Section(1, "总体情况", "文"), Section(1, "总体情况", "又")),
        issues=(Issue("unit_not_printed", None, "none"),),
    )
    return report_rows(_ENTRY, "text/html", record, findings, no_places(), "gongkai 0")


def test_a_figure_of_a_picture_has_its_method_and_confidence() -> None:
    by_characters = figure("3")
    recognised = replace(figure("4", item="granted"), sight=Sight(0.98, ("4",), certain=True))
    confirmed = replace(figure("5", item="carried_in"), sight=Sight(0.4, ("5", "6")), by_identity=True)
    told = {
        row["item"]: (row["method"], row["confidence"])
        for row in rows_of(by_characters, recognised, confirmed).figures
    }
    assert told == {
        "received": (None, None),
        "granted": ("ocr", Decimal("0.98")),
        "carried_in": ("ocr_identity", Decimal("0.4")),
    }


def test_rows_fit_their_tables(tmp_path: Path) -> None:
    finding = Finding("total", "requests/received", Verdict.FAIL, Decimal(1), Decimal(2), Cause.SOURCE)
    rows = rows_of(figure("1"), findings=(finding,))
    parts = ((FIGURE, rows.figures), (SECTION, rows.sections), (FINDING, rows.findings), (ISSUE, rows.issues))
    for table, lines in (*parts, (REPORT, [rows.report])):
        with TableWriter(table, tmp_path) as writer:
            for line in lines:
                writer.add(line)
    assert rows.report["failed_checks"] == 1
    assert rows.report["fetched_at"] == datetime(2026, 3, 1, 0, 0)  # noqa: DTZ001 - the tables hold UTC unsaid
    assert [section["position"] for section in rows.sections] == [1, 2]


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_fits_is_what_arrow_holds_exactly(value: Decimal) -> None:
    if fits(value):
        held = pa.array([rows_of(figure(str(value))).figures[0]["value"]], DECIMAL.arrow)[0].as_py()
        assert held == value
    elif value.is_finite():
        with pytest.raises(pa.ArrowInvalid):
            pa.array([value], DECIMAL.arrow)


@pytest.mark.parametrize("value", ["0", "-3", "0.0001", "99999999999999.9999", "1E+3", "2.500000", "-0.5"])
def test_number_that_fits_is_reported(value: str) -> None:
    row = rows_of(figure(value)).figures[0]
    assert (row["value"], row["status"]) == (Decimal(value), "reported")


@pytest.mark.parametrize("value", ["0.00001", "100000000000000", "1.00001", "-123456789012345.1", "1E+40"])
def test_number_that_does_not_fit_is_no_number(value: str) -> None:
    rows = rows_of(figure(value, raw="as printed"))
    row = rows.figures[0]
    assert (row["value"], row["status"], row["raw"]) == (None, "unreadable", "as printed")
    assert [(issue["code"], issue["at"]) for issue in rows.issues] == [
        ("unit_not_printed", None),
        ("value_out_of_range", "requests/received/total"),
    ]
    assert rows.report["issue_count"] == 2
    assert rows.report["reported_count"] == 0


def test_sides_that_do_not_fit_are_not_assessed() -> None:
    finding = Finding("total", "requests/received", Verdict.FAIL, Decimal("1E+20"), Decimal(2), Cause.READING)
    row = rows_of(figure("1"), findings=(finding,)).findings[0]
    assert (row["verdict"], row["left_value"], row["right_value"], row["cause"]) == (
        "unassessable",
        None,
        None,
        None,
    )


def test_cell_read_twice_differently_is_ambiguous() -> None:
    rows = rows_of(figure("1"), figure("2"))
    assert [(row["value"], row["status"], row["raw"]) for row in rows.figures] == [(None, "ambiguous", "1")]
    assert rows.issues[-1]["code"] == "cell_twice"
    assert "2" in rows.issues[-1]["message"]


def test_figures_stand_in_the_order_of_the_page() -> None:
    places = [Where(2, 1, 1), Where(1, 10, 2), Where(1, 9, 3), Where(1, 10, 1)]
    rows = rows_of(*(figure("1", item=f"i{n}", where=where) for n, where in enumerate(places)))
    assert [row["item"] for row in rows.figures] == ["i2", "i3", "i1", "i0"]
