"""The way to a cluster, for those who may not have its engine installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from pipeline.problem import Problem
from pipeline.tables.workers import Cluster

Say = Callable[[str], None]


@contextmanager
def reading_cluster(address: str, say: Say) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address`, to read documents; `say` is told what a person should know.

    Raises Problem where Dask is not installed or no scheduler answers.
    """
    try:
        from pipeline.cluster.building import ReadingCluster  # noqa: PLC0415 - an extra, which need not be there
        from pipeline.cluster.engine import Engine  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing(error) from error
    with closing(Engine(address, say)) as engine:
        yield ReadingCluster(engine)


def missing(error: ModuleNotFoundError) -> Problem:
    """What to tell a person who has not installed the engine."""
    return Problem(
        f"The library {error.name} is not installed, which work on a cluster needs. "
        "Run: python -m pip install 'gongkai[cluster]'"
    )
