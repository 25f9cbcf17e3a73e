"""Characters printed twice to look bold: the second is no character of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.read.pdf.geometry import Glyph
from pipeline.read.pdf.pdfium import Character

_STEP = 4.0  # points of the squares in which neighbours are looked for


def without_twins(glyphs: Sequence[tuple[Glyph, Character]]) -> list[tuple[Glyph, Character]]:
    """`glyphs` without those that lie on another of the same sign and size."""
    kept: list[tuple[Glyph, Character]] = []
    near: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph, character in glyphs:
        column, row = int(glyph.ink.left // _STEP), int(glyph.ink.top // _STEP)
        around = (near[column + x, row + y] for x in (-1, 0, 1) for y in (-1, 0, 1))
        if any(_is_twin(glyph, other) for others in around for other in others):
            continue
        near[column, row].append(glyph)
        kept.append((glyph, character))
    return kept


def _is_twin(one: Glyph, other: Glyph) -> bool:
    if one.text != other.text or abs(one.size - other.size) > 0.1 * one.size:
        return False
    across = min(one.ink.right, other.ink.right) - max(one.ink.left, other.ink.left)
    down = min(one.ink.bottom, other.ink.bottom) - max(one.ink.top, other.ink.top)
    narrow = min(one.ink.width, other.ink.width)
    return across > 0.5 * narrow and down > 0.5 * min(one.ink.height, other.ink.height)
