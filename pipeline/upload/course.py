"""The course of an upload, the same for every place: what is there stays, the rest is sent, all of it is read back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.problem import InputProblem, Problem
from pipeline.upload.parcel import File, Parcel
from pipeline.upload.place import Place, State


class Watcher(Protocol):
    """Who is told of the course."""

    def begins(self, size: int) -> None:
        """So many bytes are to be sent."""

    def sent(self, size: int) -> None:
        """So many went out; a negative number where a file begins again."""

    def has(self, file: File) -> None:
        """The place has this file."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What came of it: where the release is, and how many files were sent and were there."""

    where: str
    sent: int
    held: int


@dataclass(frozen=True, slots=True)
class Planned:
    """One file that would be sent: its address there and its size in bytes."""

    address: str
    size: int


def plan(parcel: Parcel, place: Place) -> Iterator[Planned]:
    """What would go where, in its order. Contacts nothing."""
    with _grouped(parcel, place) as groups:
        for group in groups:
            yield from (Planned(place.address(file.name), file.size) for file in group)


def upload(parcel: Parcel, place: Place, watcher: Watcher, *, publish: bool) -> Uploaded:
    """Send a release. A half-sent one goes on: what is there with the same checksum is not sent again.

    Raises Problem where it cannot be sent, what is read back is not what was sent, or another release of the same
    version is there: releases never change. Raises InputProblem where a place cannot publish.
    """
    if publish and not place.publishes:
        raise InputProblem(
            "--publish is for Zenodo and Hugging Face: here a release is seen once it is sent."
        )
    with _grouped(parcel, place) as groups:
        finished = place.begin()
        states = {file: place.state(file) for group in groups for file in group}
        missing = [file for file, state in states.items() if state is not State.SAME]
        if finished and missing:
            raise Problem(
                f"Another release {parcel.version.text} is finished at {place.address('')}, and these files are not "
                f"as here: {_names(missing)}. Releases never change: give this one the next number."
            )
        watcher.begins(sum(file.size for file in missing))
        for group in groups:
            for file in group:
                if file in missing:
                    place.send(file, watcher.sent)
            place.settle(group)
            wrong = [file for file in group if file in missing and place.state(file) is not State.SAME]
            if wrong:
                raise Problem(
                    f"What was read back from {place.address('')} is not what was sent: {_names(wrong)}. The release "
                    "is not marked as whole there. Run the same command again."
                )
            for file in group:
                watcher.has(file)
        return Uploaded(place.finish(publish=publish), len(missing), len(states) - len(missing))


@contextmanager
def _grouped(parcel: Parcel, place: Place) -> Iterator[Sequence[Sequence[File]]]:
    with tempfile.TemporaryDirectory() as scratch:
        try:
            groups = place.groups(parcel, Path(scratch))
        except OSError as error:
            raise Problem(
                f"The folders of release {parcel.version.text} could not be packed in {scratch}: {error}. Make room "
                "there, or name another folder in the environment variable TMPDIR."
            ) from error
        yield groups


def _names(files: Sequence[File]) -> str:
    shown = ", ".join(file.name for file in files[:5])
    return shown if len(files) <= 5 else f"{shown} and {len(files) - 5} more"
