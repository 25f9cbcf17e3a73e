"""gongkai coverage: expected × held."""

from __future__ import annotations

import sys
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.data import DATA, DataPlace, reading
from pipeline.tables.grouping import Grouping
from pipeline.tables.show import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.coverage import CoverageRow


def coverage(
    portal: Annotated[
        list[str] | None, typer.Option("--portal", help="Only the portal with this code.")
    ] = None,
    year: Annotated[list[int] | None, typer.Option("--year", help="Only this year.")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only what is not held.")] = False,
    by: Annotated[
        Grouping | None, typer.Option("--by", help="Count the rows by portal, year or reason.")
    ] = None,
    portals: Annotated[
        Path | None,
        typer.Option("--portals", help="List of portals: those that were never crawled are named too."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    data: DataPlace = DATA,
) -> None:
    """Which organ and year is there, and why not, as of the last build.

    Each gap has one reason, the most particular that was recorded. --portal and --year may be given several times.

    Ends with 1 where something that is expected is unexplained, a portal of the list was never crawled, or the
    archive has grown since the build.

    Example: gongkai coverage --missing --format csv > gaps.csv
    """
    from pipeline.coverage import OPEN, behind
    from pipeline.coverage import coverage as read_coverage

    listed = _codes(portals) if portals is not None else ()
    with reading(data, "archive", "database") as there:
        rows = read_coverage(there.folder, portals=portal or (), years=year or (), listed=listed)
        late = behind(there.folder)
    shown = [row for row in rows if not (missing and row.state == "held")]
    _show(shown, by, form)
    held = sum(row.state == "held" for row in rows)
    unexplained = sum(row.reason in OPEN for row in rows)
    typer.echo(f"{held} of {len(rows)} expected are held, {unexplained} unexplained.", err=True)
    if late:
        typer.echo(f"{late} fetches came after the last build. Run: gongkai build --data {data}", err=True)
    if unexplained or late:
        raise typer.Exit(1)


def _codes(path: Path) -> list[str]:
    from crawler.portals import load_portals

    return [portal.code for portal in load_portals(path, ())]


def _show(rows: Sequence[CoverageRow], by: Grouping | None, form: Format) -> None:
    from pipeline.coverage import CoverageRow
    from pipeline.tables.grouping import Group, grouped
    from pipeline.tables.show import show

    if by is None:
        show([field.name for field in fields(CoverageRow)], map(astuple, rows), form, sys.stdout)
        return
    names = [by.column if field.name == "name" else field.name for field in fields(Group)]
    show(names, map(astuple, grouped(rows, by)), form, sys.stdout)
