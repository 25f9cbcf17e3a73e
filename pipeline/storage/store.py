"""One place of a storage: objects by name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
from fsspec.implementations.local import LocalFileSystem

from pipeline.storage.client import client
from pipeline.storage.faults import told

_PIECE = 1 << 20


class Store:
    """What lies under one address. Names have slashes between their parts and none at their ends.

    Safe to use from several threads. Where the client gives up after its own retries, every method raises Problem.
    """

    def __init__(self, url: str) -> None:
        """Raises InputProblem for an address of a kind that is not known, Problem where its library is missing."""
        self.url = url.rstrip("/")
        self._fs, root = client(self.url)
        self._root = root.rstrip("/")
        self._is_folder = isinstance(self._fs, LocalFileSystem)

    def __reduce__(self) -> tuple[type[Store], tuple[str]]:
        return Store, (self.url,)

    def below(self, name: str) -> Store:
        """The part of this place whose names begin so."""
        return Store(f"{self.url}/{name}")

    def address(self, name: str) -> str:
        return f"{self.url}/{name}"

    def sizes(self, folder: str) -> Mapping[str, int]:
        """All objects below a folder: the rest of their names, with their sizes, in the order of the names."""
        top = self._path(folder)
        with told(self.address(folder)):
            try:
                found = self._fs.find(top, detail=True)
            except FileNotFoundError as error:
                if "bucket" in str(error):
                    raise
                return {}
        names = {
            path.removeprefix(f"{top}/"): int(about["size"])
            for path, about in found.items()
            # s3fs names the folder itself where its first object comes to be while it looks
            if path.startswith(f"{top}/") and about["type"] == "file"
        }
        return {name: names[name] for name in sorted(names) if not Path(name).name.startswith(".part-")}

    def folders(self, folder: str) -> list[str]:
        """The names of the folders directly in a folder, in order."""
        with told(self.address(folder)):
            try:
                found = self._fs.ls(self._path(folder), detail=True)
            except FileNotFoundError as error:
                if "bucket" in str(error):
                    raise
                return []
        return sorted(Path(one["name"]).name for one in found if one["type"] == "directory")

    def has(self, name: str) -> bool:
        """Whether there is an object of that name."""
        with told(self.address(name)):
            return bool(self._fs.exists(self._path(name)))

    def read(self, name: str) -> bytes:
        """All of an object. Raises FileNotFoundError."""
        with told(self.address(name)):
            return bytes(self._fs.cat_file(self._path(name)))

    def read_part(self, name: str, offset: int, length: int) -> bytes:
        """Some bytes of an object, by one request; fewer where it ends before. Raises FileNotFoundError."""
        with told(self.address(name)):
            return bytes(self._fs.cat_file(self._path(name), start=offset, end=offset + length))

    def fetch(self, name: str, path: Path) -> None:
        """Copy an object to a file, which comes to be when it is whole. Raises FileNotFoundError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".part-{uuid4().hex}")
        try:
            with told(self.address(name)):
                self._fs.get_file(self._path(name), str(part))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def create(self, name: str, content: bytes) -> bool:
        """Make an object; False, and nothing done, where there is one.

        Of two that do so at once one alone succeeds: on S3 by If-None-Match, in a folder by the name of the file.
        Servers and kinds of storage that know no such condition are not guarded so.
        """
        with told(self.address(name)):
            try:
                if self._is_folder:
                    self._put_in_folder(name, content, os.link)
                else:
                    self._fs.pipe_file(self._path(name), content, mode="create")
            except FileExistsError:
                return False
        return True

    def write(self, name: str, content: bytes) -> None:
        """Make an object, in the place of an earlier one."""
        with told(self.address(name)):
            if self._is_folder:
                self._put_in_folder(name, content, os.replace)
            else:
                self._fs.pipe_file(self._path(name), content)

    def send(self, path: Path, name: str) -> None:
        """Copy a file to an object, in the place of an earlier one."""
        with told(self.address(name)):
            if self._is_folder:
                self._put_in_folder(name, path, os.replace)
            else:
                self._fs.put_file(str(path), self._path(name))

    def remove(self, name: str) -> None:
        """Take an object away, if it is there."""
        with told(self.address(name)), suppress(FileNotFoundError):
            self._fs.rm_file(self._path(name))

    def remove_all(self, folder: str) -> None:
        """Take away all objects below a folder, in any order."""
        with told(self.address(folder)), suppress(FileNotFoundError):
            self._fs.rm(self._path(folder), recursive=True)

    def filesystem(self, folder: str) -> Any:
        """What lies below a folder as a file system of fsspec, of the protocol `dir`."""
        return fsspec.filesystem("dir", path=self._path(folder), fs=self._fs)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")

    def _put_in_folder(self, name: str, content: bytes | Path, named: Any) -> None:
        """Write beside, then give the name in one step."""
        path = Path(self._path(name))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(f"{error.filename} is a file, where a folder is needed") from error
        part = path.with_name(f".part-{uuid4().hex}")
        try:
            with part.open("xb") as file:
                if isinstance(content, Path):
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, file, _PIECE)
                else:
                    file.write(content)
                file.flush()
                os.fsync(file.fileno())
            named(part, path)
        finally:
            part.unlink(missing_ok=True)
