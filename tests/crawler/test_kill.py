"""Killed at any moment, nothing is lost and nothing that is archived is fetched again."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from tests.crawler import town
from tests.crawler.command import ROOT, crawl, ledger, portals_file, start
from tests.crawler.farm import Farm, Site

_KILLS = 3  # each followed by a second one; every start of a process takes a second


def slow_town(home: str) -> Site:
    """The town, with answers that take a moment, so that a kill falls into the middle of them."""
    return {path: replace(reply, wait=0.015) for path, reply in town.town(home).items()}


def sightings(data: Path) -> Counter[tuple[str, str]]:
    with Archive.open(data / "archive", writable=False) as archive:
        return Counter((sighting.url, sighting.verdict) for sighting in archive.sightings())


@pytest.mark.parametrize("seed", [1, 2])
def test_kills_at_random_moments_lose_and_repeat_nothing(tmp_path: Path, seed: int) -> None:
    moments = random.Random(seed)  # noqa: S311 - no secret
    with Farm(slow_town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        for _ in range(_KILLS):
            process = start(portals, tmp_path)
            asked, wanted = len(farm.asked), moments.randint(1, 6)
            while process.poll() is None and len(farm.asked) < asked + wanted:
                time.sleep(0.002)
            time.sleep(moments.random() * 0.02)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            archived = {entry.url for entry in ledger(tmp_path)} if (tmp_path / "archive").exists() else set()
            before = len(farm.asked)
            done_with = {farm.path_of(url) for url in archived}
            probe = start(portals, tmp_path)
            while probe.poll() is None and len(farm.asked) < before + 2:
                time.sleep(0.002)
            probe.send_signal(signal.SIGKILL)
            probe.communicate()
            assert not done_with & set(farm.paths()[before:])
        done = crawl(portals, tmp_path)
    assert done.returncode == 1, done.stderr
    assert "taken up again" in done.stderr
    entries = ledger(tmp_path)
    held = {
        farm.path_of(entry.url)
        for entry in entries
        if entry.kind == "report" and entry.outcome == Outcome.HELD
    }
    assert held == town.HELD_REPORTS
    assert {farm.path_of(entry.url) for entry in entries} == town.ASKED | {town.FORBIDDEN}
    assert max(Counter(entry.url for entry in entries).values()) == 1
    assert max(sightings(tmp_path).values()) == 1
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        assert [run.finished_at is not None for run in archive.runs()] == [True]
        for entry in archive.entries():
            if entry.outcome == Outcome.HELD:
                assert archive.body(entry) == farm.site[farm.path_of(entry.url)].body


def test_a_gentle_stop_says_how_to_go_on(tmp_path: Path) -> None:
    with Farm(slow_town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        process = start(portals, tmp_path, "--delay", "0.2")
        while len(farm.asked) < 4:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 3
        assert "the same command goes on with it" in said
        assert "Traceback" not in said
        assert crawl(portals, tmp_path).returncode == 1
    held = {
        farm.path_of(one.url)
        for one in ledger(tmp_path)
        if one.kind == "report" and one.outcome == Outcome.HELD
    }
    assert held == town.HELD_REPORTS


def test_other_portals_or_years_begin_a_run_of_their_own(tmp_path: Path) -> None:
    with Farm(slow_town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        process = start(portals, tmp_path)
        while len(farm.asked) < 12:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        said = crawl(portals, tmp_path, "--year", "2023").stderr
        with Archive.open(tmp_path / "archive", writable=False) as archive:
            assert [run.finished_at is not None for run in archive.runs()] == [False, True]
            first = {farm.path_of(one.url) for one in archive.entries() if one.run == archive.runs()[0].id}
        asked = len(farm.asked)
        again = crawl(portals, tmp_path).stderr
        assert not first & set(farm.paths()[asked:])
    assert "taken up again" not in said
    assert "taken up again" in again
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        assert [run.finished_at is not None for run in archive.runs()] == [True, True]
    held = [
        farm.path_of(one.url) for one in ledger(tmp_path) if one.kind == "report" and one.outcome == "held"
    ]
    assert sorted(held) == sorted(town.HELD_REPORTS)


def test_a_second_crawl_into_the_same_archive_is_refused(tmp_path: Path) -> None:
    with Farm(slow_town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        first = start(portals, tmp_path, "--delay", "30")
        while not farm.asked:
            time.sleep(0.01)
        second = crawl(portals, tmp_path)
        first.send_signal(signal.SIGKILL)
        first.communicate()
    assert second.returncode == 3
    assert "being written by another gongkai" in second.stderr


def test_a_full_disk_ends_the_crawl_with_a_message(tmp_path: Path) -> None:
    with Farm(town.town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        command = [
            sys.executable,
            "-m",
            "gongkai",
            "crawl",
            "--portals",
            str(portals),
            "--data",
            str(tmp_path),
        ]
        full = subprocess.run(
            [*command, "--delay", "0"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000)),
        )
        assert full.returncode == 3, full.stderr
        assert "Traceback" not in full.stderr
        assert str(tmp_path / "archive") in full.stderr
        assert crawl(portals, tmp_path).returncode == 1
    held = {
        farm.path_of(one.url)
        for one in ledger(tmp_path)
        if one.kind == "report" and one.outcome == Outcome.HELD
    }
    assert held == town.HELD_REPORTS
