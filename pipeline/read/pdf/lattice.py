"""From the lines of one table to its cells: where no line stands between two places they are one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read.pdf.geometry import Box, Rule

MAX_PLACES = 40_000  # of one table
_SHARE = 0.6  # of the side of a place that a line must cover to be a wall
_REACH = 5.0  # points that lines run over the outermost crossing line before an edge is missing there


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell by its lines: the place where it starts, counted from 1, what it spans, and its box.

    `whole` is false for a part of a cell that is no rectangle, as where a piece of a line is missing. `outside` tells
    of a place at the table's edge where no line closes it as others are closed: beside a part of the table that is
    narrower.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    whole: bool = True
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one table. `columns` and `rows` are the places of its lines.

    `open_above` and `open_below` tell that its upright lines run on without a line that ends it, as at a page's end;
    `cut` tells that its last column may go on where nothing is shown: lines across run on behind it, or no line ends it
    though one begins the first.
    """

    slots: tuple[Slot, ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    open_above: bool = False
    open_below: bool = False
    cut: bool = False

    @property
    def box(self) -> Box:
        """The table's outline."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def goes_on(self, slot: Slot, line: int) -> bool:
        """Whether an upright line, counted from 1, is more than the side of this slot: the table's edge, or a side of
        one that touches it above or below too.
        """
        return line in (1, len(self.columns)) or any(
            line in (other.column, other.column + other.colspan)
            for other in self.slots
            if slot.row in (other.row + other.rowspan, other.row - slot.rowspan)
        )


def lattice(rules: Sequence[Rule], near: float) -> Lattice | None:
    """The cells that `rules`, the whole lines of one group, make; None where they make none."""
    upright = [rule for rule in rules if rule.upright]
    across = [rule for rule in rules if not rule.upright]
    columns = _stops(upright, across, near)
    rows = _stops(across, upright, near)
    if len(columns) < 2 or len(rows) < 2 or len(columns) * len(rows) > MAX_PLACES:
        return None
    walls_up = _walls(upright, columns, rows, near)
    walls_across = _walls(across, rows, columns, near)
    height, width = len(rows) - 1, len(columns) - 1
    regions = _regions(height, width, walls_up | _edges(columns, rows), walls_across | _edges(rows, columns))
    ends_up, ends_across = ({stop for stop, _ in walls} for walls in (walls_up, walls_across))
    slots: list[Slot] = []
    for places in regions:
        parts = _rectangles(places)
        for top, left, bottom, right in parts:
            sides = (0 if left == 0 else width if right == width else -1, range(top, bottom))
            ends = (0 if top == 0 else height if bottom == height else -1, range(left, right))
            slots.append(
                Slot(
                    top + 1,
                    left + 1,
                    bottom - top,
                    right - left,
                    Box(columns[left], rows[top], columns[right], rows[bottom]),
                    whole=len(parts) == 1,
                    outside=(sides[0] in ends_up and _is_open(walls_up, *sides))
                    or (ends[0] in ends_across and _is_open(walls_across, *ends)),
                )
            )
    slots.sort(key=lambda slot: (slot.row, slot.column))
    drawn = [rule.at for rule in across]
    return Lattice(
        tuple(slots),
        tuple(columns),
        tuple(rows),
        open_above=rows[0] < min(drawn, default=rows[0]) - near,
        open_below=rows[-1] > max(drawn, default=rows[-1]) + near,
        cut=any(rule.cut and rule.end > columns[-1] - near for rule in across)
        or _ends_early(upright, columns, near),
    )


def _ends_early(upright: Sequence[Rule], columns: Sequence[float], near: float) -> bool:
    """Whether a table that has a line at its left has none at its right, as where the edge of a page cuts it off."""
    places = [rule.at for rule in upright]
    return bool(places) and min(places) <= columns[0] + near and max(places) < columns[-1] - near


def _stops(rules: Sequence[Rule], crossing: Sequence[Rule], near: float) -> list[float]:
    """Where lines of one direction stand, and where the crossing ones end without one: an edge not drawn."""
    places: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if places and at - places[-1][0] <= near:
            places[-1].append(at)
        else:
            places.append([at])
    stops = [sum(place) / len(place) for place in places]
    for end, out in (
        (min((rule.start for rule in crossing), default=None), -1),
        (max((rule.end for rule in crossing), default=None), 1),
    ):
        if end is not None and (not stops or (end - stops[0 if out < 0 else -1]) * out > _REACH):
            stops.insert(0 if out < 0 else len(stops), end)
    return stops


def _walls(
    rules: Sequence[Rule], stops: Sequence[float], along: Sequence[float], near: float
) -> set[tuple[int, int]]:
    """The pieces (stop, piece along it) that lines cover."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for rule in rules:
        stop = min(range(len(stops)), key=lambda place: abs(stops[place] - rule.at))
        if abs(stops[stop] - rule.at) > near:
            continue
        for piece, (start, end) in enumerate(pairwise(along)):
            shared = min(rule.end, end) - max(rule.start, start)
            if shared > 0:
                covered[stop, piece] += shared / (end - start)
    return {place for place, share in covered.items() if share >= _SHARE}


def _edges(stops: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    return {(stop, piece) for stop in (0, len(stops) - 1) for piece in range(len(along) - 1)}


def _is_open(walls: set[tuple[int, int]], edge: int, pieces: range) -> bool:
    """Whether an edge of the table is not drawn all along `pieces`."""
    return not all((edge, piece) in walls for piece in pieces)


def _rectangles(places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The places as rectangles (top, left, bottom, right), each as high as it can be: one, if they are one."""
    found: list[tuple[int, int, int, int]] = []
    runs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, column in sorted(places):
        if runs[row] and runs[row][-1][1] == column:
            runs[row][-1] = (runs[row][-1][0], column + 1)
        else:
            runs[row].append((column, column + 1))
    for row in sorted(runs):
        for left, right in runs[row]:
            above = next((one for one in found if one[1:] == (left, row, right)), None)
            if above is not None:
                found.remove(above)
            found.append((row if above is None else above[0], left, row + 1, right))
    return found


def _regions(
    height: int, width: int, upright: set[tuple[int, int]], across: set[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    seen: set[tuple[int, int]] = set()
    found: list[list[tuple[int, int]]] = []
    for start in ((row, column) for row in range(height) for column in range(width)):
        if start in seen:
            continue
        seen.add(start)
        region, open_places = [], [start]
        while open_places:
            row, column = place = open_places.pop()
            region.append(place)
            for beside, wall in (
                ((row, column + 1), (column + 1, row) in upright),
                ((row, column - 1), (column, row) in upright),
                ((row + 1, column), (row + 1, column) in across),
                ((row - 1, column), (row, column) in across),
            ):
                if not wall and beside not in seen:
                    seen.add(beside)
                    open_places.append(beside)
        found.append(region)
    return found
