"""Where the characters of forms stand: what a page draws through a matrix, as programs do that scale or impose pages.

The library tells the places of characters in coordinates of the page, but in coordinates of the form where a text has
characters of its own to be copied (ActualText): browsers give them to whatever looks like a radical, as 一, 人 and 行.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.matrices import IDENTITY, Matrix, applied, moved


class Pens:
    """Follows the pen through the texts of forms, by number; `forms` has the matrix of the form of each."""

    def __init__(self, forms: Mapping[int, Matrix]) -> None:
        self._forms = forms
        self._pens: dict[int, tuple[float, float]] = {}

    def to_page(self, text: int, own: Matrix, origin: tuple[float, float], advance: Box) -> Matrix:
        """What brings a character from where the library tells that it stands to its place on the page.

        Call it for all characters in their order. `own` is the text's matrix on the page, `advance` the character's
        box from pen to pen.
        """
        form = self._forms[text]
        pens = own[4:], self._pens.get(text, own[4:])
        moved_off = min(math.dist(applied(form, *origin), pen) for pen in pens)
        matrix = form if moved_off < min(math.dist(origin, pen) for pen in pens) else IDENTITY
        self._pens[text] = _behind(moved(advance, matrix), applied(matrix, *origin), own)
        return matrix


def _behind(advance: Box, origin: tuple[float, float], own: Matrix) -> tuple[float, float]:
    """Where the pen goes on behind a character."""
    length = math.hypot(own[0], own[1]) or 1.0
    across, up = own[0] / length, own[1] / length
    far = max(
        (x - origin[0]) * across + (y - origin[1]) * up
        for x in (advance[0], advance[2])
        for y in (advance[1], advance[3])
    )
    return origin[0] + far * across, origin[1] + far * up
