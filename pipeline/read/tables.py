"""Which tables of a page are data and which only hold its layout, and what becomes of tables inside tables.

The rule, with no text lost in any case:

- A table of one cell is layout. So is one that is almost all one long cell beside which no bare figure stands.
- A table that contains tables is layout, unless its other cells make it a data table by themselves: rows of at least
  two filled cells, three of them with bare figures in at least two, or more text than the cells with tables inside.
- A layout table's cells are read as running text, one after the other, and the tables inside it on their own.
- A data table is one grid. The text of a table inside one of its cells stays in that cell, a row a line and cells
  parted by ` | `; a table inside it of at least two rows and columns is a grid of its own as well, after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipeline.read.dom import Line, Table, TableCell
from pipeline.read.grid import Expansion, RawCell, expand

LONG_CELL = 400
_BARE_FIGURE = re.compile(r"[+\-－＋]?\d[\d,.，．]*%?")


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table read as a grid. `node` is its place in the tree, None for one inside another data table."""

    grid: Expansion
    node: LexborNode | None


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
    found: list[Line | DataTable] = [DataTable(grid, table.node)] if grid.cells else []
    for cell in _cells(table):
        for item in cell.items:
            if isinstance(item, Table):
                found.extend(
                    DataTable(inner.grid, None)
                    for inner in resolve([item])
                    if isinstance(inner, DataTable) and inner.grid.height > 1 and inner.grid.width > 1
                )
    return found


def _is_layout(table: Table) -> bool:
    cells = _cells(table)
    if len(cells) <= 1:
        return True
    texts = [_text(cell.items) for cell in cells]
    if any(isinstance(item, Table) for cell in cells for item in cell.items):
        return not _is_data_by_itself(table)
    longest = max(texts, key=len)
    if len(longest) < LONG_CELL or len(longest) < 0.8 * sum(map(len, texts)):
        return False
    filled = [text for text in texts if text]
    return len(filled) < 12 and not any(_BARE_FIGURE.fullmatch(text) for text in filled)


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
    return RawCell(_text(cell.items), cell.rowspan, cell.colspan, cell.hidden)


def _text(items: Sequence[Line | Table]) -> str:
    lines: list[str] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(" ".join(item.text.split()))
        else:
            for group in item.groups:
                lines.extend(" | ".join(_text(cell.items) for cell in row) for row in group)
    return "\n".join(line for line in lines if line)
