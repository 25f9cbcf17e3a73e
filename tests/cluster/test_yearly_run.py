"""The yearly run over a cluster: the same tables as on one machine, and nothing fetched twice, whatever dies."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from pipeline.archive import Archive
from pipeline.build import build
from pipeline.sample import SamplePortal
from tests.cluster.dask_cluster import DaskCluster
from tests.cluster.test_crawling import wait
from tests.crawler.command import ROOT

_CITIES = ("990100", "990300")
_ON_ITS_WAY = 2  # what may be asked again: a page of each city


def test_run_comes_to_the_tables_of_one_machine(dask: DaskCluster, tmp_path: Path) -> None:
    """Killed while cities are half crawled: a worker, and then the scheduler with the other; one worker ends it."""
    dask.have_workers(2)
    with SamplePortal() as portal:
        command = ["run", "--year", "2023", "--portals", str(portal.portals_csv(tmp_path / "portals.csv"))]
        command += [word for city in _CITIES for word in ("--only", city)]
        command += ["--data", str(tmp_path / "data"), "--delay", "0.02", "--cluster", dask.address]
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", *command], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        wait(lambda: len(portal.requests) >= 10)
        dask.kill_workers(1)
        dask.restart_scheduler()
        dask.start_workers(1)
        _, said = process.communicate(timeout=200)
        asked = Counter(
            (request.city, request.path) for request in portal.requests if request.path != "/robots.txt"
        )
    assert process.returncode == 0, said + dask.log
    assert asked.total() - len(asked) <= _ON_ITS_WAY
    with Archive.open(tmp_path / "data" / "archive", writable=False) as archive:
        assert [run.finished_at is not None for run in archive.runs()] == [True]
        reports = [entry.url for entry in archive.entries() if entry.kind == "report"]
    assert len(set(reports)) == len(reports) == 3 * len(_CITIES)
    assert len(list((tmp_path / "data" / "releases").glob("*-candidate"))) == 1
    built = (tmp_path / "data" / "tables" / "SHA256SUMS").read_bytes()
    build(tmp_path / "data")
    assert (tmp_path / "data" / "tables" / "SHA256SUMS").read_bytes() == built
