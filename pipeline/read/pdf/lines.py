"""From characters to lines of text, each with the gaps that a person sees in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read.pdf.geometry import Box, Glyph

_WORD_GAP = 0.3  # of the size: wider gaps are blanks
_FIGURE_GAP = 0.14  # between figures and the like, whose blanks are narrow and must never be lost
_RAISED = 0.8  # of the size beside it: a smaller character that stands higher is a mark
_COLUMN_GAP = 2.2  # of the size: wider gaps part columns


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def box(self) -> Box:
        """From the first pen to the last, as high as the characters."""
        size = self.size
        return Box(
            self.glyphs[0].left,
            self.baseline - 0.9 * size,
            max(glyph.right for glyph in self.glyphs),
            self.baseline + 0.2 * size,
        )

    @property
    def size(self) -> float:
        """That of its largest characters."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        """That of its first character."""
        return self.glyphs[0].baseline

    @property
    def text(self) -> str:
        """What is printed: a blank for a gap between words, a tab for one between columns."""
        return _text(self.glyphs)


def text_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Upright characters as lines, from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.baseline, glyph.left)):
        home = None
        for line in reversed(lines[-6:]):
            last = line[-1]
            if abs(glyph.baseline - last.baseline) <= 0.4 * min(glyph.size, last.size):
                home = line
                break
        if home is None:
            home = []
            lines.append(home)
        home.append(glyph)
    found = []
    for line in lines:
        printed = _trimmed(sorted(line, key=lambda glyph: glyph.left))
        if printed:
            found.append(TextLine(tuple(printed)))
    return sorted(found, key=lambda line: line.baseline)


def _trimmed(line: list[Glyph]) -> list[Glyph]:
    start, end = 0, len(line)
    while start < end and line[start].text.isspace():
        start += 1
    while end > start and line[end - 1].text.isspace():
        end -= 1
    return line[start:end]


def _is_mark(before: Glyph, after: Glyph) -> bool:
    """Whether one of two is much smaller and they cannot be of one number."""
    smaller, larger = sorted((before.size, after.size))
    return smaller < _RAISED * larger and (
        after.baseline < before.baseline - 0.1 * before.size
        or (before.text.isdigit() and after.text.isdigit())
    )


def _least(before: str, after: str) -> float:
    return _FIGURE_GAP if before.isascii() and after.isascii() else _WORD_GAP


def _text(glyphs: Sequence[Glyph]) -> str:
    parts = [glyphs[0].text]
    blank = False
    for before, after in pairwise(glyphs):
        gap = after.left - before.right
        size = min(before.size, after.size)
        if gap > _COLUMN_GAP * size:
            parts.append("\t")
        elif gap > _least(before.text, after.text) * size and not (
            blank or after.text.isspace() or before.text.isspace()
        ):
            parts.append(" ")
        blank = after.text.isspace()
        if _is_mark(before, after):
            parts.append("^")  # as in pages: 12 with note 1 is not 121
        parts.append(after.text)
    return "".join(parts)
