"""A cluster builds what one process builds, whatever dies meanwhile."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from pipeline.archive import Archive, Bodies
from pipeline.build import build
from pipeline.cluster import building, engine
from pipeline.cluster.building import ReadingCluster
from pipeline.cluster.connecting import connected, reading_cluster
from pipeline.cluster.readers import SIGN, Readers
from pipeline.problem import InputProblem, Problem
from pipeline.storage.store import Store
from pipeline.tables.database import open_database
from pipeline.tables.looking import Looker
from tests.cluster.dask_cluster import DaskCluster
from tests.cluster.test_crawling import wait
from tests.tables.faulty import Faulty
from tests.tables.making import no_places, tables_of
from tests.tables.test_workers import fill


def test_same_bytes_though_workers_and_the_scheduler_are_killed(
    dask: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the workers dies with pieces in its hands, and later the scheduler with all that it knew."""
    monkeypatch.setattr(building, "_LISTS", 1)
    fill(tmp_path, count=72)
    build(tmp_path)
    alone = tables_of(tmp_path)
    told: list[str] = []
    dask.have_workers(2)

    def strike(done: int, _: int) -> None:
        if done == 1:
            dask.kill_workers(1)
        if done == 25:
            dask.restart_scheduler()
            dask.start_workers(1)

    with reading_cluster(dask.address, told.append) as cluster:
        summary = build(tmp_path, cluster=cluster, progress=strike)
    assert (summary.reports, summary.crashed) == (72, 0)
    assert tables_of(tmp_path) == alone
    assert told[0].startswith("The dashboard of the cluster: http://127.0.0.1:")
    assert "The scheduler of the cluster is lost; waiting for it." in told


def test_scheduler_that_is_another_before_anything_is_asked_of_it_is_told_all(
    dask: DaskCluster, tmp_path: Path
) -> None:
    """Nothing waits while it is lost, so that nobody notices but the client of Dask, which goes on with the new one."""
    fill(tmp_path, count=2)
    make = partial(Looker, Bodies.of(tmp_path / "archive"), no_places(), "test")
    beside = Store((tmp_path / "beside").as_uri())
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        first, second = archive.entries()
    dask.have_workers(1)
    with connected(dask.address, print) as engine, ReadingCluster(engine).looking(make, beside, 2) as looking:
        assert looking.now(first) is not None
        dask.restart_scheduler()
        dask.start_workers(1)
        wait(lambda: engine.slots() == 1)
        assert looking.now(second) is not None


def test_document_that_ends_its_reader_is_told_and_its_worker_stays(
    dask: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "killed", count=3)
    monkeypatch.setattr("pipeline.build.Looker", Faulty)
    dask.have_workers(1)
    with reading_cluster(dask.address, print) as cluster:
        summary = build(tmp_path, cluster=cluster)
        assert [worker.poll() for worker in dask.workers] == [None] * len(dask.workers)
        other = tmp_path / "other"
        fill(other, "problem", count=1)
        with pytest.raises(Problem, match="cannot be looked at"):
            build(other, cluster=cluster)
    assert (summary.reports, summary.crashed) == (3, 1)
    with open_database(tmp_path) as opened:
        rows = opened.execute("SELECT url, reason FROM \"fetch\" WHERE reason LIKE 'reader_failed%'")
        assert rows.fetchall() == [("file:///killed", "reader_failed:SIGKILL")]


def test_worker_that_ends_leaves_no_word_of_what_it_was_at(tmp_path: Path) -> None:
    """Workers that lose their scheduler end their readers: no document's fault, and another worker reads it."""
    fill(tmp_path, "endless", count=3)
    place = Store((tmp_path / "beside").as_uri())
    place.write(SIGN, b"")
    readers = Readers(partial(Faulty, Bodies.of(tmp_path / "archive"), no_places(), "test"), place)
    readers.setup(None)
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        entries = list(archive.entries())
    with ThreadPoolExecutor(1) as thread:
        reading = thread.submit(readers.read, "piece", entries)
        wait(lambda: any(reader._ready for reader in readers._all) or reading.done())
        readers.teardown(None)
        with pytest.raises(ConnectionAbortedError, match="another is to read"):
            reading.result()
    assert list(place.sizes("")) == [SIGN]


def test_worker_with_another_program_is_refused(
    dask: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.cluster.readers.program", lambda: "another")
    fill(tmp_path, count=1)
    dask.have_workers(1)
    with (
        reading_cluster(dask.address, print) as cluster,
        pytest.raises(Problem, match="has another gongkai, or other libraries"),
    ):
        build(tmp_path, cluster=cluster)


def test_what_is_not_there_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_ANSWER", 0.2)
    threads = set(threading.enumerate())
    with (
        pytest.raises(Problem, match="Start one with `dask scheduler`"),
        reading_cluster("tcp://127.0.0.1:9", print),
    ):
        pass
    assert set(threading.enumerate()) <= threads  # none has connections that nobody closes
    with pytest.raises(InputProblem, match="is no address"), reading_cluster("nonsense://127.0.0.1:9", print):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "pipeline.cluster.engine")
    monkeypatch.delitem(sys.modules, "pipeline.cluster.building")
    with pytest.raises(Problem, match=r"'gongkai\[cluster\]'"), reading_cluster("tcp://127.0.0.1:9", print):
        pass
