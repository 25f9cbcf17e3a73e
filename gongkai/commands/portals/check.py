"""gongkai portals check: which rows of the list do not hold any more."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.tables.show import Format


def check(
    portals: Annotated[
        Path | None, typer.Option("--portals", help="CSV list of portals (the registered).")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only the portal with this code.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    delay: Annotated[
        float | None, typer.Option("--delay", help="Pause in seconds between requests, as in a crawl.")
    ] = None,
) -> None:
    """Say which rows of the list still hold.

    The states are holds, unreachable, moved, refused (a challenge, a login, robots.txt), no_column (none that announces
    reports) and family_changed. Each portal is asked with the manners of a crawl for 35 pages at most, and for no
    report; the list is not changed. --only may be given several times.

    Ends with 1 where a row does not hold.

    Example: gongkai portals check --only 370800 --only 370900
    """
    from crawler.portals import load_portals, registered_portals
    from crawler.probing import probe
    from crawler.registering import RowState, state_of
    from gongkai.show_crawl import CrawlDisplay
    from pipeline.tables.show import show

    listed = load_portals(portals or registered_portals(), only or ())
    with CrawlDisplay(len(listed)) as display:
        seen = probe(listed, delay=delay, contact=os.environ.get("GONGKAI_CONTACT"), watcher=display)
    states = [(portal, *state_of(one, portal.family)) for portal, one in zip(listed, seen, strict=True)]
    rows = [(portal.code, portal.name, str(state), why) for portal, state, why in states]
    show(("code", "name", "state", "seen"), rows, form, sys.stdout)
    gone = sum(state is not RowState.HOLDS for _, state, _ in states)
    typer.echo(f"{len(listed) - gone} of {len(listed)} rows hold.", err=True)
    if gone:
        raise typer.Exit(1)
