"""What a page carries besides the document: page numbers, running heads and feet, what a browser prints around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.read.pdf.layout import Line, Piece

_OUTER = 3  # lines from the top or the bottom of a page that may be furniture
_EDGE = 0.12  # of the page's height from its edge
_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*页)?[-—–－·\s]*"
    r"|第\s*\d{1,3}\s*页\s*[,，/／]?\s*共\s*\d{1,3}\s*页|\d{1,3}\s*[/／]\s*\d{1,3}|page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"(?:https?|file)://\S+|\d{1,4}[/年-]\d{1,2}[/月-]\d{1,4}日?[,，\s]+\d{1,2}:\d{2}")
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
            if _NUMBER.fullmatch(line.text.strip())
            or _BROWSER.search(line.text)
            or (len(pages) > 1 and repeated[_key(line)] >= least)
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
            if piece.box.top < _EDGE * height or piece.box.bottom > (1 - _EDGE) * height:
                found.append(piece)
    return found


def _key(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))
