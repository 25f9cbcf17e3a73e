"""gongkai diff: what changed between two releases."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongkai.data import DATA, DataPlace, reading
from pipeline.storage.address import is_address


class Shown(StrEnum):
    """What is printed of a comparison."""

    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


class Rows(StrEnum):
    """Which rows CSV and JSON hold."""

    REPORTS = "reports"
    CELLS = "cells"


def diff(
    before: Annotated[str, typer.Argument(help="Version or folder of the earlier release.")],
    after: Annotated[str, typer.Argument(help="Version or folder of the later release.")],
    form: Annotated[Shown, typer.Option("--format", help="A summary, or every change.")] = Shown.MARKDOWN,
    rows: Annotated[Rows, typer.Option("--rows", help="What CSV and JSON give.")] = Rows.CELLS,
    data: DataPlace = DATA,
) -> None:
    """Say what changed between two releases: reports and cells added, gone, changed, and why.

    A release is named by its version or its folder; a data folder stands for its last build.

    Example: gongkai diff 2025.1 2026.1 --format csv > cells.csv
    """
    from pipeline.publish.version import RELEASES

    with ExitStack() as stack:
        there = stack.enter_context(reading(data, "releases"))
        folders = []
        for name in (before, after):
            released = there.folder / RELEASES / name
            if is_address(name):
                released = stack.enter_context(reading(name, "build")).folder
            folders.append((released if released.is_dir() else Path(name)) / "tables")
        _show(folders, before, after, form, rows)


def _show(folders: list[Path], before: str, after: str, form: Shown, rows: Rows) -> None:
    from pipeline.publish.changes import changes_text, write_changes
    from pipeline.publish.diff import compared
    from pipeline.tables.show import Format

    with compared(*folders) as comparison:
        if form is Shown.MARKDOWN:
            sys.stdout.write(changes_text(comparison, before, after))
        else:
            write_changes(comparison, rows.value, Format(form.value), sys.stdout)
