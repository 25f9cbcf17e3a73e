"""Pictures that are slices of one: a page or table that was cut across and is shown as pictures below one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.layout import Filled, Piece, Table
from pipeline.read.scan.colour import Coloured

_Flags = npt.NDArray[np.bool_]

_ROWS = 5  # of pixels at the edge of a slice, over which the upright lines of a table run
_EDGE = 3  # of pixels, in which a line along the cut lies
_NEAR = 60  # rows of pixels from the edge, by which the paper is told
_INK = 70  # by how much ink is darker than the paper
_STEP = 2  # pixels by which a line may move over a cut
_SHARE = 0.5  # of the upright lines on the side with fewer that must go on at the other; the rest are strokes
_RULE = 0.6  # of the width: a line of the table lies along the cut
_WIDEST = 0.02  # of the width; what is wider is a shadow or the dark edge of a scan


def goes_on(above: Coloured, below: Coloured) -> bool:
    """Whether a table that is cut off at the lower edge of one picture goes on at the upper edge of the next."""
    if above.shape[1] != below.shape[1]:
        return False
    last, first = _ink(above[-_NEAR:])[-_ROWS:], _ink(below[:_NEAR])[:_ROWS]
    if _has_rule(last[-_EDGE:]) and _has_rule(first[:_EDGE]):
        return False  # one table ends, another begins
    ends, begins = _upright(last), _upright(first)
    if min(len(ends), len(begins)) < 2:
        return False
    outer = zip((ends[0], ends[-1]), (begins[0], begins[-1]), strict=True)
    if any(abs(one - other) > _STEP for one, other in outer):
        return False
    few, many = sorted((ends, begins), key=len)
    return sum(any(abs(one - other) <= _STEP for other in many) for one in few) >= _SHARE * len(few)


def cut_apart(piece: Piece, edges: list[int], first: int) -> Piece:
    """A piece of slices that were put together, each cell on the slice that shows most of it. `edges` are where slices
    begin and the last one ends, in pixels; `first` is the number of the first.
    """
    if not isinstance(piece, Table):
        return piece
    return Table(
        tuple(_on_its_slice(cell, edges, first) for cell in piece.cells), piece.columns, piece.height
    )


def _on_its_slice(cell: Filled, edges: list[int], first: int) -> Filled:
    middle = (cell.box.top + cell.box.bottom) / 2
    place = next((at for at, edge in enumerate(edges[1:-1]) if middle < edge), len(edges) - 2)
    top, bottom = edges[place], edges[place + 1]
    shown = cell.box.within(Box(cell.box.left, top, cell.box.right, bottom))
    box = Box(shown.left, shown.top - top, shown.right, shown.bottom - top)
    return replace(cell, page=first + place, box=box)


def _ink(near: Coloured) -> _Flags:
    """Where there is ink in the rows near an edge."""
    darkest = near.min(axis=2)
    flags: _Flags = darkest < int(np.percentile(darkest, 80)) - _INK
    return flags


def _has_rule(rows: _Flags) -> bool:
    return bool((rows.mean(axis=1) > _RULE).any())


def _upright(rows: _Flags) -> list[float]:
    """Where lines run down through all these rows."""
    steps = np.flatnonzero(np.diff(np.concatenate(([False], rows.all(axis=0), [False])).astype(np.int8)))
    starts, ends = steps[::2], steps[1::2]
    widest = max(3.0, _WIDEST * rows.shape[1])
    return [float(start + end) / 2 for start, end in zip(starts, ends, strict=True) if end - start <= widest]
