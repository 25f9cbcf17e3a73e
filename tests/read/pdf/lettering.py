"""A font of our own for Chinese, so that no test hangs on the fonts of a machine: each character is a few strokes."""

from __future__ import annotations

import io
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

_UNITS = 1000
_SHAPES = 16  # shared by all characters: readers of PDF go by the codes


@cache
def chinese_font() -> bytes:
    """A TrueType font with every character of GB 2312 that is not in ASCII."""
    names = [".notdef", *(f"shape{number}" for number in range(_SHAPES))]
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(one): names[1 + ord(one) % _SHAPES] for one in _characters()})
    builder.setupGlyf({name: _strokes(number) for number, name in enumerate(names)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (_UNITS, 80)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Invented", "styleName": "Regular", "psName": "Invented"})
    builder.setupOS2(
        sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120, sCapHeight=700
    )
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _characters() -> list[str]:
    found = ["—"]  # which has another code there
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def _strokes(number: int) -> object:
    """A frame of bars that differs from shape to shape."""
    pen = TTGlyphPen(None)
    for bar in range(4):
        if number >> bar & 1 or bar == number % 4:
            bottom = -60 + 230 * bar
            for place, point in enumerate(
                ((80, bottom), (80, bottom + 90), (920, bottom + 90), (920, bottom))
            ):
                (pen.lineTo if place else pen.moveTo)(point)
            pen.closePath()
    return pen.glyph()
