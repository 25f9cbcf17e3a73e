"""Pauses, turns and retries as the server sees them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from crawler.manners import pause_for
from pipeline.archive import Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply

_TOLERANCE = 0.02  # seconds by which the clocks of two processes may look apart
_REPORT = town.report("清溪镇财政所2023年政府信息公开工作年度报告").encode()


def pauses(farm: Farm) -> list[float]:
    return [second.came - first.answered for first, second in pairwise(farm.asked)]


def test_the_pause_is_kept_after_each_answer_and_retry(tmp_path: Path) -> None:
    slow = "/zfxxgknb/t20240110_0.html"
    with Farm(lambda home: {**town.small(home), slow: Reply(_REPORT, wait=0.4, failures=(503,))}) as farm:
        done = crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path, "--delay", "0.25")
    assert done.returncode == 0, done.stderr
    # robots.txt, two pages, one that is missing, three reports, one of them twice
    assert len(farm.asked) == 8
    assert min(pauses(farm)) >= 0.25 - _TOLERANCE
    assert farm.most_at_once == 1


def test_two_portals_on_one_host_are_asked_in_turn(tmp_path: Path) -> None:
    with Farm(town.small) as one, Farm(town.small) as other:
        crawl(portals_file(tmp_path, {"1": one.home, "2": other.home}), tmp_path, "--delay", "0.1")
    asked = sorted((*one.asked, *other.asked), key=lambda one: one.came)
    assert min(second.came - first.answered for first, second in pairwise(asked)) >= 0.1 - _TOLERANCE


def test_portals_on_several_hosts_do_not_wait_for_one_another(tmp_path: Path) -> None:
    with Farm(town.small, "127.0.0.2") as one, Farm(town.small, "127.0.0.3") as other:
        crawl(portals_file(tmp_path, {"1": one.home, "2": other.home}), tmp_path, "--delay", "0.3")
    assert one.asked[0].came < other.asked[-1].came
    assert other.asked[0].came < one.asked[-1].came


def test_the_longer_pause_of_robots_txt_is_kept(tmp_path: Path) -> None:
    robots = Reply(b"User-agent: *\nCrawl-delay: 0.4\n", content_type="text/plain")
    with Farm(lambda home: {**town.small(home), "/robots.txt": robots}) as farm:
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path, "--delay", "0.1")
    assert min(pauses(farm)) >= 0.4 - _TOLERANCE


def test_a_robots_txt_that_asks_for_hours_is_a_refusal(tmp_path: Path) -> None:
    robots = Reply(b"User-agent: *\nCrawl-delay: 7200\n", content_type="text/plain")
    with Farm(lambda home: {**town.small(home), "/robots.txt": robots}) as farm:
        done = crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
    assert done.returncode == 1
    assert farm.paths() == ["/robots.txt"]


def test_a_robots_txt_that_fails_forbids_all(tmp_path: Path) -> None:
    with Farm(lambda home: {**town.small(home), "/robots.txt": Reply(status=500)}) as farm:
        done = crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
    assert done.returncode == 1
    assert farm.paths() == ["/robots.txt"] * 3
    assert {entry.outcome for entry in ledger(tmp_path)} == {Outcome.SERVER_ERROR}


def test_each_wait_before_asking_again_is_longer_within_its_bounds(tmp_path: Path) -> None:
    """At a pause of 0.2 seconds: 0.2 and 0.4 seconds, each lengthened by chance by up to a half."""
    paths = [f"/zfxxgknb/t2024011{n}_{n}.html" for n in range(3)]
    failing = {path: Reply(status=503) for path in paths}
    with Farm(lambda home: {**town.small(home), **failing}) as farm:
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path, "--delay", "0.2")
    waits = []
    for path in paths:
        asked = [one for one in farm.asked if one.path == path]
        waits.append([second.came - first.answered for first, second in pairwise(asked)])
    assert [len(pair) for pair in waits] == [2, 2, 2]
    busy = 0.3  # seconds that a busy machine may add
    for first, second in waits:
        assert 0.2 - _TOLERANCE <= first <= 0.3 + busy
        assert 0.4 - _TOLERANCE <= second <= 0.6 + busy
    assert len({round(wait, 3) for pair in waits for wait in pair}) > 2  # not in step


def test_retry_after_is_obeyed(tmp_path: Path) -> None:
    path = "/zfxxgknb/t20240110_0.html"
    busy = Reply(_REPORT, failures=(429,), retry_after="2")
    with Farm(lambda home: {**town.small(home), path: busy}) as farm:
        assert crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path).returncode == 0
    first, second = (asked for asked in farm.asked if asked.path == path)
    assert second.came - first.answered >= 2 - _TOLERANCE
    waited = {farm.path_of(entry.url): entry.waited_ms or 0 for entry in ledger(tmp_path)}
    assert waited.pop(path) >= 1000 * (2 - _TOLERANCE)
    assert max(waited.values()) < 1000  # the others had no pause to keep


def test_broken_answers_are_tried_again_and_named(tmp_path: Path) -> None:
    dropped, cut, once = (f"/zfxxgknb/t2024011{n}_{n}.html" for n in range(3))
    faults = {
        dropped: Reply(failures=(0,) * 9),
        cut: Reply(b"x" * 500, cut=100),
        once: Reply(_REPORT, failures=(0,)),
    }
    with Farm(lambda home: {**town.small(home), **faults}) as farm:
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
    endings = {farm.path_of(entry.url): entry for entry in ledger(tmp_path)}
    assert (endings[dropped].outcome, endings[dropped].attempts) == (Outcome.CONNECTION_FAILED, 3)
    assert (endings[cut].outcome, endings[cut].attempts) == (Outcome.TRUNCATED, 3)
    assert (endings[once].outcome, endings[once].attempts) == (Outcome.HELD, 2)


def test_a_portal_that_is_silent_is_given_up_and_the_next_one_is_not(tmp_path: Path) -> None:
    with Farm({}, "127.0.0.2") as plain, Farm(town.small, "127.0.0.3") as farm:
        secure = plain.home.replace("http:", "https:")
        homes = {"1": "http://127.0.0.9:9/", "2": secure, "3": farm.home}
        done = crawl(portals_file(tmp_path, homes), tmp_path)
    endings = {(entry.portal, entry.kind): entry.outcome for entry in ledger(tmp_path)}
    assert endings["1", "page"] is endings["1", "robots"] is Outcome.CONNECTION_FAILED
    secured = {e.outcome for e in ledger(tmp_path) if e.portal == "2" and e.url.startswith("https:")}
    assert Outcome.BROKEN_TLS in secured
    assert endings["3", "report"] is Outcome.HELD
    assert "2 清溪镇 2: home page not had, 0 of 0, 1 broken_tls" in done.stderr
    assert done.returncode == 1


def test_answers_that_are_too_large_or_damaged_are_named(tmp_path: Path) -> None:
    large, damaged, claimed = (f"/zfxxgknb/t2024011{n}_{n}.html" for n in range(3))
    faults = {
        large: Reply(b"<p>" + b"x" * (33 << 20)),
        damaged: Reply(b"\x1f\x8b no gzip", headers={"Content-Encoding": "gzip"}),
        claimed: town.html(town.report("甲"), headers={"Content-Encoding": "gzip"}),
    }
    with Farm(lambda home: {**town.small(home), **faults}) as farm:
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
    endings = {farm.path_of(entry.url): entry.outcome for entry in ledger(tmp_path)}
    assert [endings[path] for path in faults] == [Outcome.TOO_LARGE, Outcome.UNDECODABLE, Outcome.HELD]


def test_no_pause_under_a_second_for_other_machines() -> None:
    assert pause_for("127.0.0.9", 0.0, 1.0) == 0.0
    assert pause_for("localhost", 0.0, 1.0) == 0.0
    assert pause_for("::1", 0.2, 1.0) == 0.2
    assert pause_for("www.qingxi.gov.cn", 0.0, 1.0) == 1.0
    assert pause_for("10.0.0.1", 0.2, 1.0) == 1.0
    assert pause_for("127.0.0.1.evil.example", 0.0, 1.0) == 1.0
    assert pause_for("www.qingxi.gov.cn", 5.0, 1.0) == 5.0
