"""Where the edges of a table's cells are when each row may have its own, as where people draw them by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.extract.rendering import Printed, Table

Shift = Callable[[int, int], int]
"""How far the edge left of a column is moved in a row, in twentieths of a point; both count from 0."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell between two edges. `goes_on` tells that it began in a row above."""

    cell: Printed
    goes_on: bool
    left: int
    right: int


def straight(_row: int, _edge: int) -> int:
    """No edge is moved."""
    return 0


def drawn(rows: Table, shift: Shift, width: int = 700) -> tuple[Sequence[int], Sequence[Sequence[Drawn]]]:
    """All edges from left to right, and the cells of each row. A cell that goes on downwards keeps its edges."""
    placed: list[list[Drawn]] = []
    above: dict[int, Drawn] = {}
    for number, row in enumerate(filled_up(rows)):
        at, own, cells = 0, dict[int, int](), list[tuple[int, Printed, bool]]()
        for printed, goes_on in row:
            cells.append((at, printed, goes_on))
            for edge in (at, at + printed.colspan):
                own.setdefault(edge, edge * width + shift(number, edge))
            if goes_on:
                own |= {at: above[at].left, at + printed.colspan: above[at].right}
            at += printed.colspan
        placed.append([Drawn(one, goes_on, own[at], own[at + one.colspan]) for at, one, goes_on in cells])
        above = {at: cell for (at, *_), cell in zip(cells, placed[-1], strict=True)}
    return sorted({edge for row in placed for cell in row for edge in (cell.left, cell.right)}), placed


def filled_up(rows: Table) -> Iterator[list[tuple[Printed, bool]]]:
    """The cells of each row with those that reach into it from above, and whether they do."""
    above: dict[int, tuple[Printed, int]] = {}  # by column, with the rows still to come
    for row in rows:
        waiting, filled, at = list(row), list[tuple[Printed, bool]](), 0
        below: dict[int, tuple[Printed, int]] = {}
        while waiting or at in above:
            continues = at in above
            printed, left = above[at] if continues else (waiting[0], waiting[0].rowspan)
            filled.append((printed if continues else waiting.pop(0), continues))
            if left > 1:
                below[at] = (printed, left - 1)
            at += printed.colspan
        above = below
        yield filled
