"""A row that a page's end cuts in two, made whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.pdf.figures import is_figure, is_numbered
from pipeline.read.pdf.layout import Filled

_NUMBER = re.compile(r"[\d０-９.,，+＋\-－−]+")
_FULL = (
    2.6  # characters for which the line of a broken label has room at most: a sign may not begin the next one
)
_Pair = tuple[Filled, Filled]


def without_cut_row(above: Sequence[Filled], below: Sequence[Filled], last: int) -> tuple[Filled, ...] | None:
    """All cells, the last row `above` (number `last`) and the first `below` made one; None where no row was cut.

    One was cut where every cell below stands under one above and the half below has no label. Where it has one, a
    number stands under another only where that had no room to go on, and labels go on whose lines are full. A label
    with a number of its own begins a row, and one without goes on with a full line of one that has it.
    """
    ends = [cell for cell in above if cell.slot.row + cell.slot.rowspan - 1 == last]
    starts = [cell for cell in below if cell.slot.row == last + 1]
    pairs: list[_Pair] = []
    for cell in starts:
        over = next((one for one in ends if _same_place(one, cell)), None)
        if over is not None:
            pairs.append((over, cell))
        elif cell.text.strip() or any(_overlap(one, cell) for one in ends):
            return None
    if not _is_cut([pair for pair in pairs if pair[1].slot.rowspan == 1]):
        return None
    whole = {id(one): _made_whole(one, cell) for one, cell in pairs}
    gone = {id(cell) for _, cell in pairs}
    kept = [whole.get(id(cell), cell) for cell in above]
    kept += [
        replace(cell, slot=replace(cell.slot, row=cell.slot.row - 1))
        for cell in below
        if id(cell) not in gone
    ]
    return tuple(kept)


def _same_place(one: Filled, other: Filled) -> bool:
    return (one.slot.column, one.slot.colspan) == (other.slot.column, other.slot.colspan)


def _overlap(one: Filled, other: Filled) -> bool:
    start = max(one.slot.column, other.slot.column)
    return start < min(one.slot.column + one.slot.colspan, other.slot.column + other.slot.colspan)


def _is_cut(pairs: Sequence[_Pair]) -> bool:
    both = [pair for pair in pairs if all(cell.text.strip() for cell in pair)]
    figures = [pair for pair in both if all(is_figure(cell.text) for cell in pair)]
    labels = [pair for pair in both if not any(is_figure(cell.text) for cell in pair)]
    if len(pairs) < 2 or len(figures) + len(labels) < len(both):
        return False
    first, second = (any(_is_label(cell.text) for cell in side) for side in zip(*pairs, strict=True))
    if first and not second:
        return True
    if any(is_numbered(cell.text) for _, cell in labels):
        return False
    if labels and all(is_numbered(one.text) and _is_full(one) for one, _ in labels):
        return True
    if not all(_is_broken(*pair) for pair in figures):
        return False
    return bool(figures) or all(_is_full(one) for one, _ in labels) if labels else not (first and second)


def _is_broken(one: Filled, other: Filled) -> bool:
    """Whether two figures may be one number that had no room in one line."""
    return one.spare is not None and one.spare < 1 and is_figure(one.text) and is_figure(other.text)


def _is_full(cell: Filled) -> bool:
    """Whether the last line of a label may have been broken; one below longer lines may not."""
    lines = [len(line) for line in cell.text.split("\n")]
    return cell.spare is None or cell.spare < _FULL or lines[-1] >= max(lines[:-1], default=lines[-1] + 1)


def _is_label(text: str) -> bool:
    return bool(text.strip()) and not is_figure(text)


def _made_whole(one: Filled, other: Filled) -> Filled:
    """Both halves as one. A number of one digit a line stays in lines: each may be a number of its own."""
    number = len(one.text) > 1 and _NUMBER.fullmatch(one.text) and _NUMBER.fullmatch(other.text)
    seam = "" if number and _is_broken(one, other) else "\n"
    text = seam.join(part for part in (one.text, other.text) if part.strip())
    slot = replace(one.slot, rowspan=one.slot.rowspan + other.slot.rowspan - 1)
    kept = other if not one.text.strip() and other.text.strip() else one
    last = other if other.text.strip() else one
    return replace(
        one, slot=slot, text=text, page=kept.page, box=kept.box, sight=kept.sight, spare=last.spare
    )
