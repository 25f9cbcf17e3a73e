"""What is no page among the pictures of a report: logos, banners, seals, codes to be scanned, photographs, posters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

import cv2
import numpy as np

from pipeline.read.pdf.layout import Line, Piece, Table
from pipeline.read.scan.colour import Coloured

SMALLEST = 150  # pixels; signs and buttons are smaller than this on one side
_LOWEST, _WIDE = 48, 400  # pixels of a table of few rows
_SQUARE, _SLENDER = 450, 0.8  # pixels, and share of the longer side
_UPRIGHT = 1.2  # times as high as wide
_LOOKED = 200  # pixels to which a picture is brought to look at its colours
_PLAIN = 0.5  # share of a page that is paper or ink
_COLOURED, _DARK = 76, 90  # saturation and brightness (of 255) beyond which a colour is one
_WORDS_OF_TABLE, _WORDS_OF_PAGE, _WORDS_OF_LAST_PAGE = 4, 40, 8  # Chinese characters
_CHINESE = re.compile("[\u3400-\u9fff]")
_POSTER = re.compile(r"一图(?:读懂|看懂|了解|速览)|图解|图说|图读|数说")
_FIRST = 6  # lines in which a poster says what it is,
_LARGE = 1.3  # in letters larger than those of most lines


def is_small(page: Coloured) -> bool:
    """Whether a picture is too small for a page or a table, or is such a square as codes to be scanned come in."""
    height, width = page.shape[:2]
    if max(height, width) <= _SQUARE and min(height, width) >= _SLENDER * max(height, width):
        return True
    return min(width, height) < SMALLEST and not (width >= _WIDE and height >= _LOWEST)


def is_upright(page: Coloured) -> bool:
    """Whether a picture has the shape of a page."""
    height, width = page.shape[:2]
    return bool(width >= _WIDE and height >= _UPRIGHT * width)


def is_coloured(page: Coloured) -> bool:
    """Whether a picture is coloured all over, as a poster is and a page never."""
    height, width = page.shape[:2]
    scale = _LOOKED / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    saturation, brightness = cv2.split(cv2.cvtColor(small, cv2.COLOR_BGR2HSV))[1:]
    return bool(np.mean((saturation > _COLOURED) & (brightness > _DARK)) > 1 - _PLAIN)


def is_page(pieces: Sequence[Piece], *, is_upright: bool) -> bool:
    """Whether what was read on a picture is a page of a report: a table with words, or running text; of a picture that
    is upright as a page is, little text, as on the last one.
    """
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    usual = median(line.size for line in lines) if lines else 0.0
    if any(_POSTER.search(line.text) and line.size >= _LARGE * usual for line in lines[:_FIRST]):
        return False
    tables = (piece for piece in pieces if isinstance(piece, Table))
    if any(_words(cell.text for cell in table.cells) >= _WORDS_OF_TABLE for table in tables):
        return True
    return _words(line.text for line in lines) >= (_WORDS_OF_LAST_PAGE if is_upright else _WORDS_OF_PAGE)


def _words(texts: Iterable[str]) -> int:
    return len(_CHINESE.findall("".join(texts)))
