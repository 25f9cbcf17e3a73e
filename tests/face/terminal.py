"""A terminal with a program in it, read as a person sees it: a pseudo-terminal and an emulator of its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

_CTRL_C = b"\x03"
_BEHIND_THE_KEYBOARD = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""  # the terminal then is the program's own, and Ctrl-C a signal to it


class Terminal:
    """A context manager. `raw` is everything that was written to the terminal so far."""

    def __init__(
        self, command: Sequence[str], *, columns: int, lines: int, env: Mapping[str, str] | None = None
    ) -> None:
        self._screen = pyte.HistoryScreen(columns, lines, history=1000)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self.raw = b""
        self._ours, theirs = pty.openpty()
        _set_size(self._ours, columns, lines)
        fixed = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BEHIND_THE_KEYBOARD, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**fixed, "TERM": "xterm-256color", **(env or {})},
            start_new_session=True,
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        os.close(self._ours)

    def screen(self) -> list[str]:
        """The lines on the screen that are not blank."""
        with self._lock:
            return [line.rstrip() for line in self._screen.display if line.strip()]

    def scrolled(self) -> list[str]:
        """The lines that have left the screen at its top."""
        with self._lock:
            rows = list(self._screen.history.top)
            return ["".join(row[x].data for x in range(self._screen.columns)).rstrip() for row in rows]

    def resize(self, columns: int, lines: int) -> None:
        with self._lock:
            self._screen.resize(lines, columns)
            _set_size(self._ours, columns, lines)

    def press_ctrl_c(self) -> None:
        os.write(self._ours, _CTRL_C)

    def wait_for(self, seen: Callable[[list[str]], object], seconds: float = 60) -> list[str]:
        """The screen as soon as it is as expected."""
        until = time.monotonic() + seconds
        while not seen(screen := self.screen()):
            assert time.monotonic() < until, "\n".join(screen)
            time.sleep(0.05)
        return screen

    def end(self, seconds: float = 30) -> int:
        """The exit code of the program, once it has ended and all it wrote is on the screen."""
        code = self.process.wait(seconds)
        self._reader.join(seconds)
        return code

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._ours, 1 << 16)
            except OSError:  # nobody writes any more
                return
            if not data:
                return
            with self._lock:
                self.raw += data
                self._stream.feed(data)


def _set_size(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
