"""What the tests of the cluster share: its processes, each of which takes a second of the processor to start."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.dask_cluster import DaskCluster

_HERE = Path(__file__).parent
_LEFT_OPEN = "ignore:unclosed <socket:ResourceWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where a scheduler or worker is killed while Dask connects to it, Dask leaves the socket to the garbage collector,
    which may come to it in any test of this folder, and by `collected` in none behind it.
    """
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.filterwarnings(_LEFT_OPEN))


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What Dask has left is gone with the test that left it."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler; each test says how many workers it has need of, and may kill them."""
    with DaskCluster(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster
