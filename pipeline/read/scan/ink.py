"""What is drawn inside a cell, by its pixels alone: nothing, dust, a dash, or strokes, and which digits these suit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.pdf.geometry import Box
from pipeline.read.scan.pixels import Picture, cut

_DUST = 9  # pixels of ink that hang together
_LOW = 7  # pixels; what is lower and no wider is dust too, or a point
_POINT = 4  # pixels of ink that may be a point
_FAINT = 22  # grey levels by which something, out of focus, may differ from the paper of an empty cell
_STROKE = 0.45  # of the highest stroke: what is lower is a comma, a point or dust
_WIDE = 0.75  # of the height: no gap between the characters of one number is wider
_NARROWEST = 0.2  # of the height: no digit is narrower
_LEANS = 0.17  # pixels to the right for each one up: a 1 stands straighter, a slash does not
_FLAT = 1.8  # times as wide as high: a dash
_FULL = 0.6  # of the box around it that a dash fills
_THICKEST = 10  # pixels; words whose strokes run into one another are higher
_EDGE = 3  # pixels to which ink out of focus spreads
_NUMBER = re.compile(r"[0-9.,]+")


class Drawn(Enum):
    """What a cell holds."""

    NOTHING = auto()
    DOUBTFUL = auto()  # dust, or something so faint that it may be anything
    DASH = auto()
    STROKES = auto()


@dataclass(frozen=True, slots=True)
class Ink:
    """`box` is around the strokes, in pixels; `strokes` the extents of what stands beside each other, left to right;
    `points` how many small things stand low between them; `signed` whether a small thing, as a minus is, stands before
    them; `leans` how far the whole leans to the right.
    """

    drawn: Drawn
    box: Box
    strokes: tuple[tuple[int, int], ...] = ()
    lines: int = 1
    points: int = 0
    signed: bool = False
    leans: float = 0.0

    def suits(self, text: str) -> bool:
        """Whether the strokes may be `text`: as a number, not more digits or points than it has, nor many fewer."""
        if self.lines != 1:
            return False
        if text == "/":
            return self.leans > _LEANS
        if not _NUMBER.fullmatch(text):
            return True
        height = self.box.height
        digits = sum(map(str.isdigit, text))
        return (
            len(self.strokes) <= digits
            and self.points == len(text) - digits
            and not self.signed
            and self.box.width >= _NARROWEST * height * digits
            and all(after[0] - before[1] < _WIDE * height for before, after in pairwise(self.strokes))
            and not (text == "1" and self.leans > _LEANS)
        )


def ink_in(box: Box, grey: Picture, dark: Picture) -> Ink:
    """What is drawn in a box of pixels inside a cell. `grey` is the page without its lines, `dark` 255 where there is
    ink that is no line.
    """
    part, shades = cut(dark, box), cut(grey, box)
    _, _labels, found, _middles = cv2.connectedComponentsWithStats(part, connectivity=8)
    boxes = np.asarray(found[1:], np.int32)
    big = boxes[(boxes[:, 4] >= _DUST) & (boxes[:, 2:4].max(axis=1) >= _LOW)]
    if not len(big):
        doubtful = _is_faint(shades) or bool((boxes[:, 4] >= _DUST).any())
        return Ink(Drawn.DOUBTFUL if doubtful else Drawn.NOTHING, box)
    ends = big[:, :2] + big[:, 2:4]
    (left, top), (right, bottom) = big[:, :2].min(axis=0), ends.max(axis=0)
    around = Box(
        float(box.left + left), float(box.top + top), float(box.left + right), float(box.top + bottom)
    )
    if len(big) == 1 and _is_dash(big[0], shades):
        return Ink(Drawn.DASH, around)
    tallest = big[:, 3].max()
    tall = big[big[:, 3] >= _STROKE * tallest]
    sign = _sign(boxes, tall)
    return Ink(
        Drawn.STROKES,
        around if sign is None else around._replace(left=min(around.left, float(box.left + sign))),
        _extents([(int(one[0]), int(one[0] + one[2])) for one in tall]),
        len(_extents([(int(one[1]), int(one[1] + one[3])) for one in tall])),
        _points(boxes, tall),
        sign is not None,
        _leaning(part[top:bottom, left:right]),
    )


def _is_faint(shades: Picture) -> bool:
    calm = cv2.blur(shades, (5, 5))
    return float(np.median(calm)) - float(calm.min()) > _FAINT


def _is_dash(one: Sequence[int], shades: Picture) -> bool:
    """Whether the only ink of a cell is a flat stroke, with not a trace of a character around it."""
    left, top, width, height, area = map(int, one)
    if width < _FLAT * height or height > _THICKEST or area < _FULL * width * height:
        return False
    if top < _EDGE or top + height + _EDGE > shades.shape[0]:
        return False  # what is left of a line
    rest = shades.copy()
    rest[max(0, top - _EDGE) : top + height + _EDGE, max(0, left - _EDGE) : left + width + _EDGE] = int(
        np.median(shades)
    )
    return not _is_faint(rest)


def _points(boxes: npt.NDArray[np.int32], tall: npt.NDArray[np.int32]) -> int:
    """How many small things stand where points and commas stand: low, and behind the first stroke."""
    top, bottom = tall[:, 1].min(), (tall[:, 1] + tall[:, 3]).max()
    height = bottom - top
    first, last = tall[:, 0].min(), (tall[:, 0] + tall[:, 2]).max() + height // 2
    middles = boxes[:, :2] + boxes[:, 2:4] / 2
    return int(
        (
            (boxes[:, 4] >= _POINT)
            & (boxes[:, 3] < _STROKE * tall[:, 3].max())
            & (middles[:, 1] > top + 0.6 * height)
            & (middles[:, 1] < bottom + 0.4 * height)
            & (middles[:, 0] > first)
            & (middles[:, 0] < last)
        ).sum()
    )


def _sign(boxes: npt.NDArray[np.int32], tall: npt.NDArray[np.int32]) -> int | None:
    """Where something small begins that stands right before the first stroke; None where nothing does."""
    top, bottom = tall[:, 1].min(), (tall[:, 1] + tall[:, 3]).max()
    first, height = tall[:, 0].min(), bottom - top
    middles = boxes[:, 1] + boxes[:, 3] / 2
    ends = boxes[:, 0] + boxes[:, 2]
    near = boxes[
        (boxes[:, 4] >= _POINT)
        & (boxes[:, 3] < _STROKE * tall[:, 3].max())
        & (ends <= first + 1)
        & (ends > first - height)
        & (middles > top)
        & (middles < bottom)
    ]
    return int(near[:, 0].min()) if len(near) else None


def _leaning(part: Picture) -> float:
    rows, columns = np.nonzero(part)
    varies = float(np.var(rows))
    return -float(np.cov(rows, columns, bias=True)[0, 1]) / varies if varies else 0.0


def _extents(pieces: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The stretches that pieces, each from a start to an end, cover without a gap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
