"""Tables without upright lines: columns told by the figures that stand one below the other, rows by lines across or by
the distances of their labels. What is not plain is lost, never guessed.
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.pdf.bands import Row, rows_of
from pipeline.read.pdf.geometry import Rule
from pipeline.read.pdf.lines import TextLine
from pipeline.read.pdf.words import Word, stacks, words

_FAR = 4.0  # of the size: lines farther apart are not of one table
_PITCH = 2.2  # of the size: lines of one cell are no farther apart
_CLOSE = 1.7  # of the size: lines of one head
_MOST_HEADS = 30  # lines, many of them parts of broken heads
_LABELS = 100.0  # points that columns of labels take: nobody knows where they end
_FEWEST = 2  # rows, or columns, without heads that say what they are
_APART = 0.2  # of the size, between columns

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table told by its words. `columns` are the extents of its columns of figures; heads stand over one or more."""

    lines: tuple[TextLine, ...]
    columns: tuple[Span, ...]
    # row, first column, last column, what stands there
    heads: tuple[tuple[int, int, int, tuple[Word, ...]], ...]
    corner: tuple[Word, ...]
    rows: tuple[Row, ...]
    certain: bool  # each column of figures has a head of its own, or none has one

    @property
    def head_rows(self) -> int:
        """How many rows of heads there are."""
        return max((row for row, *_ in self.heads), default=0)

    def stops(self, labels: int) -> tuple[float, ...]:
        """Where columns end: those of `labels` somewhere before the figures, and those of figures between them."""
        first, last = self.columns[0][0] - 1, self.columns[-1][1] + 1
        between = [(one[1] + other[0]) / 2 for one, other in pairwise(self.columns)]
        return (*(first - _LABELS * (labels - place) for place in range(labels)), first, *between, last)


def unruled(lines: Sequence[TextLine], rules: Sequence[Rule]) -> list[Unruled]:
    """The tables among `lines`, which stand outside of those that lines rule; `rules` are the lines across."""
    parted = [words(line) for line in lines]
    found: list[Unruled] = []
    free = 0
    for first, end in _blocks(parted):
        start = _labels_end(parted[first : end + 1])
        last = _bottom(parted, end, start)
        block = parted[first : last + 1]
        top = _top(parted, free, first, start)
        made = _made(parted[top:first], block, start, rules)
        if made is not None:
            found.append(_as_cut(made, parted[last + 1 : last + 2]))
            free = last + 1
    return found


def _as_cut(made: Unruled, below: Sequence[Sequence[Word]]) -> Unruled:
    """The table with its last row uncertain where figures stand so close below it that they may belong to it."""
    last = max((word.baseline for word in made.rows[-1].figures), default=None)
    close = [
        word
        for line in below
        for word in line
        if last is not None
        and word.is_figure
        and word.baseline - last < _CLOSE * word.line.size
        and _over(word, made.columns)
    ]
    if not close:
        return made
    return replace(made, rows=(*made.rows[:-1], replace(made.rows[-1], certain=False)))


def _is_row(line: Sequence[Word], *, within: bool) -> bool:
    figures = sum(word.is_figure for word in line)
    return figures > 1 or (figures == 1 and (within or len(line) > 1) and line[-1].is_figure)


def _first_figure(line: Sequence[Word]) -> float:
    return next(word.left for word in line if word.is_figure)


def _labels_end(block: Sequence[Sequence[Word]]) -> float:
    """Where the figures of a block begin."""
    return min(word.left for line in block for word in line if word.is_figure)


def _blocks(parted: Sequence[Sequence[Word]]) -> list[tuple[int, int]]:
    """The first and the last lines of runs of rows with figures; between them stand lines of labels alone."""
    found: list[tuple[int, int]] = []
    start = 0.0
    for place, line in enumerate(parted):
        if not _is_row(line, within=bool(found)):
            continue
        begin = _first_figure(line)
        if found:
            first, last = found[-1]
            edge = min(start, begin)
            labels = [
                word
                for other in parted[first:place]
                for word in other
                if not word.is_figure and word.left < edge
            ]
            between = [word for other in parted[last + 1 : place] for word in other]
            near = all(
                below[0].baseline - above[0].baseline < _FAR * above[0].line.size
                for above, below in pairwise(parted[last : place + 1])
            )
            if near and all(word.right < edge for word in (*labels, *between)):
                found[-1], start = (first, place), edge
                continue
        if len(line) > 1:
            found.append((place, place))
            start = begin
    return found


def _top(parted: Sequence[Sequence[Word]], free: int, first: int, start: float) -> int:
    """The first of the lines above a block that are its heads or the beginning of its first label."""
    top = first
    while top > max(free, first - _MOST_HEADS):
        line, below = parted[top - 1], parted[top]
        if below[0].baseline - line[0].baseline > _FAR * line[0].line.size:
            break
        if len(line) == 1 and (line[0].left < start < line[0].right or _SECTION.match(line[0].text)):
            break
        top -= 1
    while top < first and all(word.right < start for word in parted[top]):
        top += 1
    return top


def _bottom(parted: Sequence[Sequence[Word]], last: int, start: float) -> int:
    """The last line of the label beside the last figures of a block."""
    while last + 1 < len(parted):
        line, above = parted[last + 1], parted[last]
        far = line[0].baseline - above[0].baseline > _CLOSE * line[0].line.size
        if far or any(word.right >= start for word in line) or _SECTION.match(line[0].text):
            break
        last += 1
    return last


