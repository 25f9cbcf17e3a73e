"""From the rows of a table as written to the grid as printed, every place covered at most once.

The rule is that of the HTML standard ("forming a table"), made safe for what stands on real pages: a span
that runs over the end of its row group is clipped there, one that runs into a place already taken is
clipped before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.blocks import Cell

MAX_COLSPAN = 1000  # the limit of the HTML standard
MAX_STEPS = 2_000_000  # places looked at or covered in one table; real tables stay under 100 000

_DIGITS = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as written. `rowspan` 0 means to the end of the row group."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """The cells at their places. `cut` tells that the table was too large and its last rows were left out."""

    cells: tuple[Cell, ...]
    height: int
    width: int
    cut: bool = False


def span(value: str | None, *, zero: int = 1) -> int:
    """The number a span attribute says: leading digits count, junk is 1, and 0 is `zero`."""
    found = _DIGITS.match(value) if value else None
    if found is None:
        return 1
    number = int(found[1][:9])
    return number or zero


def expand(groups: Sequence[Sequence[Sequence[RawCell]]]) -> Expansion:
    """Place the cells of row groups of rows, counting from 1; a row without cells is still a row."""
    cells: list[Cell] = []
    steps = row = width = 0
    for group in groups:
        last = row + len(group)
        taken: list[int] = []  # for each column, the last row that a cell from above covers
        for raw_cells in group:
            row += 1
            column = 0
            for raw in raw_cells:
                start = column
                while column < len(taken) and taken[column] >= row:
                    column += 1
                limit = min(column + min(raw.colspan, MAX_COLSPAN), column + MAX_STEPS - steps)
                bottom = last if raw.rowspan == 0 else min(row + raw.rowspan - 1, last)
                end = column + 1
                while end < limit and not (end < len(taken) and taken[end] >= row):
                    end += 1
                steps += end - start
                if steps >= MAX_STEPS:
                    return Expansion(tuple(cells), row, width, cut=True)
                if len(taken) < end:
                    taken.extend([0] * (end - len(taken)))
                taken[column:end] = [bottom] * (end - column)
                cells.append(Cell(raw.text, row, column + 1, bottom - row + 1, end - column, raw.hidden))
                column = end
                width = max(width, end)
    return Expansion(tuple(cells), row, width)
