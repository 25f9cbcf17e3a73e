"""`python -m benchmarks`: print what was measured; `python -m benchmarks dataset` measures the dataset alone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from benchmarks import dataset
from benchmarks.building import timed_builds
from benchmarks.pages import large_page, sample_pages
from benchmarks.reading import BASE, reading_rates
from pipeline.tables.workers import usable_cores

ROUNDS = 5
COPIES = 20
BUILD_ROUNDS = 3
WORKERS = (1, 2)
REPORTS = 10_000
ASK_ROUNDS = 5

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def everything(context: typer.Context) -> None:
    """Measure reading, building and the dataset, and print it."""
    if context.invoked_subcommand is None:
        _reading_and_building()
        _dataset(REPORTS, None)


@app.command("dataset")
def one_dataset(
    reports: Annotated[
        int, typer.Option(help="how many reports; the whole country has some 1000000")
    ] = REPORTS,
    folder: Annotated[
        Path | None, typer.Option(help="where to keep what is made; else it is thrown away")
    ] = None,
) -> None:
    """Build an invented country, weigh it, and ask it beside SQLite, pandas and Polars."""
    _dataset(reports, folder)


def _dataset(reports: int, folder: Path | None) -> None:
    with TemporaryDirectory() as made:
        measured = dataset.measure(
            reports, folder or Path(made), rounds=ASK_ROUNDS, say=lambda line: typer.echo(line, err=True)
        )
    dataset.report(measured, typer.echo)


def _reading_and_building() -> None:
    pages = sample_pages()
    _print_rates(f"{len(pages)} sample reports", pages)
    _print_rates("one page of 60 KB", [large_page()] * 10)
    one, *more = timed_builds(pages, copies=COPIES, workers=WORKERS, rounds=BUILD_ROUNDS)
    typer.echo(
        f"build of {one.documents} reports, {one.rows} rows, with {usable_cores()} cores, "
        f"median of {BUILD_ROUNDS} rounds"
    )
    for built in (one, *more):
        typer.echo(
            f"  {f'workers: {built.workers}':<26}{built.seconds:8.1f} s {built.rows / built.seconds:12.0f} rows/s "
            f"{one.seconds / built.seconds:6.2f} x workers: {one.workers}"
        )


def _print_rates(title: str, pages: list[bytes]) -> None:
    size = sum(map(len, pages)) / len(pages) / 1024
    typer.echo(f"{title} ({size:.0f} KB a page), median of {ROUNDS} rounds")
    for rate in reading_rates(pages, rounds=ROUNDS):
        typer.echo(f"  {rate.way:<26}{rate.pages_per_second:8.1f} pages/s {rate.ratio:6.2f} x {BASE}")


if __name__ == "__main__":
    app()