def _made(
    above: Sequence[Sequence[Word]], block: Sequence[Sequence[Word]], start: float, rules: Sequence[Rule]
) -> Unruled | None:
    heads = [word for line in above for word in line if word.right > start and not word.is_figure]
    low = max((word.baseline for word in heads), default=None)
    corner = [word for line in above for word in line if word.right <= start and low and word.baseline <= low]
    first = [word for line in above for word in line if word not in heads and word not in corner]
    inside = [*first, *(word for line in block for word in line)]
    columns = _columns([word for word in inside if word.left >= start and word.is_figure], heads)
    rows = rows_of(inside, start, columns[-1][1], low, rules)
    least = 1 if heads and (corner or len(columns) > _FEWEST) else _FEWEST
    if len(rows) < least or (len(columns) < _FEWEST and not corner):
        return None
    taken = {id(word.line.glyphs[0]) for word in (*heads, *corner, *inside)}
    lines = tuple(
        TextLine(tuple(glyph for word in line for glyph in word.line.glyphs))
        for line in (*above, *block)
        if any(id(word.line.glyphs[0]) in taken for word in line)
    )
    figures = [word for row in rows for word in row.figures]
    return Unruled(
        lines,
        columns,
        _placed(heads, columns),
        tuple(corner),
        _with_broken(rows, columns, heads),
        _are_headed(columns, heads, figures),
    )


def _are_headed(columns: Sequence[Span], heads: Sequence[Word], figures: Sequence[Word]) -> bool:
    """Whether each column of figures has a head of its own: else heads stand beside their columns, or are run together,
    and their order tells nothing.
    """
    filled = {place for word in figures for place in _over(word, columns)}
    headed = {over[0] for word in heads if len(over := _over(word, columns)) == 1}
    return not headed or filled <= headed


def _with_broken(rows: Sequence[Row], columns: Sequence[Span], heads: Sequence[Word]) -> tuple[Row, ...]:
    """The rows with words marked that are no figures, or stand in no column or in several, and with numbers that may
    go on in the next row: none in the column is longer by a character.
    """
    widths = [0.0] * len(columns)
    for word in (*heads, *(word for row in rows for word in row.figures)):
        for place in over if len(over := _over(word, columns)) == 1 else ():
            widths[place] = max(widths[place], word.right - word.left)
    found = [
        {word for word in row.figures if len(_over(word, columns)) != 1 or not word.is_figure} for row in rows
    ]
    inside = [
        {over[0]: word for word in row.figures if len(over := _over(word, columns)) == 1} for row in rows
    ]
    for number, (above, below) in enumerate(pairwise(inside)):
        if rows[number].ruled or (len(columns) > 1 and len(above) == len(below) == len(columns)):
            continue
        for place in above.keys() & below.keys():
            first, second = above[place], below[place]
            far = second.baseline - first.baseline > _PITCH * first.line.size
            end = first.line.glyphs[-1]
            longer = first.line.box.width + end.right - end.left
            if not far and longer > widths[place] and first.text[-1].isdigit():
                found[number].add(first)
                found[number + 1].add(second)
    return tuple(replace(row, broken=frozenset(some)) for row, some in zip(rows, found, strict=True))


def _columns(figures: Sequence[Word], heads: Sequence[Word]) -> tuple[Span, ...]:
    """The extents of the columns: of figures one below the other, widened by heads that stand over one alone, and of
    heads that stand over none.
    """
    size = statistics.median(word.line.size for word in figures)
    spans = [
        (min(word.left for word in stack), max(word.right for word in stack)) for stack in stacks(figures)
    ]
    for word in sorted(heads, key=lambda word: -word.baseline):
        over = _over(word, spans)
        if not over:
            spans.insert(bisect_right([left for left, _ in spans], word.left), (word.left, word.right))
        elif len(over) == 1:
            place = over[0]
            left, right = min(spans[place][0], word.left), max(spans[place][1], word.right)
            free = (place == 0 or spans[place - 1][1] < left - _APART * size) and (
                place == len(spans) - 1 or right + _APART * size < spans[place + 1][0]
            )
            if free:
                spans[place] = (left, right)
    return tuple(spans)


def _over(word: Word, spans: Sequence[Span]) -> list[int]:
    return [place for place, (left, right) in enumerate(spans) if word.left < right and left < word.right]


def _placed(
    heads: Sequence[Word], columns: Sequence[Span]
) -> tuple[tuple[int, int, int, tuple[Word, ...]], ...]:
    """The heads as cells: in the last row those of single columns, above them what stands over several."""
    own: list[list[Word]] = [[] for _ in columns]
    others: list[Word] = []
    for word in sorted(heads, key=lambda word: -word.baseline):
        over = _over(word, columns)
        stack = own[over[0]] if len(over) == 1 else others
        close = not stack or stack[-1].baseline - word.baseline < _CLOSE * word.line.size
        (stack if close or stack is others else others).append(word)
    levels: list[list[Word]] = []
    for word in sorted(others, key=lambda word: word.baseline):
        if levels and word.baseline - levels[-1][0].baseline < 0.5 * word.line.size:
            levels[-1].append(word)
        else:
            levels.append([word])
    found = [
        (row, over[0], over[-1], (word,))
        for row, level in enumerate(levels, start=1)
        for word in level
        if (over := _over(word, columns))
    ]
    last = len(levels) + 1
    return (*found, *((last, place, place, tuple(stack)) for place, stack in enumerate(own) if stack))
