"""Whether what a font calls a digit looks like that digit: a font may say 3 and show 8.

Every digit of every font that a document brings is drawn large, and the closed holes in it are counted: 8
has two, 0, 6 and 9 one, 1, 2, 3, 5 and 7 none. A font with one digit that does not look its part is believed in none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.read.pdf.geometry import LOST, Box, Glyph
from pipeline.read.pdf.pdfium import Character, OpenPage
from pipeline.read.pdf.raster import Raster

_HOLES = {
    "0": (1,),
    "1": (0,),
    "2": (0,),
    "3": (0,),
    "4": (0, 1),
    "5": (0,),
    "6": (1,),
    "7": (0,),
    "8": (2,),
    "9": (1,),
}
_TRIES = 4  # a line or a stamp across a digit makes holes of its own
_TALL = 42  # pixels
_SPECK = 6  # pixels; smaller holes are none


@dataclass(slots=True)
class Shapes:
    """What the fonts of one document were seen to show."""

    _right: set[tuple[int, str]] = field(default_factory=set)
    _tries: dict[tuple[int, str], int] = field(default_factory=dict)
    _wrong: set[int] = field(default_factory=set)

    def checked(self, page: OpenPage, turns: int, glyphs: Sequence[tuple[Glyph, Character]]) -> list[Glyph]:
        """The glyphs, those of fonts that show other digits than they say as lost."""
        for glyph, character in glyphs:
            digit = _digit(glyph.text)
            key = (character.font, digit)
            if (
                not digit
                or not character.embedded
                or glyph.turned
                or key in self._right
                or character.font in self._wrong
            ):
                continue
            if _looks(page, turns, glyph, digit):
                self._right.add(key)
                continue
            self._tries[key] = self._tries.get(key, 0) + 1
            if self._tries[key] >= _TRIES:
                self._wrong.add(character.font)
        doubted = self._wrong | {font for font, digit in self._tries if (font, digit) not in self._right}
        return [
            replace(glyph, text=LOST) if character.font in doubted and not glyph.text.isspace() else glyph
            for glyph, character in glyphs
        ]


def _digit(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return plain if plain in _HOLES else ""


def _looks(page: OpenPage, turns: int, glyph: Glyph, digit: str) -> bool:
    ink = glyph.ink
    if ink.height <= 0 or ink.width <= 0:
        return False
    edge = 0.04 * glyph.size
    box = Box(ink.left - edge, ink.top - edge, ink.right + edge, ink.bottom + edge)
    holes = _holes(page.detail(box, min(_TALL / ink.height, 30.0), turns))
    if len(holes) not in _HOLES[digit]:
        return False
    if digit in "69":
        return (holes[0] > 0.5) == (digit == "6")
    return True


def _holes(picture: Raster) -> list[float]:
    """For each closed hole its height in the picture, 0 at the top and 1 at the bottom."""
    width, height = picture.width, picture.height
    middle = (min(picture.pixels) + max(picture.pixels)) // 2
    around = picture.pixels[:width] + picture.pixels[-width:]
    # Else white digits stand on a dark ground.
    is_pale = sum(shade > middle for shade in around) * 2 >= len(around)
    paper = [(shade > middle) is is_pale for shade in picture.pixels]
    found: list[float] = []
    for start in range(width * height):
        if not paper[start]:
            continue
        stack, size, rows, open_end = [start], 0, 0, False
        paper[start] = False
        while stack:
            place = stack.pop()
            row, column = divmod(place, width)
            size += 1
            rows += row
            open_end = open_end or row in (0, height - 1) or column in (0, width - 1)
            for next_row, next_column in (
                (row - 1, column),
                (row + 1, column),
                (row, column - 1),
                (row, column + 1),
            ):
                beside = next_row * width + next_column
                if 0 <= next_row < height and 0 <= next_column < width and paper[beside]:
                    paper[beside] = False
                    stack.append(beside)
        if not open_end and size >= _SPECK:
            found.append(rows / size / height)
    return found
