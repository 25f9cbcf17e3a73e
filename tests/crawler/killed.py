"""Crawls that are killed."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from tests.forked import CONTEXT

_serial = count()


class Crawl:
    """`gongkai crawl` begun, without a pause unless the options give one. Files larger than `room` cannot be written,
    as where a disk is full.
    """

    def __init__(self, portals: Path, data: Path, *options: str, room: int | None = None) -> None:
        self._said = data / f"said-{next(_serial)}.txt"
        command = [
            "gongkai",
            "crawl",
            "--portals",
            str(portals),
            "--data",
            str(data),
            "--delay",
            "0",
            *options,
        ]
        self._process = CONTEXT.Process(target=_crawl, args=(command, self._said, room), daemon=True)
        self._process.start()

    def kill_when(self, happens: Callable[[], bool], then: float = 0) -> bool:
        """Kill it `then` seconds after this happens; False where it ended before."""
        return self.signal_when(signal.SIGKILL, happens, then) and self.end()[0] == -signal.SIGKILL

    def signal_when(self, number: signal.Signals, happens: Callable[[], bool], then: float = 0) -> bool:
        """Send it a signal so; False where it ended before."""
        while self._process.exitcode is None and not happens():
            time.sleep(0.002)
        time.sleep(then)
        if self._process.exitcode is not None or self._process.pid is None:
            return False
        os.kill(self._process.pid, number)
        return True

    @property
    def said(self) -> str:
        return self._said.read_text(encoding="utf-8") if self._said.exists() else ""

    def end(self) -> tuple[int | None, str]:
        """Its exit code and what it said, once it has come to its end."""
        self._process.join(100)
        return self._process.exitcode, self.said


def _crawl(command: Sequence[str], said: Path, room: int | None) -> None:
    from gongkai.cli import main

    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    warnings.simplefilter("default")
    sys.argv = list(command)
    main()
