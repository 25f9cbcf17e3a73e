"""What a cell holds more or less than its lines say: numbers set with wide letters, and marks that hang over a line."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.read.pdf.geometry import NUMERIC, Glyph

_FROM, _TO = 0.12, 0.45  # of the size: between wide letters; a column of single figures is wider
_ALIKE = 0.05  # of the size, by which their gaps may differ
_PAIRS, _RUN = 6, 3  # the fewest figures beside each other, and in one number, that tell of wide letters
_MANY = 12  # numbers of more figures than one
_ZEROS = frozenset("0０")
_LEVEL = 0.2  # of the size
_TOUCH = 0.1  # of the size
_POINTS = frozenset(".,．，")  # stand inside a number, never alone
_CLOSING = frozenset("）)」』】》〉，。、；：？！％")


def without_wide_letters(cells: Sequence[Sequence[Glyph]]) -> list[Sequence[Glyph]]:
    """The characters of the cells of a table, the figures as if their pen went on to the next where all that stand
    beside each other are as far apart, and something tells that the gaps are no blanks: a point inside of a number,
    labels as wide, or many numbers of which none begins with 0. Numbers of one figure each, side by side in a cell,
    look the same but for that; most of them are 0.
    """
    runs = [run for glyphs in cells if _are_figures(glyphs) for run in _runs(glyphs)]
    gaps = [(after.left - before.right) / after.size for run in runs for before, after in pairwise(run)]
    if len(gaps) < _PAIRS or max(map(len, runs)) < _RUN:
        return list(cells)
    if min(gaps) < _FROM or max(gaps) > _TO or max(gaps) - min(gaps) > _ALIKE:
        return list(cells)
    if not (any(map(_holds_point, runs)) or _none_begins_with_zero(runs) or _are_as_wide(cells, runs)):
        return list(cells)
    wide = {id(before): after.left for run in runs for before, after in pairwise(run)}
    return [
        [replace(glyph, right=wide[id(glyph)]) if id(glyph) in wide else glyph for glyph in glyphs]
        for glyphs in cells
    ]


def _are_figures(glyphs: Sequence[Glyph]) -> bool:
    return all(glyph.text in NUMERIC and not glyph.turned for glyph in glyphs)


def _holds_point(run: Sequence[Glyph]) -> bool:
    return any(glyph.text in _POINTS for glyph in run[1:-1])


def _none_begins_with_zero(runs: Sequence[Sequence[Glyph]]) -> bool:
    first = [run[0].text for run in runs if len(run) > 1]
    return len(first) >= _MANY and not _ZEROS.intersection(first)


def _are_as_wide(cells: Sequence[Sequence[Glyph]], figures: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the letters of the labels are as many points apart as the figures."""
    labels = [run for glyphs in cells for run in _runs([one for one in glyphs if _is_chinese(one)])]
    beside = [pair for run in labels for pair in pairwise(run)]
    gaps = [after.left - before.right for before, after in beside if after.left - before.right < after.size]
    if not gaps:
        return False
    wide = [after.left - before.right for run in figures for before, after in pairwise(run)]
    slack = _ALIKE * min(after.size for _, after in beside)
    return min(wide) - slack <= statistics.median(gaps) <= max(wide) + slack


def _is_chinese(glyph: Glyph) -> bool:
    return not glyph.turned and "\u3400" <= glyph.text <= "\u9fff"


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Figures on one line, from left to right."""
    run: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: (round(one.baseline), one.left)):
        if run and abs(run[-1].baseline - glyph.baseline) > _LEVEL * glyph.size:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def with_hanging_marks(cells: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """The characters of the cells of a table, closing marks in the cell of the character that they follow without a
    gap: they hang over the edges of narrow cells.
    """
    ends = [
        (glyph, place) for place, glyphs in enumerate(cells) for glyph in glyphs if not glyph.text.isspace()
    ]
    found: list[list[Glyph]] = [[] for _ in cells]
    for place, glyphs in enumerate(cells):
        for glyph in glyphs:
            hangs = glyph.text in _CLOSING and not glyph.turned
            home = next((where for end, where in ends if _follows(end, glyph)), place) if hangs else place
            found[home].append(glyph)
    return found


def _follows(end: Glyph, mark: Glyph) -> bool:
    level = abs(end.baseline - mark.baseline) < _LEVEL * mark.size
    return level and not end.turned and abs(mark.left - end.right) < _TOUCH * mark.size
