"""Parts of an archive that others write for a while, each an archive of its own.

A piece lies in the folder `pieces` of the archive. It begins with what the archive knows of its portals, so that its
writer fetches nothing again, and it is absorbed when its writer is done: its WARC files change folders, and its new
lines are appended. Only the writer of the archive makes and absorbs pieces; a kill in the midst of it costs nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline.archive.appending import could_not_write, make_folder, sync_folder
from pipeline.archive.entry import Entry
from pipeline.archive.lines import LineFile, encode_line, read_lines
from pipeline.archive.lock import Busy
from pipeline.archive.runs import Run, RunEvent
from pipeline.archive.sightings import Sighting
from pipeline.archive.writer import Writer

if TYPE_CHECKING:
    from pipeline.archive.store import Archive

SEED = "seed.json"
"""In the folder of a piece: how many bytes of its logs it began with."""
_TARGET = (
    "absorbing.json"  # how long the logs of the archive were when this piece's lines were first appended
)
_STOP = "stop"
_PATIENCE = 60.0  # seconds in which a writer that is asked to end does
_LOGS = ("ledger.jsonl", "sightings.jsonl")


class _Line(Protocol):
    def to_line(self) -> Mapping[str, object]: ...


T = TypeVar("T", bound=_Line)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece to be made: its name, which no piece had before, and the portals that it is for, by code, as the
    settings of the run name them.
    """

    name: str
    portals: tuple[Mapping[str, object], ...]


def pieces_of(root: Path) -> list[Path]:
    """The pieces of the archive in `root`, in the order of their names."""
    folder = root / "pieces"
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def split(archive: Archive, run: Run, parts: Iterable[Part]) -> dict[str, Path]:
    """Make a piece for each part, to go on with `run` there; the folder of each, by name. Raises Problem.

    One pass through the archive, whatever the number of parts.
    """
    made: dict[str, Path] = {}
    piece_of: dict[str, str] = {}
    runs = archive.runs()
    with ExitStack() as stack:
        logs: dict[str, tuple[LineFile, LineFile]] = {}
        for part in parts:
            piece = archive.root / "pieces" / part.name
            made[part.name] = piece
            make_folder(piece / "warc")
            piece_of |= {str(portal["code"]): part.name for portal in part.portals}
            ledger, sightings = (stack.enter_context(closing(LineFile(piece / log))) for log in _LOGS)
            logs[part.name] = ledger, sightings
            with closing(LineFile(piece / "runs.jsonl")) as log:
                for event in _told_of(runs, run, part):
                    log.append(event.to_line(), sync=False)
        for entry in archive.entries():
            if (name := piece_of.get(entry.portal or "")) is not None:
                logs[name][0].append(entry.to_line(), sync=False)
                _lend(archive.root, made[name], entry)
        for sighting in archive.sightings():
            if (name := piece_of.get(sighting.portal)) is not None:
                logs[name][1].append(sighting.to_line(), sync=False)
        for log in chain.from_iterable(logs.values()):
            log.flush()
    for piece in made.values():
        _write(piece / SEED, {log: (piece / log).stat().st_size for log in _LOGS})
    return made


def absorb_left(archive: Archive) -> None:
    """Absorb what an earlier crawl left in pieces, which are there no more afterwards. Raises Busy where one is still
    written, after a while in which its writer is asked to end.
    """
    for piece in pieces_of(archive.root):
        stop(piece)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                archive.absorb(piece)
            except Busy:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
            else:
                break


def stop(piece: Path) -> None:
    """Ask the writer of a piece to end."""
    (piece / _STOP).touch()


def is_stopped(piece: Path) -> bool:
    """Whether the writer of a piece is to end; so too where the piece is there no more."""
    return (piece / _STOP).exists() or not piece.is_dir()


def absorb(writer: Writer, piece: Path) -> None:
    """Take what a piece has that the archive has not, as far as a kill has not left it done. Raises Problem."""
    try:
        seed = json.loads((piece / SEED).read_text("ascii"))
    except FileNotFoundError:  # killed while it was made, so that nobody wrote there
        shutil.rmtree(piece)
        return
    Writer.open(piece, "").close()  # cuts off what a kill left torn, and finds out who is still there
    target = piece / _TARGET
    if not target.exists():
        _write(target, {log: (writer.root / log).stat().st_size for log in _LOGS})
    starts = json.loads(target.read_text("ascii"))
    warc = writer.root / "warc"
    for volume in sorted((piece / "warc").iterdir()):
        if not volume.is_symlink():
            volume.replace(warc / volume.name)
    sync_folder(warc)
    entries = _missing(piece, writer.root, _LOGS[0], seed, starts, Entry.from_line)
    writer.add(entries)
    sightings = _missing(piece, writer.root, _LOGS[1], seed, starts, Sighting.from_line)
    writer.sightings.append_all(one.to_line() for one in sightings)
    shutil.rmtree(piece)
    with suppress(OSError):  # others are there
        piece.parent.rmdir()


def _told_of(runs: list[Run], run: Run, part: Part) -> Iterator[RunEvent]:
    """What a piece needs to know of all runs: which were finished; and what this one asks for of its portals."""
    for each in runs:
        settings = {**run.settings, "portals": list(part.portals)} if each.id == run.id else {}
        yield RunEvent("begun", each.id, each.begun_at, settings)
        if each.finished_at is not None:
            yield RunEvent("finished", each.id, each.finished_at, {})


def _lend(root: Path, piece: Path, entry: Entry) -> None:
    """Let the piece read the file that holds the bytes of an entry, where that is here."""
    if entry.warc is None:
        return
    link = piece / "warc" / entry.warc
    if not link.is_symlink() and (root / "warc" / entry.warc).exists():
        link.symlink_to(os.path.relpath(root / "warc" / entry.warc, link.parent))


def _missing(
    piece: Path,
    root: Path,
    log: str,
    seed: Mapping[str, int],
    starts: Mapping[str, int],
    convert: Callable[[Mapping[str, object]], T],
) -> list[T]:
    """The new lines of a piece, without those at their beginning that the archive has taken already."""
    new = [one for offset, one in read_lines(piece / log, convert) if offset >= seed[log]]
    with (root / log).open("rb") as stream:
        stream.seek(starts[log])
        taken = 0
        while taken < len(new) and stream.readline() == encode_line(new[taken].to_line()):
            taken += 1
    return new[taken:]


def _write(path: Path, what: Mapping[str, int]) -> None:
    part = path.with_name(f".{path.name}")
    try:
        part.write_text(json.dumps(what), encoding="ascii")
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise could_not_write(path, error) from error
