"""A cluster whose machines share no folder, with the data at a real server of S3."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.archive.pieces import Part as PieceOf
from pipeline.archive.pieces import absorb_left, split
from pipeline.build import build
from pipeline.cluster import building
from pipeline.cluster.connecting import reading_cluster
from pipeline.storage.store import Store
from pipeline.working_copy.pieces import FarPieces
from pipeline.working_copy.session import Part, reading, writing
from tests.cluster.dask_cluster import DaskCluster
from tests.cluster.test_crawling import EACH, held, towns, wait
from tests.crawler.command import start
from tests.tables.making import START, tables_of
from tests.tables.test_workers import fill
from tests.working_copy.conftest import s3, s3_address
from tests.working_copy.test_session import add, bodies, machine, urls

__all__ = ["s3", "s3_address"]


@pytest.fixture
def fresh(dask: DaskCluster, s3: str) -> DaskCluster:
    """Four workers that know how the server is reached."""
    dask.kill_workers(len(dask.workers))
    dask.start_workers(4)
    return dask


def test_crawled_and_built_as_in_a_folder_though_workers_are_killed(
    fresh: DaskCluster, s3: str, tmp_path: Path
) -> None:
    with towns(tmp_path) as (farms, portals):
        process = start(portals, s3, "--cluster", fresh.address, "--delay", "0.25")
        wait(lambda: sum(len(farm.asked) for farm in farms) >= 10)
        fresh.kill_workers(2)
        _, said = process.communicate(timeout=200)
        assert process.returncode == 0, said + fresh.log
        for farm in farms:
            paths = [request.path for request in farm.asked]
            assert len(set(paths)) == EACH
            assert len(paths) <= EACH + 1  # what was on its way when its worker died
    assert Store(s3).sizes("archive/pieces") == {}
    local = tmp_path / "local"
    with machine("b"), writing(s3, [Part.BUILD], print) as data:
        assert sum(held(data).values()) == 5 * EACH
        shutil.copytree(data / "archive", local / "archive", ignore=shutil.ignore_patterns("elsewhere.json"))
        for name in Store(s3).sizes("archive/warc"):
            Store(s3).fetch(f"archive/warc/{name}", local / "archive" / "warc" / name)
        with reading_cluster(fresh.address, print) as cluster:
            build(data, cluster=cluster)
        build(local)
        assert tables_of(data) == tables_of(local)
    assert Store(s3).sizes("reading") == {}


def test_built_as_by_one_machine_though_the_scheduler_is_started_again(
    dask: DaskCluster,
    s3: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In the middle of the build. A person is told of it in words, and sees no traceback of Dask."""
    monkeypatch.setattr(building, "_LISTS", 1)
    dask.kill_workers(len(dask.workers))
    dask.start_workers(1)  # which knows how the server is reached
    log = logging.getLogger("distributed")
    monkeypatch.setattr(log, "handlers", [caplog.handler])
    told: list[str] = []

    def strike(done: int, _: int) -> None:
        if done == 25:
            dask.restart_scheduler()
            dask.start_workers(1)

    with writing(s3, [Part.ARCHIVE], print) as data:
        fill(data, count=72)
    local = tmp_path / "local"
    with machine("b"), writing(s3, [Part.BUILD], print) as data:
        with reading_cluster(dask.address, told.append) as cluster:
            summary = build(data, cluster=cluster, progress=strike)
        assert (summary.reports, summary.crashed, summary.damaged) == (72, 0, 0)
        shutil.copytree(data / "archive", local / "archive", ignore=shutil.ignore_patterns("elsewhere.json"))
        for name in Store(s3).sizes("archive/warc"):
            Store(s3).fetch(f"archive/warc/{name}", local / "archive" / "warc" / name)
        build(local)
        assert tables_of(data) == tables_of(local)
    assert Store(s3).sizes("reading") == {}
    assert "The scheduler of the cluster is lost; waiting for it." in told
    assert not [record for record in caplog.records if record.exc_info]


def test_pieces_that_were_left_are_found_once_on_any_machine(s3: str) -> None:
    """The one who absorbs them dies before that is sent; another goes on, and the first comes back."""
    with writing(s3, [Part.ARCHIVE], print) as data, Archive.open(data / "archive") as archive:
        run = archive.begin_run({"portals": []})
        parts = [PieceOf(name, ({"code": name},)) for name in ("a", "b")]
        far = FarPieces(archive.root, s3)
        far.send(split(archive, run, parts).values())
    for name in ("a", "b"):
        with far.piece(name).opened(name) as piece:
            piece.store_resource(f"file:///{name}", name.encode(), "text/html", START)
    with Archive.open(data / "archive") as archive:  # without a session: nothing is sent
        archive.absorb(far.bring("a"))
    assert urls(data) == ["a"]
    with machine("b"), writing(s3, [Part.ARCHIVE, Part.PIECES], print) as other:
        with Archive.open(other / "archive") as archive:
            absorb_left(archive)
        assert sorted(urls(other)) == ["a", "b"]
    assert Store(s3).sizes("archive/pieces") == {}
    with writing(s3, [Part.ARCHIVE, Part.PIECES], print) as data:
        add(data, "c")
        with Archive.open(data / "archive") as archive:
            absorb_left(archive)
        assert Counter(urls(data)) == Counter(["a", "b", "c"])
        assert sorted(bodies(data)) == [b"a", b"b", b"c"]
    with machine("c"), reading(s3, [Part.ARCHIVE]) as data:
        assert Counter(urls(data)) == Counter(["a", "b", "c"])
