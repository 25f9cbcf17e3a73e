"""The progress of a crawl: a table that renews itself on a terminal, else a line now and then."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from crawler.standing import Standing

_SHOWN = 16
_EVERY = 30.0  # seconds between lines where there is no terminal


class CrawlDisplay:
    """A context manager; `update` takes the standing of a portal whenever it has changed."""

    def __init__(self, portals: int) -> None:
        self._portals = portals
        self._standings: dict[str, Standing] = {}
        self._next_line = monotonic() + _EVERY
        terminal = sys.stderr.isatty()
        self._live = (
            Live(console=Console(stderr=True), get_renderable=self._table, transient=True)
            if terminal
            else None
        )

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start(refresh=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def begun(self, run: str, *, resumed: bool) -> None:
        pass

    def say(self, text: str) -> None:
        typer.echo(text, err=True)

    def update(self, standing: Standing) -> None:
        self._standings.pop(standing.portal.code, None)
        self._standings[standing.portal.code] = standing  # the one that changed last stands last
        if self._live is None and monotonic() >= self._next_line:
            self._next_line = monotonic() + _EVERY
            typer.echo(self._totals(), err=True)

    def _totals(self) -> str:
        all_ = self._standings.values()
        return (
            f"{sum(one.ended for one in all_)} of {self._portals} portals done, "
            f"{sum(one.requests for one in all_)} requests, {sum(one.held for one in all_)} reports, "
            f"{sum(one.gaps.total() for one in all_)} failures, {sum(one.waiting for one in all_)} reports waiting"
        )

    def _table(self) -> Table:
        table = Table(title=self._totals(), title_justify="left", box=None)
        for name in ("portal", "requests", "announced", "reports", "waiting", "failures"):
            table.add_column(name, justify="left" if name == "portal" else "right")
        active = [one for one in list(self._standings.values()) if not one.ended]
        for one in active[-_SHOWN:]:
            counts = (one.requests, one.announced, one.held, one.waiting, one.gaps.total())
            table.add_row(f"{one.portal.code} {one.portal.name}", *map(str, counts))
        return table
