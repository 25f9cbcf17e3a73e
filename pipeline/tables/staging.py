"""Making the tables aside, and putting them in place all at once when they are whole."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.problem import Problem
from pipeline.tables.database import DATABASE, make_database
from pipeline.tables.disk import SUMS, synced

_TABLES = "tables"
_BUILDING = ".building"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_HERE = -100  # AT_FDCWD: paths are as the process sees them
# What systems say that cannot swap; EXDEV is said between the layers of a container.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM, errno.EXDEV})


@contextmanager
def staging(data: Path) -> Iterator[Path]:
    """An empty folder to write Parquet files into, beside the tables that are in use; it is gone afterwards.

    What else a build needs for a while may lie beside the folder. One build at a time: raises Problem where another
    is at work. What a killed build left is cleared away.
    """
    (data / _TABLES).mkdir(parents=True, exist_ok=True)
    lock = os.open(data, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(f"Another build is at work in {data}. Wait until it is done.") from error
        building = data / _BUILDING
        _clear(building)
        folder = building / _TABLES
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            _clear(building)
    finally:
        os.close(lock)


def publish(folder: Path, data: Path, about: Mapping[str, str]) -> None:
    """Make the database of the Parquet files in `folder` and put all in the place of the last ones.

    Everything is on the disk before the first name changes. Then the folder of tables changes as a whole, and after
    it the database: a kill between the two leaves new tables beside the last database, each whole, and table `about`
    tells them apart, since it holds the SHA-256 of SHA256SUMS. Readers that have the old files open keep them.

    Where the file system cannot swap folders the tables change file by file, and SHA256SUMS is not there meanwhile.
    """
    database = folder.with_name(DATABASE)
    make_database(folder, database, {**about, **_sums(folder)})
    synced(folder)
    if not _swapped(folder, data / _TABLES):
        _replace(folder, data / _TABLES)
    # of someone's writing: no client may add it to the new file
    (data / f"{DATABASE}.wal").unlink(missing_ok=True)
    database.replace(data / DATABASE)
    synced(data)


def _sums(folder: Path) -> dict[str, str]:
    """Write SHA256SUMS as `sha256sum -c` reads it; return it as table `about` tells it."""
    told: dict[str, str] = {}
    lines = []
    for path in sorted(folder.glob("*.parquet")):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        told[f"sha256 of tables/{path.name}"] = digest
        lines.append(f"{digest}  {path.name}\n")
    sums = folder / SUMS
    sums.write_text("".join(lines), encoding="ascii")
    synced(sums)
    told[f"sha256 of tables/{SUMS}"] = hashlib.sha256(sums.read_bytes()).hexdigest()
    return told


def _swapped(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system or the file system has no such step."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _EXCHANGE)
    else:
        return False
    if failed and ctypes.get_errno() not in _CANNOT:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return not failed


def _replace(folder: Path, tables: Path) -> None:
    """Put each file of `folder` in the place of the one in `tables`, SHA256SUMS last, and take away what is old."""
    (tables / SUMS).unlink(missing_ok=True)
    synced(tables)
    new = {path.name for path in folder.iterdir()}
    for name in sorted(new - {SUMS}):
        (folder / name).replace(tables / name)
    for path in tables.glob("*.parquet"):
        if path.name not in new:
            path.unlink()
    synced(tables)
    (folder / SUMS).replace(tables / SUMS)
    synced(tables)


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
