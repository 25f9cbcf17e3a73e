"""The progress of a build: bars on a terminal, else a line every so many seconds; all of it on stderr."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from pipeline.build import Slowly


class BuildDisplay:
    """Tells how many documents are converted, how many pages of scans recognised, and how many fetches read. It may be
    told from any thread.
    """

    def __init__(self, log_every: float) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._log_every = log_every
        self._lock = Lock()
        self._told = monotonic()
        self._converting: TaskID | None = None
        self._reading = self._bar.add_task("reading", total=None)
        self._pages = 0
        self._fetches = ""
        self.slowly = Slowly(self._converted, self._recognised)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def read(self, done: int, total: int) -> None:
        """So many of all fetches are read."""
        with self._lock:
            self._fetches = f"{done} of {total} fetches read"
            self._bar.update(self._reading, completed=done, total=total)
            self._log(self._fetches)

    def _converted(self, done: int, total: int) -> None:
        with self._lock:
            if self._converting is None:
                self._converting = self._bar.add_task("converting", total=total)
            self._bar.update(self._converting, completed=done, total=total)
            self._log(f"{done} of {total} documents converted")

    def _recognised(self) -> None:
        with self._lock:
            self._pages += 1
            pages = f"{self._pages} page{'s' if self._pages > 1 else ''} of scans recognised"
            self._bar.update(self._reading, description=f"reading, {pages}")
            self._log(f"{self._fetches}, {pages}" if self._fetches else pages)

    def _log(self, line: str) -> None:
        if self._bar.disable and monotonic() - self._told >= self._log_every:
            self._told = monotonic()
            self._bar.console.print(line, highlight=False, soft_wrap=True)
