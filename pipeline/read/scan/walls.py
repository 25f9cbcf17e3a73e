"""Pieces of the lines of a table that a scan has lost, put back where the lines around them leave no other choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.read.pdf.geometry import Box, Rule
from pipeline.read.pdf.lattice import Lattice, lattice
from pipeline.read.scan.pixels import POINT, Picture, cut

_MOST = 0.5  # of the walls that the rows above and below share, which the row must have itself
_MOST_AT_END = 0.75  # in the last row or column, which has a neighbour on one side alone
_REACH = 1.5  # points to each side in which ink crosses a wall
_INK = 0.08  # of the places along a wall: less is dust


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
    """
    new: list[Rule] = []
    beside: set[tuple[int, int]] = set()
    for gap in (*_gaps(made, upright=True), *_gaps(made, upright=False)):
        if not _is_crossed(ink, gap.rule):
            new.append(gap.rule)
            beside |= gap.beside
    again = lattice([*rules, *new], near) if new else None
    if again is None or (len(again.columns), len(again.rows)) != (len(made.columns), len(made.rows)):
        return Walled(made, frozenset())
    return Walled(again, frozenset(beside))


@dataclass(frozen=True, slots=True)
class _Gap:
    """A piece of a wall that may be missing, and the places on both sides of it."""

    rule: Rule
    beside: frozenset[tuple[int, int]]


def _gaps(made: Lattice, *, upright: bool) -> Iterator[_Gap]:
    home = {
        (row, column): place
        for place, slot in enumerate(made.slots)
        for row in range(slot.row, slot.row + slot.rowspan)
        for column in range(slot.column, slot.column + slot.colspan)
    }
    stops, along = (made.columns, made.rows) if upright else (made.rows, made.columns)

    def sides(line: int, piece: int) -> tuple[tuple[int, int], tuple[int, int]]:
        return ((piece, line), (piece, line + 1)) if upright else ((line, piece), (line + 1, piece))

    def is_wall(line: int, piece: int) -> bool:
        one, other = sides(line, piece)
        return home[one] != home[other]

    lines, last = range(1, len(stops) - 1), len(along) - 1

    def goes_on(line: int, piece: int, step: int) -> bool:
        near = [place for place in (piece + step, piece + 2 * step) if 1 <= place <= last]
        if not near:
            return is_wall(line, piece - step) and is_wall(line, max(1, piece - 2 * step))
        return any(is_wall(line, place) for place in near)

    for piece in range(2, last + 1):
        shared = [line for line in lines if goes_on(line, piece, -1) and goes_on(line, piece, 1)]
        lost = [line for line in shared if not is_wall(line, piece)]
        if len(shared) - len(lost) >= (_MOST if piece < last else _MOST_AT_END) * len(shared):
            for line in lost:
                rule = Rule(upright, stops[line], along[piece - 1], along[piece])
                yield _Gap(rule, frozenset(sides(line, piece)))


def _is_crossed(ink: Picture, rule: Rule) -> bool:
    start, end = rule.start + _REACH, rule.end - _REACH
    near, far = rule.at - _REACH, rule.at + _REACH
    box = Box(near, start, far, end) if rule.upright else Box(start, near, end, far)
    part = cut(ink, Box(*(side * POINT for side in box)))
    return bool(np.any(part, axis=1 if rule.upright else 0).mean() > _INK)
