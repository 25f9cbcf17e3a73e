"""Characters printed over one another: twice the same to look bold, or one over another, of which none is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.pdf.geometry import LOST, Glyph
from pipeline.read.pdf.pdfium import Character

_STEP = 6.0  # points of the squares in which neighbours are looked for
_MOST = 40  # characters of one square; more are no text
_SHARE = 0.5  # of the narrower that lies on the other

Printed = tuple[Glyph, Character]


def without_twins(glyphs: Sequence[Printed]) -> list[Printed]:
    """`glyphs` without those that lie on another of the same sign and size; where one lies on another sign, as where a
    number was covered and a new one written over it, both are lost.
    """
    kept: list[Printed] = []
    near: dict[tuple[int, int], list[int]] = {}
    for glyph, character in glyphs:
        if glyph.text.isspace():
            kept.append((glyph, character))
            continue
        column, row = int(glyph.ink.left // _STEP), int(glyph.ink.top // _STEP)
        around = [
            place
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for place in near.get((x, y), ())
        ]
        twin = lost = False
        for place in around:
            other, its_character = kept[place]
            if not _on(glyph, other):
                continue
            if glyph.text == other.text and abs(glyph.size - other.size) <= 0.1 * glyph.size:
                twin = True
            else:
                lost = True
                kept[place] = (replace(other, text=LOST), its_character)
        if twin:
            continue
        home = near.setdefault((column, row), [])
        if len(home) < _MOST:
            home.append(len(kept))
        kept.append((replace(glyph, text=LOST) if lost else glyph, character))
    return kept


def _on(one: Glyph, other: Glyph) -> bool:
    across = min(one.ink.right, other.ink.right) - max(one.ink.left, other.ink.left)
    down = min(one.ink.bottom, other.ink.bottom) - max(one.ink.top, other.ink.top)
    return across > _SHARE * min(one.ink.width, other.ink.width) and down > _SHARE * min(
        one.ink.height, other.ink.height
    )
