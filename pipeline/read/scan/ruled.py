"""The lines of tables in a picture, and where their pixels are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.pdf.geometry import Rule
from pipeline.read.pdf.joined import whole
from pipeline.read.scan.dust import strokes
from pipeline.read.scan.pixels import POINT, Picture, dark_in
from pipeline.read.scan.strokes import STROKES, ends, without_strokes

_PIECE = 27  # pixels of a line without a gap
_GAP = 5  # pixels of a gap that noise makes in it
_THICK = 12
_BESIDE = (4, 5, 6)  # pixels from a line to where paper is
_CLEAR = 0.35  # of the places beside a line that may be dark: characters that it touches
_SOLID = 0.99  # of a line that is drawn, without what bridges its gaps,
_CERTAIN = 60  # pixels that are more than a stroke of a character
_SHORTEST = 10.0  # points; no stroke of a character in a cell is so long
_NEAR = 2.5  # points
_LONG = 70.0  # points; what is shorter must end at other lines: a row of digits out of focus ends in its cell
_BIT = 8  # pixels that hang together, of a line whose gaps are bridged
_SPECK = 1  # pixel of a gap that is none
_COVERED = 40.0  # points of a gap that a seal may make, as the star in its middle
_LEVEL = 1.0  # points by which pieces of one line are out of line
_SMEARED = 7  # pixels around red in which a thin line may be gone with it
_DARKER = 10  # grey levels by which ink differs from it,
_THIN_DARKER = 20  # and a line of one pixel, whose grain is not evened out on all sides


@dataclass(frozen=True, slots=True)
class Ruled:
    """`rules` in points; `dark` is 255 where there is ink, lines among it, and `lines` where there are lines."""

    rules: tuple[Rule, ...]
    dark: Picture
    lines: Picture


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line, the corner of the box around it, and which pixels of the box are its own."""

    rule: Rule
    left: int
    top: int
    pixels: Picture

    def within(self, line: Rule) -> _Piece:
        """What of it belongs to a line that is shorter."""
        start, end = max(self.rule.start, line.start), min(self.rule.end, line.end)
        left, right = max(self.left, round(start * POINT) - 1), round(end * POINT) + 1
        pixels = self.pixels[:, left - self.left : right - self.left]
        return _Piece(replace(self.rule, start=start, end=end), left, self.top, pixels)


def ruled(grey: Picture, red: Picture | None = None) -> Ruled:
    """The lines of an upright page. `red` is 255 where a seal was."""
    dark = dark_in(np.asarray(cv2.medianBlur(grey, 3), np.uint8), _DARKER)
    flat = dark | dark_in(_calm(grey), _THIN_DARKER)
    steep = np.ascontiguousarray(dark.T) | dark_in(_calm(np.ascontiguousarray(grey.T)), _THIN_DARKER)
    across, down = _along(flat, upright=False), _along(steep, upright=True)
    if red is not None and red.any():
        covered = np.asarray(cv2.dilate(red, np.ones((_SMEARED, _SMEARED), np.uint8)), np.uint8)
        across += _under_seals(across, flat | covered)
        down += _under_seals(down, steep | covered.T)
    lines = np.zeros_like(dark)
    kept: list[Rule] = []
    for pieces, others, drawn, page in ((across, down, flat, lines), (down, across, steep, lines.T)):
        walls = [
            rule for rule in whole([piece.rule for piece in others], _NEAR) if rule.end - rule.start > STROKES
        ]
        joined = whole([piece.rule for piece in pieces], _NEAR)
        joined = without_strokes(joined, walls)
        good = [rule for rule in joined if rule.end - rule.start >= _LONG or ends(rule, walls, drawn)]
        for piece in pieces:
            rule = next((rule for rule in good if _is_part(piece.rule, rule)), None)
            if rule is not None:
                part = piece.within(rule)
                kept.append(part.rule)
                height, width = part.pixels.shape
                page[part.top : part.top + height, part.left : part.left + width] |= part.pixels
    return Ruled(tuple(kept), strokes(grey, dark), lines)


