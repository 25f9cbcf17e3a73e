"""What is drawn in a cell and is no character that was read: a minus or a digit as a line, or text that was lost.

Text is lost where it is set aslant, and where the library puts characters elsewhere than they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.pdf.geometry import Box, Glyph, Sheet
from pipeline.read.pdf.raster import Raster

_BESIDE = 1.0  # of the size: how far from a number its own strokes may stand
_HIGHER = 0.2  # of the size: by how much a stroke may stand out above or below the characters
_ABOVE = 0.2  # of the size: a line not so high above the foot of the characters stresses them
_LONGER = 0.6  # of the size: lines that run on so far above or below are edges
_AWAY = 1.5  # points from the sides of a cell, where borders of its own may lie
_BLUR = 0.7  # points around characters that are drawn half
_RIM = (0.1, 1.4)  # of the size, and points at least, around characters: their blurred edges
_SHADE = 170  # grey; what is paler is shading or a watermark


def shows_lost_text(box: Box, sheet: Sheet, bare: Raster, full: Raster) -> bool:
    """Whether text is drawn in a `box` that is none of the sheet's characters. Where there may be a
    watermark only dark text counts.
    """
    shown = full.is_dark(box, _SHADE) if sheet.watermarked else full.differs(bare, box)
    near = Box(box.left - _BLUR, box.top - _BLUR, box.right + _BLUR, box.bottom + _BLUR)
    return shown and all(glyph.text.isspace() or glyph.ink.within(near).is_empty for glyph in sheet.glyphs)


def goes_on_beside(printed: Sequence[Glyph], inner: Box, sheet: Sheet, bare: Raster, full: Raster) -> bool:
    """Whether a stroke, or text that was lost, stands right beside the characters that are `printed` in a cell, `inner`
    of its own lines.

    A stroke is as high as they at most and not below them: longer lines are edges, and lower ones stress words.
    """
    size = max(glyph.size for glyph in printed)
    left, right = min(glyph.ink.left for glyph in printed), max(glyph.ink.right for glyph in printed)
    top, bottom = min(glyph.ink.top for glyph in printed), max(glyph.ink.bottom for glyph in printed)
    cell = Box(inner.left + _AWAY, inner.top, inner.right - _AWAY, inner.bottom)
    rim = max(_RIM[0] * size, _RIM[1])
    for start, end, outside in (
        (left - _BESIDE * size, left, Box(left - _BESIDE * size, top, left - rim, bottom)),
        (right, right + _BESIDE * size, Box(right + rim, top, right + _BESIDE * size, bottom)),
    ):
        beside = Box(start, top, end, bottom - _ABOVE * size).within(cell)
        ends, around = (
            Box(start, top - more * size, end, bottom + more * size).within(cell)
            for more in (_HIGHER, _HIGHER + _LONGER)
        )
        if not beside.is_empty and bare.holds_stroke(beside, ends, around, _SHADE):
            return True
        clear = outside.within(cell)
        if not clear.is_empty and full.differs(bare, clear) and shows_lost_text(clear, sheet, bare, full):
            return True
    return False
