"""Reading pictures of reports in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from pipeline.read.apart import asked, bounded
from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.given import Given, Unreadable
from pipeline.read.pdf.geometry import Box
from pipeline.read.sniff import PDF

PACKAGES = ("rapidocr", "onnxruntime", "cv2", "PIL", "pypdfium2", "noto_cjk_sans_otc")
EXTRA = "ocr"
SECONDS = 1800  # a page takes some ten; forty are read
COMMAND = ("-m", "pipeline.read.scan.apart")
MEMORY = 8 << 30  # bytes of addresses, most of them never used; a page takes some 900 MB


def available() -> bool:
    """Whether all is installed that reading pictures needs."""
    return all(find_spec(package) is not None for package in PACKAGES)


def read_pictures(given: Given) -> Document:
    """Read a picture file, or a PDF with its pages that are pictures. Raises Unreadable where nothing can be read."""
    what = "the PDF" if given.kind == PDF else "the picture"
    told = asked((*COMMAND, given.kind), given.data, what, SECONDS)
    document: Document = pickle.loads(told)  # noqa: S301 - what our own process wrote
    if not document.blocks and document.issues:
        raise Unreadable(document.issues[0].code, document.issues[0].message)
    return document


def cell_picture(data: bytes, kind: str, page: int, box: str) -> bytes:
    """A PNG of a cell of a picture file and of what stands around it; `box` as in table figure. Raises Unreadable."""
    return asked((*COMMAND, kind, str(page), *box.split()), data, "the picture", SECONDS)


def _serve(words: Sequence[str]) -> bytes:
    """What one document says or, where a page and a box are asked for, a picture of them."""
    from pipeline.read.scan.picture import framed  # noqa: PLC0415 - the libraries belong into this process alone
    from pipeline.read.scan.reader import read  # noqa: PLC0415

    bounded(SECONDS, MEMORY)
    kind, *cell = words
    data = sys.stdin.buffer.read()
    if cell:
        page, *sides = cell
        return framed(data, int(page), Box(*map(float, sides)))
    try:
        document = read(data, kind)
    except MemoryError:
        issue = ReadIssue("too_complex", "The pictures take more memory than they are given.")
        document = Document(kind, issues=(issue,))
    return pickle.dumps(document)


if __name__ == "__main__":
    sys.stdout.buffer.write(_serve(sys.argv[1:]))
