"""A log that lies at a storage in pieces which never change, each named by the byte of the log at which it begins.

Two that write after the same byte make an object of the same name, and one of them is refused: no line is lost by it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.archive.appending import could_not_write, sync_folder
from pipeline.problem import Problem
from pipeline.storage.store import Store

_BLOCK = 1 << 20
_PIECE = 64 << 20  # bytes of one piece at most, but for a line that is longer


class Log:
    """The log in the file `path`, and the same at a storage, in the folder of the file's name without its ending."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self._store = store
        self._mark = path.with_name(f".{path.name}.same")  # how many bytes are known to be the same in both

    @property
    def same(self) -> int:
        """How many bytes the log begins with here as there."""
        try:
            return int(self._mark.read_text("ascii"))
        except FileNotFoundError:
            return 0

    def pull(self) -> None:
        """Bring the file up to what is at the storage. Lines that only this file has stay, behind all others.

        Raises Problem where pieces are missing there.
        """
        known = self.same
        pieces = list(self._pieces())
        there = self.path.stat().st_size if self.path.exists() else 0
        if there < known:  # a power cut took what was not on the disk yet
            known = max((start for start, _ in pieces if start <= there), default=0)
        if known not in {0, *(start + size for start, size in pieces)}:
            raise Problem(
                f"{self._store.url}/{self.path.stem} lacks lines that were there before. Restore what was removed; or, "
                f"if nothing here is wanted, remove the working copy {self.path.parent.parent}."
            )
        for start, size in pieces:
            if start >= known:
                self._take(start, self._store.read(self._name(start)))
                self._note(start + size)

    def push(self, end: int) -> None:
        """Send the lines up to the byte `end`. Raises Problem where another has written there meanwhile."""
        while (start := self.same) < end:
            content = self._here(start, min(end - start, _PIECE))
            if start + len(content) < end:
                content = content[: content.rfind(b"\n") + 1] or self._here(start, end - start)
            if not self._store.create(self._name(start), content):
                raise Problem(
                    f"{self._store.address(self._name(start))}: another has written there meanwhile. Nothing is lost; "
                    "give the same command again."
                )
            self._note(start + len(content))

    def size(self) -> int:
        """The bytes of all whole lines here."""
        if not self.path.exists():
            return 0
        with self.path.open("rb") as stream:
            end = stream.seek(0, os.SEEK_END)
            while end > 0:
                begin = max(0, end - _BLOCK)
                stream.seek(begin)
                found = stream.read(end - begin).rfind(b"\n")
                if found >= 0:
                    return begin + found + 1
                end = begin
        return 0

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Where each piece begins and how long it is. Raises Problem where one is missing."""
        end = 0
        for name, size in self._store.sizes(self.path.stem).items():
            start = int(name.partition(".")[0])
            if start != end:
                raise Problem(
                    f"{self._store.url}/{self.path.stem} lacks the piece that begins at byte {end}. Restore it from a "
                    "copy, then give the same command again."
                )
            yield start, size
            end = start + size

    def _take(self, start: int, content: bytes) -> None:
        """Have the log go on at a byte as the storage does."""
        here = self._here(start)
        if here.startswith(content):
            return  # ours, sent before a kill
        lines = set(content.splitlines(keepends=True))
        ours = [line for line in here.splitlines(keepends=True) if line not in lines and line.endswith(b"\n")]
        if not here:
            _add(self.path, content)
            return
        part = self.path.with_name(f".{self.path.name}.part")
        shutil.copyfile(self.path, part)
        os.truncate(part, start)
        _add(part, content + b"".join(ours))
        part.replace(self.path)
        sync_folder(self.path.parent)

    def _here(self, start: int, length: int = -1) -> bytes:
        try:
            with self.path.open("rb") as stream:
                stream.seek(start)
                return stream.read(length)
        except FileNotFoundError:
            return b""

    def _note(self, known: int) -> None:
        part = self._mark.with_name(f"{self._mark.name}.part")
        part.write_text(str(known), encoding="ascii")
        part.replace(self._mark)

    def _name(self, start: int) -> str:
        return f"{self.path.stem}/{start:015d}.jsonl"


def _add(path: Path, content: bytes) -> None:
    try:
        with path.open("ab") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise could_not_write(path, error) from error
