"""A file that only ever grows by whole pieces."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from pipeline.problem import Problem


def could_not_write(path: Path, error: OSError) -> Problem:
    """What to tell a person when `path` could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Problem(
            f"There is no room left to write {path} ({error.strerror}). Everything stored before is safe. "
            "Free some space and run the same command again."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            f"It is not allowed to write {path} ({error.strerror}). "
            "Change the permissions of that folder, or choose another with --data."
        )
    return Problem(
        f"{path} could not be written: {error.strerror}. Everything stored before is safe. "
        "Put this right, or choose another folder with --data, and run the same command again."
    )


def make_folder(path: Path) -> None:
    """Make the folder and its parents, known to the disk. Raises Problem where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        sync_folder(path.parent)
    except (FileExistsError, NotADirectoryError) as error:
        raise Problem(
            f"The folder {path} cannot be made: there is a file in its place. Choose another with --data."
        ) from error
    except OSError as error:
        raise could_not_write(path, error) from error


def sync_folder(path: Path) -> None:
    """Make the names in a folder survive a power cut."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class AppendFile:
    """Appends pieces of bytes, each wholly or not at all.

    A piece that cannot be written (no room, an interrupt) is taken back, so that what stood before stands as
    it was and the next piece follows it. Where even that fails, nothing more is taken. Raises Problem.
    """

    def __init__(self, path: Path, *, new: bool = False) -> None:
        self.path = path
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | (os.O_EXCL if new else 0)
        try:
            self._descriptor = os.open(path, flags, 0o644)
            self.size = os.fstat(self._descriptor).st_size
            sync_folder(path.parent)
        except OSError as error:
            raise could_not_write(path, error) from error
        self._synced = self.size
        self._whole = True
        self._open = True

    def append(self, piece: bytes, *, sync: bool = True) -> int:
        """Write the piece at the end and return where it begins. With `sync` it is on the disk on return."""
        if not self._whole:
            raise Problem(
                f"{self.path} could not be restored after a failed write. Run the same command again."
            )
        start = self.size
        try:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            if sync:
                os.fsync(self._descriptor)
        except BaseException as error:
            self._take_back(start)
            if isinstance(error, OSError):
                raise could_not_write(self.path, error) from error
            raise
        self.size = start + len(piece)
        self._synced = self.size if sync else self._synced
        return start

    def sync(self) -> None:
        """Bring to the disk what was appended without `sync`. Where that fails, all of it is taken back."""
        if self._synced == self.size:
            return
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            self._take_back(self._synced)
            self.size = self._synced
            raise could_not_write(self.path, error) from error
        self._synced = self.size

    def close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._descriptor)

    def _take_back(self, start: int) -> None:
        try:
            os.ftruncate(self._descriptor, start)
            os.fsync(self._descriptor)
        except OSError:
            self._whole = False
