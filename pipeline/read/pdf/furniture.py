"""What a page carries besides the document: page numbers, running heads and feet, what a browser prints around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.read.pdf.edges import is_at_edge, is_page_number
from pipeline.read.pdf.layout import Line, Piece

_OUTER = 3  # lines from the top or the bottom of a page that may be furniture
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[list[Piece]]:
    """The pieces of each page without its furniture."""
    outer = [_outer(page, height) for page, height in zip(pages, heights, strict=True)]
    repeated = Counter(key for lines in outer for key in {_key(line) for line in lines})
    least = max(2, len(pages) // 2)
    kept = []
    for page, lines in zip(pages, outer, strict=True):
        gone = {
            id(line)
            for line in lines
            if is_page_number(line.text) or (len(pages) > 1 and repeated[_key(line)] >= least)
        }
        kept.append([piece for piece in page if id(piece) not in gone])
    return kept


def _outer(page: Sequence[Piece], height: float) -> list[Line]:
    """The first and last lines of a page, up to a table, that stand near its edges."""
    found = []
    for order in (page, page[::-1]):
        for piece in order[:_OUTER]:
            if not isinstance(piece, Line):
                break
            if is_at_edge(piece.box.top, piece.box.bottom, height):
                found.append(piece)
    return found


def _key(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))
