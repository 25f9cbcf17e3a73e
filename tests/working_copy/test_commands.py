"""The commands on data that lie at a storage, as a person runs them; killed, nothing is lost or fetched twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from pipeline.build import build
from pipeline.storage.store import Store
from pipeline.working_copy.session import Part, reading
from tests.crawler import town
from tests.crawler.command import ROOT, crawl, ledger, portals_file, start
from tests.crawler.farm import Farm
from tests.face.running import in_this_process
from tests.tables.making import tables_of
from tests.working_copy.test_session import machine, urls

_EACH = 7  # requests to one portal: robots.txt, two pages, one that is missing, three reports


def test_crawl_build_and_ask_though_killed(s3: str, tmp_path: Path) -> None:
    """The crawl is killed and goes on; build and question are another machine's, which has only the place."""
    with Farm(town.small, "127.0.0.2") as farm:
        portals = portals_file(tmp_path, {"1": farm.home})
        process = start(portals, s3, "--delay", "0.3")
        until = time.monotonic() + 60
        while len(farm.asked) < 4:
            assert time.monotonic() < until
            time.sleep(0.02)
        process.kill()
        process.communicate()
        done = crawl(portals, s3)
        assert done.returncode == 0, done.stderr
        paths = [request.path for request in farm.asked]
    assert len(set(paths)) == _EACH
    assert len(paths) <= _EACH + 1  # what was on its way
    assert Store(s3).sizes("archive.lock") == {}
    with machine("b"):
        built = in_this_process("build", "--data", s3)
        assert built.returncode == 0, built.stderr
        assert built.stdout.startswith(f"{s3}/builds/")
    with machine("c"):
        question = 'SELECT count(*) AS n FROM "fetch"'
        asked = in_this_process("query", question, "--format", "json", "--data", s3)
        assert json.loads(asked.stdout) == [{"n": _EACH}], asked.stderr
        covered = in_this_process("coverage", "--data", s3)
        assert "3 of 9 expected are held, 0 unexplained" in covered.stderr
        with reading(s3, [Part.ARCHIVE]) as data:
            assert len(ledger(data)) == _EACH
            build(data)
            local = tables_of(data)
    name = json.loads(Store(s3).read("built.json"))["build"]
    assert {one: Store(s3).read(f"builds/{name}/tables/{one}") for one in local} == local


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pipeline.archive import Archive
from pipeline.storage.store import Store
from pipeline.working_copy.session import Part, writing

left = [int(sys.argv[3])]
def deadly(name):
    there = getattr(Store, name)
    def call(self, *given):
        for after in (False, True):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            if not after:
                done = there(self, *given)
                left[0] -= 1
        return done
    setattr(Store, name, call)

with writing(sys.argv[1], [Part.ARCHIVE], print) as data:
    with Archive.open(data / "archive") as archive:
        for name in (sys.argv[2], sys.argv[2] + "b"):
            archive.store_resource(f"file:///{name}", name.encode(), "text/html", datetime.now(UTC))
    deadly("send")
    deadly("create")
"""


def test_killed_while_it_sends_nothing_is_lost_or_there_twice(s3: str) -> None:
    """Before the volume is sent, after it, and after the ledger's lines are and before it is noted."""
    wanted: list[str] = []
    for number in range(3):
        killed = subprocess.run(
            [sys.executable, "-c", _KILLED, s3, str(number), str(number)], cwd=ROOT, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        wanted += [str(number), f"{number}b"]
    last = subprocess.run([sys.executable, "-c", _KILLED, s3, "3", "99"], cwd=ROOT, check=False)
    assert last.returncode == 0
    with machine("b"), reading(s3, [Part.ARCHIVE]) as data:
        assert urls(data) == [*wanted, "3", "3b"]


def test_run_of_the_year_is_done_where_the_data_lie(s3: str, tmp_path: Path) -> None:
    """Crawl, build, candidate and report; another machine finds all of it done."""
    with Farm(town.small, "127.0.0.2") as farm:
        portals = portals_file(tmp_path, {"1": farm.home})
        options = ("run", "--year", "2023", "--portals", str(portals), "--delay", "0", "--data", s3)
        first = subprocess.run(
            [sys.executable, "-m", "gongkai", *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert first.returncode == 0, first.stderr
        asked = len(farm.asked)
    with machine("b"):
        second = in_this_process(*options)
    assert (second.returncode, len(farm.asked)) == (0, asked), second.stderr
    assert "the tables are of this archive, data and program" in second.stderr
    assert second.stdout == first.stdout
    page = second.stdout.strip().removeprefix(f"{s3}/")
    assert "2026" in Store(s3).read(page).decode()
    assert {name.partition("/")[2] for name in Store(s3).sizes("releases")} >= {
        "SHA256SUMS",
        "tables/figure.parquet",
    }


def test_place_that_cannot_be_reached_ends_with_its_code(s3: str) -> None:
    for url, code, said in (
        ("s3://no-such-bucket/x", 3, "there is no such bucket"),
        (s3, 3, f"There are no data of gongkai at {s3}"),
        ("nonsense://x/y", 2, "no address of a storage"),
    ):
        done = in_this_process("coverage", "--data", url)
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
