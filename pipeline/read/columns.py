"""The columns of a table that a person sees, of what an office program writes of the edges of its cells.

Office programs keep the edges of each row apart: those that differ by a hair make columns nobody sees (and converters
round edges to the same effect). Two edges are one where no row begins a cell between them, or where the column between
them is narrower than any character and no cell has it alone. Rows that begin late or end early are filled up with empty
cells. These are left out where nothing has room in them, or they stand outside the lines that the row is drawn with.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.xml import Element

_HAIR = 100  # twentieths of a point, under two millimetres: less than any character of a report
_FILLER = 240  # twentieths of a point: a cell with its margins takes more for one digit


@dataclass(slots=True)
class Placed:
    """A cell over the columns `start` to `end`; `element` is None for a gap in the row.

    `holds` tells that anything stands in it, `has_lines` whether it has lines of its own around it, None where it does
    not tell and has those of its table. `opens` and `continues` tell of cells merged downwards.
    """

    element: Element | None
    start: int
    end: int
    holds: bool = False
    has_lines: bool | None = None
    continues: bool = False
    opens: bool = False
    rowspan: int = 1


def see_columns(rows: Sequence[list[Placed]], widths: Sequence[int]) -> None:
    """Leave out what fills up rows, and number the columns anew, by the edges that are seen. `widths` are those of the
    columns in twentieths of a point, 0 where one is not told.
    """
    _leave_out_fillers(rows, widths)
    _join_edges(rows, widths)


def _leave_out_fillers(rows: Sequence[list[Placed]], widths: Sequence[int]) -> None:
    """Let rows begin behind and end before the cells that fill them up; at the end, one that has no lines to tell it is
    left out only where no row has anything in its place or behind it.
    """
    last = max((cell.start for row in rows for cell in row if cell.holds), default=0)
    for row in rows:
        if _has_frame(row):
            while row and _is_outside(row[-1]):
                row.pop()
            for cell in itertools.takewhile(_is_outside, row):
                cell.element = None
        while row and row[-1].start > last and _is_too_narrow(row[-1], widths):
            row.pop()


def _has_frame(row: Sequence[Placed]) -> bool:
    """Whether there are lines in a row, and around all that stands in it."""
    return any(cell.has_lines for cell in row) and all(cell.has_lines for cell in row if cell.holds)


def _is_outside(cell: Placed) -> bool:
    """Whether a cell is empty and has no line around it."""
    return _is_empty(cell) and cell.has_lines is False and not cell.opens and not cell.continues


def _is_too_narrow(cell: Placed, widths: Sequence[int]) -> bool:
    """Whether a cell is empty and has no room for anything."""
    width = _width(widths, cell.start, cell.end)
    return _is_empty(cell) and width is not None and width <= _FILLER


def _is_empty(cell: Placed) -> bool:
    return cell.element is not None and not cell.holds


def _join_edges(rows: Sequence[Sequence[Placed]], widths: Sequence[int]) -> None:
    """Number the columns anew, by the edges that are seen."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    place, seen, since = {}, -1, 0
    alone = {(cell.start, cell.end) for row in rows for cell in row if cell.element is not None}
    for before, edge in zip([None, *edges], edges, strict=False):
        width = None if before is None else _width(widths, before, edge)
        if before is None or width is None or (before, edge) in alone or not 0 < since + width <= _HAIR:
            seen, since = seen + 1, 0
        else:
            since += width
        place[edge] = seen
    cells = [cell for row in rows for cell in row]
    if all(place[cell.start] < place[cell.end] for cell in cells if cell.element is not None):
        for cell in cells:
            cell.start, cell.end = place[cell.start], place[cell.end]


def _width(widths: Sequence[int], start: int, end: int) -> int | None:
    """The width of columns; None where the table does not tell it."""
    between = widths[start:end]
    return sum(between) if len(between) == end - start and all(width > 0 for width in between) else None
