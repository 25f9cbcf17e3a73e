"""One process at a time."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from pipeline.archive.appending import could_not_write
from pipeline.problem import Problem


class Busy(Problem):
    """Another process holds the lock."""


class Lock:
    """Held from construction to `close`; the system lets go of it when its process ends, however it ends.

    Raises Busy where another process holds it; `busy` is the first half of a sentence that says what that one does.
    """

    def __init__(self, path: Path, busy: str) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise could_not_write(path, error) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._descriptor, 20).decode("ascii", errors="replace").strip()
            os.close(self._descriptor)
            raise Busy(
                f"{busy} another gongkai (process {holder or 'unknown'}). Wait until it has ended, or choose another "
                "folder with --data."
            ) from error
        self._open = True
        # a full disk must not keep anyone from opening; the number only helps a person
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, f"{os.getpid()}\n".encode("ascii"))

    def close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._descriptor)
