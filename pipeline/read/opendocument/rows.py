"""The tables of OpenDocument to rows of cells with spans, on the columns that a person sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.read.columns import Placed, see_columns
from pipeline.read.given import Unreadable
from pipeline.read.grid import MAX_COLSPAN
from pipeline.read.opendocument.names import DRAW, OFFICE, TABLE, TEXT, times
from pipeline.read.opendocument.styles import Styles
from pipeline.read.xml import Element

_MOST_CELLS = 100_000  # of one table
_GROUPS = frozenset(
    TABLE + name
    for name in (
        *("table-header-rows", "table-rows", "table-row-group"),
        *("table-columns", "table-header-columns", "table-column-group"),
    )
)
_CELLS = frozenset((TABLE + "table-cell", TABLE + "covered-table-cell"))
_NOT_SHOWN = frozenset(("collapse", "filter"))
_DEEPEST = 40  # groups inside one another


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """`cells` from left to right, those above which go on into the row not among them."""

    cells: list[Placed]
    hidden: bool


@dataclass(slots=True)
class _Written:
    """A row as written: its cells by the column where they start, and the columns that are covered by others."""

    cells: list[Placed]
    covered: set[int]
    hidden: bool


def placed_rows(table: Element, styles: Styles) -> list[PlacedRow] | None:
    """The rows of a table; None where it has no place for all that stands in it. Raises Unreadable where it is beyond
    what people write.

    LibreOffice writes no columns of a width near nothing, but the cells in them: those behind are then out of place.
    """
    widths: list[int] = []
    for column in _members(table, TABLE + "table-column"):
        width = styles.width(column.get(TABLE + "style-name"))
        widths += [width] * min(
            times(column, TABLE + "number-columns-repeated"), MAX_COLSPAN + 1 - len(widths)
        )
    rows: list[_Written] = []
    cells = 0
    for element in _members(table, TABLE + "table-row"):
        # Empty rows are repeated to the end of a sheet; how many there are tells nobody anything.
        again = times(element, TABLE + "number-rows-repeated") if _holds(element) else 1
        cells += again * max(1, len(element))
        if cells > _MOST_CELLS:
            raise _too_large()
        for _ in range(again):
            rows.append(_row(element, styles))
            cells += len(rows[-1].cells)
    if widths:
        if any(cell.holds and cell.start >= len(widths) for row in rows for cell in row.cells):
            return None
        for row in rows:
            row.cells = [cell for cell in row.cells if cell.start < len(widths)]
            row.covered = {column for column in row.covered if column < len(widths)}
    _merge(rows)
    see_columns([row.cells for row in rows], widths)
    return [PlacedRow([one for one in row.cells if one.start < one.end], row.hidden) for row in rows]


def _members(parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif depth < _DEEPEST and child.tag in _GROUPS:
            yield from _members(child, tag, depth + 1)


def _row(element: Element, styles: Styles) -> _Written:
    at = 0
    hidden = element.get(TABLE + "visibility") in _NOT_SHOWN
    row = _Written([], set(), hidden)
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        holds = _holds(cell)
        again = times(cell, TABLE + "number-columns-repeated")
        across = min(times(cell, TABLE + "number-columns-spanned"), MAX_COLSPAN)
        has_lines = styles.has_lines(cell.get(TABLE + "style-name"))
        if again > MAX_COLSPAN - at and holds:
            raise _too_large()
        for _ in range(min(again, MAX_COLSPAN - at)):
            if cell.tag == TABLE + "covered-table-cell":
                row.covered.add(at)
            else:
                down = times(cell, TABLE + "number-rows-spanned")
                row.cells.append(
                    Placed(cell, at, at + across, holds, has_lines, opens=down > 1, rowspan=down)
                )
            at += 1
    return row


def _merge(rows: Sequence[_Written]) -> None:
    """Let cells cover what says that it is covered, and nothing else. What is covered by none is a gap."""
    free = [row.covered for row in rows]
    for place, row in enumerate(rows):
        for cell in row.cells:
            end = cell.start + 1
            while end < cell.end and end in free[place]:
                end += 1
            columns, down = set(range(cell.start, end)), 1
            free[place] -= columns
            while down < cell.rowspan and place + down < len(rows) and columns <= free[place + down]:
                free[place + down] -= columns
                down += 1
            cell.end, cell.rowspan = end, down
    for row in rows:
        row.cells += [Placed(None, column, column + 1) for column in row.covered]
        row.cells.sort(key=lambda cell: cell.start)


def _holds(cell: Element) -> bool:
    """Whether anything stands in a cell or row, or is said to."""
    return any(
        one.tag.startswith(DRAW)
        or (one.tag in _CELLS and one.get(OFFICE + "value") is not None)
        or (one.text or "").strip() != ""
        or (one.tail or "").strip() != ""
        or one.tag in (TEXT + "list", TABLE + "table")
        for one in cell.iter()
    )


def _too_large() -> Unreadable:
    return Unreadable("too_complex", f"A table of the document has more than {_MOST_CELLS} cells.")