def _under_seals(pieces: Sequence[_Piece], covered: Picture) -> Iterator[_Piece]:
    """The gaps between pieces of a line that are all `covered`: thin lines go with the edges of a seal."""
    in_order = sorted(pieces, key=lambda piece: piece.rule.start)
    for place, before in enumerate(in_order):
        after = next(
            (one for one in in_order[place + 1 :] if abs(one.rule.at - before.rule.at) <= _LEVEL), None
        )
        if after is None or not 0 < after.rule.start - before.rule.end <= _COVERED:
            continue
        row = round((before.rule.at + after.rule.at) / 2 * POINT)
        start, end = round(before.rule.end * POINT), round(after.rule.start * POINT)
        if covered[max(0, row - 1) : row + 2, start:end].any(axis=0).all():
            rule = replace(before.rule, start=before.rule.end, end=after.rule.start)
            yield _Piece(rule, start, row, np.zeros((1, end - start), np.uint8))


def _calm(grey: Picture) -> Picture:
    """The picture without its grain, by the median of five pixels in a row: a line of one pixel along it stays."""
    wide = cv2.copyMakeBorder(grey, 0, 0, 2, 2, cv2.BORDER_REPLICATE)
    one, two, three, four, five = (wide[:, step : step + grey.shape[1]] for step in range(5))
    low = cv2.max(cv2.min(one, two), cv2.min(four, five))
    high = cv2.min(cv2.max(one, two), cv2.max(four, five))
    return np.asarray(cv2.max(cv2.min(low, high), cv2.min(cv2.max(low, high), three)), np.uint8)


def _is_part(piece: Rule, rule: Rule) -> bool:
    return abs(piece.at - rule.at) <= _NEAR and rule.start <= (piece.start + piece.end) / 2 <= rule.end


def _along(dark: Picture, *, upright: bool) -> list[_Piece]:
    """The pieces of lines along the rows of pixels."""
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    runs = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, _PIECE), np.uint8))
    count, labels, boxes, middles = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for number in range(1, count):
        left, top, width, height, area = map(int, boxes[number])
        if area > _THICK * width or height > 2 * _THICK or width < _SHORTEST * POINT:
            continue
        own = labels[top : top + height, left : left + width] == number
        drawn = own & (dark[top : top + height, left : left + width] > 0)
        if not _is_clear(
            dark, left, width, top, top + height - 1, is_solid=bool(drawn.any(axis=0).mean() > _SOLID)
        ):
            continue
        piece = _Piece(
            Rule(upright, float(middles[number][1]) / POINT, left / POINT, (left + width) / POINT),
            left,
            top,
            own.astype(np.uint8) * 255,
        )
        if width < _LONG * POINT:
            start, end = _drawn(drawn.any(axis=0))
            piece = piece.within(replace(piece.rule, start=(left + start) / POINT, end=(left + end) / POINT))
        if piece.rule.end - piece.rule.start >= _SHORTEST:
            found.append(piece)
    return found


def _drawn(places: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Where a line begins and ends, without the bits at its ends that are bridged to it: a wall, or other characters,
    close to a stroke of a character.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], places.astype(np.int8), [0])))).tolist()
    runs: list[list[int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if runs and start - runs[-1][1] <= _SPECK:
            runs[-1][1] = end
        else:
            runs.append([start, end])
    long = [run for run in runs if run[1] - run[0] >= _BIT]
    return (long[0][0], long[-1][1]) if long else (0, 0)


def _is_clear(dark: Picture, left: int, width: int, top: int, bottom: int, *, is_solid: bool) -> bool:
    """Whether there is paper on both sides: a row of characters set tight makes lines too. These have gaps, so beside
    a line without any it is enough that there is paper on one side.
    """
    sides = ([top - step for step in _BESIDE], [bottom + step for step in _BESIDE])
    clear = [
        all((dark[row, left : left + width] > 0).mean() < _CLEAR for row in side if 0 <= row < len(dark))
        for side in sides
    ]
    return any(clear) if is_solid and width >= _CERTAIN else all(clear)
