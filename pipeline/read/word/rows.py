"""The tables of Word to rows of cells with spans, on the columns that a person sees.

Word keeps the edges of each row apart: those that differ by a hair make columns nobody sees (and converters round
edges to the same effect). Two edges are one where no row begins a cell between them, or where the column between them
is narrower than any character and no cell has it alone. Converters fill up rows that begin late or end early with empty
cells. These are left out where nothing has room in them, or they stand outside the lines that the row is drawn with.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.read.grid import MAX_COLSPAN
from pipeline.read.word.names import MC, VAL, WRAPPERS, W, chosen, is_on, number, value
from pipeline.read.xml import Element

_HAIR = 100  # twentieths of a point, under two millimetres: less than any character of a report
_THINGS = [
    W + name for name in ("t", "sym", "numPr", "fldChar", "fldSimple", "drawing", "pict", "object", "tbl")
]
_FILLER = 240  # twentieths of a point: a cell with its margins takes more for one digit
_NO_LINE = frozenset(("nil", "none", ""))
_DEEPEST = 40  # wrappers inside one another


@dataclass(slots=True)
class Placed:
    """A cell of Word over the columns `start` to `end` of the grid; `element` is None for a gap in the row."""

    element: Element | None
    start: int
    end: int
    continues: bool = False
    opens: bool = False
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class PlacedRow:
    cells: list[Placed]
    hidden: bool


def placed_rows(table: Element) -> list[PlacedRow]:
    """The rows of a table that are not deleted, each with its cells that are not merged into another."""
    rows = [
        PlacedRow(_cells(row), is_on(row.find(W + "trPr"), "hidden"))
        for row in members(table, W + "tr")
        if value(row.find(W + "trPr"), "del") is None
    ]
    widths = _widths(table)
    _leave_out_fillers([row.cells for row in rows], widths)
    _join_edges([row.cells for row in rows], widths)
    return _merged(rows)


def members(parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    """The children with a tag, also those inside wrappers such as content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif depth < _DEEPEST and child.tag in WRAPPERS:
            yield from members(child, tag, depth + 1)
        elif depth < _DEEPEST and child.tag == MC + "AlternateContent" and (one := chosen(child)) is not None:
            yield from members(one, tag, depth + 1)


def _cells(row: Element) -> list[Placed]:
    properties = row.find(W + "trPr")
    at = min(number(value(properties, "gridBefore"), 0), MAX_COLSPAN)
    cells = [Placed(None, 0, at)] if at > 0 else []
    at = max(at, 0)
    for element in members(row, W + "tc"):
        own = element.find(W + "tcPr")
        end = at + max(1, min(number(value(own, "gridSpan"), 1), MAX_COLSPAN))
        vertical, across = value(own, "vMerge"), value(own, "hMerge")
        if across is not None and across != "restart" and cells:
            cells[-1].end = end
        else:
            opens = vertical == "restart"
            cells.append(Placed(element, at, end, vertical is not None and not opens, opens))
        at = end
    return cells


def _widths(table: Element) -> list[int]:
    grid = table.find(W + "tblGrid")
    return [] if grid is None else [number(one.get(W + "w"), 0) for one in grid.iter(W + "gridCol")]


def _leave_out_fillers(rows: Sequence[list[Placed]], widths: Sequence[int]) -> None:
    """Let rows begin behind and end before the cells that fill them up; at the end, one that has no lines to tell it is
    left out only where no row has anything in its place or behind it.
    """
    full = [cell for row in rows for cell in row if cell.element is not None and _holds(cell.element)]
    last = max((cell.start for cell in full), default=0)
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
    lines = [(_is_framed(cell.element), _holds(cell.element)) for cell in row if cell.element is not None]
    return any(is_framed for is_framed, _ in lines) and all(is_framed for is_framed, holds in lines if holds)


def _is_outside(cell: Placed) -> bool:
    """Whether a cell is empty and has no line around it."""
    if cell.element is None or cell.opens or cell.continues or _holds(cell.element):
        return False
    return _is_framed(cell.element) is False


def _is_too_narrow(cell: Placed, widths: Sequence[int]) -> bool:
    """Whether a cell is empty and has no room for anything."""
    width = _width(widths, cell.start, cell.end)
    return cell.element is not None and not _holds(cell.element) and width is not None and width <= _FILLER


def _is_framed(cell: Element | None) -> bool | None:
    """Whether a cell has lines of its own around it; None where it does not tell, and has those of its table."""
    borders = cell.find(f"{W}tcPr/{W}tcBorders") if cell is not None else None
    if borders is None:
        return None
    return any((line.get(VAL) or "") not in _NO_LINE for line in borders)


def _holds(cell: Element) -> bool:
    """Whether anything stands in a cell."""
    return any(one.tag != W + "t" or (one.text or "").strip() for one in cell.iter(*_THINGS))


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


def _merged(rows: Sequence[PlacedRow]) -> list[PlacedRow]:
    """Cells merged downwards as one. What claims to go on a cell that is not above it is a cell of its own."""
    kept: list[PlacedRow] = []
    above: dict[tuple[int, int], Placed] = {}
    for row in rows:
        below: dict[tuple[int, int], Placed] = {}
        own: list[Placed] = []
        for cell in row.cells:
            if cell.start == cell.end:
                continue
            at = (cell.start, cell.end)
            over = above.get(at) if cell.continues else None
            if over is None:
                own.append(cell)
            else:
                over.rowspan += 1
            if over is not None or cell.opens or cell.continues:
                below[at] = over or cell
        kept.append(PlacedRow(own, row.hidden))
        above = below
    return kept
