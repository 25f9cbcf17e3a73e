"""Reading pictures of reports in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from pipeline.read.apart import asked, bounded, document_in, kept_or_asked, listening, sheaves_in, tell
from pipeline.read.blocks import Document, ReadIssue, Sheaf
from pipeline.read.given import Given, Slow, Unreadable
from pipeline.read.pdf.geometry import Box
from pipeline.read.sniff import PDF

PACKAGES = ("rapidocr", "onnxruntime", "cv2", "PIL", "pypdfium2", "noto_cjk_sans_otc")
EXTRA = "ocr"
SECONDS = 1800  # a page takes some ten; forty are read
COMMAND = ("-m", "pipeline.read.scan.apart")
_TOGETHER = "together"
READER = "scan"
"""The name under which is kept what was read."""
MEMORY = 8 << 30  # bytes of addresses, most of them never used; a page takes some 900 MB


def available() -> bool:
    """Whether all is installed that reading pictures needs."""
    return all(find_spec(package) is not None for package in PACKAGES)


def read_pictures(given: Given) -> Document:
    """Read a picture file, or a PDF with its pages that are pictures. Raises Unreadable where nothing can be read."""
    document = document_in(kept_or_asked(given.slow, given.data, READER, lambda: _asked(given)))
    if not document.blocks and document.issues:
        raise Unreadable(document.issues[0].code, document.issues[0].message)
    return document


def _asked(given: Given) -> bytes:
    what = "the PDF" if given.kind == PDF else "the picture"
    with listening(given.slow.on_page) as pages:
        return asked((*COMMAND, given.kind, str(pages)), given.data, what, SECONDS, pages=pages)


def read_together(runs: Sequence[Sequence[bytes | None]], slow: Slow) -> list[Sheaf]:
    """Read pictures that are pages of one document, as `pipeline.read.sheaf` has it. Raises Unreadable."""
    data = pickle.dumps(runs)

    def ask() -> bytes:
        with listening(slow.on_page) as pages:
            return asked((*COMMAND, _TOGETHER, str(pages)), data, "the pictures", SECONDS, pages=pages)

    return sheaves_in(kept_or_asked(slow, data, READER, ask))


def cell_picture(pictures: Sequence[bytes | None], page: int, box: str) -> bytes:
    """A PNG of a cell on a page of picture files and of what stands around it; `box` as in table figure. Raises
    Unreadable.
    """
    data = pickle.dumps(pictures)
    return asked((*COMMAND, _TOGETHER, str(page), *box.split()), data, "the picture", SECONDS)


def _serve(words: Sequence[str]) -> bytes:
    """What one document says, or pictures together, with a byte to a file descriptor for each page; or where a page and
    a box are asked for, a picture of them.
    """
    from pipeline.read.scan.picture import framed  # noqa: PLC0415 - the libraries belong into this process alone
    from pipeline.read.scan.reader import read  # noqa: PLC0415
    from pipeline.read.scan.together import read_runs  # noqa: PLC0415

    bounded(SECONDS, MEMORY)
    kind, first, *sides = words
    data = sys.stdin.buffer.read()
    if sides:
        return framed(pickle.loads(data), int(first), Box(*map(float, sides)))  # noqa: S301 - of our own process
    pages = int(first)
    if kind == _TOGETHER:
        return pickle.dumps(read_runs(pickle.loads(data), lambda: tell(pages)))  # noqa: S301 - of our own process
    try:
        document = read(data, kind, lambda: tell(pages))
    except MemoryError:
        issue = ReadIssue("too_complex", "The pictures take more memory than they are given.")
        document = Document(kind, issues=(issue,))
    return pickle.dumps(document)


if __name__ == "__main__":
    sys.stdout.buffer.write(_serve(sys.argv[1:]))
