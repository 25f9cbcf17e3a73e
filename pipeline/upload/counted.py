"""Counting what goes out."""

from __future__ import annotations

from types import TracebackType
from typing import BinaryIO, Self

from pipeline.upload.place import Sent


class Counted:
    """A file as it is read to be sent: `sent` is told of every piece, and has it back where the sending fails."""

    def __init__(self, file: BinaryIO, size: int, sent: Sent) -> None:
        self._file, self._size, self._sent = file, size, sent
        self._gone, self._kept = 0, False

    def __len__(self) -> int:
        return self._size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sent(self._size - self._gone if self._kept else -self._gone)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self._gone += len(piece)
        self._sent(len(piece))
        return piece

    def taken(self) -> None:
        """The other side has it."""
        self._kept = True
