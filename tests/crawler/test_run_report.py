"""The report of a run, its facts counted from what the servers were asked and gave."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from crawler.retry import ATTEMPTS
from crawler.run_facts import PortalReport, RunReport
from crawler.run_report import report_run
from pipeline.archive import Archive, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, start
from tests.crawler.farm import Farm, Reply, Site

ANNOUNCED = {
    *town.REPORTS, town.UNCERTAIN, town.FILE_PAGE, town.MISSING, town.OFFSITE, town.FORBIDDEN, town.LOOP
}  # fmt: skip
REFUSED = town.COLUMN + "2023n/202401/t20240114_103.html"
PART = town.COLUMN + "2022n/"


def small(home: str) -> Site:
    """A portal of which nothing is missing."""
    reports = {f"/zfxxgknb/t2024011{n}_{n}.html": f"清溪镇{name}2023年政府信息公开工作年度报告" for n, name in
               enumerate(("财政所", "派出所", "司法所"))}  # fmt: skip
    site = {path: town.html(town.report(title)) for path, title in reports.items()}
    site["/"] = town.html(town.page("首页", [("/zfxxgknb/", "政府信息公开年报")]))
    site["/zfxxgknb/"] = town.html(town.page("政府信息公开年报", reports.items()))
    return site


def without_reports(home: str) -> Site:
    return {"/": town.html(town.page("首页", [("/rili/", "日历")]))}


SITES = {
    "1": small,
    "2": town.town,
    "3": lambda home: {**town.town(home), REFUSED: Reply(b"no", status=412)},
    "4": lambda _: {},
    "5": without_reports,
    "6": lambda home: {**town.town(home), PART: Reply(b"trouble", status=500)},
}
Crawled = tuple[dict[str, Farm], RunReport]


def crawled(folder: Path, *, stops: int) -> Crawled:
    """All sites crawled in one run, stopped so often on the way."""
    farms = {code: Farm(site, f"127.0.0.{int(code) + 1}") for code, site in SITES.items()}
    portals = folder / "portals.csv"
    rows = [f"{code},清溪镇 {code},{farm.home}" for code, farm in farms.items()]
    portals.write_text("\n".join(["code,name,home", *rows, ""]), encoding="utf-8")
    for farm in farms.values():
        farm.__enter__()
    try:
        for _ in range(stops):
            before = sum(len(farm.asked) for farm in farms.values())
            process = start(portals, folder, "--delay", "0.1")
            while process.poll() is None and sum(len(farm.asked) for farm in farms.values()) < before + 20:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
            assert process.returncode == 3
        assert crawl(portals, folder).returncode == 1
    finally:
        for farm in farms.values():
            farm.__exit__(None, None, None)
    with Archive.open(folder / "archive", writable=False) as archive:
        return farms, report_run(archive)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawled(tmp_path_factory.mktemp("once"), stops=0)


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawled(tmp_path_factory.mktemp("parts"), stops=2)


def gaps_of(portal: PortalReport, farm: Farm) -> set[tuple[str, str, str]]:
    found = [(gap.kind, str(gap.reason), farm.path_of(gap.url)) for gap in portal.gaps]
    assert len(found) == len(set(found))
    return set(found)


TOWN_GAPS = {
    ("report", "not_found", town.MISSING),
    ("report", "offsite_redirect", town.OFFSITE),
    ("report", "robots_refused", town.FORBIDDEN),
    ("report", "redirect_loop", town.LOOP),
}


@pytest.mark.parametrize("how", ["at_once", "in_parts"])
def test_each_portal_has_what_its_server_gave(how: str, request: pytest.FixtureRequest) -> None:
    farms, report = request.getfixturevalue(how)
    whole, gaps, refused, gone, nameless, broken = report.portals
    assert [one.is_whole for one in report.portals] == [True, False, False, False, False, False]
    assert [one.came for one in report.portals] == [True, True, True, False, True, True]
    assert (whole.announced, whole.held, whole.files, whole.pages, whole.gaps) == (3, 3, 0, 2, [])
    assert (gaps.announced, gaps.held) == (len(ANNOUNCED), len(ANNOUNCED) - len(TOWN_GAPS))
    assert (gaps.files, gaps.pages) == (1, len(town.ON_THE_WAY & set(farms["2"].paths(200))))
    assert gaps_of(gaps, farms["2"]) == TOWN_GAPS
    given = set(farms["3"].paths(200)) & (ANNOUNCED | {town.MOVED_TO})
    assert (refused.announced, refused.held) == (len(ANNOUNCED), len(given))
    lost = gaps_of(refused, farms["3"])
    assert ("report", "challenge", REFUSED) in lost
    assert {path for _, _, path in lost} == ANNOUNCED - given - (
        {town.MOVED} if town.MOVED_TO in given else set()
    )
    assert (gone.announced, gone.pages, gaps_of(gone, farms["4"])) == (0, 0, {("page", "not_found", "/")})
    assert (nameless.announced, nameless.pages, nameless.gaps) == (0, 1, [])
    assert ("list", "server_error", PART) in gaps_of(broken, farms["6"])
    in_part = {path for path in ANNOUNCED if "/2022n/" in path or "/geheim/" in path}
    assert broken.announced == len(ANNOUNCED - in_part)


@pytest.mark.parametrize("how", ["at_once", "in_parts"])
def test_the_host_that_refuses_is_named(how: str, request: pytest.FixtureRequest) -> None:
    farms, report = request.getfixturevalue(how)
    (left,) = report.portals[2].left.values()
    assert (left.host, left.reason) == ("127.0.0.4", Outcome.CHALLENGE)
    unasked = [gap for gap in report.portals[2].gaps if not gap.asked and gap.reason == Outcome.CHALLENGE]
    assert left.unasked == len(unasked)
    assert not {farms["3"].path_of(gap.url) for gap in unasked} & set(farms["3"].paths())
    assert not any(one.left for one in report.portals if one.code != "3")


def test_what_a_portal_cost_is_what_its_server_saw(at_once: Crawled) -> None:
    farms, report = at_once
    for portal, farm in zip(report.portals, farms.values(), strict=True):
        assert portal.requests == len(farm.asked)
    served = sum(len(reply.body) for reply in farms["1"].site.values())
    nothing = len("<h1>没有</h1>".encode()) * len(farms["1"].paths(404))
    assert report.portals[0].size == served + nothing


def test_a_run_in_parts_comes_to_the_same(at_once: Crawled, in_parts: Crawled) -> None:
    once, parts = at_once[1], in_parts[1]
    assert [len(one.sessions) for one in (once, parts)] == [1, 3]
    assert parts.took <= parts.finished_at - parts.begun_at  # type: ignore[operator]
    for one, other in zip(once.portals, parts.portals, strict=True):
        same = (
            "announced",
            "held",
            "before",
            "other_years",
            "not_reached",
            "files",
            "pages",
            "came",
            "family",
        )
        assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
        if one.code != "3":  # where the order in which reports are asked for decides what was refused
            assert one.reasons == other.reasons
    told, seen = (
        sum(one.requests for one in parts.portals),
        sum(len(farm.asked) for farm in in_parts[0].values()),
    )
    # a stop may cut short what was asked and is not in the ledger yet
    under_way = 2 * len(parts.portals) * ATTEMPTS
    assert told <= seen <= told + under_way
    assert sum(one.waited.total_seconds() for one in parts.portals) > 1.0  # forty times most of the pause
