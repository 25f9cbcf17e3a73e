"""`python -m benchmarks`: print what was measured; with the name of a part behind it, of that alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from benchmarks import cluster, crawl, dataset, documents, ocr, yearly
from benchmarks.building import timed_builds
from benchmarks.crawl_site import Shape
from benchmarks.pages import large_page, sample_pages
from benchmarks.reading import BASE, reading_rates
from pipeline.tables.workers import usable_cores

ROUNDS = 5
COPIES = 20
BUILD_ROUNDS = 3
WORKERS = (1, 2)
REPORTS = 10_000
ASK_ROUNDS = 5
PORTALS = 8
CRAWLED = 250
CRAWL_ROUNDS = 3
POLITE = 60
PAUSE = 0.25
FEW = 250
DOCUMENTS = 20
CLUSTERED = 2_000
RATE = 40.0

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def everything(context: typer.Context) -> None:
    """Measure reading, building, crawling and the dataset, and print it."""
    if context.invoked_subcommand is None:
        _reading_and_building()
        one_crawl()
        _ocr(ocr.WAYS[:1], 1, 0)
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


@app.command("crawl")
def one_crawl(
    portals: Annotated[int, typer.Option(help="how many portals are crawled side by side")] = PORTALS,
    reports: Annotated[int, typer.Option(help="how many reports each of them has")] = CRAWLED,
    rounds: Annotated[int, typer.Option(help="how often both ways are measured in turn")] = CRAWL_ROUNDS,
    zipped: Annotated[bool, typer.Option(help="serve the pages packed")] = False,  # noqa: FBT002 - an option
    memory: Annotated[
        int, typer.Option(help="how many reports a portal has where memory is measured; 5000 makes it long")
    ] = 0,
) -> None:
    """Crawl invented portals beside a bare Scrapy spider, and with pauses; and with `memory`, measure that too."""

    def say(line: str) -> None:
        typer.echo(line, err=True)

    shape = Shape(portals, reports, zipped=zipped)
    lines = [*crawl.report(shape, *crawl.beside_scrapy(shape, rounds=rounds, say=say))]
    say(f"with a pause of {PAUSE} s")
    lines += crawl.report_polite(PAUSE, crawl.crawled(crawl.OURS, Shape(portals, POLITE), delay=PAUSE))
    if memory:
        say("memory")
        few, many = (crawl.crawled(crawl.OURS, Shape(20, each, small=True)) for each in (FEW, memory))
        lines += crawl.report_memory(few, many)
    typer.echo("\n".join(lines))


@app.command("documents")
def one_documents(
    count: Annotated[int, typer.Option(help="how many documents of each kind")] = DOCUMENTS,
) -> None:
    """Read documents other than pages, beside well-known libraries."""
    typer.echo(f"{count} documents of each kind, median of {ROUNDS} rounds")
    for rate in documents.document_rates(count, rounds=ROUNDS):
        typer.echo(f"  {rate.kind:<6}{rate.way:<26}{rate.per_second:8.1f} documents/s {rate.ratio:6.2f} x")


@app.command("cluster")
def one_cluster(
    reports: Annotated[int, typer.Option(help="how many reports are built, about")] = CLUSTERED,
    rounds: Annotated[int, typer.Option(help="how often all ways are measured in turn")] = BUILD_ROUNDS,
    memory: Annotated[
        int, typer.Option(help="how many reports are built where memory is measured, beside a tenth of them")
    ] = 0,
) -> None:
    """Build with processes and with a cluster on this machine; and with `memory`, measure that too."""
    pages = sample_pages()

    def say(line: str) -> None:
        typer.echo(line, err=True)

    copies, most = (max(1, many // len(pages)) for many in (reports, memory))
    timed = cluster.beside_processes(pages, copies=copies, rounds=rounds, say=say)
    built = len(pages) * copies
    typer.echo(f"build of {built} reports with {usable_cores()} cores, median of {rounds} rounds")
    typer.echo("\n".join(cluster.report(timed)))
    if memory:
        few = max(1, most // 10)
        high = timed[1].peak if most == copies else cluster.peak_of_build(pages, most, say)
        peaks = [(len(pages) * few, cluster.peak_of_build(pages, few, say)), (len(pages) * most, high)]
        typer.echo("\n".join(cluster.report_memory(peaks)))


@app.command("yearly")
def one_yearly(
    years: Annotated[int, typer.Option(help="how many years are fetched; 18 is all since 2008")] = 1,
    rate: Annotated[float, typer.Option(help="requests a second that one process can do")] = RATE,
) -> None:
    """Reckon the crawl of the whole country by the number of tasks that run at a time."""
    costs = yearly.Costs(years=years, rate=rate)
    typer.echo("\n".join(yearly.report(costs, yearly.reckon(costs))))


@app.command("ocr")
def one_ocr(
    reports: Annotated[int, typer.Option(help="how many reports are read in each way")] = 1,
    tables: Annotated[int, typer.Option(help="how many tables of figures in each way")] = 1,
) -> None:
    """Read reports from pictures of them, damaged in many ways, and count what is right and wrong."""
    _ocr(ocr.WAYS, reports, tables)


def _ocr(ways: Sequence[ocr.Way], reports: int, tables: int) -> None:
    for line in ocr.lines("reports read from pictures", ocr.report_scores(ways, reports)):
        typer.echo(line)
    if tables:
        title = "figures that nothing but two ways alike confirms"
        for line in ocr.lines(title, ocr.grid_scores(ways, tables)):
            typer.echo(line)


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
