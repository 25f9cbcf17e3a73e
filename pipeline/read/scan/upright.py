"""A page that was scanned aslant or photographed from the side, brought to where its lines stand along the axes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.pdf.geometry import Box
from pipeline.read.scan.pixels import Picture

_Numbers = npt.NDArray[np.float64]

_STEEPEST = 0.18  # the slope up to which a line counts as one that should lie along the axis
_SHORTEST = 0.08  # of the page: shorter lines are strokes of characters
_RUN = 13  # pixels that a line goes on in one row of pixels at least; most strokes of characters are shorter
_THICKEST = 9  # pixels, on average
_FEWEST = 3  # lines, below which a change of slope over the page is not believed
_STRANGE = 0.006  # in slope: what is farther from the others than this is no line of the table
_STRAIGHT = 0.0003


@dataclass(frozen=True, slots=True)
class Upright:
    """How to bring a page upright, and back: `there` maps places of the page as it was to those of the page as it is
    looked at.
    """

    there: _Numbers
    size: tuple[int, int]  # width and height, upright

    def turned(self, quarters: int) -> Upright:
        """With so many quarter turns clockwise after it."""
        there, (width, height) = self.there, self.size
        for _ in range(quarters):
            there = np.array([[0.0, -1.0, height], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]) @ there
            width, height = height, width
        return Upright(there, (width, height))

    def brought(self, picture: Picture) -> Picture:
        """The picture, upright."""
        return np.asarray(
            cv2.warpPerspective(
                picture, self.there, self.size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
            ),
            np.uint8,
        )

    def back(self, box: Box) -> Box:
        """The box around `box` on the page as it was."""
        left, top, right, bottom = box
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float64)
        were = cv2.perspectiveTransform(corners, np.linalg.inv(self.there))[0]
        (x0, y0), (x1, y1) = were.min(axis=0), were.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))


def upright(grey: Picture) -> Upright:
    """How the lines of the page tell to bring it upright; nothing is changed where there are none."""
    height, width = grey.shape
    dark = np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12), np.uint8
    )
    across = _slopes(_lines(dark), (height / 2, width))
    down = _slopes(_lines(np.ascontiguousarray(dark.T)), (width / 2, height))
    if across is None and down is None:
        return Upright(np.eye(3), (width, height))
    across = across if across is not None else (-down[0] if down is not None else 0.0, 0.0)
    down = down if down is not None else (-across[0], 0.0)
    if max(map(abs, (*across, *down))) < _STRAIGHT:
        return Upright(np.eye(3), (width, height))
    corners = [
        _crossing(
            (slope(across, y - height / 2), width / 2, y),
            (slope(down, x - width / 2), height / 2, x),
        )
        for y, x in ((0, 0), (0, width), (height, width), (height, 0))
    ]
    return Upright(
        np.asarray(
            cv2.getPerspectiveTransform(
                np.array(corners, np.float32),
                np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32),
            ),
            np.float64,
        ),
        (width, height),
    )


def slope(fit: tuple[float, float], away: float) -> float:
    """The slope of a line that lies `away` pixels from the middle of the page."""
    return fit[0] + fit[1] * away


def _lines(dark: Picture) -> _Numbers:
    """The straight lines that lie more or less along the rows of the picture, one a row: x and y of both ends."""
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((3, _RUN), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for number in range(1, count):
        left, top, width, height, area = boxes[number]
        if width < _SHORTEST * min(dark.shape) or area > _THICKEST * width or height > _STEEPEST * width:
            continue
        rows, columns = np.nonzero(labels[top : top + height, left : left + width] == number)
        rise, start = np.polyfit(columns, rows, 1)
        found.append((left, top + start, left + width, top + start + rise * width))
    return np.array(found, np.float64).reshape(-1, 4)


def _slopes(lines: _Numbers, middle: tuple[float, float]) -> tuple[float, float] | None:
    """The slope of the lines that lie along the first axis in the middle of the page, and how it changes from pixel to
    pixel across them.
    """
    x0, y0, x1, y1 = lines.T
    run = x1 - x0
    flat = np.abs(y1 - y0) < _STEEPEST * np.abs(run)
    if flat.sum() < _FEWEST:
        return None
    weight = np.abs(run[flat])
    slopes = (y1 - y0)[flat] / run[flat]
    away = ((y0 + y1) / 2)[flat] - middle[0]
    order = np.argsort(slopes)
    half = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    fit = (float(slopes[order][half]), 0.0)
    for allowed in (0.05, 2 * _STRANGE, _STRANGE, _STRANGE):
        kept = np.abs(slopes - fit[0] - fit[1] * away) < allowed
        if kept.sum() < _FEWEST or np.ptp(away[kept]) < 0.15 * middle[1]:
            break
        change, start = np.polyfit(away[kept], slopes[kept], 1, w=np.sqrt(weight[kept]))
        fit = (float(start), float(change))
    return fit


def _crossing(across: tuple[float, float, float], down: tuple[float, float, float]) -> tuple[float, float]:
    """Where y = y0 + a (x - xm) and x = x0 + c (y - ym) cross; each is given as slope, middle and place."""
    a, xm, y0 = across
    c, ym, x0 = down
    x = (x0 + c * (y0 - a * xm - ym)) / (1 - a * c)
    return x, y0 + a * (x - xm)
