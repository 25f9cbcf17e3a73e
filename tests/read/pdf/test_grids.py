"""Any table of cells with any spans comes back from a PDF as it was, however its lines are drawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read import Cell, Grid
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look

RULES = st.sampled_from(["strokes", "thin", "cells", "open", "dashed", "double"])
TEXTS = st.one_of(
    st.integers(0, 9999).map(str),
    st.sampled_from(
        ["", "", "-", "/", "规章", "行政许可", "其他对外管理服务事项", "106.36万元", "+2", "1,200"]
    ),
)
OPENING = "样例市人民政府办公室政府信息公开工作年度报告，以下为表格，数字均为虚构，仅供核对读法之用。"


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A grid whose first row and column are not merged, so that every line of it is drawn somewhere."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(3, 5))
    free = {(row, column) for row in range(1, height + 1) for column in range(1, width + 1)}
    cells = []
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            if (row, column) not in free:
                continue
            down, across = 1, 1
            if row > 1 and column > 1:
                down, across = (
                    draw(st.integers(1, height - row + 1)),
                    draw(st.integers(1, width - column + 1)),
                )
            while not {(row + y, column + x) for y in range(down) for x in range(across)} <= free:
                down, across = (down, across - 1) if across > 1 else (down - 1, across)
            free -= {(row + y, column + x) for y in range(down) for x in range(across)}
            cells.append(Cell(draw(TEXTS), row, column, down, across))
    return Grid(1, tuple(cells), height, width)


def shape(grid: Grid) -> set[tuple[str, int, int, int, int]]:
    return {
        ("".join(cell.text.split()), cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells
    }


@settings(deadline=None, max_examples=25)
@given(grids(), RULES, st.sampled_from([0, 90, 180, 270]))
def test_a_grid_comes_back(grid: Grid, rules: str, rotate: int) -> None:
    drawing = Drawing(Look(rules=rules, rotate=rotate))
    drawing.paragraph(OPENING)
    drawing.table(grid)
    found = [block for block in read(drawing.done()).blocks if isinstance(block, Grid)]
    assert [shape(one) for one in found] == [shape(grid)]
