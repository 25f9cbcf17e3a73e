"""Pieces of an archive at a storage, which machines write that share no folder.

A piece lies in `archive/pieces/NAME`: its logs, as those of the archive itself, and `seed.json`, which is written when
all else that it begins with is there. Its volumes lie with those of the archive, whose lines lead into them in the end.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from pipeline.archive import Archive
from pipeline.archive.lock import Busy
from pipeline.archive.pieces import SEED, pieces_of
from pipeline.storage.store import Store
from pipeline.working_copy.archive import ABSORBED, PIECES, ArchiveCopy
from pipeline.working_copy.lease import Lease
from pipeline.working_copy.pushing import Pushing

_LEASE = "piece.lock"
_STOP = "stop"
_TOGETHER = 32  # pieces that are asked for at a time
_PATIENCE = 180.0  # seconds in which a writer that is asked to end does, or is seen to be dead


@dataclass(frozen=True, slots=True)
class FarPiece:
    """One piece at the storage of the data at `url`, for whoever writes it."""

    url: str
    name: str
    pause: float = 5.0
    """Seconds between looks whether to stop."""

    def where(self) -> str:
        """Its address."""
        return self._store().url

    def is_there(self) -> bool:
        """Whether it was made whole, and not taken over yet."""
        return self._store().has(SEED)

    def is_stopped(self) -> bool:
        """Whether its writer is to end; so too where it is there no more."""
        store = self._store()
        return store.has(_STOP) or not store.has(SEED)

    def stop(self) -> None:
        """Ask its writer to end."""
        self._store().write(_STOP, b"")

    @contextmanager
    def opened(self, label: str) -> Iterator[Archive]:
        """The piece as an archive, to be written by this process alone, in a folder that is gone afterwards: all of it
        is sent. Raises Busy where another writes it.
        """
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="gongkai-")))
            stack.enter_context(closing(Lease(self._store(), _LEASE, uuid4().hex, _nobody_reads)))
            copy = self.copy_in(folder)
            copy.begin()
            pushing = stack.enter_context(closing(Pushing(copy.push, _nobody_reads)))
            archive = stack.enter_context(closing(Archive.open(folder, label=label)))
            try:
                yield archive
            finally:
                pushing.close()
                archive.close()
                copy.push(ended=True)

    def copy_in(self, folder: Path) -> ArchiveCopy:
        """The piece as it is worked on in a folder."""
        return ArchiveCopy(folder, self._store(), Store(f"{self.url}/archive/warc"))

    def brought(self, folder: Path) -> None:
        """Have in a folder all that its writer has sent. Raises Busy where that one is still at work."""
        with closing(Lease(self._store(), _LEASE, uuid4().hex, _nobody_reads)):
            self.copy_in(folder).pull()
            self._store().fetch(SEED, folder / SEED)

    def sent(self, folder: Path) -> None:
        """Make it of what it begins with, in a folder."""
        self.copy_in(folder).push(ended=True)
        self._store().send(folder / SEED, SEED)

    def _store(self) -> Store:
        return Store(f"{self.url}/archive/{PIECES}/{self.name}")


class FarPieces:
    """The pieces of the archive in the folder `root`, which is a working copy, for the one who makes and absorbs them.

    What was absorbed is noted until it has been sent with the archive, and only then taken away at the storage: so a
    kill at any moment, and a start on another machine, find each line once.
    """

    def __init__(self, root: Path, url: str) -> None:
        self._root, self._url = root, url

    def send(self, pieces: Iterable[Path]) -> None:
        """Make pieces at the storage of those in folders. Raises Problem."""
        with ThreadPoolExecutor(_TOGETHER) as threads:
            for _ in threads.map(lambda folder: self.piece(folder.name).sent(folder), pieces):
                pass

    def piece(self, name: str) -> FarPiece:
        return FarPiece(self._url, name)

    def bring(self, name: str) -> Path:
        """The folder of a piece, with all that its writer has sent; to be absorbed now. Raises Busy."""
        folder = self._root / PIECES / name
        self.piece(name).brought(folder)
        mark = self._root / ABSORBED / name
        mark.parent.mkdir(exist_ok=True)
        mark.touch()
        return folder

    def bring_left(self) -> None:
        """Have all pieces that an earlier crawl left, to be absorbed, in folders, and none that others have absorbed.

        Their writers are asked to end, and waited for. Raises Busy where one does not.
        """
        there = Store(f"{self._url}/archive/{PIECES}").folders("")
        for name in there:
            self.piece(name).stop()
        for folder in pieces_of(self._root):
            if folder.name not in there and not (self._root / ABSORBED / folder.name).exists():
                shutil.rmtree(folder)
        with ThreadPoolExecutor(_TOGETHER) as threads:
            for _ in threads.map(self._bring_left, there):
                pass

    def _bring_left(self, name: str) -> None:
        if not self.piece(name).is_there():  # killed while it was made or taken away
            Store(f"{self._url}/archive/{PIECES}").remove_all(name)
            return
        until = time.monotonic() + _PATIENCE
        while not (self._root / ABSORBED / name).exists():
            try:
                self.bring(name)
            except Busy:
                if time.monotonic() > until:
                    raise
                time.sleep(1.0)


def _nobody_reads(text: str) -> None:
    """What a lease or a sending says where no person is."""
