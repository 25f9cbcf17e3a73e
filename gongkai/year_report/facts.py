"""What the report of a yearly run tells. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.publish.version import RELEASES, Version
from pipeline.yearly import YearStanding


@dataclass(frozen=True, slots=True)
class YearRun:
    """A yearly run at its end, in the folder `data`: the run of its crawl, how the year stands, the release that holds
    its build (None where none could be made), and the text of that release's CHANGES.md.
    """

    data: Path
    run: str
    finished_at: datetime | None
    standing: YearStanding
    released: Version | None
    changes: str = ""

    @property
    def folder(self) -> Path | None:
        """Where the release lies."""
        return self.data / RELEASES / self.released.text if self.released else None
