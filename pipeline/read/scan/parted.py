"""Cells of a damaged table that are several whose walls are lost, told apart by where other cells are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from pipeline.read.pdf.geometry import Box, Rule
from pipeline.read.pdf.lattice import Lattice, Slot
from pipeline.read.scan.pixels import POINT, Picture, cut

REACH = 1.5  # points to each side in which ink crosses a wall
APART = 14  # pixels, besides the reach, between what is written in two cells; within one text less is
_LEVEL = 4.0  # pixels by which the places of digits and of other characters differ
_FEWEST = 20  # pixels of ink; less is dust
_OTHERS = 2  # cells that tell where the cells of a row or column are written
_MOST = 0.5  # of the walls of the column beside it, which a column of groups of rows has not
_HALF = 0.7  # points, of the thickness of what may be left of a wall
_INK = 0.08  # of the places along a wall: less is dust


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of a wall that may be missing, and the places (row and column, from 1) on both sides of it."""

    rule: Rule
    beside: frozenset[tuple[int, int]]


def parted(made: Lattice, ink: Picture) -> list[Gap]:
    """The walls within cells that hold what other rows (or columns) hold in two cells or more.

    Each of these must be written at the height (or at the side) at which other cells of its rows (or columns) are, all
    of the cell must be told in this way, and in one way alone. So a label whose lines stand across a wall that others
    have, or in one of its rows alone, stays one.
    """
    return [
        gap
        for upright in (False, True)
        for slot in made.slots
        for gap in _Parting(made, ink, slot, upright=upright).gaps()
    ]


def is_crossed(ink: Picture, rule: Rule) -> bool:
    """Whether something is written across a wall. What lies along it alone is left of the wall itself."""
    start, end = rule.start + REACH, rule.end - REACH
    sides = []
    for near, far in ((rule.at - REACH, rule.at - _HALF), (rule.at + _HALF, rule.at + REACH)):
        box = Box(near, start, far, end) if rule.upright else Box(start, near, end, far)
        part = cut(ink, Box(*(side * POINT for side in box)))
        sides.append(np.any(part, axis=1 if rule.upright else 0))
    return bool((sides[0] | sides[1]).mean() > _INK)


class _Parting:
    """One slot, and the walls of one direction within it."""

    def __init__(self, made: Lattice, ink: Picture, slot: Slot, *, upright: bool) -> None:
        self._made, self._ink, self._slot, self._upright = made, ink, slot, upright
        self._first, self._count = self._along(slot)
        self._start, self._width = self._across(slot)

    def gaps(self) -> Iterator[Gap]:
        """The walls that part the slot; none where it is one cell, or may be parted in two ways."""
        ways = list(self._ways(self._first)) if self._count > 1 else []
        if len(ways) == 1:
            for line in ways[0]:
                places = {
                    (side, place)
                    for side in (line - 1, line)
                    for place in range(self._start, self._start + self._width)
                }
                beside = {(place, side) for side, place in places} if self._upright else places
                yield Gap(self._rule(line), frozenset(beside))

    def _ways(self, start: int) -> Iterator[tuple[int, ...]]:
        """The lines at which what begins at `start` may be parted, for each way to do so."""
        end = self._first + self._count
        for line in range(start + 1, end):
            if self._may_part(line) and self._is_written(start, line):
                yield from ((line, *others) for others in self._ways(line))
        if start > self._first and self._is_written(start, end):
            yield ()

    def _may_part(self, line: int) -> bool:
        """Whether the line is a wall at one end of the slot, and nothing is written across it here."""
        beside = [
            place
            for place in (self._start - 1, self._start + self._width)
            if any(self._holds(other, place) for other in self._made.slots) and self._is_wall(line, place)
        ]
        if not beside or is_crossed(self._ink, self._rule(line)):
            return False
        if self._upright:
            one, other = (self._written(side, side + 1) for side in (line - 1, line))
            return one is not None and other is not None and other[0] - one[1] >= APART + 2 * REACH * POINT
        return any(self._is_of_single_labels(place) for place in beside)

    def _is_of_single_labels(self, beside: int) -> bool:
        own = self._start if beside < self._start else self._start + self._width - 1
        lines = [line for line in range(2, len(self._made.rows)) if self._is_wall(line, beside)]
        return sum(self._is_wall(line, own) for line in lines) >= _MOST * len(lines)

    def _is_wall(self, line: int, place: int) -> bool:
        """Whether a cell begins at a line, counted from 1, in a row or column."""
        return any(self._holds(slot, place) and self._along(slot)[0] == line for slot in self._made.slots)

    def _is_written(self, start: int, end: int) -> bool:
        own = self._written(start, end)
        others = [
            self._extent(slot.box)
            for slot in self._made.slots
            if slot is not self._slot and self._along(slot) == (start, end - start)
        ]
        seen = [other for other in others if other is not None]
        if own is None or len(seen) < _OTHERS:
            return False
        offsets = [(own[0] - one[0], sum(own) / 2 - sum(one) / 2, own[1] - one[1]) for one in seen]
        return any(abs(median(ways)) <= _LEVEL for ways in zip(*offsets, strict=True))

    def _written(self, start: int, end: int) -> tuple[float, float] | None:
        box, stops = self._slot.box, self._stops()
        low, high = stops[start - 1], stops[end - 1]
        return self._extent(
            Box(low, box.top, high, box.bottom) if self._upright else Box(box.left, low, box.right, high)
        )

    def _extent(self, box: Box) -> tuple[float, float] | None:
        """Where what is written in a box begins and ends, in pixels of the page; None where nothing is."""
        inner = Box(box.left + REACH, box.top + REACH, box.right - REACH, box.bottom - REACH)
        part = cut(self._ink, Box(*(side * POINT for side in inner)))
        if np.count_nonzero(part) < _FEWEST:
            return None
        places = np.flatnonzero(part.any(axis=0 if self._upright else 1))
        begin = (inner.left if self._upright else inner.top) * POINT
        return begin + float(places[0]), begin + float(places[-1])

    def _rule(self, line: int) -> Rule:
        box = self._slot.box
        sides = (box.top, box.bottom) if self._upright else (box.left, box.right)
        return Rule(self._upright, self._stops()[line - 1], *sides)

    def _stops(self) -> tuple[float, ...]:
        return self._made.columns if self._upright else self._made.rows

    def _along(self, slot: Slot) -> tuple[int, int]:
        return (slot.column, slot.colspan) if self._upright else (slot.row, slot.rowspan)

    def _across(self, slot: Slot) -> tuple[int, int]:
        return (slot.row, slot.rowspan) if self._upright else (slot.column, slot.colspan)

    def _holds(self, slot: Slot, place: int) -> bool:
        start, count = self._across(slot)
        return start <= place < start + count
