"""Five real reports, every cell against what is printed in them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.check import Verdict
from pipeline.extract import Figure, Status
from pipeline.report import Reading, ReportReader
from tests.extract.truths import FORMS
from tests.shared import shared_file

GOLDENS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("seeds.toml").read_text(encoding="utf-8")
)["report"]
READER = ReportReader(FORMS)


def reading(golden: dict[str, Any]) -> Reading:
    return READER.read(shared_file("seeds", golden["file"]).read_bytes(), name=golden["file"])


def expected(golden: dict[str, Any]) -> dict[str, tuple[str, Decimal | None]]:
    form = next(form for form in FORMS.forms if form.code == golden["form"])
    cells: dict[str, tuple[str, Decimal | None]] = {}
    for cell in form.cells():
        value = Decimal(golden["values"].get(cell.name, "0"))
        cells[cell.name] = (Status.REPORTED, value)
        if cell.name in golden.get("blank", ()):
            cells[cell.name] = (Status.BLANK, None)
        if cell.part == golden.get("ambiguous_part"):
            cells[cell.name] = (Status.AMBIGUOUS, None)
    return cells


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden["file"])
def test_every_cell_is_as_printed(golden: dict[str, Any]) -> None:
    figures = {figure.cell: (str(figure.status), figure.value) for figure in reading(golden).record.figures}
    assert figures == expected(golden)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden["file"])
def test_identity_and_sections(golden: dict[str, Any]) -> None:
    record = reading(golden).record
    assert (record.is_report, record.organ, record.year, record.form) == (
        True,
        golden["organ"],
        golden["year"],
        golden["form"],
    )
    assert record.published_on == golden.get("published_on")
    assert [section.number for section in record.sections if section.number] == golden["sections"]
    assert sum(len(section.text) for section in record.sections if section.number in (1, 5)) > 500


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden["file"])
def test_findings_only_where_the_source_contradicts_itself(golden: dict[str, Any]) -> None:
    fails = {
        (finding.check, finding.at, finding.left, finding.right)
        for finding in reading(golden).findings
        if finding.verdict is Verdict.FAIL
    }
    assert fails == {
        (check, at, Decimal(left), Decimal(right)) for check, at, left, right in golden.get("fails", ())
    }


def test_nine_hundred_and_ninety_two_cells() -> None:
    assert sum(len(reading(golden).record.figures) for golden in GOLDENS) == 992


def test_what_is_printed_is_kept_beside_the_value() -> None:
    figures = {figure.cell: figure for figure in reading(GOLDENS[2]).record.figures}

    def shown(figure: Figure) -> tuple[str, Decimal | None, str | None]:
        return figure.raw, figure.value, figure.unit

    assert shown(figures["proactive/other_services/items_change"]) == ("增 18", Decimal(18), "项")
    assert shown(figures["proactive/penalties/items_change"]) == ("减 5", Decimal(-5), "项")
    assert shown(figures["proactive/procurement/amount_yuan"]) == ("106.36 万元", Decimal(1063600), "元")
