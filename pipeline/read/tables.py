"""Which tables of a page are data and which only hold its layout, and what becomes of tables inside tables.

The rule, with no text lost in any case:

- A table of which no row has two cells is layout. So is one that is nearly all one long cell (four fifths
  of its text, 400 characters) beside which no bare figure stands, or nearly all one cell of many lines.
- A table that contains tables is layout, unless its other cells make it a data table by themselves: rows of
  at least two filled cells, three of them and two with bare figures, or two and more text than the cells
  with tables.
- A layout table's cells are read as running text, one after the other, and the tables inside on their own.
- A data table is one grid. The text of a table inside one of its cells stays in that cell, a row a line and
  cells parted by ` | `; one of at least two rows and columns is a grid of its own as well, after the outer
  one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipeline.read.dom import Line, Table, TableCell
from pipeline.read.grid import Expansion, RawCell, expand

PICTURE = "\ufffc"  # what stands for a picture in the text of a cell
_BARE_FIGURE = re.compile(r"[+\-－＋]?\d[\d,.，．]*%?")


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table read as a grid. `node` is its place in the tree, None for one inside another data table."""

    grid: Expansion
    node: LexborNode | None
    veiled: bool = False


def resolve(items: Sequence[Line | Table]) -> list[Line | DataTable]:
    """Replace each table by its grid or, where it is layout, by what stands in it."""
    resolved: list[Line | DataTable] = []
    for item in items:
        if isinstance(item, Line):
            resolved.append(item)
        elif _is_layout(item):
            for cell in _cells(item):
                resolved.extend(resolve(cell.items))
        else:
            resolved.extend(_data(item))
    return resolved


def resolve_text(items: Sequence[Line | Table]) -> list[str]:
    """The lines alone, without what stands in data tables."""
    return [item.text.strip() for item in resolve(items) if isinstance(item, Line) and item.text.strip()]


def _data(table: Table) -> list[Line | DataTable]:
    groups = [[[_raw(cell) for cell in row] for row in group] for group in table.groups]
    grid = expand(groups)
    found: list[Line | DataTable] = [DataTable(grid, table.node, table.veiled)] if grid.cells else []
    for cell in _cells(table):
        for item in cell.items:
            if isinstance(item, Table):
                found.extend(
                    DataTable(inner.grid, None, inner.veiled)
                    for inner in resolve([item])
                    if isinstance(inner, DataTable) and inner.grid.height > 1 and inner.grid.width > 1
                )
    return found


def _is_layout(table: Table) -> bool:
    if all(len(row) <= 1 for group in table.groups for row in group):
        return True
    cells = [cell for cell in _cells(table) if cell.items]
    if any(isinstance(item, Table) for cell in cells for item in cell.items):
        return not _is_data_by_itself(table)
    sizes = [sum(len(item.text) for item in cell.items if isinstance(item, Line)) for cell in cells]
    longest = max(sizes, default=0)
    share = longest / sum(sizes) if longest else 0.0
    lines = len(cells[sizes.index(longest)].items) if cells else 0
    if longest >= 1000 and share >= 0.9 and lines >= 8:
        return True
    if longest < 400 or share < 0.8 or (len(cells) >= 12 and lines < 5):
        return False
    return not any(_BARE_FIGURE.fullmatch(_text(cell.items)) for cell in cells)


def _is_data_by_itself(table: Table) -> bool:
    own = held = rows = figure_rows = 0
    for group in table.groups:
        for row in group:
            filled: list[str] = []
            for cell in row:
                text = _text(cell.items)
                if any(isinstance(item, Table) for item in cell.items):
                    held += len(text)
                elif text:
                    filled.append(text)
            own += sum(map(len, filled))
            if len(filled) > 1:
                rows += 1
                figure_rows += any(_BARE_FIGURE.fullmatch(text) for text in filled)
    return (rows >= 3 and figure_rows >= 2) or (rows >= 2 and own > held)


def _cells(table: Table) -> list[TableCell]:
    return [cell for group in table.groups for row in group for cell in row]


def _raw(cell: TableCell) -> RawCell:
    return RawCell(
        _text(cell.items) or (PICTURE if cell.pictured else ""), cell.rowspan, cell.colspan, cell.hidden
    )


def _text(items: Sequence[Line | Table]) -> str:
    lines: list[str] = []
    for item in items:
        if isinstance(item, Line):
            text = item.text
            lines.append(text if text.isalnum() else " ".join(text.split()))
        else:
            for group in item.groups:
                lines.extend(" | ".join(_text(cell.items) for cell in row) for row in group)
    return "\n".join(line for line in lines if line)
