"""A row that a page's end cuts in two, made whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.layout import Filled

_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.、．]|第[一二三四五六七八九十]+|其中)"
)
_VALUE = re.compile(r"[\s\d０-９.,，+＋\-－−—–/\\]+|无")
_Pair = tuple[Filled, Filled]


def without_cut_row(above: Sequence[Filled], below: Sequence[Filled], last: int) -> tuple[Filled, ...] | None:
    """All cells, the last row `above` (number `last`) and the first `below` made one; None where no row was cut.

    One was cut where every cell below stands under one above, figures stand in one half only, and the half below
    carries on a label, or one of the halves has none. A label with a number of its own begins a row.
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
    figures = [[_is_figure(cell.text) for cell in side] for side in zip(*pairs, strict=True)]
    if len(figures) != 2 or len(pairs) < 2 or (any(figures[0]) and any(figures[1])):
        return False
    both = [(one.text, other.text) for one, other in pairs if one.text.strip() and other.text.strip()]
    if any(_is_figure(one) or _is_figure(other) or _NUMBERED.match(other) for one, other in both):
        return False
    labels = [any(_is_label(cell.text) for cell in side) for side in zip(*pairs, strict=True)]
    return bool(both) or not all(labels)


def _is_figure(text: str) -> bool:
    return LOST in text or bool(text.strip() and _VALUE.fullmatch(text))


def _is_label(text: str) -> bool:
    return bool(text.strip()) and not _is_figure(text)


def _made_whole(one: Filled, other: Filled) -> Filled:
    text = "\n".join(part for part in (one.text, other.text) if part.strip())
    slot = replace(one.slot, rowspan=one.slot.rowspan + other.slot.rowspan - 1)
    kept = other if not one.text.strip() and other.text.strip() else one
    return replace(one, slot=slot, text=text, page=kept.page, box=kept.box, sight=kept.sight)
