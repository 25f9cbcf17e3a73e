"""gongkai portals add: probe a portal and register it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crawler.probing import Probe


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Home page of the portal.", show_default=False)],
    code: Annotated[
        str | None, typer.Option("--code", help="Code of its division (the one in its SiteIDCode).")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Its name (that of the division).")] = None,
    portals: Annotated[
        Path | None, typer.Option("--portals", help="CSV list to write to (the registered portals).")
    ] = None,
    allow_host: Annotated[
        bool, typer.Option("--allow-host", help="Take a bare IP address, as a few genuine portals have.")
    ] = False,
    delay: Annotated[
        float | None, typer.Option("--delay", help="Pause in seconds between requests, as in a crawl.")
    ] = None,
) -> None:
    """Probe a portal and register it.

    It is asked with the manners of a crawl for 35 pages at most, and for no report. What was found is printed, and a
    row is written into the list. GONGKAI_CONTACT must hold your e-mail address or a page about your crawl. A host that
    is not of the government (*.gov.cn) is refused, and so is one that is listed; redirects elsewhere are told, not
    followed.

    Ends with 1 where the row was written but no column of reports was found, or the page's own words speak against it.

    Example: gongkai portals add https://www.qufu.gov.cn/ --code 370881
    """
    from crawler.portals import registered_portals
    from crawler.probing import probe
    from crawler.registering import Adding, Place
    from gongkai.show_crawl import CrawlDisplay
    from pipeline.tables.registry import load_divisions

    path = portals or registered_portals()
    divisions = {
        one.code: Place(one.name, one.province or "", one.city or "", one.parent_code or "")
        for one in load_divisions()
        if one.is_current
    }
    adding = Adding(path, divisions, code=code, name=name)
    portal = adding.portal(url, allow_host=allow_host)
    with CrawlDisplay(1) as display:
        (seen,) = probe([portal], delay=delay, contact=os.environ.get("GONGKAI_CONTACT"), watcher=display)
    _tell(seen)
    row, doubts = adding.write(seen)
    typer.echo(f"{path}: {row['code']} {row['name']} was added ({row['verified']}).", err=True)
    for doubt in doubts:
        typer.echo(f"Look at it before you trust it: {doubt}.", err=True)
    if doubts or not seen.columns:
        raise typer.Exit(1)


def _tell(seen: Probe) -> None:
    typer.echo(f"family\t{seen.family or 'not recognised'}")
    typer.echo(f"SiteName\t{seen.site_name or 'none'}")
    typer.echo(f"SiteIDCode\t{seen.site_code or 'none'}")
    for column in seen.columns:
        typer.echo(f"column\t{column}")
    typer.echo(f"announced\t{seen.announced}")
    typer.echo(f"pages\t{seen.pages}")
