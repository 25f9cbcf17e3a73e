"""Where a cell of a grid stands."""

from __future__ import annotations

from pipeline.extract.record import Where
from pipeline.read.blocks import Cell


def where_of(cell: Cell, table: int) -> Where:
    """The place of `cell` in the table of this number, and on its page where the document has pages."""
    place = cell.place
    if place is None:
        return Where(table=table, row=cell.row, column=cell.column)
    box = (place.left, place.top, place.right, place.bottom)
    return Where(table=table, row=cell.row, column=cell.column, page=place.page, box=box)
