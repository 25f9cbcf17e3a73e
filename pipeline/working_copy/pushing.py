"""Sending what is new while a command works."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from pipeline.problem import Problem

EVERY = 20.0
"""Seconds between looks for what can be sent."""


class Pushing:
    """Calls `push` again and again in a thread of its own, until `close`. Where that fails, `say` is told once, and it
    is tried again: what is to be sent is safe where it is.
    """

    def __init__(
        self, push: Callable[[], None], say: Callable[[str], None], every: float | None = None
    ) -> None:
        self._push, self._say = push, say
        self._every = EVERY if every is None else every
        self._ended = Event()
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Send no more."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        told = False
        while not self._ended.wait(self._every):
            try:
                self._push()
            except Problem as problem:
                if not told:
                    self._say(f"{problem} What is new waits here meanwhile, and the work goes on.")
                told = True
            else:
                told = False
