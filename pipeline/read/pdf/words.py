"""Lines of text cut at wide gaps, as the cells of a row stand that no line parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read.pdf.figures import is_figure
from pipeline.read.pdf.geometry import Box, Glyph
from pipeline.read.pdf.lines import TextLine

_GAP = 0.3  # of the size
_FIGURES_GAP = 0.25  # between figures, which may stand in narrow columns
_MIXED_GAP = 0.6  # between Chinese and others, which are often set apart


@dataclass(frozen=True, slots=True)
class Word:
    """Characters of one line that stand together."""

    line: TextLine

    @property
    def text(self) -> str:
        """What is printed."""
        return self.line.text

    @property
    def left(self) -> float:
        """Where its ink begins."""
        return self.line.glyphs[0].ink.left

    @property
    def right(self) -> float:
        """Where its ink ends."""
        return self.line.glyphs[-1].ink.right

    @property
    def baseline(self) -> float:
        """That of its line."""
        return self.line.baseline

    @property
    def is_figure(self) -> bool:
        """Whether it may be a figure, a mark for none, or a unit."""
        return is_figure(self.text)


def words(line: TextLine) -> list[Word]:
    """The words of a line, from left to right."""
    parts: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, after in pairwise(glyph for glyph in line.glyphs if not glyph.text.isspace()):
        mixed = before.text.isascii() is not after.text.isascii()
        least = _MIXED_GAP if mixed else _FIGURES_GAP if after.text.isascii() else _GAP
        if after.left - before.right > least * min(before.size, after.size):
            parts.append([])
        parts[-1].append(after)
    return [Word(TextLine(tuple(part))) for part in parts]


def stacks(some: Iterable[Word]) -> list[list[Word]]:
    """Words that stand one above the other, stack by stack from left to right."""
    found: list[list[Word]] = []
    for word in sorted(some, key=lambda word: word.left):
        if found and word.left < max(other.right for other in found[-1]):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def stacked(some: Sequence[Word]) -> str:
    """What words one above the other say, from the top down."""
    ordered = sorted(some, key=lambda word: (round(word.baseline), word.left))
    return "\n".join(word.text for word in ordered)


def around(some: Sequence[Word]) -> Box:
    """The smallest box around the lines of some words."""
    box = some[0].line.box
    for word in some[1:]:
        box = box.joined(word.line.box)
    return box
