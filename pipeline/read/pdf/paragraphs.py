"""From lines of text to paragraphs: by indentation, full lines, distances and numbers of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.read.pdf.layout import Line, Piece, Table

_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章条部])"
)
_INDENT = 0.8  # of the size
_FIRST = (
    3.0  # of the size: a line that starts farther in is no line of a paragraph but a signature or a title
)
_SHORT = 2.2  # of the size: a line that ends so far before the margin ends its paragraph
_CJK = re.compile("[\u2e80-\u9fff\uff00-\uffef]")


def with_paragraphs(pieces: Iterable[Piece]) -> Iterator[Table | list[Line]]:
    """The tables, and between them the paragraphs, each the lines it is made of."""
    run: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Line):
            run.append(piece)
        else:
            yield from _paragraphs(run)
            run = []
            yield piece
    yield from _paragraphs(run)


def joined_text(lines: Sequence[Line]) -> str:
    """The text of a paragraph: lines of Chinese follow one another without a blank."""
    text = ""
    for line in lines:
        part = line.text.strip()
        seam = text and part and not (_CJK.match(text[-1]) or _CJK.match(part[0]))
        both = text[-1:].isdigit() and part[:1].isdigit()
        text += (" " if seam and not both else "") + part
    return text


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    if not lines:
        return
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    current: list[Line] = []
    for line in lines:
        if current and not _goes_on(current[-1], line, left, right):
            yield current
            current = []
        current.append(line)
    yield current


def _goes_on(before: Line, line: Line, left: float, right: float) -> bool:
    size = before.size
    if "\t" in before.text or "\t" in line.text or _NUMBERED.match(line.text):
        return False
    if abs(line.size - size) > 0.1 * size or before.box.right < right - _SHORT * size:
        return False
    if line.box.left > left + _INDENT * size or before.box.left > left + _FIRST * size:
        return False
    return line.page != before.page or line.box.top - before.box.top < 2.6 * size
