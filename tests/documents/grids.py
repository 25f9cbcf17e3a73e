"""Any tables with spans, and the text at each place of a table that was read."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.read import Grid
from tests.extract.rendering import Printed, Table


@st.composite
def grids(draw: st.DrawFn) -> Table:
    """A table cut into cells with spans: each place belongs to one cell, and no column is without a cell of its own."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    rows: Table = []
    for row in range(height):
        printed: list[Printed] = []
        for column in range(width):
            if (row, column) in owner:
                continue
            right, down = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            across = 1
            while across < right and column + across < width and (row, column + across) not in owner:
                across += 1
            down = min(down, height - row)
            for covered in range(row, row + down):
                for place in range(column, column + across):
                    owner[covered, place] = (row, column)
            printed.append(Printed(draw(st.sampled_from(["规章", "0", "12", ""])), across, down))
        rows.append(printed)
    return [*rows, [Printed(str(column)) for column in range(width)]]


def places(grid: Grid) -> list[list[str]]:
    """The text of the cell that covers each place, row by row."""
    found = [[""] * grid.width for _ in range(grid.height)]
    for one in grid.cells:
        for row in range(one.row, one.row + one.rowspan):
            for column in range(one.column, one.column + one.colspan):
                found[row - 1][column - 1] = one.text
    return found
