"""The whole crawl against a real server with the faults of real portals."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.archive import Archive, Entry, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Farm, Path, str]:
    """The town crawled once, with a second server that must not be asked."""
    data = tmp_path_factory.mktemp("town")
    with (
        Farm({}, "127.0.0.5") as elsewhere,
        Farm(lambda home: town.town(home, offsite=elsewhere.home)) as farm,
    ):
        done = crawl(portals_file(data, {"990900": farm.home}), data)
        assert done.returncode == 1, done.stderr  # four reports are announced and cannot be had
        assert elsewhere.asked == []
    return farm, data, done.stderr


def test_every_report_is_held_and_nothing_else_is_asked_for(crawled: tuple[Farm, Path, str]) -> None:
    farm, data, _ = crawled
    assert set(farm.paths()) == town.ASKED
    held = {
        farm.path_of(entry.url)
        for entry in ledger(data)
        if entry.kind == "report" and entry.outcome == "held"
    }
    assert held == town.HELD_REPORTS


def test_an_address_is_asked_once_but_for_retries(crawled: tuple[Farm, Path, str]) -> None:
    farm, _, _ = crawled
    more = {path: count for path, count in Counter(farm.paths()).items() if count > 1}
    assert more == {town.TWICE_500: 3, town.COLUMN + "index_1.html": 2}


def test_each_ending_has_its_name(crawled: tuple[Farm, Path, str]) -> None:
    farm, data, _ = crawled
    endings = {farm.path_of(entry.url): entry.outcome for entry in ledger(data)}
    assert endings[town.MISSING] is Outcome.NOT_FOUND
    assert endings[town.OFFSITE] is Outcome.OFFSITE_REDIRECT
    assert endings[town.FORBIDDEN] is Outcome.ROBOTS_REFUSED
    assert endings[town.LOOP] is Outcome.REDIRECT_LOOP
    assert endings[town.MOVED] is Outcome.REDIRECTED
    assert endings["/robots.txt"] is Outcome.HELD


def test_the_ledger_tells_the_way(crawled: tuple[Farm, Path, str]) -> None:
    farm, data, _ = crawled
    entries = {farm.path_of(entry.url): entry for entry in ledger(data)}
    moved, file, twice = entries[town.MOVED_TO], entries[town.FILE], entries[town.TWICE_500]
    assert moved.referrer == entries[town.MOVED].url
    assert moved.anchor == town.REPORTS[town.MOVED]  # the title attribute, not the cut text
    assert (file.referrer, file.kind, file.media_type) == (
        entries[town.FILE_PAGE].url,
        "report",
        "application/pdf",
    )
    assert (twice.attempts, twice.status) == (3, 200)
    assert entries["/"].kind == "page"
    assert entries[town.COLUMN + "index_1.html"].kind == "list"
    assert {entry.portal for entry in entries.values()} == {"990900"}


def test_bodies_are_what_was_served(crawled: tuple[Farm, Path, str]) -> None:
    farm, data, _ = crawled
    with Archive.open(data / "archive", writable=False) as archive:
        for entry in archive.entries():
            path = farm.path_of(entry.url)
            if entry.outcome == Outcome.HELD:
                assert archive.body(entry) == farm.site[path].body, path
                assert entry.status == 200


def test_sightings_have_verdict_organ_and_year(crawled: tuple[Farm, Path, str]) -> None:
    farm, data, _ = crawled
    with Archive.open(data / "archive", writable=False) as archive:
        sighted = {farm.path_of(one.url): one for one in archive.sightings()}
    left = [one.verdict for path, one in sighted.items() if path in town.LOOKALIKES]
    assert left == ["website_report", "notice", "interpretation", "law_report"]
    parts = {path: one.year_hint for path, one in sighted.items() if one.verdict == "list"}
    assert parts == {town.COLUMN + "2023n/": 2023, town.COLUMN + "2022n/": 2022}
    reports = {path for path, one in sighted.items() if one.verdict == "report"}
    assert reports == set(sighted) - set(town.LOOKALIKES) - set(parts)
    uncertain = sighted[town.UNCERTAIN]
    assert (uncertain.organ_hint, uncertain.year_hint) == ("清溪镇派出所", 2023)
    assert set(sighted) >= set(town.REPORTS)


def test_the_report_says_what_was_not_had(crawled: tuple[Farm, Path, str]) -> None:
    _, _, said = crawled
    for name in ("not_found", "offsite_redirect", "robots_refused", "redirect_loop", "990900 清溪镇"):
        assert name in said
    assert "Traceback" not in said


def test_the_requests_say_who_asks(crawled: tuple[Farm, Path, str]) -> None:
    farm, _, _ = crawled
    for asked in farm.asked:
        assert asked.headers["User-Agent"].startswith("gongkai/")
        assert asked.headers["Accept-Language"].startswith("zh-CN")
        assert "Cookie" not in asked.headers


def test_a_second_run_asks_for_lists_and_failures_alone(tmp_path: Path) -> None:
    with Farm(town.town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        crawl(portals, tmp_path)
        before = len(farm.asked)
        farm.site = {
            **farm.site,
            town.MISSING: town.html(town.report("清溪镇水利站2022年政府信息公开工作年度报告")),
        }
        crawl(portals, tmp_path)
        again = farm.paths()[before:]
    assert set(again) == town.ON_THE_WAY | {"/robots.txt", town.MISSING, town.OFFSITE, town.LOOP}
    last: dict[str, Entry] = {entry.url: entry for entry in ledger(tmp_path)}
    assert last[farm.home.rstrip("/") + town.MISSING].outcome is Outcome.HELD


def test_refetch_asks_for_all_and_year_for_some(tmp_path: Path) -> None:
    with Farm(town.town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        crawl(portals, tmp_path, "--year", "2022")
        some = set(farm.paths())
        before = len(farm.asked)
        crawl(portals, tmp_path, "--refetch")
        assert set(farm.paths()[before:]) == town.ASKED
    printed = {path for path, title in town.REPORTS.items() if "2022年" in title}
    others = set(town.REPORTS) - printed
    assert printed <= some
    assert not others & some


def test_a_refusal_ends_the_asking(tmp_path: Path) -> None:
    blocked = town.COLUMN + "2023n/202401/t20240112_101.html"
    for status, outcome in ((412, Outcome.CHALLENGE), (429, Outcome.RATE_LIMITED)):
        data = tmp_path / str(status)
        data.mkdir()
        with Farm(town.town) as farm:
            farm.site = {**farm.site, blocked: Reply(b"no", status=status)}
            done = crawl(portals_file(data, {"990900": farm.home}), data)
            after = farm.paths()[farm.paths().index(blocked) + 1 :]
        assert done.returncode == 1
        assert set(after) <= {blocked}
        endings = {farm.path_of(entry.url): entry for entry in ledger(data)}
        assert endings[blocked].outcome is outcome
        assert endings[blocked].attempts == (3 if status == 429 else 1)
        rest = endings[town.COLUMN + "2022n/202301/t20230114_203.html"]
        assert (rest.outcome, rest.attempts, rest.status) == (outcome, 0, None)


def test_portals_that_share_pages_ask_for_them_once(tmp_path: Path) -> None:
    with Farm(town.town) as farm:
        done = crawl(portals_file(tmp_path, {"1": farm.home, "2": farm.home}), tmp_path)
        more = {path for path, count in Counter(farm.paths(200)).items() if count > 1}
    assert more == set()
    for code in ("1", "2"):
        assert f"  {code} 清溪镇 {code}: gaps, 11 of 15, " in done.stderr
