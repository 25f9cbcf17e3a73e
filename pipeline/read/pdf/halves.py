"""Two pages printed side by side on one sheet, told apart by the empty strip between them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.read.pdf.geometry import Sheet

_WIDE = 1.2  # of the height
_GUTTER = 12.0  # points on each side of the middle in which nothing stands
_LEAST = 40  # characters of a page


def halves(sheet: Sheet) -> list[Sheet]:
    """The sheet, or its left and right half where each is a page of its own."""
    middle = sheet.width / 2
    if sheet.width < _WIDE * sheet.height:
        return [sheet]
    crossing = any(
        glyph.ink.left < middle + _GUTTER and glyph.ink.right > middle - _GUTTER
        for glyph in sheet.glyphs
        if not glyph.text.isspace()
    ) or any(rule.start < middle < rule.end for rule in sheet.rules if not rule.upright)
    if crossing:
        return [sheet]
    left = [glyph for glyph in sheet.glyphs if glyph.left < middle]
    right = [glyph for glyph in sheet.glyphs if glyph.left >= middle]
    if min(len(left), len(right)) < _LEAST:
        return [sheet]
    return [
        replace(
            sheet,
            glyphs=tuple(glyphs),
            rules=tuple(
                rule
                for rule in sheet.rules
                if ((rule.at if rule.upright else rule.start) < middle) is (glyphs is left)
            ),
        )
        for glyphs in (left, right)
    ]
