"""Lines of tables, told by where they end from strokes of characters that lie on one line with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.pdf.geometry import Rule
from pipeline.read.scan.pixels import POINT, Picture

STROKES = 22.0  # points to which strokes go beyond a wall
_FEW = 0.4  # of the lines that a wall has
_NEAR = 2.5  # points
_OUT = 2  # pixels by which the place of a wall that is not quite straight is out


def without_strokes(lines: Sequence[Rule], walls: Sequence[Rule]) -> list[Rule]:
    """The lines without what a few of them have beyond a wall: strokes of large characters that are set close to it.
    Where more than a few go on without an end, the table does.
    """
    cut = list(lines)
    for last in (False, True):
        beyond: dict[int, list[int]] = defaultdict(list)
        for place, line in enumerate(lines):
            end = line.end if last else line.start
            near = [
                number
                for number, wall in enumerate(walls)
                if abs(wall.at - end) <= STROKES and _comes_to(line, wall, last=last)
            ]
            if near and not _meets(line.at, end, walls):
                beyond[min(near, key=lambda number: abs(walls[number].at - end))].append(place)
        for number, places in beyond.items():
            wall = walls[number]
            if len(places) < _FEW * sum(_comes_to(line, wall, last=last) for line in lines):
                for place in places:
                    line = cut[place]
                    cut[place] = replace(line, end=wall.at) if last else replace(line, start=wall.at)
    return cut


def _comes_to(line: Rule, wall: Rule, *, last: bool) -> bool:
    """Whether a line comes to a wall, and from before it as its end is looked at, or from behind as its start is."""
    before = wall.at - line.start if last else line.end - wall.at
    return before > 2 * _NEAR and _reaches(wall, line.at) and _reaches(line, wall.at)


def ends(rule: Rule, walls: Sequence[Rule], dark: Picture) -> bool:
    """Whether a line begins and ends at others, without a gap. `dark` is 255 where there is ink; the line runs along
    its rows.
    """
    return all(
        any(
            abs(wall.at - end) <= _NEAR and _reaches(wall, rule.at) and _is_drawn(dark, rule.at, end, wall.at)
            for wall in walls
        )
        for end in (rule.start, rule.end)
    )


def _is_drawn(dark: Picture, at: float, end: float, wall: float) -> bool:
    """Whether there is ink from the end of a line to a wall; a stroke of a character in a low cell ends before it."""
    row = round(at * POINT)
    first, last = sorted((round(end * POINT), round(wall * POINT)))
    between = dark[max(0, row - 1) : row + 2, first + _OUT : last - _OUT]
    return bool(between.any(axis=0).all())


def _meets(at: float, end: float, walls: Sequence[Rule]) -> bool:
    return any(abs(wall.at - end) <= _NEAR and _reaches(wall, at) for wall in walls)


def _reaches(line: Rule, at: float) -> bool:
    return line.start - _NEAR <= at <= line.end + _NEAR
