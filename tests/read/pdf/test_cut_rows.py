"""A row that a page's end cuts in two gives the figures that it was written with, or none: never a half of one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.numerals import read_count
from pipeline.read import Cell, Grid
from pipeline.read.pdf.cut_rows import without_cut_row
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.lattice import Slot
from pipeline.read.pdf.layout import Filled
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look

LABELS = (
    "（一）予以公开",
    "3.补正后申请内容仍不明确",
    "4.保护第三方合法权益",
    "8.属于行政查询事项",
    "（六）其他处理",
)
OPENING = "样例市人民政府办公室政府信息公开工作年度报告，以下为表格，数字均为虚构，仅供核对读法之用。"
COLUMNS = 4
BOX = Box(0, 0, 40, 20)
NUMBERS = st.one_of(st.just(""), st.integers(0, 99).map(str), st.integers(0, 9_999_999).map(str))


def cut(rows: list[list[str]], height: float) -> dict[str, list[str]]:
    """What is read of each row, by its label, of a table printed on pages so low that rows are cut."""
    cells = tuple(
        Cell(text, row, column) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1)
    )
    drawing = Drawing(Look(width=330, height=height, cut_rows=True, widths=(60, *[36] * COLUMNS)))
    drawing.paragraph(OPENING)
    drawing.table(Grid(1, cells, len(rows), 1 + COLUMNS))
    drawing.paragraph(OPENING)
    found: dict[str, list[str]] = {}
    for grid in read(drawing.done()).blocks:
        if isinstance(grid, Grid):
            for row in range(1, grid.height + 1):
                label, *figures = (cell.text for cell in grid.cells if cell.row == row)
                found["".join(label.split())] = figures
    return found


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(NUMBERS, min_size=COLUMNS, max_size=COLUMNS), min_size=5, max_size=5),
    st.integers(230, 300),
)
def test_no_half_of_a_number_is_read(numbers: list[list[str]], height: int) -> None:
    found = cut([[label, *row] for label, row in zip(LABELS, numbers, strict=True)], height)
    for label, row in zip(LABELS, numbers, strict=True):
        for text, said in zip(row, found[label], strict=True):
            assert said == text or (text and read_count(said).value is None)


def test_what_has_no_number_goes_on_with_a_label_that_has_one() -> None:
    """However much room a broken number seems to have had: margins of cells may be wide."""
    texts = (("1.信访举报投诉", "16764", "5"), ("类申请", "1", ""))
    rows = [
        [
            Filled(Slot(row, column, 1, 1, BOX), text, row, BOX, spare=1.0 if column == 1 else 2.5)
            for column, text in enumerate(half, 1)
        ]
        for row, half in enumerate(texts, 1)
    ]
    whole = without_cut_row(rows[0], rows[1], 1)
    assert whole is not None
    label, broken, other = (cell.text for cell in whole)
    assert "".join(label.split()) == "1.信访举报投诉类申请"
    assert read_count(broken).value is None
    assert other == "5"


@pytest.mark.parametrize(
    "second", ["二、上年结转申请数量", "二 、 上 年结 转申请 数量", "（ 二 ）部 分公开", "2 .重 复申请"]
)
def test_a_row_with_a_number_of_its_own_goes_on_with_no_other(second: str) -> None:
    """However its letters are spaced: else 1819 and 0 of two rows would make 18190."""
    rows = [
        [
            Filled(Slot(row, column, 1, 1, BOX), text, row, BOX, spare=0.5)
            for column, text in enumerate(half, 1)
        ]
        for row, half in enumerate((("一、本年新收申请数量", "1819", "2522"), (second, "0", "1")), 1)
    ]
    assert without_cut_row(rows[0], rows[1], 1) is None


@pytest.mark.parametrize("height", range(230, 300, 7))
def test_rows_that_are_none_of_one_another_stay_apart(height: int) -> None:
    """Labels without numbers of their own, over the same columns, on both sides of a page's end."""
    labels = ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购")
    rows = [
        [label, *(str(11 * place + column) for column in range(COLUMNS))]
        for place, label in enumerate(labels)
    ]
    assert cut(rows, height) == {label: figures for label, *figures in rows}


@pytest.mark.parametrize("height", range(230, 300, 7))
def test_heads_and_the_first_row_stay_apart(height: int) -> None:
    rows = [["信息内容", *["本年收费"] * COLUMNS], ["行政事业性收费", "7", "", "8", "752.1591"]] * 4
    said = cut([[label + "一二三四"[place // 2], *rest] for place, (label, *rest) in enumerate(rows)], height)
    assert set(said) == {label + place for label in ("信息内容", "行政事业性收费") for place in "一二三四"}
