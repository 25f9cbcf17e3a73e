"""Expected × held: which organ and year is there, and why not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from pipeline.archive import Archive
from pipeline.tables.database import open_database
from pipeline.tables.expected import CoverageRow
from pipeline.tables.reasons import UNEXPLAINED

__all__ = ["UNEXPLAINED", "CoverageRow", "behind", "coverage"]


def coverage(data: Path) -> list[CoverageRow]:
    """The coverage as of the last build of `data`. Raises Problem where there is no usable database."""
    names = ", ".join(field.name for field in fields(CoverageRow))
    with open_database(data) as connection:
        rows = connection.execute(f"SELECT {names} FROM coverage").fetchall()  # noqa: S608 - names of ours
    return [CoverageRow(*row) for row in rows]


def behind(data: Path) -> int:
    """How many fetches were archived since the last build; 0 where only the database was handed on."""
    with open_database(data) as connection:
        built = connection.execute("SELECT count(*) FROM main.fetch").fetchone()
    root = data / "archive"
    if built is None or not root.is_dir():
        return 0
    with Archive.open(root, writable=False) as archive:
        return sum(1 for _ in archive.entries()) - int(built[0])
