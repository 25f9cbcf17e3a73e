"""The lines of tables in a picture, and where their pixels are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.read.pdf.geometry import Rule
from pipeline.read.pdf.joined import whole
from pipeline.read.scan.pixels import POINT, Picture

_PIECE = 27  # pixels of a line without a gap
_GAP = 5  # pixels of a gap that noise makes in it
_THICK = 9
_BESIDE = (4, 5, 6)  # pixels from a line to where paper is
_CLEAR = 0.35  # of the places beside a line that may be dark: characters that it touches
_SHORTEST = 10.0  # points; no stroke of a character in a cell is so long
_NEAR = 2.5  # points
_LONG = 70.0  # points; what is shorter must end at other lines: a row of digits out of focus ends in its cell
_BAND = 31  # pixels of the neighbourhood against which ink is told from paper


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


def ruled(grey: Picture) -> Ruled:
    """The lines of an upright page."""
    calm = cv2.medianBlur(grey, 3)
    dark = np.asarray(
        cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _BAND, 10),
        np.uint8,
    )
    across = _along(dark, upright=False)
    down = _along(np.ascontiguousarray(dark.T), upright=True)
    lines = np.zeros_like(dark)
    kept: list[Rule] = []
    for pieces, others, page in ((across, down, lines), (down, across, lines.T)):
        walls = whole([piece.rule for piece in others], _NEAR)
        joined = whole([piece.rule for piece in pieces], _NEAR)
        good = [rule for rule in joined if rule.end - rule.start >= _LONG or _ends(rule, walls)]
        for piece in pieces:
            if any(_is_part(piece.rule, rule) for rule in good):
                kept.append(piece.rule)
                height, width = piece.pixels.shape
                page[piece.top : piece.top + height, piece.left : piece.left + width] |= piece.pixels
    return Ruled(tuple(kept), dark, lines)


def _ends(rule: Rule, walls: Sequence[Rule]) -> bool:
    """Whether a line begins and ends at others."""
    return all(
        any(
            abs(wall.at - end) <= _NEAR and wall.start - _NEAR <= rule.at <= wall.end + _NEAR
            for wall in walls
        )
        for end in (rule.start, rule.end)
    )


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
        if not _is_clear(dark, left, width, top, top + height - 1):
            continue
        pixels = (labels[top : top + height, left : left + width] == number).astype(np.uint8) * 255
        rule = Rule(upright, float(middles[number][1]) / POINT, left / POINT, (left + width) / POINT)
        found.append(_Piece(rule, left, top, pixels))
    return found


def _is_clear(dark: Picture, left: int, width: int, top: int, bottom: int) -> bool:
    """Whether there is paper on both sides: a row of characters set tight makes lines too."""
    rows = [row for step in _BESIDE for row in (top - step, bottom + step) if 0 <= row < dark.shape[0]]
    return all((dark[row, left : left + width] > 0).mean() < _CLEAR for row in rows)
