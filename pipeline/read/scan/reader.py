"""From the bytes of a picture file, or of a PDF with pages that are pictures, to its document.

Runs foreign code: call it in a process that may end (see `apart`).
"""

from __future__ import annotations

from pipeline.read.blocks import Document
from pipeline.read.pdf import reader as pdf
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.layout import Piece
from pipeline.read.pdf.pdfium import OpenPage, TooMuch
from pipeline.read.scan.frames import of_page, within
from pipeline.read.scan.page import pieces
from pipeline.read.scan.recognise import Recogniser
from pipeline.read.scan.together import MAX_PAGES, Told, read_runs
from pipeline.read.sniff import PDF


class PageReader:
    """Reads the pages of one document that are pictures, up to the most that are read; `told` is called after each."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._recogniser = Recogniser()
        self._left = MAX_PAGES

    def read(self, page: OpenPage, number: int, box: Box | None = None) -> list[Piece]:
        """What stands on a page of a PDF, or in a box of it alone, as it is shown. Raises `TooMuch`."""
        if not self._left:
            raise TooMuch(f"of pages that are pictures the first {MAX_PAGES} are read")
        self._left -= 1
        shown = of_page(page)
        found = pieces(shown if box is None else within(shown, box), number, self._recogniser)
        self._told()
        return found


def read(data: bytes, kind: str, told: Told = lambda: None) -> Document:
    """Read the bytes of a picture file, or of a PDF with its pictures; nothing raises that is about them.

    `told` is called after each page that was recognised.
    """
    if kind == PDF:
        return pdf.read(data, PageReader(told).read)
    return read_runs([[data]], told)[0].document
