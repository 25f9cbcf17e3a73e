"""What every kind of place can do, and what it needs from the person who sends."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Protocol

from pipeline.problem import InputProblem, Problem
from pipeline.upload.parcel import File, Parcel

Sent = Callable[[int], None]
"""Told of bytes as they go out; of a negative number where a file begins again."""


class State(Enum):
    """What a place holds under a name."""

    ABSENT = "absent"
    SAME = "same"
    OTHER = "other"


class Place(Protocol):
    """Where a release is sent. `groups` is called first, and nothing is contacted before `begin`.

    `publishes` where what is sent can be kept from others first. What is raised for people is a Problem.
    """

    publishes: bool

    def groups(self, parcel: Parcel, scratch: Path) -> Sequence[Sequence[File]]:
        """The files as they are stored there. A group is sent only when all of the one before arrived whole.

        Files that are made for the place are written into the folder `scratch`.
        """

    def address(self, name: str) -> str:
        """Where the file of that name goes, for people."""

    def begin(self) -> bool:
        """Go there. True where a finished release of that version is there already, which must not change."""

    def state(self, file: File) -> State:
        """What is there under the file's name, by its size and checksum."""

    def send(self, file: File, sent: Sent) -> None:
        """Send one file."""

    def settle(self, group: Sequence[File]) -> None:
        """All files of a group are sent, or were there."""

    def finish(self, *, publish: bool) -> str:
        """All of it is there and whole: mark it so. Says where it is, and what is left to do there."""


def secret(environment: Mapping[str, str], name: str, what: str) -> str:
    """A secret from an environment variable; raises InputProblem where it is not set."""
    value = environment.get(name, "")
    if not value:
        raise InputProblem(f"{what} is asked for. Give it in the environment variable {name}.")
    return value


def library(name: str) -> ModuleType:
    """A library that only uploads need; raises Problem with the command that installs it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise Problem(
            f"The library {error.name} is not installed, which uploads of this kind need. "
            "Run: python -m pip install 'gongkai[upload]'"
        ) from error
