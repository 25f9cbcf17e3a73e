"""Pieces of the lines of a table that a scan has lost, put back where the lines around them leave no other choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from pipeline.read.pdf.geometry import Box, Rule
from pipeline.read.pdf.lattice import Lattice, lattice
from pipeline.read.scan.parted import APART, REACH, Gap, is_crossed, parted
from pipeline.read.scan.pixels import POINT, Picture, cut

_MOST = 0.5  # of the walls that the rows above and below share, which the row must have itself
_MOST_AT_END = 0.75  # in the last row or column, which has a neighbour on one side alone
_LEVEL = 4.0  # pixels by which the heights of digits and of other characters differ
_FEWEST = 8  # rows of pixels with ink; less is dust


@dataclass(frozen=True, slots=True)
class Walled:
    """A lattice, and the places (row and column, from 1) beside walls that were put back."""

    lattice: Lattice
    beside: frozenset[tuple[int, int]]


def walled(rules: Sequence[Rule], made: Lattice, near: float, ink: Picture) -> Walled:
    """`made` with what is missing of its walls. `ink` is 255 where there is ink that is no line.

    A piece of a wall is put back where the wall goes on at both ends of the gap, of one piece or two, or stands before
    its last piece; where the row (or column) has most of the other walls that its neighbours have; and where nothing
    is written across it. A cell that spans others has none of their walls, and mostly a text across them.

    Where a table has lost walls in this way or by its shape, it is enough that the wall goes on at one end, if on both
    sides of the gap something is written at the height at which the others of its row are written.
    """
    found = Walled(made, frozenset())
    for is_damaged in (False, True):
        table = _Places(found.lattice)
        if is_damaged and not found.beside and all(slot.whole for slot in made.slots):
            break
        gaps = [
            gap
            for upright in (True, False)
            for gap in table.gaps(upright=upright, one_end=is_damaged)
            if not is_crossed(ink, gap.rule) and (not is_damaged or table.is_between(ink, gap))
        ]
        if is_damaged:
            gaps += parted(found.lattice, ink)
        new = [gap.rule for gap in gaps]
        again = lattice([*rules, *new], near) if new else None
        if again is not None and (len(again.columns), len(again.rows)) == (len(made.columns), len(made.rows)):
            rules = [*rules, *new]
            found = Walled(again, found.beside.union(*(gap.beside for gap in gaps)))
    return found


class _Places:
    """The places of a lattice, each a row and a column, and the slots that they belong to."""

    def __init__(self, made: Lattice) -> None:
        self._made = made
        self._home = {
            (row, column): slot
            for slot in made.slots
            for row in range(slot.row, slot.row + slot.rowspan)
            for column in range(slot.column, slot.column + slot.colspan)
        }

    def gaps(self, *, upright: bool, one_end: bool) -> Iterator[Gap]:
        """The pieces of walls of one direction that may be missing."""
        made = self._made
        stops, along = (made.columns, made.rows) if upright else (made.rows, made.columns)
        lines, last = range(1, len(stops) - 1), len(along) - 1

        def sides(line: int, piece: int) -> tuple[tuple[int, int], tuple[int, int]]:
            return ((piece, line), (piece, line + 1)) if upright else ((line, piece), (line + 1, piece))

        def is_wall(line: int, piece: int) -> bool:
            one, other = (self._home[place] for place in sides(line, piece))
            return one != other and (not one_end or one.whole or other.whole)

        def goes_on(line: int, piece: int, step: int) -> bool:
            near = [place for place in (piece + step, piece + 2 * step) if 1 <= place <= last]
            if not near:
                return is_wall(line, piece - step) and is_wall(line, max(1, piece - 2 * step))
            return any(is_wall(line, place) for place in near)

        for piece in range(1 if one_end else 2, last + 1):
            if one_end:
                ends = [place for place in (piece - 1, piece + 1) if 1 <= place <= last]
                shared = [line for line in lines if any(is_wall(line, place) for place in ends)]
            else:
                shared = [line for line in lines if goes_on(line, piece, -1) and goes_on(line, piece, 1)]
            lost = [line for line in shared if not is_wall(line, piece)]
            most = _MOST if piece < last and not one_end else _MOST_AT_END
            if len(shared) - len(lost) >= most * len(shared):
                for line in lost:
                    rule = Rule(upright, stops[line], along[piece - 1], along[piece])
                    yield Gap(rule, frozenset(sides(line, piece)))

    def is_between(self, ink: Picture, gap: Gap) -> bool:
        """Whether something is written on both sides of a gap, at the height of its row, and not as one text is."""
        if not all(self._is_written(ink, *place) for place in gap.beside):
            return False
        if not gap.rule.upright:
            return True
        (row, left), (_, right) = sorted(gap.beside)
        before, after = (np.flatnonzero(self._part(ink, row, column).any(axis=0)) for column in (left, right))
        width = self._part(ink, row, left).shape[1]
        return bool(width - before[-1] + after[0] >= APART)

    def _is_written(self, ink: Picture, row: int, column: int) -> bool:
        """Whether something is written in a place at the height of what is in the row's cells of one place."""
        written = self._written(ink, row, column)
        others = [
            self._written(ink, row, slot.column)
            for slot in self._made.slots
            if slot.row == row and slot.rowspan == slot.colspan == 1 and slot.whole and slot.column != column
        ]
        seen = [other for other in others if other is not None]
        if written is None or not seen:
            return False
        top, middle = (median(one[side] for one in seen) for side in (0, 1))
        return abs(written[0] - top) <= _LEVEL or abs(written[1] - middle) <= _LEVEL

    def _written(self, ink: Picture, row: int, column: int) -> tuple[float, float] | None:
        """The top and the middle of what is written in a place, in pixels; None where nothing is."""
        heights = np.flatnonzero(self._part(ink, row, column).any(axis=1))
        return (float(heights[0]), float(heights[0] + heights[-1]) / 2) if len(heights) > _FEWEST else None

    def _part(self, ink: Picture, row: int, column: int) -> Picture:
        columns, rows = self._made.columns, self._made.rows
        left, top, right, bottom = columns[column - 1], rows[row - 1], columns[column], rows[row]
        box = Box(left + REACH, top + REACH, right - REACH, bottom - REACH)
        return cut(ink, Box(*(side * POINT for side in box)))
