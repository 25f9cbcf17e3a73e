"""Work of foreign code in a process of its own: it may crash, hang or eat memory without harm to anybody else."""

from __future__ import annotations

import io
import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

from pipeline.read import blocks
from pipeline.read.blocks import Document, Sheaf
from pipeline.read.given import OnPage, Slow, Unreadable

_TOO_MUCH = b"too_complex"  # the code of an issue: what took too much may fit in another time


def asked(command: Sequence[str], data: bytes, what: str, seconds: int, *, pages: int | None = None) -> bytes:
    """What this interpreter writes when it is started with `command` and given `data`. It may write to the file
    descriptor `pages` too.

    Raises Unreadable, about `what` (“the PDF”), where it takes longer than `seconds` or does not end well.
    """
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, *command],
            input=data,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
            pass_fds=() if pages is None else (pages,),
        )
    except subprocess.TimeoutExpired as error:
        message = f"Reading {what} took more than {seconds} s and was ended."
        raise Unreadable("too_complex", message) from error
    if done.returncode:
        why = _ending(done.returncode, done.stderr)
        raise Unreadable("unreadable_document", f"{what[:1].upper()}{what[1:]} cannot be read: {why}.")
    return done.stdout


@contextmanager
def listening(on_page: OnPage | None) -> Iterator[int]:
    """A file descriptor for another process; for each byte that is written to it `on_page` is called, in a thread.

    Whoever writes gets an error once this process is gone: work that nobody waits for ends.
    """
    ours, theirs = os.pipe()
    thread = Thread(target=_listen, args=(ours, on_page or _unheard), daemon=True)
    thread.start()
    try:
        yield theirs
    finally:
        os.close(theirs)
        thread.join()


def tell(descriptor: int) -> None:
    """In the other process: one more page. Raises OSError where nobody listens any more."""
    os.write(descriptor, b".")


def _listen(descriptor: int, on_page: OnPage) -> None:
    with open(descriptor, "rb", buffering=0) as pages:
        while pages.read(1):
            on_page()


def _unheard() -> None:
    """Nobody wants to know."""


def kept_or_asked(slow: Slow, data: bytes, reader: str, ask: Callable[[], bytes]) -> bytes:
    """What this reader wrote of these bytes before, or what `ask` has it write now, which is kept. Raises as `ask`."""
    told = slow.kept.take(data, reader) if slow.kept is not None else None
    if told is None:
        told = ask()
        if slow.kept is not None and _TOO_MUCH not in told:
            slow.kept.keep(data, reader, told)
    return told


def document_in(told: bytes) -> Document:
    """The document that a process wrote with `pickle`. Raises `pickle.UnpicklingError` where anything else is in it."""
    document = _OnlyBlocks(io.BytesIO(told)).load()
    if not isinstance(document, Document):
        raise pickle.UnpicklingError("No document")
    return document


def sheaves_in(told: bytes) -> list[Sheaf]:
    """The same for what several pictures say."""
    sheaves = _OnlyBlocks(io.BytesIO(told)).load()
    if not isinstance(sheaves, list) or not all(isinstance(one, Sheaf) for one in sheaves):
        raise pickle.UnpicklingError("No sheaves")
    return sheaves


class _OnlyBlocks(pickle.Unpickler):
    """Makes nothing but blocks: what is read may have lain on a disk."""

    def find_class(self, module: str, name: str) -> type:
        found = getattr(blocks, name, None)
        if module != blocks.__name__ or not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no block")
        return found


def bounded(seconds: int, memory: int) -> None:
    """Hold this process to `seconds` of computing, where nobody is left to end it, and `memory` bytes of addresses."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _ending(code: int, told: bytes) -> str:
    if code < 0:
        return f"its reader was ended by {signal.Signals(-code).name}"
    last = told.decode(errors="replace").strip().rpartition("\n")[2]
    return f"its reader failed ({last[:200] or f'exit {code}'})"
