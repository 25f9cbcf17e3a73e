"""The folder of WARC files."""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive.appending import AppendFile, could_not_write, make_folder
from pipeline.archive.warc import warcinfo_record
from pipeline.problem import Problem

ROTATE_AT = 1_000_000_000
_BLOCK = 1 << 14  # a block of gzip unfolds to no more than about 1000 times its size


class DamagedRecord(Problem):
    """The bytes of a record are not what was stored. The message names the file and the offset."""


@dataclass(frozen=True, slots=True)
class Place:
    """One gzip member of one file of the folder."""

    warc: str
    offset: int
    length: int


def read_member(folder: Path, place: Place) -> bytes:
    """The bytes at a place, in one seek; fewer where the file ends before. Raises OSError."""
    with (folder / place.warc).open("rb") as stream:
        stream.seek(place.offset)
        return stream.read(place.length)


class Volumes:
    """Appends records to the newest file of the folder.

    Every opening begins a new file, and so does every full one, by its bytes or by the `seconds` since it was begun;
    the file is made with the first record, so an opening that stores nothing leaves none.
    """

    def __init__(
        self, folder: Path, *, label: str = "", rotate_at: int = ROTATE_AT, seconds: float = math.inf
    ) -> None:
        self._label = f"-{label}" if label else ""
        self._folder = folder
        self._rotate_at = rotate_at
        self._seconds = seconds
        self._begun = 0.0
        self._file: AppendFile | None = None
        make_folder(folder)

    def append(self, first: bytes, *more: bytes) -> Place:
        """Store records that belong together, on the disk with the next `sync`. The place is that of the first."""
        if self._file is None or self._is_full(self._file):
            self._file = self._next_file()
            self._begun = time.monotonic()
        offset = self._file.append(b"".join((first, *more)), sync=False)
        return Place(self._file.path.name, offset, len(first))

    def sync(self) -> None:
        """Bring what was appended to the disk. Raises Problem; what came since the last `sync` is then taken back."""
        if self._file is not None:
            self._file.sync()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _is_full(self, file: AppendFile) -> bool:
        return file.size >= self._rotate_at or time.monotonic() - self._begun >= self._seconds

    def _next_file(self) -> AppendFile:
        self.sync()
        self.close()
        newest = _newest(self._folder)
        serial = 1 if newest is None else _serial(newest) + 1
        name = f"gongkai-{serial:06d}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{self._label}.warc.gz"
        file = AppendFile(self._folder / name, new=True)
        try:
            file.append(warcinfo_record(name))
        except BaseException:
            file.close()
            file.path.unlink(missing_ok=True)
            raise
        return file


def trim_newest(folder: Path, ends: Mapping[str, int]) -> None:
    """Cut a record that a kill left torn off the end of the newest file. `ends` says where ledgered records
    end.

    Only a last gzip member that breaks off with the file is cut, and never one the ledger knows. Whole
    records behind the last ledgered one stay.
    """
    path = _newest(folder)
    if path is None:
        return
    start = ends.get(path.name, 0)
    try:
        with path.open("r+b") as stream:
            torn = _torn_member(path, start)
            if torn is not None:
                stream.truncate(torn)
        if path.stat().st_size == 0:
            path.unlink()
    except OSError as error:
        raise could_not_write(path, error) from error


def _torn_member(path: Path, start: int) -> int | None:
    """Where the gzip member begins that the end of the file breaks off, None where there is none."""
    with path.open("rb") as stream:
        stream.seek(start)
        member = start
        unpacker = zlib.decompressobj(wbits=31)
        while block := stream.read(_BLOCK):
            while block:
                try:
                    unpacker.decompress(block)
                except zlib.error:
                    return None  # not torn but damaged: left for a person to look at
                block = unpacker.unused_data
                if unpacker.eof:
                    member = stream.tell() - len(block)
                    unpacker = zlib.decompressobj(wbits=31)
        return member if member < stream.tell() else None


def _newest(folder: Path) -> Path | None:
    return max(folder.glob("gongkai-*.warc.gz"), key=_serial, default=None)


def _serial(path: Path) -> int:
    try:
        return int(path.name.split("-")[1])
    except ValueError as error:
        raise Problem(f"{path} has no name of an archive file. Move it out of that folder.") from error
