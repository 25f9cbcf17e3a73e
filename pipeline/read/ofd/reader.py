"""From the bytes of an OFD to its document, by way of a PDF of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.given import Given, Unreadable
from pipeline.read.ofd.drawing import Drawing
from pipeline.read.ofd.parts import Parts
from pipeline.read.ofd.pdf import Drawn, Picture, pdf_of
from pipeline.read.ofd.pictures import picture_of
from pipeline.read.pdf.apart import read_pdf
from pipeline.read.sniff import PDF

_MAX_PAGES = 201  # one more than are read, so that the reader says so
_MOST_PICTURES = 100_000_000  # bytes


def read_ofd(given: Given) -> Document:
    """Read an OFD as the PDF that shows the same pages. Raises Unreadable where nothing can be read."""
    made, left_out = _made(given.data)
    document = read_pdf(replace(given, data=made, kind=PDF))
    issues = document.issues
    if left_out:
        message = f"{left_out} pictures are of a kind that is not read: tables may be among them."
        issues = (*issues, ReadIssue("pictures_not_read", message))
    return replace(document, media_type=given.kind, issues=issues)


def as_pdf(data: bytes) -> bytes:
    """The PDF that shows the pages of an OFD. Raises Unreadable."""
    return _made(data)[0]


def _made(data: bytes) -> tuple[bytes, int]:
    """The PDF, and how many pictures it lacks."""
    parts = Parts(data)
    if not parts.count:
        raise Unreadable("empty_document", "The document has no page.")
    known: dict[str, Picture | None] = {}
    made = pdf_of(_drawn(parts, known), parts.title)
    return made, sum(picture is None for picture in known.values())


def _drawn(parts: Parts, known: dict[str, Picture | None]) -> Iterator[Drawn]:
    drawing = Drawing(parts.shared)
    for page in parts.pages(_MAX_PAGES):
        content = drawing.page(page)
        for path in drawing.pictures.values():
            if path not in known:
                left = _MOST_PICTURES - sum(len(one.data) for one in known.values() if one is not None)
                known[path] = _picture(parts, path, left)
        shown = {name: one for name, path in drawing.pictures.items() if (one := known[path]) is not None}
        yield Drawn(page.box, content, shown)


def _picture(parts: Parts, path: str, most: int) -> Picture | None:
    """The picture of a part; None where it cannot be read. The text around it can."""
    try:
        return picture_of(parts.package.read(path, most))
    except Unreadable:
        return None
