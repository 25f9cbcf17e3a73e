"""From the bytes of a picture file, or of a PDF with pages that are pictures, to its document.

Runs foreign code: call it in a process that may end (see `apart`).
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.given import Unreadable
from pipeline.read.pdf import reader as pdf
from pipeline.read.pdf.layout import Piece
from pipeline.read.pdf.pdfium import OpenPage, TooMuch
from pipeline.read.pdf.reader import PageRead, document_of
from pipeline.read.scan.frames import frames, of_page
from pipeline.read.scan.page import pieces
from pipeline.read.scan.pixels import POINT
from pipeline.read.scan.recognise import Recogniser
from pipeline.read.sniff import PDF

MAX_PAGES = 40  # pictures of pages read in one document; a report has some five to thirty

Told = Callable[[], object]


class PageReader:
    """Reads the pages of one document that are pictures, up to the most that are read; `told` is called after each."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._recogniser = Recogniser()
        self._left = MAX_PAGES

    def read(self, page: OpenPage, number: int) -> list[Piece]:
        """What stands on a page of a PDF. Raises `TooMuch`."""
        if not self._left:
            raise TooMuch(f"of pages that are pictures the first {MAX_PAGES} are read")
        self._left -= 1
        found = pieces(of_page(page), number, self._recogniser)
        self._told()
        return found


def read(data: bytes, kind: str, told: Told = lambda: None) -> Document:
    """Read the bytes of a picture file, or of a PDF with its pictures; nothing raises that is about them.

    `told` is called after each page that was recognised.
    """
    if kind == PDF:
        return pdf.read(data, PageReader(told).read)
    try:
        return _picture(data, kind, told)
    except Unreadable as reason:
        return Document(kind, issues=(ReadIssue(reason.code, reason.message),))


def _picture(data: bytes, kind: str, told: Told) -> Document:
    recogniser: Recogniser | None = None
    found: list[PageRead] = []
    issues: list[ReadIssue] = []
    for number, tinted in enumerate(frames(data), start=1):
        if number > MAX_PAGES:
            message = f"The picture has more than {MAX_PAGES} pages; the first {MAX_PAGES} are read."
            issues.append(ReadIssue("too_large", message))
            break
        recogniser = recogniser or Recogniser()
        height = tinted.grey.shape[0] / POINT
        found.append(PageRead(number, tuple(pieces(tinted, number, recogniser)), height))
        told()
    return document_of(kind, "", found, issues)
