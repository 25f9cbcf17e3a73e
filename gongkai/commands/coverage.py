"""gongkai coverage: expected × held."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.tables.show import Format


def coverage(
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    data: Annotated[Path, typer.Option("--data", help="Folder of everything that is made.")] = Path(
        "datasets"
    ),
) -> None:
    """Which organ and year is there, and why not, as of the last build.

    Ends with 1 where something that is expected is unexplained, or the archive has grown since the build.

    Example: gongkai coverage --format csv > coverage.csv
    """
    from dataclasses import astuple, fields

    from pipeline.coverage import UNEXPLAINED, CoverageRow, behind
    from pipeline.coverage import coverage as read_coverage
    from pipeline.tables.show import show

    rows = read_coverage(data)
    show([field.name for field in fields(CoverageRow)], map(astuple, rows), form, sys.stdout)
    held = sum(row.state == "held" for row in rows)
    unexplained = sum(row.reason == UNEXPLAINED for row in rows)
    typer.echo(f"{held} of {len(rows)} expected are held, {unexplained} unexplained.", err=True)
    late = behind(data)
    if late:
        typer.echo(f"{late} fetches came after the last build. Run: gongkai build --data {data}", err=True)
    if unexplained or late:
        raise typer.Exit(1)
