"""The progress of a crawl: a table that renews itself on a terminal, else lines of a log."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.control import Control
from rich.live import Live
from rich.segment import ControlType
from rich.text import Text

from crawler.standing import Standing
from crawler.time_left import time_left
from gongkai.show_crawl.lines import Totals, counted, progress_line, result_line
from gongkai.show_crawl.panel import panel

_RENEW_EVERY = 0.5  # seconds; drawing takes a few milliseconds of the crawl's time


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Rich's own ends the process."""
        raise BrokenPipeError


class CrawlDisplay:
    """A context manager, and a crawl's Watcher, for so many portals. Where there is no terminal, a line tells
    the progress every `log_every` seconds. Everything goes to stderr; if that cannot be written any more, nothing
    is shown and the crawl goes on.
    """

    def __init__(self, portals: int, *, log_every: float = 30.0) -> None:
        self._portals = portals
        self._active: dict[str, Standing] = {}
        self._done = Totals()
        # of a portal, by code: its end as "", or a host that is left
        self._told: set[tuple[str, str]] = set()
        self._run = ""
        self._resumed = False
        self._gone = False
        self._began = monotonic()
        self._console = _Console(stderr=True, highlight=False)
        self._drawn: list[int] = []  # how long the lines of the table are that stand on the terminal
        self._live = (
            Live(console=self._console, get_renderable=self._panel, auto_refresh=False, transient=True)
            if self._console.is_terminal and not self._console.is_dumb_terminal
            else None
        )
        self._every = log_every if self._live is None else _RENEW_EVERY
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start(refresh=True)
        self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._ticker.join()
        if self._live is not None:
            self._write(self._live.stop)

    def begun(self, run: str, *, resumed: bool) -> None:
        self._run, self._resumed = run, resumed
        how = "is taken up again" if resumed else "begins"
        self.say(f"Run {run} {how}: {counted(self._portals, 'portal')}")

    def update(self, standing: Standing) -> None:
        code = standing.portal.code
        for host, outcome in standing.left.items():
            if (code, host) not in self._told:
                self._told.add((code, host))
                self.say(f"{code} {standing.portal.name}: {host} is left alone. {outcome.description}")
        if not standing.ended:
            self._active[code] = standing
        elif (code, "") not in self._told:
            self._told.add((code, ""))
            self._active.pop(code, None)
            self._done = self._done.and_of([standing])
            if standing.requests or not self._resumed:  # else its end was told in an earlier session
                self.say(result_line(standing))

    def say(self, text: str) -> None:
        when = "%Y-%m-%d %H:%M:%S" if self._live is None else "%H:%M:%S"
        line = Text(f"{datetime.now():{when}}  {text}")  # noqa: DTZ005 - a person's own clock
        self._write(lambda: self._print(line))

    def _print(self, line: Text) -> None:
        self._wipe_broken()
        self._console.print(line, soft_wrap=True)

    def _tick(self) -> None:
        while not self._ended.wait(self._every):
            if self._live is None:
                self.say(self._progress())
            else:
                self._write(self._renew)

    def _renew(self) -> None:
        assert self._live is not None  # noqa: S101 - checked by the caller
        self._wipe_broken()
        self._live.refresh()

    def _wipe_broken(self) -> None:
        """Where the terminal has become too narrow for the lines that stand there, it has broken them: wipe them,
        and leave the cursor where the table would end, for what is written next.
        """
        width = self._console.width
        rows = sum(max(1, -(-length // width)) for length in self._drawn)
        if rows > len(self._drawn):
            wipe = (ControlType.ERASE_IN_LINE, 2)
            up = ((ControlType.CURSOR_UP, 1), wipe) * (rows - 1)
            down = (ControlType.CURSOR_DOWN, len(self._drawn) - 1)
            self._console.control(Control(ControlType.CARRIAGE_RETURN, wipe, *up, down))
            self._drawn = []

    def _panel(self) -> Text:
        now = monotonic()
        active = list(self._active.values())
        totals = self._done.and_of(active)
        took = timedelta(seconds=int(now - self._began))
        title = f"Run {self._run}   {took}   {counted(totals.requests, 'request')}"
        lines = panel(active, totals, self._portals, title=title, now=now, size=self._console.size)
        self._drawn = [line.cell_len for line in lines]
        return Text("\n").join(lines)

    def _progress(self) -> str:
        active = list(self._active.values())
        totals = self._done.and_of(active)
        left = time_left(active, self._portals - totals.ended - totals.at_work, monotonic())
        return progress_line(totals, self._portals, left)

    def _write(self, write: Callable[[], object]) -> None:
        """Write, unless stderr was found to be gone."""
        if self._gone:
            return
        try:
            write()
        except OSError:
            self._gone = True
