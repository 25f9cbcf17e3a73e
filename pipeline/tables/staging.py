"""Making the tables aside, and putting them in place all at once when they are whole."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.problem import Problem
from pipeline.tables.database import DATABASE, make_database
from pipeline.tables.parquet import synced
from pipeline.tables.schema import TABLES


@contextmanager
def staging(data: Path) -> Iterator[Path]:
    """An empty folder to write Parquet files into, beside the tables that are in use; it is gone afterwards.

    One build at a time: raises Problem where another is at work. What a killed build left is cleared away.
    """
    tables = data / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    with (tables / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(f"Another build is at work in {data}. Wait until it is done.") from error
        folder = tables / ".building"
        _clear(folder)
        folder.mkdir()
        try:
            yield folder
        finally:
            _clear(folder)


def publish(folder: Path, data: Path, about: Mapping[str, str]) -> None:
    """Make the database of the Parquet files in `folder` and put all in the place of the last ones.

    Everything is on the disk before the first name changes, and the database changes last. A kill between two
    names leaves each file whole; table `about` of the database tells which Parquet files it was made from.
    Readers that have the old database open keep it.
    """
    make_database(folder, folder / DATABASE, about)
    synced(folder)
    for table in TABLES:
        name = f"{table.name}.parquet"
        (folder / name).replace(data / "tables" / name)
    (folder / DATABASE).replace(data / DATABASE)
    synced(data / "tables")
    synced(data)


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
