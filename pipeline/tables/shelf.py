"""What slow readers made of documents, kept from build to build: scans recognised, documents converted, PDF read.

It saves time and nothing else: tables are the same without it, and the folder may be taken away at any time. What is
kept has a sum before it; what does not suit its sum, as after a crash, is read anew. It never holds more than one
answer of each reader to each body of the archive.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.problem import Problem
from pipeline.storage.store import Store

_SUM = sha256().digest_size
_PART = ".part"
CACHE = "cache"
"""The folder beside the archive in which builds keep it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder that any number of processes and machines use together, and the place at `url`, if there is one, which
    is asked for what the folder has not. `versions` tells for each reader what its answer hangs on beside the bytes;
    answers of other versions are never given, and those of readers not named are not kept.
    """

    folder: Path
    versions: Mapping[str, str]
    url: str | None = None

    def take(self, data: bytes, reader: str) -> bytes | None:
        """What this reader made of a document; None where it is not known, or damaged."""
        place = self._place(data, reader)
        if place is None:
            return None
        try:
            held = place.read_bytes()
        except OSError:
            held = self._brought(place)
        made = held[_SUM:]
        return made if held[:_SUM] == _sum(data, made) else None

    def keep(self, data: bytes, reader: str, made: bytes) -> None:
        """Keep what the reader made. Its name comes to be when it is whole; on a full disk it is not kept."""
        place = self._place(data, reader)
        if place is None:
            return
        if self.url is not None:
            with suppress(Problem):  # only time is lost
                Store(self.url).write(self._name(place), _sum(data, made) + made)
        part = place.with_name(f"{place.name}.{os.uname().nodename}-{os.getpid()}-{id(made)}{_PART}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_sum(data, made) + made)
            part.replace(place)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def clear(self) -> None:
        """Take away what no reader of these versions gives, and what was left half written, while nobody keeps."""
        now = {self._shelf(reader) for reader in self.versions}
        if self.url is not None:
            there = Store(self.url)
            for name in there.folders(""):
                if self.folder / name not in now:
                    there.remove_all(name)
        if not self.folder.is_dir():
            return
        for shelf in self.folder.iterdir():
            if shelf not in now and shelf.is_dir():
                shutil.rmtree(shelf, ignore_errors=True)
        for part in self.folder.rglob(f"*{_PART}"):
            part.unlink(missing_ok=True)

    def _brought(self, place: Path) -> bytes:
        """What lies at the other place; nothing where there is none, or where it is not known there."""
        if self.url is None:
            return b""
        with suppress(FileNotFoundError):
            return Store(self.url).read(self._name(place))
        return b""

    def _name(self, place: Path) -> str:
        return place.relative_to(self.folder).as_posix()

    def _place(self, data: bytes, reader: str) -> Path | None:
        if reader not in self.versions:
            return None
        name = sha256(data).hexdigest()
        return self._shelf(reader) / name[:2] / name

    def _shelf(self, reader: str) -> Path:
        return self.folder / f"{reader}-{self.versions[reader][:16]}"


def _sum(data: bytes, made: bytes) -> bytes:
    """Of the answer and of what was asked: one that lies under another name is none."""
    return sha256(sha256(data).digest() + made).digest()
