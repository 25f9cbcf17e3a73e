"""Whether the last build is of what is there now: the same archive, the same reviewed data, the same program."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from shutil import which
from uuid import uuid4

from pipeline.archive import Archive
from pipeline.datasets import dataset_file
from pipeline.problem import Problem
from pipeline.publish.sums import SUMS, check_sums, sum_of
from pipeline.read.office import READER as OFFICE
from pipeline.read.office import version as office_version
from pipeline.read.pdf.apart import READER as PDF
from pipeline.read.scan.apart import READER as SCAN

MADE_OF = "sha256 of what it was made of"
"""The key under which table `about` tells it."""

_DATA = ("across_years.toml", "corrections.toml", "forms", "local_tables.toml", "registry", "series.toml")
_CODE = Path(__file__).parent
# of doc and its kin, and of rar
_OPENERS = (
    "soffice",
    "libreoffice",
    "unrar",
    "unar",
    "7z",
    "7zz",
    "bsdtar",
)


def made_of(archive: Archive) -> str:
    """The SHA-256 of everything that a build depends on: how far the logs of the archive go, which only grow, the
    reviewed data files, the program that reads, and the versions of the libraries that it needs.
    """
    digest = hashlib.sha256()
    for name, size in archive.extent().items():
        digest.update(f"{name} {size}\n".encode())
    digest.update(program().encode())
    return digest.hexdigest()


def program(*rooms: Path) -> str:
    """The SHA-256 of the program that reads: its reviewed data files, its code, the libraries that it needs, and
    which of the programs that open documents are installed beside it. With the code of other `rooms`, where those
    work as well.
    """
    digest = hashlib.sha256()
    for room in rooms:
        for path in sorted(room.rglob("*.py")):
            digest.update(f"{room.name}/{path.relative_to(room).as_posix()} {sum_of(path)}\n".encode())
    for name, path in (*_data_files(), *_code_files()):
        digest.update(f"{name} {sum_of(path)}\n".encode())
    for name, found in _libraries():
        digest.update(f"{name} {found}\n".encode())
    for name in _OPENERS:
        digest.update(f"{name} {which(name) is not None}\n".encode())
    digest.update(f"{office_version()}\n".encode())
    return digest.hexdigest()


def slow_readers() -> dict[str, str]:
    """By the name of each reader that is slow, the SHA-256 of what its answer hangs on beside the bytes: its code, and
    the libraries or the program that it needs. Where that cannot be told it is told as no other build will.
    """
    code = hashlib.sha256()
    for name, path in _code_files():
        if name.startswith("read/"):
            code.update(f"{name} {sum_of(path)}\n".encode())
    libraries = "\n".join(f"{name} {found}" for name, found in _libraries())
    needed = {OFFICE: office_version(), PDF: libraries, SCAN: libraries}
    return {
        reader: hashlib.sha256(f"{code.hexdigest()}\n{told or uuid4()}".encode()).hexdigest()
        for reader, told in needed.items()
    }


def is_fresh(data: Path) -> bool:
    """Whether another build of `data` would make what is there already: tables and database, whole and of one build."""
    from pipeline.tables.database import open_database  # noqa: PLC0415 - a worker that tells its program needs none

    try:
        with open_database(data) as database:
            about = dict(database.execute("SELECT key, value FROM about").fetchall())
    except Problem:
        return False
    tables = data / "tables"
    if check_sums(tables) or about.get(f"sha256 of tables/{SUMS}") != sum_of(tables / SUMS):
        return False
    with Archive.open(data / "archive", writable=False) as archive:
        return about.get(MADE_OF) == made_of(archive)


def _data_files() -> Iterator[tuple[str, Path]]:
    for name in _DATA:
        path = dataset_file(name)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from ((f"{name}/{file.name}", file) for file in files)


def _code_files() -> Iterator[tuple[str, Path]]:
    return ((path.relative_to(_CODE).as_posix(), path) for path in sorted(_CODE.rglob("*.py")))


def _libraries() -> Iterator[tuple[str, str]]:
    """The libraries that gongkai asks for to read and build, and those that they ask for, as far as they are installed;
    none where it is run from a folder that is not installed: nothing says then what it needs.
    """
    found: dict[str, str] = {}
    waiting = list(_installed("gongkai").asks(r"extra == .(cluster|notebooks|s3|upload)."))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _installed(name).version
            waiting += _installed(name).asks("extra ==")
    yield from sorted(found.items())


@dataclass(frozen=True)
class _Library:
    version: str
    requires: tuple[str, ...] = ()

    def asks(self, left_out: str) -> Iterator[str]:
        """The names of what it asks for, but under conditions that match `left_out`."""
        asked = (one for one in self.requires if not re.search(left_out, one))
        return (re.split(r"[^\w.-]", one)[0].lower() for one in asked)


@cache
def _installed(name: str) -> _Library:
    """Looked up once: a program that runs keeps the libraries that it began with."""
    try:
        told = distribution(name).read_text("METADATA") or ""
    except PackageNotFoundError:
        return _Library("not installed")
    about = message_from_string(told.partition("\n\n")[0])  # what follows describes it at length
    return _Library(about["Version"], tuple(about.get_all("Requires-Dist", ())))
