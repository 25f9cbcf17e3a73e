"""The way to a cluster, for those who may not have its engine installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pipeline.problem import Problem
from pipeline.tables.workers import Cluster

if TYPE_CHECKING:
    from pipeline.cluster.engine import Engine

Say = Callable[[str], None]


@contextmanager
def connected(address: str, say: Say) -> Iterator[Engine]:
    """The engine whose scheduler is at `address`; `say` is told what a person should know.

    Raises Problem where Dask is not installed or no scheduler answers.
    """
    try:
        from pipeline.cluster.background import loop_of_events, no_tracebacks  # noqa: PLC0415 - an extra
        from pipeline.cluster.engine import Engine  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        raise Problem(
            f"The library {error.name} is not installed, which work on a cluster needs. "
            "Run: python -m pip install 'gongkai[cluster]'"
        ) from error
    with no_tracebacks(), loop_of_events() as loop, closing(Engine(address, say, loop)) as engine:
        yield engine


@contextmanager
def reading_cluster(address: str, say: Say) -> Iterator[Cluster]:
    """The workers of `connected`, to read documents."""
    with connected(address, say) as engine:
        from pipeline.cluster.building import ReadingCluster  # noqa: PLC0415 - as above

        yield ReadingCluster(engine)
