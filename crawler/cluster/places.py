"""Where the piece of a group lies, as the process that writes it sees it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.archive import Archive
from pipeline.archive.pieces import is_stopped


class PieceAt(Protocol):
    """A piece of the archive on another machine, or in a folder that all share."""

    @property
    def pause(self) -> float:
        """Seconds between looks whether to stop."""

    def where(self) -> str:
        """What a person is told of it."""

    def is_there(self) -> bool:
        """Whether it can be reached from here."""

    def is_stopped(self) -> bool:
        """Whether its writer is to end."""

    def opened(self, label: str) -> AbstractContextManager[Archive]:
        """It as an archive to be written by this process alone; `label` is in its files' names. Raises Busy."""


@dataclass(frozen=True, slots=True)
class PieceInFolder:
    """A piece in a folder that all machines see under one path."""

    folder: Path
    pause: float = 1.0

    def where(self) -> str:
        return str(self.folder)

    def is_there(self) -> bool:
        return self.folder.is_dir()

    def is_stopped(self) -> bool:
        return is_stopped(self.folder)

    def opened(self, label: str) -> AbstractContextManager[Archive]:
        return Archive.open(self.folder, label=label)
