"""Reading a PDF in a process of its own: foreign code may crash, hang or eat memory without harm to anybody else."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.apart import asked, bounded, document_in, kept_or_asked
from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.given import Given, Unreadable
from pipeline.read.pdf.geometry import Box
from pipeline.read.scan import apart as scan
from pipeline.read.sniff import PDF

SECONDS = 120  # a page of a report takes a tenth of one
COMMAND = ("-m", "pipeline.read.pdf.apart")
READER = "pdf"
"""The name under which is kept what was read."""
_WHAT = "the PDF"
_PICTURES = ("reader_missing", "pictures_not_read")  # what is told of pictures that nothing recognised
MEMORY = 4 << 30  # bytes of addresses; a real report takes some 300 MB with the library itself


def read_pdf(given: Given) -> Document:
    """Read the bytes of a PDF. Raises Unreadable where nothing can be read."""
    document = document_in(
        kept_or_asked(given.slow, given.data, READER, lambda: asked(COMMAND, given.data, _WHAT, SECONDS))
    )
    if scan.available() and any(issue.code in _PICTURES for issue in document.issues):
        return _with_pictures(given, document)
    if not document.blocks and document.issues:
        raise Unreadable(document.issues[0].code, document.issues[0].message)
    return document


def _with_pictures(given: Given, document: Document) -> Document:
    """The document with its pages that are pictures; without them, and with the reason, where they cannot be read."""
    try:
        return scan.read_pictures(given)
    except Unreadable as reason:
        if not document.blocks:
            raise
        issue = ReadIssue(reason.code, f"Pages that are pictures are left out. {reason.message}")
        kept = (one for one in document.issues if one.code not in _PICTURES)
        return replace(document, issues=(*kept, issue))


def cell_picture(data: bytes, page: int, box: str) -> bytes:
    """A PNG of a cell of a page and of what stands around it; `box` as in table figure. Raises Unreadable."""
    return asked((*COMMAND, str(page), *box.split()), data, _WHAT, SECONDS)


def _serve(words: Sequence[str]) -> bytes:
    """What one document says or, where a page and a box are asked for, a picture of them."""
    from pipeline.read.pdf.picture import framed  # noqa: PLC0415 - the library belongs into this process alone
    from pipeline.read.pdf.reader import read  # noqa: PLC0415

    bounded(SECONDS, MEMORY)
    data = sys.stdin.buffer.read()
    if words:
        page, *sides = words
        return framed(data, int(page), Box(*map(float, sides)))
    try:
        document = read(data)
    except MemoryError:
        issue = ReadIssue("too_complex", "The PDF takes more memory than it is given.")
        document = Document(PDF, issues=(issue,))
    return pickle.dumps(document)


if __name__ == "__main__":
    sys.stdout.buffer.write(_serve(sys.argv[1:]))
