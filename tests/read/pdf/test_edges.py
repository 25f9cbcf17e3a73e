"""What stands at the edges of a page is no row of its tables, and what an edge cuts off is no number and no blank."""

from __future__ import annotations

from itertools import product

import pytest

from pipeline.extract.numerals import read_count
from pipeline.extract.record import Status
from pipeline.read import Grid
from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look
from tests.read.pdf.little_table import HIGH, LEFT, TOP, WIDE, cells, drawing

HEIGHT = 400.0
ROWS = (("规章", "12", "3"), ("行政规范性文件", "45", "678"), ("行政许可", "9", ""), ("行政处罚", "0", "21"))


def lines_across(foot: str, below: float) -> Drawing:
    """A table with lines across alone that ends so far above the foot of its page."""
    made = Drawing(Look(height=HEIGHT))
    made.text(60, 30, "样例市人民政府办公室政府信息公开工作年度报告，本表数字均为虚构，仅供核对。", 10)
    down = HEIGHT - 24 - below - 24 * (len(ROWS) + 1)
    for row, texts in enumerate((("信息内容", "本年制发", "现行有效"), *ROWS)):
        for column, text in enumerate(texts):
            made.text(60 + 160 * column, down + 24 * row, text, 9)
        made.canvas.line(60, HEIGHT - down - 24 * row - 8, 500, HEIGHT - down - 24 * row - 8)
    left, right = foot.split("\t")
    made.text(40, HEIGHT - 14, left, 8)
    made.text(540, HEIGHT - 14, right, 8)
    return made


@pytest.mark.parametrize("below", [8.0, 14.0, 24.0])
@pytest.mark.parametrize("foot", ["http://www.yangli.example/xxgk/1.html\t2/3", "\t— 2 —", "\t第2页 共3页"])
def test_what_is_printed_at_the_foot_of_a_page_is_no_row(foot: str, below: float) -> None:
    document = read(lines_across(foot, below).done())
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    said = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert [
        tuple(said.get((row, column), "") for column in (2, 3, 4)) for row in range(2, grid.height + 1)
    ] == [*ROWS]


def test_a_last_row_at_the_edge_is_a_row() -> None:
    document = read(lines_across("行政强制\t7", 0).done())
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert grid.height > len(ROWS) + 1


TABLE = [["规章", "12", "34567"], ["文件", "3", ""], ["许可", "5", "6"]]


def shown_up_to(edge: float, *, ruled: bool) -> dict[tuple[int, int], str]:
    """What is read of a table of which all behind `edge` is cut off, as a browser prints one that is too wide."""
    made = drawing([])
    path = made.canvas.beginPath()
    path.rect(20, 20, edge - 20, 800)
    made.canvas.clipPath(path, stroke=0)
    right = LEFT + len(TABLE[0]) * WIDE
    for row, texts in enumerate([["信息", "制发", "总计"], *TABLE]):
        for column, text in enumerate(texts):
            made.text(LEFT + column * WIDE + 6, TOP + row * HIGH + 16, text, 9)
            if ruled:
                made.canvas.line(LEFT + column * WIDE, 842 - TOP, LEFT + column * WIDE, 842 - TOP - 4 * HIGH)
        made.canvas.line(LEFT, 842 - TOP - row * HIGH, right, 842 - TOP - row * HIGH)
    made.canvas.line(LEFT, 842 - TOP - 4 * HIGH, right, 842 - TOP - 4 * HIGH)
    return cells(read(made.done()))


@pytest.mark.parametrize(
    ("cut", "ruled"), [(9.0, True), *product([14.0, 20.0, 26.0, 32.0, 45.0], [True, False])]
)
def test_what_may_not_be_drawn_on_cuts_a_column_off(cut: float, *, ruled: bool) -> None:
    """The column goes on behind what is shown of it: a number in it may be a part of one, and a blank is none."""
    said = shown_up_to(LEFT + 2 * WIDE + cut, ruled=ruled)
    last = max(column for _, column in said)
    assert [said[row, last - 1] for row in (2, 3, 4)] == ["12", "3", "5"]
    assert read_count(said[2, last]).value == (34567 if cut > 35 else None)
    assert read_count(said[3, last]).status is Status.UNREADABLE
    assert read_count(said[4, last]).value in {None, 6}


@pytest.mark.parametrize("begun", [True, False])
def test_a_last_column_that_no_line_ends_has_no_blanks(*, begun: bool) -> None:
    """Lines drawn dot by dot leave no trace behind an edge. A table that no line begins either is just so drawn."""
    made = drawing([])
    right = LEFT + len(TABLE[0]) * WIDE - 8
    for row, texts in enumerate([["信息", "制发", "总计"], *TABLE]):
        for column, text in enumerate(texts):
            made.text(LEFT + column * WIDE + 6, TOP + row * HIGH + 16, text, 9)
    for row in range(5):
        made.canvas.line(LEFT, 842 - TOP - row * HIGH, right, 842 - TOP - row * HIGH)
    for column in range(0 if begun else 1, 3):
        at = LEFT + column * WIDE
        made.canvas.line(at, 842 - TOP, at, 842 - TOP - 4 * HIGH)
    said = cells(read(made.done()))
    assert [said[row, 3] for row in (2, 3, 4)] == ["34567", LOST if begun else "", "6"]
