"""The tables of Word to rows of cells with spans, on the columns that a person sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.read.columns import Placed, see_columns
from pipeline.read.grid import MAX_COLSPAN
from pipeline.read.word.names import MC, VAL, WRAPPERS, W, chosen, is_on, number, value
from pipeline.read.xml import Element

_THINGS = [
    W + name for name in ("t", "sym", "numPr", "fldChar", "fldSimple", "drawing", "pict", "object", "tbl")
]
_NO_LINE = frozenset(("nil", "none", ""))
_DEEPEST = 40  # wrappers inside one another


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
    see_columns([row.cells for row in rows], widths)
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
            goes_on = vertical is not None and not opens
            cells.append(Placed(element, at, end, _holds(element), _has_lines(own), goes_on, opens))
        at = end
    return cells


def _widths(table: Element) -> list[int]:
    grid = table.find(W + "tblGrid")
    return [] if grid is None else [number(one.get(W + "w"), 0) for one in grid.iter(W + "gridCol")]


def _has_lines(properties: Element | None) -> bool | None:
    """Whether a cell has lines of its own around it; None where it does not tell, and has those of its table."""
    borders = properties.find(W + "tcBorders") if properties is not None else None
    if borders is None:
        return None
    return any((line.get(VAL) or "") not in _NO_LINE for line in borders)


def _holds(cell: Element) -> bool:
    """Whether anything stands in a cell."""
    return any(one.tag != W + "t" or (one.text or "").strip() for one in cell.iter(*_THINGS))


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
