"""gongkai portals list: which portals are registered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.tables.show import Format

_SHOWN = ("code", "name", "home", "family", "group", "verified", "access")


def list_(
    province: Annotated[
        str | None, typer.Option("--province", help="Only those of this province: its name or code.")
    ] = None,
    portals: Annotated[
        Path | None, typer.Option("--portals", help="CSV list of portals (the registered).")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
) -> None:
    """Print the registered portals and what is known of each.

    Example: gongkai portals list --province 山东省
    """
    from crawler.portal_rows import rows_of_province
    from crawler.portals import registered_portals
    from pipeline.tables.show import show

    rows = rows_of_province(portals or registered_portals(), province)
    columns = [name for name in _SHOWN if rows and name in rows[0]]
    show(columns, [[row[name] for name in columns] for row in rows], form, sys.stdout)
    typer.echo(f"{len(rows)} portals.", err=True)
