"""Where the data lie that a command works on: the option --data, and the folder that stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.problem import Problem
from pipeline.storage.address import is_address

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pipeline.working_copy.session import Part

DATA = "datasets"
"""Where the data lie if nothing else is said."""

DataPlace = Annotated[
    str,
    typer.Option(
        "--data",
        metavar="DIR|URL",
        help="Folder of everything that is made, or a storage: s3://BUCKET/FOLDER.",
    ),
]


@dataclass(frozen=True, slots=True)
class Data:
    """The data as given, and the folder of this machine to work in: itself, or a storage's working copy."""

    given: str
    folder: Path

    def shown(self, path: Path) -> str:
        """What is told of a path in the folder, to one who may be on another machine."""
        if not is_address(self.given):
            return str(path)
        return f"{self.given.rstrip('/')}/{path.relative_to(self.folder).as_posix()}"

    def database(self) -> str:
        """Where the database of the last build lies."""
        from pipeline.tables.database import database_of

        return database_of(self.folder)


def reading(given: str, *parts: str) -> AbstractContextManager[Data]:
    """The data, of which these parts (`pipeline.working_copy.session.Part`) are read. Raises Problem."""
    return _opened(given, parts, write=False)


def writing(given: str, *parts: str) -> AbstractContextManager[Data]:
    """The data, of which these parts are written; sent where they belong when the block ends. Raises Problem."""
    return _opened(given, parts, write=True)


@contextmanager
def _opened(given: str, parts: tuple[str, ...], *, write: bool) -> Iterator[Data]:
    if not is_address(given):
        yield Data(given, Path(given))
        return
    from pipeline.working_copy import session

    asked: list[Part] = [session.Part(part) for part in parts]
    opened = (
        session.writing(given, asked, lambda text: typer.echo(text, err=True))
        if write
        else session.reading(given, asked)
    )
    with opened as folder:
        try:
            yield Data(given, folder)
        except Problem as problem:  # what to do next is to be done with the data as given
            raise type(problem)(str(problem).replace(f"--data {folder}", f"--data {given}")) from problem
