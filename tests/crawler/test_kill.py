"""Killed at any moment, on a full disk or with a torn ledger: nothing is lost, nothing archived is fetched again, and
the end tells what the coverage tells.
"""

from __future__ import annotations

import random
import shutil
import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from pipeline.coverage import announced
from tests.crawler import town
from tests.crawler.command import ledger, portals_file
from tests.crawler.farm import Farm, Query, Reply, Site
from tests.crawler.killed import Crawl
from tests.crawler.province import Portal, gkmlpt_variants, vsb_variants

_WAIT = 0.01  # seconds before each answer, so that a kill falls into the middle of some
_KILLS = {"town": 9, "vsb": 8, "gkmlpt": 8}
_PROVINCE = {"vsb": vsb_variants.build, "gkmlpt": gkmlpt_variants.build}


def slow_town(home: str) -> Site:
    return {path: replace(reply, wait=_WAIT) for path, reply in town.town(home).items()}


@contextmanager
def served(name: str, folder: Path) -> Iterator[tuple[Farm, Path]]:
    """A portal of this platform, with a list of portals that names it."""
    if name == "town":
        with Farm(slow_town) as farm:
            yield farm, portals_file(folder, {"990900": farm.home})
        return
    portal: Portal = _PROVINCE[name]()

    def slowly(query: Query) -> Reply | None:
        reply = portal.answer(query)
        return reply and replace(reply, wait=_WAIT)

    with Farm({}, answer=slowly) as farm:
        portal.home = farm.home
        yield farm, portals_file(folder, {"990900": farm.home.rstrip("/") + portal.start})


@dataclass(frozen=True, slots=True)
class Held:
    """What a crawl has brought: each address with its outcome and bytes, all links noted, and what is missing of what
    is expected.
    """

    code: int | None
    verdict: str
    fetched: Counter[tuple[str, str | None, str, str | None]]
    noted: Counter[tuple[str, str]]
    coverage: Mapping[str, Sequence[object]]


def held(data: Path, ended: tuple[int | None, str]) -> Held:
    code, said = ended
    assert "Traceback" not in said, said
    with Archive.open(data / "archive", writable=False) as archive:
        (run,) = archive.runs()
        assert run.finished_at is not None, said
        noted = Counter((one.url, one.verdict) for one in archive.sightings())
        fetched = Counter((one.url, one.kind, str(one.outcome), one.sha256) for one in archive.entries())
        for entry in archive.entries():
            if entry.outcome == Outcome.HELD:
                assert archive.body(entry)
    return Held(code, said[said.index("Coverage: ") :], fetched, noted, dict(announced(data, run.id)))


def has_been_asked(farm: Farm, times: int) -> bool:
    return len(farm.asked) >= times


def addresses(data: Path) -> set[str]:
    """What a crawl that goes on must not ask for: an address with what was posted to it."""
    return {entry.url for entry in ledger(data)} if (data / "archive").exists() else set()


def asked(farm: Farm, since: int = 0) -> list[str]:
    """What the portal was asked for, as addresses of the ledger."""
    requests = list(farm.asked)[since:]
    return [farm.home.rstrip("/") + one.path + (f"#{one.posted}" if one.posted else "") for one in requests]


@pytest.mark.parametrize("name", _KILLS)
def test_kills_at_random_moments_lose_and_repeat_nothing(tmp_path: Path, name: str) -> None:
    whole, data = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    data.mkdir()
    chance = random.Random(name)  # noqa: S311 - no secret
    with served(name, tmp_path) as (farm, portals):
        expected = held(whole, Crawl(portals, whole).end())
        requests = len(farm.asked)
        farm._failed.clear()
        for moment in sorted(chance.sample(range(1, requests - 2), _KILLS[name])):
            done_with, before = addresses(data), len(farm.asked)
            process = Crawl(portals, data)
            assert process.kill_when(partial(has_been_asked, farm, requests + moment), chance.random() * 0.02)
            assert "Coverage: " not in process.said
            assert not done_with & set(asked(farm, before))
        done_with, before = addresses(data), len(farm.asked)
        ended = Crawl(portals, data).end()
        assert not done_with & set(asked(farm, before))
    assert "taken up again" in ended[1]
    assert held(data, ended) == expected
    assert max(expected.fetched.values()) == max(expected.noted.values()) == 1
    # one answer on its way here, one on its way to the disk
    assert len(farm.asked) <= 2 * (requests + _KILLS[name])


