"""Reading a PDF in a process of its own: foreign code may crash, hang or eat memory without harm to anybody else."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence

from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.given import Given, Unreadable
from pipeline.read.pdf.geometry import Box
from pipeline.read.sniff import PDF

SECONDS = 120  # a page of a report takes a tenth of one
COMMAND = ("-m", "pipeline.read.pdf.apart")
MEMORY = 4 << 30  # bytes of addresses; a real report takes some 300 MB with the library itself


def read_pdf(given: Given) -> Document:
    """Read the bytes of a PDF. Raises Unreadable where nothing can be read."""
    document: Document = pickle.loads(_asked(given.data))  # noqa: S301 - what our own process wrote
    if not document.blocks and document.issues:
        raise Unreadable(document.issues[0].code, document.issues[0].message)
    return document


def cell_picture(data: bytes, page: int, box: str) -> bytes:
    """A PNG of a cell of a page and of what stands around it; `box` as in table figure. Raises Unreadable."""
    return _asked(data, str(page), *box.split())


def _asked(data: bytes, *asked: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, *COMMAND, *asked],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"Reading the PDF took more than {SECONDS} s and was ended."
        raise Unreadable("too_complex", message) from error
    if done.returncode:
        raise Unreadable(
            "unreadable_document", f"The PDF cannot be read: {_ending(done.returncode, done.stderr)}."
        )
    return done.stdout


def _ending(code: int, told: bytes) -> str:
    if code < 0:
        return f"its reader was ended by {signal.Signals(-code).name}"
    last = told.decode(errors="replace").strip().rpartition("\n")[2]
    return f"its reader failed ({last[:200] or f'exit {code}'})"


def _serve(asked: Sequence[str]) -> bytes:
    """What one document says or, where a page and a box are asked for, a picture of them."""
    from pipeline.read.pdf.picture import framed  # noqa: PLC0415 - the library belongs into this process alone
    from pipeline.read.pdf.reader import read  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # where nobody is left to end it
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = sys.stdin.buffer.read()
    if asked:
        page, *sides = asked
        return framed(data, int(page), Box(*map(float, sides)))
    try:
        document = read(data)
    except MemoryError:
        issue = ReadIssue("too_complex", "The PDF takes more memory than it is given.")
        document = Document(PDF, issues=(issue,))
    return pickle.dumps(document)


if __name__ == "__main__":
    sys.stdout.buffer.write(_serve(sys.argv[1:]))
