"""Reading pictures of reports in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from pipeline.read.apart import asked, bounded, document_in, listening, sheaves_in, tell
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
    told = _before(given)
    document = document_in(told) if told is not None else _read(given)
    if not document.blocks and document.issues:
        raise Unreadable(document.issues[0].code, document.issues[0].message)
    return document


def was_read(given: Given) -> bool:
    """Whether it was read here before, and what was read is kept."""
    return _before(given) is not None


def _before(given: Given) -> bytes | None:
    return given.slow.kept.take(given.data, READER) if given.slow.kept is not None else None


def _read(given: Given) -> Document:
    what = "the PDF" if given.kind == PDF else "the picture"
    with listening(given.slow.on_page) as pages:
        told = asked((*COMMAND, given.kind, str(pages)), given.data, what, SECONDS, pages=pages)
    document = document_in(told)
    # What took too much may fit in another time.
    if given.slow.kept is not None and not any(issue.code == "too_complex" for issue in document.issues):
        given.slow.kept.keep(given.data, READER, told)
    return document


def read_together(runs: Sequence[Sequence[bytes | None]], slow: Slow) -> list[Sheaf]:
    """Read pictures that are pages of one document, as `pipeline.read.sheaf` has it. Raises Unreadable."""
    data = pickle.dumps(runs)
    told = slow.kept.take(data, READER) if slow.kept is not None else None
    if told is None:
        with listening(slow.on_page) as pages:
            told = asked((*COMMAND, _TOGETHER, str(pages)), data, "the pictures", SECONDS, pages=pages)
        if slow.kept is not None:
            slow.kept.keep(data, READER, told)
    return sheaves_in(told)


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
