"""Whatever a report prints, its figures are read from any kind of document as printed; never another number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import Status
from tests.documents.opendocument import odt
from tests.documents.reports import reader
from tests.documents.workbooks import xls, xlsx
from tests.documents.writing import docx, paragraph, spanned
from tests.extract.rendering import Table, tables
from tests.extract.truths import TrueReport, true_reports

BEHIND = "五、存在的主要问题及改进情况"


def word(drawn: list[Table], seed: int) -> bytes:
    """Tables of Word whose rows have edges of their own, up to two millimetres apart."""

    def shift(row: int, edge: int) -> int:
        return (seed + 7919 * row + 104729 * edge) % 97 - 48 if edge else 0

    return docx("".join(spanned(one, shift=shift) + paragraph("") for one in drawn) + paragraph(BEHIND))


def text(drawn: list[Table], seed: int) -> bytes:
    """Tables of OpenDocument with such edges."""

    def shift(row: int, edge: int) -> int:
        return (seed + 7919 * row + 104729 * edge) % 97 - 48 if edge else 0

    return odt([*(item for one in drawn for item in (one, "")), BEHIND], shift=shift)


def sheet(drawn: list[Table], _: int) -> bytes:
    return xlsx([*drawn, BEHIND])


def old_sheet(drawn: list[Table], _: int) -> bytes:
    return xls([*drawn, BEHIND])


@pytest.mark.parametrize("make", [word, text, sheet, old_sheet])
@settings(max_examples=settings().max_examples // 5)
@given(report=true_reports(), seed=st.integers(0, 10_000))
def test_every_cell_is_read_with_its_status(
    make: Callable[[list[Table], int], bytes], report: TrueReport, seed: int
) -> None:
    record = reader().read(make(tables(report), seed), as_report=True).record
    read = {figure.cell: figure for figure in record.figures}
    for cell, content in report.cells.items():
        figure = read.pop(cell)
        assert figure.value == content.value, cell
        if content.value is not None:
            assert figure.status is Status.REPORTED, cell
        elif not content.text:
            assert figure.status is Status.BLANK, cell
        else:
            assert figure.status in (Status.NOT_APPLICABLE, Status.UNREADABLE), cell
    assert not read
