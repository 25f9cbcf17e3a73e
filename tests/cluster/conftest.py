"""What the tests of the cluster share: its processes, each of which takes a second of the processor to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.dask_cluster import DaskCluster


@pytest.fixture(scope="session")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler; each test says how many workers it has need of, and may kill them."""
    with DaskCluster(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster
