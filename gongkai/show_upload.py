"""The progress of an upload: a bar of bytes on a terminal, else a line for each file; all of it on stderr."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from pipeline.upload.parcel import File


class UploadDisplay:
    """A context manager, and the Watcher of an upload."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        self._bar = Progress(
            *columns, console=self._console, transient=True, disable=not self._console.is_terminal
        )
        self._task = self._bar.add_task("sending", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def tell(self, text: str) -> None:
        """A line for the person."""
        self._console.print(text)

    def begins(self, size: int) -> None:
        self._bar.update(self._task, total=size)

    def sent(self, size: int) -> None:
        self._bar.advance(self._task, size)

    def has(self, file: File) -> None:
        if not self._console.is_terminal:
            self.tell(f"there: {file.name} ({file.size} bytes)")
