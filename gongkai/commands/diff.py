"""gongkai diff: what changed between two releases."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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
    data: Annotated[Path, typer.Option("--data", help="Folder of everything that is made.")] = Path(
        "datasets"
    ),
) -> None:
    """Say what changed between two releases: reports and cells added, gone, changed, and why.

    A release is named by its version or its folder; a data folder stands for its last build.

    Example: gongkai diff 2025.1 2026.1 --format csv > cells.csv
    """
    from pipeline.publish.changes import changes_text, write_changes
    from pipeline.publish.diff import compared
    from pipeline.publish.version import RELEASES
    from pipeline.tables.show import Format

    folders = []
    for name in (before, after):
        released = data / RELEASES / name
        folders.append((released if released.is_dir() else Path(name)) / "tables")
    with compared(*folders) as comparison:
        if form is Shown.MARKDOWN:
            sys.stdout.write(changes_text(comparison, before, after))
        else:
            write_changes(comparison, rows.value, Format(form.value), sys.stdout)
