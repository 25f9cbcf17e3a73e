"""gongkai demo: the whole way on this machine."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.problem import InputProblem, Problem

if TYPE_CHECKING:
    from pipeline.sample.overview import Overview, Table

_MADE = {
    "archive": "every answer as it came (WARC), and a ledger of all requests",
    "tables": "the dataset as Parquet files",
    "gongkai.duckdb": "the same tables, for SQL",
    "portals.csv": "the list of portals that was crawled",
}
_QUERIES = (
    "SELECT city, report_year, requests_granted, requests_concluded FROM city_year",
    "SELECT organ, report_year, status, raw, value, unit FROM current_figure WHERE status <> 'reported'",
)
_SIGN = "THIS_IS_A_DEMO.txt"
_SIGN_TEXT = """This folder was made by `gongkai demo` from invented cities with invented figures.
Each `gongkai demo` begins it anew.
"""


def demo(
    data: Annotated[Path, typer.Option("--data", help="Folder of everything that is made.")] = Path("demo"),
) -> None:
    """Serve sample portals on this machine, crawl them, build, show.

    A table across cities and years is printed, and where the files are, with queries to go on with.
    The cities and their figures are invented, and only this machine is asked. An earlier demo is replaced.
    Ends with 1 where a figure that was read is not what the sample pages print.

    Example: gongkai demo
    """
    _begin(data)

    from crawler.asking import Asking
    from crawler.portals import load_portals
    from crawler.run import crawl
    from gongkai.show_crawl import CrawlDisplay
    from pipeline.build import build
    from pipeline.sample import SamplePortal, load_truth
    from pipeline.sample.compare import differences
    from pipeline.sample.overview import overview
    from pipeline.tables.database import open_database

    with SamplePortal() as portal:
        portals = load_portals(portal.portals_csv(data / "portals.csv"))
        _say(f"1 serve    {len(portals)} portals of invented cities, from {portals[0].home} on")
        with CrawlDisplay(len(portals)) as display:
            crawled = crawl(portals, data, Asking(frozenset(load_truth().years), delay=0), watcher=display)
        got = sum(summary.reports for summary in crawled.portals)
        _say(f"2 crawl    {len(portal.requests)} requests, {got} reports archived")
    built = build(data)
    _say(f"3 build    {built.reports} reports and {built.figures} figures to Parquet and DuckDB")
    with open_database(data) as connection:
        wrong = list(differences(connection))
        _say(f"4 compare  {len(wrong)} differences between these figures and what the pages print")
        _print(overview(connection), data)
    for text in wrong:
        _say(text)
    if wrong:
        raise typer.Exit(1)


def _begin(data: Path) -> None:
    """An empty folder for the demo. Only what an earlier demo made is removed."""
    if data.exists() and not (data / _SIGN).is_file() and (data.is_file() or any(data.iterdir())):
        raise InputProblem(f"{data} was not made by a demo. Name another folder: gongkai demo --data DIR")
    try:
        data.mkdir(parents=True, exist_ok=True)
        for path in (data / name for name in _MADE):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        (data / _SIGN).write_text(_SIGN_TEXT, encoding="utf-8")
    except OSError as error:
        raise Problem(
            f"{error.filename}: {error.strerror}. Name a folder that can be written: gongkai demo --data DIR"
        ) from error


def _print(shown: Overview, data: Path) -> None:
    _table("收到的政府信息公开申请 Requests received, summed over the reports held", shown.received)
    typer.echo()
    for number, note in enumerate(shown.notes, start=1):
        typer.echo(f"[{number}] {note}")
    _table("单元 Cells of these reports: a zero, a blank, a slash and a word are four things", shown.cells)
    _table("应公开与已得 Reports expected and held", shown.coverage)
    typer.echo("\nMade")
    for name, what in _MADE.items():
        typer.echo(f"  {data / name!s:{len(str(data)) + 16}}  {what}")
    typer.echo("\nNext")
    here = f"{_command()} {{}} --data {shlex.quote(str(data))}"
    for query in _QUERIES:
        typer.echo(f'  {here.format("query")} "{query}"')
    typer.echo(f"  {here.format('coverage')}")


def _table(title: str, table: Table) -> None:
    from pipeline.tables.show import Format, show

    typer.echo(f"\n{title}\n")
    show(table.heads, table.rows, Format.TABLE, sys.stdout)


def _command() -> str:
    """How this program was called, so that what is printed can be copied."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{sys.executable} -m gongkai"
    found = shutil.which(called.name)
    return called.name if found and Path(found).samefile(called) else str(called)


def _say(text: str) -> None:
    typer.echo(text, err=True)
