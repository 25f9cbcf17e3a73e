"""A cluster crawls what one machine crawls, with the same manners, whatever dies meanwhile."""

from __future__ import annotations

import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.asking import Asking
from crawler.cluster.groups import groups_of
from crawler.cluster.run import crawl_on
from crawler.portals import Portal, load_portals, registered_portals
from crawler.standing import Standing
from pipeline.archive import Archive
from pipeline.archive.pieces import Part, absorb_left, pieces_of, split
from pipeline.cluster.connecting import connected
from pipeline.problem import Problem
from tests.cluster.dask_cluster import DaskCluster
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file, start
from tests.crawler.farm import Farm

_PAUSE = 0.25
_TOLERANCE = 0.02  # seconds by which the clocks of two processes may look apart
EACH = 7  # requests to one portal: robots.txt, two pages, one that is missing, three reports


@contextmanager
def towns(folder: Path) -> Iterator[tuple[list[Farm], Path]]:
    """Five portals on four hosts."""
    with ExitStack() as stack:
        hosts = ("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.5")
        farms = [stack.enter_context(Farm(town.small, host)) for host in hosts]
        homes = {str(number): farm.home for number, farm in enumerate(farms, start=1)}
        yield farms, portals_file(folder, homes)


class _Deaf:
    """A Watcher."""

    def begun(self, run: str, *, resumed: bool) -> None: ...
    def update(self, standing: Standing) -> None: ...
    def say(self, text: str) -> None: ...


def wait(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.02)


def held(data: Path) -> Counter[tuple[str | None, str, str, str | None]]:
    """What was had of each portal, whatever the port that it had."""
    return Counter(
        (entry.portal, urlsplit(entry.url).path, entry.outcome, entry.sha256) for entry in ledger(data)
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The towns crawled on one machine."""
    folder = tmp_path_factory.mktemp("whole")
    with towns(folder) as (_, portals):
        done = crawl(portals, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_nothing_is_lost_or_asked_twice_and_manners_are_kept(
    dask: DaskCluster, whole: Path, tmp_path: Path
) -> None:
    """Two workers are killed with their portals half crawled, and later the scheduler with all workers."""
    dask.have_workers(4)
    with towns(tmp_path) as (farms, portals):
        process = start(portals, tmp_path, "--cluster", dask.address, "--delay", str(_PAUSE))
        wait(lambda: sum(len(farm.asked) for farm in farms) >= 8)
        dask.kill_workers(2)
        wait(lambda: sum(len(farm.asked) for farm in farms) >= 14)
        dask.restart_scheduler()
        dask.start_workers(2)
        out, said = process.communicate(timeout=200)
        assert process.returncode == 0, said + dask.log
        for farm in farms:
            paths = [request.path for request in farm.asked]
            assert len(set(paths)) == EACH
            assert len(paths) <= EACH + 2  # what was on its way when its worker died, once or twice
        for host in {farm.home.rsplit(":", 1)[0] for farm in farms}:
            requests = sorted(
                (each for farm in farms if farm.home.startswith(host) for each in farm.asked),
                key=lambda each: each.came,
            )
            for first, second in pairwise(requests):
                assert second.came - first.answered >= _PAUSE - _TOLERANCE
    assert held(tmp_path) == held(whole)
    assert out == ""
    assert "The scheduler of the cluster is lost" in said
    assert "5 of 5 portals have all" in said
    assert not (tmp_path / "archive" / "pieces").exists()
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        bodies = [archive.body(entry) for entry in archive.entries() if entry.sha256 is not None]
    assert len(bodies) == 5 * EACH


def test_stopped_crawl_is_gone_on_with_on_one_machine(dask: DaskCluster, tmp_path: Path) -> None:
    """The workers end within seconds, and what they brought is taken over before anything is asked."""
    dask.have_workers(1)
    with towns(tmp_path) as (farms, portals):
        process = start(portals, tmp_path, "--cluster", dask.address, "--delay", "0.5")
        wait(lambda: len(farms[0].asked) >= 3)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=100)
        assert (process.returncode, "Traceback" in said) == (3, False)
        assert "the same command goes on with it" in said
        assert pieces_of(tmp_path / "archive") != []
        done = crawl(portals, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "taken up again" in done.stderr
    assert [len(farm.asked) for farm in farms] == [EACH] * 5
    assert pieces_of(tmp_path / "archive") == []


def test_portals_that_may_share_a_firewall_are_one_task() -> None:
    def portal(code: str, home: str, group: str | None = None) -> Portal:
        return Portal(code, code, f"http://{home}/", group=group)

    portals = [
        portal("370800", "www.jining.gov.cn"),
        portal("110000", "www.beijing.gov.cn"),
        portal("370811", "www.rencheng.gov.cn"),  # of the prefecture 3708
        portal("x", "kjj.rencheng.gov.cn"),  # of that domain
        portal("y", "www.one.cn", "wall"),
        portal("z", "www.two.cn", "wall"),
    ]
    assert [[each.code for each in group] for group in groups_of(portals)] == [
        ["370800", "370811", "x"],
        ["110000"],
        ["y", "z"],
    ]
    registered = load_portals(registered_portals())
    assert sum(map(len, groups_of(registered))) == len(registered)


def test_kill_while_a_piece_is_absorbed_costs_nothing(whole: Path, tmp_path: Path) -> None:
    """The archive has some of the lines, and the files of the piece have changed folders, in all states."""
    data = tmp_path / "data"
    with Archive.open(data / "archive") as archive:
        run = archive.begin_run({})
        codes = [str(number) for number in range(1, 6)]
        piece = split(archive, run, [Part("p", tuple({"code": code} for code in codes))])["p"]
    for log in ("ledger.jsonl", "sightings.jsonl"):
        shutil.copy(whole / "archive" / log, piece / log)
    for volume in (whole / "archive" / "warc").iterdir():
        shutil.copy(volume, piece / "warc")
    lines = (piece / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    for taken in (0, 1, len(lines) - 1, len(lines)):
        killed = tmp_path / str(taken)
        shutil.copytree(data, killed)
        root = killed / "archive"
        if taken:
            (root / "pieces" / "p" / "absorbing.json").write_text('{"ledger.jsonl": 0, "sightings.jsonl": 0}')
            for volume in (root / "pieces" / "p" / "warc").iterdir():
                volume.replace(root / "warc" / volume.name)
            (root / "ledger.jsonl").write_bytes(b"".join(lines[:taken]) + b'{"v":2,"url"')
        with Archive.open(root) as archive:
            absorb_left(archive)
            bodies = [archive.body(entry) for entry in archive.entries() if entry.sha256 is not None]
        assert len(bodies) == 5 * EACH
        assert held(killed) == held(whole)
        assert pieces_of(root) == []


def test_worker_with_another_program_is_refused(
    dask: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks no portal, and says what to do."""
    monkeypatch.setattr("crawler.cluster.run.program", lambda *_: "another")
    dask.have_workers(1)
    with towns(tmp_path) as (farms, portals), connected(dask.address, print) as engine:
        with pytest.raises(Problem, match="has another gongkai, or other libraries"):
            crawl_on(engine, load_portals(portals), tmp_path, Asking(delay=0.0), _Deaf())
        assert [farm.asked for farm in farms] == [[]] * 5
