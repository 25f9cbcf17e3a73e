"""Hosts that do not want to be asked are left alone: for how long, by which crawls, and with which of their group."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Asked, Farm, Reply, Site

_TOLERANCE = 0.02  # seconds by which the clocks of two processes may look apart
_SHELL = Reply(b"<html><script>document.cookie='C3VK=1';eval('x')</script></html>".ljust(974))
_MINUTE = timedelta(minutes=1)


def behind_a_wall(home: str) -> Site:
    return dict.fromkeys(town.small(home), _SHELL)


def in_order(*farms: Farm) -> list[Asked]:
    return sorted((one for farm in farms for one in farm.asked), key=lambda one: one.came)


def pauses(asked: list[Asked]) -> list[float]:
    return [second.came - first.answered for first, second in pairwise(asked)]


def test_a_host_with_a_wall_is_not_asked_again_that_day_by_any_crawl(tmp_path: Path) -> None:
    with Farm(behind_a_wall) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        assert crawl(portals, tmp_path).returncode == 1
        assert farm.paths() == ["/robots.txt", "/"]
        for option in ("--refetch", "--year=2023"):
            assert crawl(portals, tmp_path, option).returncode == 1
        assert farm.paths() == ["/robots.txt", "/"]
    first, *later = (entry for entry in ledger(tmp_path) if entry.kind == "page")
    assert first.outcome is Outcome.CHALLENGE
    assert first.left_until == first.fetched_at + timedelta(hours=24)
    assert [(one.outcome, one.attempts, one.left_until) for one in later] == [
        (Outcome.CHALLENGE, 0, first.left_until)
    ] * 2
    assert later[0].note == f"not asked: 127.0.0.1 is left alone until {first.left_until:%Y-%m-%d %H:%M} UTC"


@pytest.mark.parametrize(("hours", "asks"), [(23.9, False), (24.1, True)])
def test_the_day_is_over_after_24_hours(tmp_path: Path, hours: float, asks: bool) -> None:
    with Farm(town.small) as farm:
        with Archive.open(tmp_path / "archive") as archive:
            run = archive.begin_run({})
            archive.store_failure(
                farm.home,
                outcome=Outcome.CAPTCHA,
                fetched_at=datetime.now(UTC) - timedelta(hours=hours),
                portal="990900",
                run=run.id,
                kind="page",
            )
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
    assert bool(farm.asked) is asks


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_names_a_late_hour_is_left_until_then(tmp_path: Path, status: int) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    path = "/zfxxgknb/t20240110_0.html"
    busy = Reply(status=status, headers={"Retry-After": f"{later:%a, %d %b %Y %H:%M:%S} GMT"})
    with Farm(lambda home: {**town.small(home), path: busy}) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        assert crawl(portals, tmp_path).returncode == 1
        assert farm.paths().count(path) == 1
        assert farm.paths()[-1] == path  # the other reports are not asked for any more
        asked = len(farm.asked)
        crawl(portals, tmp_path)
        assert len(farm.asked) == asked
    untils = {entry.left_until for entry in ledger(tmp_path) if entry.left_until}
    assert len(untils) == 1
    assert abs(untils.pop() - later) < _MINUTE


def test_portals_of_one_group_are_asked_one_at_a_time(tmp_path: Path) -> None:
    with Farm(town.small, "127.0.0.2") as one, Farm(town.small, "127.0.0.3") as other:
        portals = portals_file(tmp_path, {"1": one.home, "2": other.home}, group="waf")
        assert crawl(portals, tmp_path, "--delay", "0.15").returncode == 0
    assert min(pauses(in_order(one, other))) >= 0.15 - _TOLERANCE


def test_a_group_is_left_once_two_of_its_hosts_show_the_same_wall(tmp_path: Path) -> None:
    """The third host of the group is left unasked; one that is alike and in no group is asked."""
    with ExitStack() as stack:
        sites = [behind_a_wall, behind_a_wall, town.small]
        farms = [stack.enter_context(Farm(site, f"127.0.0.{n}")) for n, site in enumerate(sites, start=2)]
        portals = portals_file(tmp_path, {str(n): farm.home for n, farm in enumerate(farms)}, group="waf")
        crawl(portals, tmp_path)
    assert [farm.paths() for farm in farms] == [["/robots.txt", "/"], ["/robots.txt", "/"], []]
    last = ledger(tmp_path)[-1]
    assert (last.portal, last.outcome, last.attempts) == ("2", Outcome.CHALLENGE, 0)
    assert (last.note or "").startswith("not asked: 127.0.0.2 and 127.0.0.3 show one wall")


def test_a_firewall_before_a_prefecture_is_learnt_and_its_portals_take_turns(tmp_path: Path) -> None:
    """Two portals show one shell; the two others of the prefecture, crawled at once, are asked in turn from then on."""
    with ExitStack() as stack:
        sites = [behind_a_wall, behind_a_wall, town.small, town.small]
        farms = [stack.enter_context(Farm(site, f"127.0.0.{n}")) for n, site in enumerate(sites, start=2)]
        portals = portals_file(tmp_path, {f"99010{n}": farm.home for n, farm in enumerate(farms)})
        crawl(portals, tmp_path, "--delay", "0.15")
        learnt = max(farm.asked[-1].answered for farm in farms[:2])
        # What each had already lined up, up to the pause before it, still comes.
        together = [one for one in in_order(*farms[2:]) if one.came > learnt + 0.5]
        assert len(together) >= 4
        assert len({one.host for one in together}) == 2
        assert min(pauses(together)) >= 0.15 - _TOLERANCE
        before = len(in_order(*farms))
        crawl(portals, tmp_path, "--refetch", "--delay", "0.15")  # the ledger remembers it
        assert min(pauses(in_order(*farms)[before:])) >= 0.15 - _TOLERANCE
    assert all(farm.paths()[-1] != "/" for farm in farms[2:])
