"""gongkai build: archive to tables to database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.data import DATA, DataPlace, writing

if TYPE_CHECKING:
    from pipeline.build import BuildSummary

_SHOWN = 20  # decisions that fit nothing, in full

Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Processes that read documents. Without it, one for each usable core."),
]

ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler, as tcp://host:8786."
    ),
]


def build(
    data: DataPlace = DATA,
    workers: Workers = None,
    cluster: ClusterAddress = None,
) -> None:
    """Build the Parquet tables and the DuckDB file from the archive.

    The tables are the same, byte for byte, whatever the number of workers. What was made of scans, of PDF and of
    documents that were converted is kept in DATA/cache for the next build; the folder may be deleted. With --cluster
    the workers of a Dask cluster read, which see DATA under the same path or reach its storage; one that dies costs
    nothing.

    Ends with 1 where a document is damaged in the archive, or this program failed on one; table "fetch" names
    it.

    Example: gongkai build --data datasets
    """
    with writing(data, "build") as there:
        summary = build_shown(there.folder, workers, cluster=cluster)
    typer.echo(there.database())
    if summary.damaged or summary.crashed:
        typer.echo(
            f"{summary.damaged} documents are damaged, on {summary.crashed} this program failed. "
            "Table \"fetch\" names them: outcome 'damaged', or a reason that begins with 'reader_failed'.",
            err=True,
        )
        raise typer.Exit(1)


def build_shown(
    data: Path, workers: int | None, log_every: float = 30.0, cluster: str | None = None
) -> BuildSummary:
    """Build with its progress on stderr, and say in a line what was built. Where there is no terminal, a line tells the
    progress every `log_every` seconds. `cluster` is the address of a Dask scheduler.
    """
    from contextlib import ExitStack

    from gongkai.show_build import BuildDisplay
    from pipeline.build import build as build_tables
    from pipeline.cluster.connecting import reading_cluster
    from pipeline.tables.workers import usable_cores

    with ExitStack() as stack:
        many = stack.enter_context(reading_cluster(cluster, _say)) if cluster is not None else None
        display = stack.enter_context(BuildDisplay(log_every))
        summary = build_tables(
            data,
            progress=display.read,
            slowly=display.slowly,
            workers=workers or usable_cores(),
            cluster=many,
        )
    _say(
        f"{summary.reports} reports ({summary.current} current), {summary.figures} figures, "
        f"{summary.failed_checks} failed checks within reports and {summary.failed_across} between them, "
        f"from {summary.fetches} fetches. "
        f"{summary.held} of {summary.expected} expected are held, {summary.unexplained} unexplained."
    )
    if summary.uncertain:
        _say(
            f"{summary.uncertain} pairs of organs may be one, or one have become the other, and are kept apart: "
            "see organ_uncertain."
        )
    if summary.unfit:
        _say("Decided on by a person, and fits nothing that is held: " + " ".join(summary.unfit[:_SHOWN]))
        if len(summary.unfit) > _SHOWN:
            _say(f"And {len(summary.unfit) - _SHOWN} more.")
    return summary


def _say(message: str) -> None:
    typer.echo(message, err=True)