def test_a_torn_last_line_costs_its_own_fetch_alone(tmp_path: Path) -> None:
    whole, data = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    data.mkdir()
    with served("vsb", tmp_path) as (farm, portals):
        expected = held(whole, Crawl(portals, whole).end())
        until = len(farm.asked) + 12
        assert Crawl(portals, data).kill_when(partial(has_been_asked, farm, until))
        *lines, last = (data / "archive" / "ledger.jsonl").read_bytes().splitlines(keepends=True)
        for torn in (
            last[:1],
            last[: len(last) // 2],
            last[:-2],
            last[:-1],
            b"\0" * len(last),
            last[:9] + b"\0\0",
        ):
            again = tmp_path / f"torn-{len(torn)}-{torn[-1]}"
            shutil.copytree(data, again)
            (again / "archive" / "ledger.jsonl").write_bytes(b"".join(lines) + torn)
            done_with, before = addresses(again), len(farm.asked)
            assert len(done_with) == len(lines) + (torn == last[:-1])
            assert held(again, Crawl(portals, again).end()) == expected
            assert not done_with & set(asked(farm, before))


def test_a_full_disk_ends_the_crawl_with_a_message(tmp_path: Path) -> None:
    whole, data = tmp_path / "whole", tmp_path / "full"
    whole.mkdir()
    data.mkdir()
    with served("vsb", tmp_path) as (farm, portals):
        expected = held(whole, Crawl(portals, whole).end())
        for room in (2_000, 10_000, 20_000):
            done_with, before = addresses(data), len(farm.asked)
            code, said = Crawl(portals, data, room=room).end()
            assert (code, "Traceback" in said) == (3, False), said
            assert f"There is no room left to write {data / 'archive'}" in said
            assert not done_with & set(asked(farm, before))
        done_with, before = addresses(data), len(farm.asked)
        assert done_with
        assert held(data, Crawl(portals, data).end()) == expected
        assert not done_with & set(asked(farm, before))


def test_a_gentle_stop_says_how_to_go_on(tmp_path: Path) -> None:
    with served("town", tmp_path) as (farm, portals):
        process = Crawl(portals, tmp_path, "--delay", "0.2")
        assert process.signal_when(signal.SIGINT, partial(has_been_asked, farm, 4))
        code, said = process.end()
        assert code == 3
        assert "the same command goes on with it" in said
        assert "Traceback" not in said
        assert Crawl(portals, tmp_path).end()[0] == 1
    assert reports(farm, tmp_path) == sorted(town.HELD_REPORTS)


def test_other_portals_or_years_begin_a_run_of_their_own(tmp_path: Path) -> None:
    with served("town", tmp_path) as (farm, portals):
        assert Crawl(portals, tmp_path).kill_when(partial(has_been_asked, farm, 12))
        _, said = Crawl(portals, tmp_path, "--year", "2023").end()
        with Archive.open(tmp_path / "archive", writable=False) as archive:
            assert [run.finished_at is not None for run in archive.runs()] == [False, True]
            first = {one.url for one in archive.entries() if one.run == archive.runs()[0].id}
        before = len(farm.asked)
        _, again = Crawl(portals, tmp_path).end()
        assert not first & set(asked(farm, before))
    assert "taken up again" not in said
    assert "taken up again" in again
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        assert [run.finished_at is not None for run in archive.runs()] == [True, True]
    assert reports(farm, tmp_path) == sorted(town.HELD_REPORTS)


def test_a_second_crawl_into_the_same_archive_is_refused(tmp_path: Path) -> None:
    with served("town", tmp_path) as (farm, portals):
        first = Crawl(portals, tmp_path, "--delay", "30")
        assert first.signal_when(signal.SIGCONT, partial(has_been_asked, farm, 1))
        code, said = Crawl(portals, tmp_path).end()
        assert first.kill_when(lambda: True)
    assert code == 3
    assert "being written by another gongkai" in said


def reports(farm: Farm, data: Path) -> list[str]:
    """The paths of the reports held, each as often as it was fetched."""
    held = (one for one in ledger(data) if one.kind == "report" and one.outcome == Outcome.HELD)
    return sorted(farm.path_of(one.url) for one in held)
