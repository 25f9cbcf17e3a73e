"""A small table drawn as a PDF, with whatever else is drawn over it, and what is read of it."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from pipeline.read import Document, Grid
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look

LEFT, TOP, WIDE, HIGH = 60.0, 80.0, 60.0, 24.0
Draw = Callable[[Canvas], None]


def drawing(rows: list[list[str]], look: Look | None = None) -> Drawing:
    """A table of plain cells, and a line of text that makes a page of it."""
    made = Drawing(look or Look())
    made.text(
        LEFT, 40, "样例市人民政府办公室政府信息公开工作年度报告，本表数字均为虚构，仅供核对读法之用。", 10
    )
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            made.canvas.rect(LEFT + column * WIDE, 842 - TOP - (row + 1) * HIGH, WIDE, HIGH)
            if text:
                made.text(LEFT + column * WIDE + 6, TOP + row * HIGH + 16, text, 9)
    return made


def drawn(rows: list[list[str]], extra: Draw | None = None, look: Look | None = None) -> Document:
    """What is read of `drawing` with what `extra` draws over it."""
    made = drawing(rows, look)
    if extra:
        extra(made.canvas)
    return read(made.done())


def cells(document: Document) -> dict[tuple[int, int], str]:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return {(cell.row, cell.column): cell.text for cell in grid.cells}


def place(row: int, column: int) -> tuple[float, float]:
    """The lower left corner of a cell in the canvas's own coordinates."""
    return LEFT + (column - 1) * WIDE, 842 - TOP - row * HIGH


ROWS = [["规章", "12", "3"], ["文件", "", "0"]]
