"""What makes two documents one report, and what does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.tables.content import Twins, content_mark
from pipeline.tables.rows import ReportRows

FIGURE: dict[str, Any] = {
    "cell": "requests/received/total",
    "status": "reported",
    "value": Decimal("3.0000"),
    "unit": "件",
    "raw": "3",
    "corrected_value": None,
    "corrected_unit": None,
    "where_table": 1,
}
OTHER = {**FIGURE, "cell": "requests/granted/total"}
PROSE = [{"number": 1, "title": "一、总体情况", "text": "全年新收申请3件。"}]


def mark(*figures: dict[str, Any], sections: list[dict[str, Any]] | None = None) -> bytes | None:
    return content_mark(ReportRows({}, list(figures), PROSE if sections is None else sections))


@pytest.mark.parametrize(
    "again",
    [
        mark(OTHER, FIGURE),
        mark({**FIGURE, "raw": "３"}, OTHER),
        mark({**FIGURE, "where_table": 2}, OTHER),
        mark(FIGURE, OTHER, sections=[{"number": 1, "title": "一、 总体情况", "text": "全年，新收 申请3件"}]),
    ],
    ids=["another order", "written otherwise", "elsewhere on the page", "spaces and signs"],
)
def test_the_same_figures_and_words_have_one_mark(again: bytes | None) -> None:
    assert again == mark(FIGURE, OTHER) is not None


@pytest.mark.parametrize(
    "other",
    [
        mark(FIGURE),
        mark({**FIGURE, "value": Decimal("4.0000")}, OTHER),
        mark({**FIGURE, "value": None, "status": "blank", "raw": ""}, OTHER),
        mark({**FIGURE, "unit": None}, OTHER),
        mark({**FIGURE, "corrected_value": Decimal("4.0000"), "corrected_unit": "件"}, OTHER),
        mark(FIGURE, OTHER, sections=[{"number": 1, "title": "一、总体情况", "text": "全年新收申请4件。"}]),
    ],
    ids=["a cell less", "a value", "a blank", "a unit", "a correction", "a word"],
)
def test_whatever_differs_has_another_mark(other: bytes | None) -> None:
    assert other != mark(FIGURE, OTHER)


def test_unreadable_cells_are_told_by_what_is_printed() -> None:
    smudged = [{**FIGURE, "value": None, "status": "unreadable", "raw": raw} for raw in ("3件次", "8件次")]
    assert mark(smudged[0]) != mark(smudged[1])


def test_too_little_tells_nothing() -> None:
    assert mark() is None
    assert mark(sections=[{"number": 1, "title": "一", "text": "文" * 300}]) is not None


@pytest.mark.parametrize(
    ("change", "is_twin"),
    [({}, True), ({"report_year": 2021}, False), ({"scope": "area"}, False), ({"organ_id": "b"}, False)],
)
def test_twins_are_of_one_organ_year_and_scope(change: dict[str, Any], is_twin: bool) -> None:
    row = {"report_id": "r1", "organ_id": "a", "report_year": 2020, "scope": "own"}
    twins = Twins()
    assert not twins.meet(row, b"mark")
    assert twins.meet({**row, "report_id": "r2", **change}, b"mark") is is_twin
    assert twins.first("r2") == ("r1" if is_twin else "r2")


@pytest.mark.parametrize("lacking", ["organ_id", "report_year"])
def test_a_report_of_nobody_or_of_no_year_is_no_twin(lacking: str) -> None:
    row = {"report_id": "r1", "organ_id": "a", "report_year": 2020, "scope": "own", lacking: None}
    twins = Twins()
    assert not twins.meet(row, b"mark")
    assert not twins.meet({**row, "report_id": "r2"}, b"mark")
