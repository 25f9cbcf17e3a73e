"""From the paths of a page to the rules that a person sees: strokes, thin filled boxes, frames, shaded boxes."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pypdfium2 import raw

from pipeline.read.pdf.geometry import Box, Rule
from pipeline.read.pdf.matrices import Matrix, applied, times
from pipeline.read.pdf.pdfium import Drawn, TooMuch, own_matrix

MAX_POINTS = 400_000  # of all paths of a page

_THIN = 4.0  # points; a filled box no thicker is a line, and one no larger than this is a dot
_STRAIGHT = 0.6  # points that a line may lean
_LEAST = 1.0  # points of length; dashes and dots drawn one by one are joined later

Point = tuple[float, float]


def rules(drawn: Sequence[Drawn], page: Matrix) -> list[Rule]:
    """The straight lines among the paths, in the coordinates that `page` leads to. Raises TooMuch."""
    found: list[Rule] = []
    left = MAX_POINTS
    for path in drawn:
        if path.kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        left -= raw.FPDFPath_CountSegments(path.item)
        if left < 0:
            raise TooMuch(f"the paths of a page have more than {MAX_POINTS} points")
        matrix = times(own_matrix(path), page)
        filling, stroking = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path.item, filling, stroking)
        before = len(found)
        parts = [[applied(matrix, *point) for point in part] for part in _parts(path.item)]
        if stroking.value:
            found += _stroked(parts, _width(path.item, matrix))
        if filling.value:
            found += _filled(parts)
        if path.clip is not None:
            sides = (
                applied(page, path.clip.left, path.clip.top),
                applied(page, path.clip.right, path.clip.bottom),
            )
            xs, ys = zip(*sides, strict=True)
            found[before:] = within(found[before:], Box(min(xs), min(ys), max(xs), max(ys)))
    return found


def within(found: Sequence[Rule], shown: Box) -> list[Rule]:
    """What of the lines lies in the part of a page that is shown."""
    kept = []
    for rule in found:
        low, high = (shown.top, shown.bottom) if rule.upright else (shown.left, shown.right)
        first, last = (shown.left, shown.right) if rule.upright else (shown.top, shown.bottom)
        if first - _LEAST <= rule.at <= last + _LEAST and rule.end > low and rule.start < high:
            cut = rule.cut or (not rule.upright and rule.end > high + _THIN)
            kept.append(replace(rule, start=max(rule.start, low), end=min(rule.end, high), cut=cut))
    return kept


def _parts(path: ctypes.c_void_p) -> Iterator[list[Point]]:
    """The polygons of a path; a curve counts as the straight line between its ends, and is never along an axis by
    more than chance.
    """
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[Point] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        part.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if part:
        yield part


def _width(path: ctypes.c_void_p, matrix: Matrix) -> float:
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    a, b, c, d, _, _ = matrix
    return width.value * math.sqrt(abs(a * d - b * c))


def _stroked(parts: Sequence[Sequence[Point]], width: float) -> Iterator[Rule]:
    for part in parts:
        for (x0, y0), (x1, y1) in itertools.pairwise(part):
            yield from _line(x0, y0, x1, y1, width)


def _line(x0: float, y0: float, x1: float, y1: float, width: float) -> Iterator[Rule]:
    """A stroke; one broader than long is a line across itself."""
    across, down = abs(x1 - x0), abs(y1 - y0)
    if width > _THIN and width > 2 * max(across, down):
        x, y, half = (x0 + x1) / 2, (y0 + y1) / 2, width / 2
        if down <= _STRAIGHT:
            yield Rule(upright=True, at=x, start=y - half, end=y + half)
        elif across <= _STRAIGHT:
            yield Rule(upright=False, at=y, start=x - half, end=x + half)
    elif down <= _STRAIGHT and across >= _LEAST:
        yield Rule(upright=False, at=(y0 + y1) / 2, start=min(x0, x1), end=max(x0, x1))
    elif across <= _STRAIGHT and down >= _LEAST:
        yield Rule(upright=True, at=(x0 + x1) / 2, start=min(y0, y1), end=max(y0, y1))


def _filled(parts: Sequence[Sequence[Point]]) -> Iterator[Rule]:
    """A thin filled shape is a line; the edges of any other count where they run along the axes."""
    for part in parts:
        xs, ys = [x for x, _ in part], [y for _, y in part]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= _THIN and right - left <= _THIN:  # a dot, of a line either way
            yield Rule(upright=False, at=(top + bottom) / 2, start=left, end=right)
            yield Rule(upright=True, at=(left + right) / 2, start=top, end=bottom)
        elif bottom - top <= _THIN and right - left > bottom - top:
            yield Rule(upright=False, at=(top + bottom) / 2, start=left, end=right)
        elif right - left <= _THIN and bottom - top > right - left:
            yield Rule(upright=True, at=(left + right) / 2, start=top, end=bottom)
        elif right - left > _THIN and bottom - top > _THIN and len(part) <= 12:
            yield from (replace(edge, soft=True) for edge in _stroked([[*part, part[0]]], 0))
