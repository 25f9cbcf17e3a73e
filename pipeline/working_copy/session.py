"""A command's time with a working copy."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from pipeline.archive.appending import make_folder
from pipeline.archive.lock import Busy, Lock
from pipeline.problem import Problem
from pipeline.storage.store import Store
from pipeline.working_copy.archive import ArchiveCopy
from pipeline.working_copy.builds import meet_build, pull_build, push_build
from pipeline.working_copy.files import pull_pages, pull_releases, push_pages, push_releases
from pipeline.working_copy.lease import Lease
from pipeline.working_copy.pieces import FarPieces
from pipeline.working_copy.place import copy_in, folder_of
from pipeline.working_copy.pushing import Pushing

Say = Callable[[str], None]


class Part(StrEnum):
    """What a command reads or writes of the data."""

    ARCHIVE = "archive"
    DATABASE = "database"  # asked where it lies
    BUILD = "build"  # tables and database as files
    RELEASES = "releases"
    PAGES = "runs"
    PIECES = "pieces"  # of the archive, that a cluster left


@contextmanager
def reading(url: str, parts: Collection[Part]) -> Iterator[Path]:
    """The working copy of the storage at an address, with these parts as they are there now. Raises Problem."""
    store = Store(url)
    folder = folder_of(url, os.environ)
    copy_in(folder, store, make=False)
    if Part.ARCHIVE in parts:
        # Busy: who writes here has brought it up to date
        with suppress(Busy), closing(_lock(folder, Part.ARCHIVE)):
            _archive(folder, store).pull()
    with suppress(Busy), closing(_lock(folder, Part.BUILD)):
        _pull(folder, store, parts)
    yield folder


@contextmanager
def writing(url: str, parts: Collection[Part], say: Say) -> Iterator[Path]:
    """The working copy of the storage at an address, to be worked on by this process alone. `parts` names what is
    written; the archive is sent while it grows, all else when the block ends, be it well or not.

    Raises Busy where another writes there, and Problem where something could not be sent: it waits in the working copy.
    """
    store = Store(url)
    folder = folder_of(url, os.environ)
    copy = copy_in(folder, store, make=True)
    with ExitStack() as stack:
        leases = []
        for part in (Part.ARCHIVE, Part.BUILD):
            if part in parts:
                stack.enter_context(closing(_lock(folder, part)))
                lease = Lease(store, f"{part.value}.lock", copy.name, say)
                stack.enter_context(closing(lease))
                leases.append(lease)
        archive = _archive(folder, store)
        if Part.ARCHIVE in parts:
            archive.begin()
            if Part.PIECES in parts:
                FarPieces(archive.root, store.url).bring_left()
            pushing = stack.enter_context(closing(Pushing(archive.push, say)))
        else:
            with suppress(Busy), closing(_lock(folder, Part.ARCHIVE)):
                archive.pull()
        _pull(folder, store, parts)
        try:
            yield folder
        finally:
            if any(lease.lost for lease in leases):
                raise Problem(f"Another took over at {url}. What was not sent waits in {folder}.")
            if Part.ARCHIVE in parts:
                pushing.close()
                archive.push(ended=True)
            if Part.BUILD in parts:
                push_build(folder, store)
            if Part.RELEASES in parts:
                push_releases(folder, store)
            if Part.PAGES in parts:
                push_pages(folder, store)


def _lock(folder: Path, part: Part) -> Lock:
    make_folder(folder)
    return Lock(folder / f"{part.value}.lock", f"The working copy {folder} is being written by")


def _archive(folder: Path, store: Store) -> ArchiveCopy:
    return ArchiveCopy(folder / "archive", store.below("archive"), store.below("archive/warc"))


def _pull(folder: Path, store: Store, parts: Collection[Part]) -> None:
    if Part.BUILD in parts:
        pull_build(folder, store)
    elif Part.DATABASE in parts:
        meet_build(folder, store)
    if Part.RELEASES in parts:
        pull_releases(folder, store)
    if Part.PAGES in parts:
        pull_pages(folder, store)
