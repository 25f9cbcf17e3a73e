"""Tables that go on over a page break, joined; their repeated heads and rows cut in two put right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.pdf.cut_rows import without_cut_row
from pipeline.read.pdf.layout import Filled, Piece, Table

_SAME = 3.5  # points by which the columns of two halves may differ
_SHARE = 0.7  # of the edges of the rows at the break that must stand in both halves
_HEAD_EDGES = 4  # a row of fewer would go on in any table that is as wide
_MOST_HEADS = 6  # rows that are repeated on each page


def joined(pages: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The pieces of all pages, one after the other."""
    found: list[Piece] = []
    for page in pages:
        rest = list(page)
        last = found[-1] if found else None
        if rest and isinstance(last, Table) and isinstance(first := rest[0], Table):
            if last.instead or first.instead:
                whole = _loosely_joined(last, first)
            else:
                shift = _shift(last, first)
                whole = None if shift is None else _joined(last, first, shift)
            if whole is not None:
                found[-1] = whole
                del rest[0]
        found += rest
    return [part for piece in found for part in _settled(piece)]


def _settled(piece: Piece) -> Sequence[Piece]:
    return piece.instead if isinstance(piece, Table) and not piece.headed else (piece,)


def _loosely_joined(one: Table, other: Table) -> Table | None:
    """Two tables without upright lines as one, where the columns of the second stand below those of the first."""
    same = one.instead and other.instead and one.headed and not other.headed
    if not same or len(one.columns) != len(other.columns):
        return None
    stops = zip(one.columns, one.columns[1:], one.columns[2:], other.columns[1:], strict=False)
    if any(abs(mine - its) > min(mine - before, after - mine) / 2 for before, mine, after, its in stops):
        return None
    below = [_down(cell, one.height) for cell in other.cells]
    return replace(
        one,
        cells=(*one.cells, *below),
        height=one.height + other.height,
        instead=(*one.instead, *other.instead),
    )


def _shift(one: Table, other: Table) -> float | None:
    """By how much `other` must be moved to the right to go on below `one`; None where it is another table.

    Pages may be bound on either side, and a page may lack the outer lines of cells that go over all of it.
    """
    last, first = _edges(one, one.height), _edges(other, 1)
    for shift in (
        0.0,
        one.columns[0] - other.columns[0],
        one.columns[-1] - other.columns[-1],
    ):
        mine, its = [edge - shift for edge in last], [edge + shift for edge in first]
        if (
            abs(one.columns[-1] - other.columns[-1] - shift) <= _SAME
            and (_share(its, one.columns) >= _SHARE or _is_cut_head(mine, other.columns))
            and _share(mine, other.columns) >= _SHARE
        ):
            return shift
    return None


def _is_cut_head(edges: Sequence[float], stops: Sequence[float]) -> bool:
    """Whether a row of heads may end a page whose heads of single columns stand on the next."""
    return len(edges) >= _HEAD_EDGES and _share(edges, stops) == 1


def _edges(table: Table, row: int) -> list[float]:
    """Where the cells over a row begin and end."""
    over = [cell.slot for cell in table.cells if cell.slot.row <= row < cell.slot.row + cell.slot.rowspan]
    return sorted(
        {table.columns[side - 1] for slot in over for side in (slot.column, slot.column + slot.colspan)}
    )


def _share(edges: Sequence[float], stops: Sequence[float]) -> float:
    return sum(any(abs(edge - stop) <= _SAME for stop in stops) for edge in edges) / max(1, len(edges))


def _joined(one: Table, other: Table, shift: float) -> Table:
    moved = [stop + shift for stop in other.columns]
    new = [stop for stop in moved if all(abs(stop - mine) > _SAME for mine in one.columns)]
    columns = tuple(sorted((*one.columns, *new)))
    above = [_placed(cell, one.columns, columns) for cell in one.cells]
    below = [_placed(cell, moved, columns) for cell in other.cells]
    heads = _repeated(above, below, other.height)
    below = [_down(cell, one.height - heads) for cell in below if cell.slot.row > heads]
    height = one.height + other.height - heads
    whole = without_cut_row(above, below, one.height)
    if whole is not None:
        return Table(whole, columns, height - 1)
    return Table((*above, *below), columns, height)


def _placed(cell: Filled, stops: Sequence[float], columns: Sequence[float]) -> Filled:
    """The cell in a table with more upright lines."""
    start = _nearest(columns, stops[cell.slot.column - 1])
    end = _nearest(columns, stops[cell.slot.column + cell.slot.colspan - 1])
    return replace(cell, slot=replace(cell.slot, column=start + 1, colspan=max(1, end - start)))


def _nearest(stops: Sequence[float], at: float) -> int:
    place = bisect_left(stops, at)
    near = [one for one in (place - 1, place) if 0 <= one < len(stops)]
    return min(near, key=lambda one: abs(stops[one] - at))


def _down(cell: Filled, rows: int) -> Filled:
    return replace(cell, slot=replace(cell.slot, row=cell.slot.row + rows))


def _repeated(above: Sequence[Filled], below: Sequence[Filled], height: int) -> int:
    """How many of the first rows below are those that the table begins with."""
    same = 0
    for row in range(1, min(_MOST_HEADS, height - 1) + 1):
        mine, its = ([cell for cell in cells if cell.slot.row == row] for cells in (above, below))
        words = any(cell.text and not cell.text.isascii() for cell in its)
        if not words or len(mine) != len(its) or not all(map(_is_again, mine, its)):
            break
        same = row
    over = any(cell.slot.row <= same < cell.slot.row + cell.slot.rowspan - 1 for cell in below)
    return 0 if over else same


def _is_again(cell: Filled, again: Filled) -> bool:
    """Whether `again` is `cell` printed once more; of one over several rows it may be what stands in the first."""
    if (cell.slot.column, cell.slot.colspan) != (again.slot.column, again.slot.colspan):
        return False
    text, its = "".join(cell.text.split()), "".join(again.text.split())
    if cell.slot.rowspan == again.slot.rowspan:
        return text == its
    return again.slot.rowspan < cell.slot.rowspan and text.startswith(its)
