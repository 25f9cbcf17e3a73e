"""The rows of a table without upright lines: between lines across, or around figures with their labels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.pdf.figures import is_numbered
from pipeline.read.pdf.geometry import Rule
from pipeline.read.pdf.words import Word, stacks

_COVERED = 0.8  # of the columns of figures, by a line that parts rows
_ONE_LINE = 0.4  # of the size
_PITCH = 1.7  # of the size: lines of a short label are no farther apart
_LONG, _LONG_PITCH = 8.0, 2.2  # of the size: a label so long may be broken into lines so far apart
_FULL = 2.5  # of the size: a line of a label leaves no more room than that, where it goes on
_NEXT = 1.15  # of the size: lines of one cell are farther apart
_BESIDE = 0.35  # of the size: by how much figures may stand off the middle or the first line of their label


@dataclass(frozen=True, slots=True)
class Row:
    """A row from `top` to `bottom`. It is not `certain` where its figures may be of another label; it is `ruled` where
    lines across part the rows.
    """

    top: float
    bottom: float
    labels: tuple[tuple[Word, ...], ...]  # stacks of words from left to right; the last is the row's own
    figures: tuple[Word, ...]
    certain: bool
    ruled: bool = False
    broken: frozenset[Word] = frozenset()  # figures that may be parts of one number with those above or below


def rows_of(
    inside: Sequence[Word], start: float, end: float, heads: float | None, rules: Sequence[Rule]
) -> tuple[Row, ...]:
    """The rows that the words `inside` make; figures stand between `start` and `end`, below the heads at `heads`."""
    figures = [word for word in inside if word.left >= start]
    labels = [word for word in inside if word.left < start]
    lines = _lines(figures)
    size = figures[0].line.size
    top = min(word.baseline for word in inside) - size
    if heads is not None:
        top = (heads + top + size) / 2 if heads < top + size else top
    bottom = max(word.baseline for word in inside) + size
    parting = sorted(
        rule.at
        for rule in rules
        if min(rule.end, end) - max(rule.start, start) > _COVERED * (end - start)
        and top - size < rule.at < bottom
    )
    ruled = any(lines[0] < at < lines[-1] for at in parting)
    edges = parting if ruled else _midway(_rows_apart(lines, size), labels)
    stops = [top, *(at for at in edges if top < at < bottom), bottom]
    found = []
    for above, below in pairwise(stops):
        own = [word for word in figures if above < word.baseline <= below]
        beside = stacks(word for word in labels if above < word.baseline <= below)
        if own or beside:
            found.append(Row(above, below, tuple(map(tuple, beside)), tuple(own), certain=True))
    if ruled:
        return tuple(replace(row, ruled=True) for row in found)
    kinds = [_stands_by(row) for row in found]
    alike = all(middle for middle, _ in kinds) or all(first for _, first in kinds)
    doubtful = {place for place, kind in enumerate(kinds) if not alike and not all(kind)}
    widest = max((_width(row) for row in found), default=0.0)
    doubtful |= {place for place, row in enumerate(found) if _are_two(row, widest)}
    for place, (row, next_row) in enumerate(pairwise(found)):
        stray = bool(labels) and not (row.labels and next_row.labels)
        if stray or _may_go_on(row, next_row, widest):
            doubtful |= {place, place + 1}
    return tuple(replace(row, certain=place not in doubtful) for place, row in enumerate(found))


def _width(row: Row) -> float:
    """The width of the last line of a row's own label."""
    if not row.labels:
        return 0.0
    last = max(row.labels[-1], key=lambda word: word.baseline)
    return last.right - last.left


def _are_two(row: Row, widest: float) -> bool:
    """Whether the label of a row may be two, one below the other: the first had room to go on, and has no number."""
    if not row.labels or not row.figures:
        return False
    first, *rest = sorted(row.labels[-1], key=lambda word: word.baseline)
    short = first.right - first.left < widest - _FULL * first.line.size
    return bool(rest) and short and not is_numbered(first.text)


def _may_go_on(above: Row, below: Row, widest: float) -> bool:
    """Whether the label of a row may be the rest of the one above, which had no room to go on."""
    if not above.labels or not below.labels:
        return False
    first = min(below.labels[-1], key=lambda word: word.baseline)
    size, width = first.line.size, _width(above)
    apart = first.baseline - max(word.baseline for word in above.labels[-1])
    near = apart < (_LONG_PITCH if width > _LONG * size else _PITCH) * size
    return near and not is_numbered(first.text) and width > widest - _FULL * size


def _lines(some: Sequence[Word]) -> list[float]:
    found: list[float] = []
    for word in sorted(some, key=lambda word: word.baseline):
        if not found or word.baseline - found[-1] > _ONE_LINE * word.line.size:
            found.append(word.baseline)
    return found


def _rows_apart(lines: Sequence[float], size: float) -> list[tuple[float, float]]:
    """The first and last line of each row: lines nearer than others can be are of a row with numbers broken in two."""
    found: list[tuple[float, float]] = []
    for line in lines:
        if found and line - found[-1][1] < _NEXT * size:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def _midway(lines: Sequence[tuple[float, float]], labels: Sequence[Word]) -> list[float]:
    """Between each two rows of figures the middle of the widest gap between what stands there."""
    found = []
    for (_, above), (below, _) in pairwise(lines):
        between = sorted({word.baseline for word in labels if above < word.baseline < below})
        gaps = [
            (after - before, -abs(before + after - above - below), before)
            for before, after in pairwise([above, *between, below])
        ]
        gap, _, before = max(gaps)
        found.append(before + 0.6 * gap)
    return found


def _stands_by(row: Row) -> tuple[bool, bool]:
    """Whether figures stand in the middle of their label, and whether in its first line."""
    if not row.labels or not row.figures:
        return True, True
    at = [word.baseline for word in row.labels[-1]]
    lines, slack = _lines(row.figures), _BESIDE * row.figures[0].line.size
    line = (lines[0] + lines[-1]) / 2
    return abs((min(at) + max(at)) / 2 - line) < slack, abs(min(at) - line) < slack
