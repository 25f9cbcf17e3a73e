"""Pictures of tables among the text of a page, as who writes a report pastes them in."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.pdf.geometry import Box, Glyph
from pipeline.read.pdf.raster import Raster

_WIDE = 0.3  # of the page
_HIGH = 24.0  # points
_SEAM = 2.0  # points between slices of one picture
_FEW = 3  # characters on a picture: a mark, or a word that runs over its edge


def inlaid(pictures: Sequence[Box], glyphs: Sequence[Glyph], width: float, bare: Raster) -> tuple[Box, ...]:
    """Where pictures with lines like those of a table stand on a page so wide; slices of one are one.

    `bare` is the page without its text. A picture that text is printed on is a ground and shows no table.
    """
    found: list[Box] = []
    for box in sorted(pictures, key=lambda one: (one.top, one.left)):
        if found and _goes_on(found[-1], box):
            found[-1] = found[-1].joined(box)
        else:
            found.append(box)
    return tuple(
        box
        for box in found
        if box.width > _WIDE * width
        and box.height > _HIGH
        and sum(box.holds(*glyph.middle) for glyph in glyphs if not glyph.text.isspace()) < _FEW
        and bare.is_ruled(box)
    )


def _goes_on(above: Box, below: Box) -> bool:
    return (
        abs(below.top - above.bottom) < _SEAM
        and abs(below.left - above.left) < _SEAM
        and abs(below.right - above.right) < _SEAM
    )
