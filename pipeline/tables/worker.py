"""One process that looks at bodies, and the pipe to it."""

from __future__ import annotations

import gc
import signal
import traceback
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock
from typing import Protocol

from pipeline.problem import Problem
from pipeline.read.given import OnPage
from pipeline.tables.looking import Asked, Looker, Told

SECONDS = (
    300  # for one document, or a page of it. Readers bound themselves far below; this ends one that does not
)
_PAGE = b"page"
_STARTS = 3  # tries to start a process that is killed from outside before it answers
_CONTEXT = get_context("spawn")  # a fork of a process with the threads of Arrow and DuckDB may hang


class MakeLooker(Protocol):
    """Makes a Looker in any process."""

    def __call__(self, *, on_page: OnPage) -> Looker:
        """A Looker that calls `on_page` after each page that is read slowly."""


class WorkerDied(Exception):
    """The process ended while it looked. The message says how: `TimeLimit`, or the name of the signal."""


class WorkerStopped(Exception):
    """The process was stopped by us: nothing is known of what it looked at."""


class Worker:
    """A process with a Looker of its own, which `ask` starts again where it died.

    One thread may ask, any other may stop it. The one that asks calls `on_page` after each page that is read slowly.
    `lock` is one for all workers: the system tells how a process ended only once, to whichever thread asks first.
    """

    def __init__(self, make: MakeLooker, lock: Lock, on_page: OnPage | None = None) -> None:
        self._make = make
        self._on_page = on_page
        self._lock = lock
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None  # None before the start, and when the process died
        self._ready = False
        self._stopped = False

    def start(self) -> None:
        """Start the process; it makes its Looker while this one goes on."""
        with self._lock:
            if self._stopped:
                raise WorkerStopped
            self._pipe, theirs = _CONTEXT.Pipe()
            with theirs:
                self._process = _CONTEXT.Process(target=_serve, args=(theirs, self._make), daemon=True)
                self._process.start()
            self._ready = False

    def ask(self, entries: Sequence[Asked]) -> Sequence[Told | None]:
        """What the bodies tell.

        Raises WorkerDied, WorkerStopped, what a look raised, or Problem where no process can be started.
        """
        self._make_ready()
        answer = self._exchange(entries)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _make_ready(self) -> None:
        """Wait for a process that answers. One killed while it starts, as for want of memory, is started again."""
        for left in reversed(range(_STARTS)):
            if self._pipe is None:
                self.start()
            if self._ready:
                return
            try:
                self._exchange(None)
            except Problem:
                if not left or not self._was_killed():
                    raise
            else:
                self._ready = True

    def _was_killed(self) -> bool:
        with self._lock:
            return self._process is not None and (self._process.exitcode or 0) < 0

    def stop(self) -> None:
        """End the process, whatever it does; it is gone on return, and never comes again."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()
                self._process.join()

    def _exchange(self, entries: Sequence[Asked] | None) -> Sequence[Told | None] | Exception:
        pipe = self._pipe
        if pipe is None:
            raise ValueError("The worker was not started")
        try:
            if entries is not None:
                pipe.send(entries)
            while (answer := pipe.recv()) == _PAGE:
                if self._on_page is not None:
                    self._on_page()
        except (EOFError, OSError) as error:
            pipe.close()
            self._pipe = None
            raise self._ended(asked=entries is not None) from error
        told: Sequence[Told | None] | Exception = answer
        return told

    def _ended(self, *, asked: bool) -> WorkerDied | WorkerStopped | Problem:
        with self._lock:
            if self._process is not None:
                self._process.join()
            code = None if self._process is None else self._process.exitcode
            if self._stopped:
                return WorkerStopped()
            if asked:
                return WorkerDied(_ending(code))
        return Problem(
            f"A process to read documents could not be started ({_ending(code)}). "
            "Build with one worker (--workers 1); a program that builds must be one that can be imported "
            '(if __name__ == "__main__").'
        )


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"Exit{code}"
    return "TimeLimit" if -code == signal.SIGALRM else signal.Signals(-code).name


def _serve(pipe: Connection, make: MakeLooker) -> None:
    """The life of the process: it says that it is ready, and answers until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the one that asks ends the others
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, in the midst of foreign code as well
    looker = make(on_page=lambda: _page(pipe))
    gc.freeze()  # what every document needs is not searched for garbage after each
    try:
        pipe.send(())
        while True:
            pipe.send(_looked(looker, pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _page(pipe: Connection) -> None:
    """One more page: more time, and a word to the one that asked."""
    signal.alarm(SECONDS)
    with suppress(OSError):  # nobody is there to ask any more, and the answer will find so
        pipe.send(_PAGE)


def _looked(looker: Looker, entries: Sequence[Asked]) -> Sequence[Told | None] | Exception:
    told = []
    try:
        for entry in entries:
            signal.alarm(SECONDS)
            told.append(looker.look(entry))
            signal.alarm(0)
    except Exception as error:  # noqa: BLE001 - raised again where it was asked
        signal.alarm(0)
        error.add_note(f"In a worker: {traceback.format_exc()}")
        return error
    return told
