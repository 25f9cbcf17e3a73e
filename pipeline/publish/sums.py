"""SHA256SUMS: written for a folder, and a folder held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.tables.disk import SUMS, synced

__all__ = ["SUMS", "check_sums", "files_of", "sum_of", "sums_in", "write_sums"]


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> Iterator[str]:
    """Every file of a folder and the folders in it, by its name from there, sorted; without SHA256SUMS."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return iter(sorted(name for name in names if name != SUMS))


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS of all files as `sha256sum -c` reads it; then all is on the disk and no file may be written."""
    lines = [f"{sum_of(folder / name)}  {name}\n" for name in files_of(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    for name in (*files_of(folder), SUMS):
        (folder / name).chmod(0o444)
        synced(folder / name)
    for path in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        synced(path)


def sums_in(folder: Path) -> dict[str, str]:
    """The sums that SHA256SUMS of the folder tells, by name; none where it is not there."""
    path = folder / SUMS
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def check_sums(folder: Path) -> list[str]:
    """What is not as SHA256SUMS of the folder says, a sentence a file; nothing where all is whole."""
    told = sums_in(folder)
    if not told:
        return [f"{folder / SUMS} is not there"]
    there = set(files_of(folder))
    wrong = [f"{name} is missing" for name in sorted(told.keys() - there)]
    wrong += [f"{name} is not in {SUMS}" for name in sorted(there - told.keys())]
    return wrong + [
        f"{name} is not what {SUMS} says"
        for name in sorted(told.keys() & there)
        if sum_of(folder / name) != told[name]
    ]
