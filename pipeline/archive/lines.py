"""Append-only files of JSON lines: the one mechanism of the ledger, the sightings and the runs.

Each line is one JSON object with the version of the archive's files as `v`. Lines are written whole; a kill
or a power cut can only leave the last one torn, and a torn line was never acknowledged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from pipeline.archive.appending import AppendFile, could_not_write
from pipeline.problem import Problem

VERSION = 2  # 2: an entry may have etag and last_modified
_BLOCK = 1 << 16

T = TypeVar("T")


class DamagedLedger(Problem):
    """A line that was written whole cannot be read any more. The message names the file and the line."""


class LineFile:
    """Appends lines to one file. Opening it, by the only writer, cuts off a torn last line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _repair(path)
        self._file = AppendFile(path)

    def append(self, line: Mapping[str, object], *, sync: bool = True) -> int:
        """Append one line and return the offset at which it begins. Raises Problem; the file is then as
        before.
        """
        return self._file.append(encode_line(line), sync=sync)

    def append_all(self, lines: Iterable[Mapping[str, object]]) -> list[int]:
        """Append lines, on the disk on return; the offsets at which they begin. As `append`, all or none."""
        encoded = [encode_line(line) for line in lines]
        start = self._file.append(b"".join(encoded))
        return list(accumulate(map(len, encoded[:-1]), initial=start))

    def flush(self) -> None:
        """Bring lines appended without `sync` to the disk."""
        self._file.sync()

    def close(self) -> None:
        self._file.close()


def encode_line(line: Mapping[str, object]) -> bytes:
    """One line with its newline. Text stands as it is, but for a lone surrogate, which has no UTF-8."""
    versioned = {"v": VERSION, **line}
    try:
        text = json.dumps(versioned, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        text = json.dumps(versioned, separators=(",", ":")).encode()
    return text + b"\n"


def read_lines(path: Path, convert: Callable[[Mapping[str, object]], T]) -> Iterator[tuple[int, T]]:
    """Every line in order, with the offset at which it begins. A torn last line is passed over; no file, no
    lines.

    Raises DamagedLedger for any other line that cannot be read, Problem for a file of a newer gongkai.
    """
    try:
        with path.open("rb") as stream:
            offset = 0
            for number, raw in enumerate(stream, start=1):
                whole = raw.endswith(b"\n")
                if whole or _is_object(raw):
                    yield offset, _convert(path, "Line {}", number, raw, convert)
                if not whole:
                    return  # what the writer adds while we read is not the next line but the rest of this one
                offset += len(raw)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unreadable(path, error) from error


def read_line_at(path: Path, offset: int, convert: Callable[[Mapping[str, object]], T]) -> T:
    """The line that begins at `offset`. Raises as `read_lines`."""
    return next(read_lines_at(path, (offset,), convert))


def read_lines_at(
    path: Path, offsets: Iterable[int], convert: Callable[[Mapping[str, object]], T]
) -> Iterator[T]:
    """The lines that begin at these offsets, in their order. Raises as `read_lines`."""
    try:
        with path.open("rb") as stream:
            for offset in offsets:
                stream.seek(offset)
                yield _convert(path, "The line at byte {}", offset, stream.readline(), convert)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(f"{path} cannot be read: {error.strerror}. Put this right and run the command again.")


def _convert(
    path: Path, place: str, number: int, raw: bytes, convert: Callable[[Mapping[str, object]], T]
) -> T:
    try:
        version, line = _parse(raw)
        if version <= VERSION:
            return convert(line)
    except (ValueError, RecursionError) as error:
        raise DamagedLedger(
            f"{place.format(number)} of {path} is damaged ({error}). Restore the file from a copy, or put "
            "the line right by hand; no other line is touched."
        ) from error
    raise Problem(
        f"{place.format(number)} of {path} was written by a newer gongkai (version {version} of the "
        f"archive's files; this one knows {VERSION}). Update gongkai and run the command again."
    )


def _parse(raw: bytes) -> tuple[int, dict[str, object]]:
    """The version and the rest of a line. Raises ValueError, or RecursionError for brackets without end."""
    line: object = json.loads(raw)
    if not isinstance(line, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - damage of the file, not a wrong call
    version = line.pop("v", None)
    if not isinstance(version, int) or version < 1:
        raise ValueError("no version")
    return version, line


def _is_object(raw: bytes) -> bool:
    """True for a whole JSON object; no beginning of one is whole itself."""
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False


def _repair(path: Path) -> None:
    """Cut off a torn last line; a last line that lacks nothing but its newline is given it.

    A line with a NUL byte is torn too: a power cut can leave blocks of zeros, and JSON text never holds a raw
    NUL.
    """
    if not path.exists():
        return
    try:
        with path.open("r+b") as stream:
            start, last = _last_line(stream.fileno())
            if not last or (last.endswith(b"\n") and b"\0" not in last):
                return
            if _is_object(last):
                stream.seek(0, os.SEEK_END)
                stream.write(b"\n")
            else:
                stream.truncate(start)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise could_not_write(path, error) from error


def _last_line(descriptor: int) -> tuple[int, bytes]:
    """Where the last line begins, and its bytes with the newline if it has one."""
    start = os.fstat(descriptor).st_size
    last = b""
    while start > 0:
        step = min(_BLOCK, start)
        start -= step
        last = os.pread(descriptor, step, start) + last
        newline = last.rfind(b"\n", 0, len(last) - 1)
        if newline >= 0:
            return start + newline + 1, last[newline + 1 :]
    return 0, last
