"""What the report of a run makes of ledgers that are written for it line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.run_facts import HostLeft, RunReport
from crawler.run_report import report_run
from pipeline.archive import Archive, Exchange, Outcome, Run, Sighting
from pipeline.problem import InputProblem

HOME = "http://www.qingxi.gov.cn/"
LIST = HOME + "nb/"
NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


class Ledger:
    """Writes an archive: runs over one portal or several, fetches one minute apart, links."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.now = datetime.now(UTC)
        self.run: Run

    def begin(self, *homes: str, **settings: object) -> None:
        portals = [
            {"code": str(n), "name": "清溪", "home": home} for n, home in enumerate(homes or (HOME,), 1)
        ]
        self.run = self.archive.begin_run({"portals": portals, "years": None, "refetch": False, **settings})
        self.archive.begin_session(self.run.id, {"contact": "a@b.example", "delay": 2.0})
        self.now = datetime.now(UTC)

    def came(self, url: str, kind: str = "report", *, portal: str = "1", **facts: Any) -> None:
        self.now += timedelta(minutes=1)
        exchange = Exchange(url, "GET", (), 200, "OK", (), url.encode(), self.now)
        facts = {"outcome": Outcome.HELD, **facts}
        self.archive.store_exchange(exchange, portal=portal, run=self.run.id, kind=kind, **facts)

    def failed(
        self, url: str, outcome: Outcome, kind: str = "report", *, portal: str = "1", **facts: Any
    ) -> None:
        self.now += timedelta(minutes=1)
        facts = {"fetched_at": self.now, **facts}
        self.archive.store_failure(url, outcome=outcome, portal=portal, run=self.run.id, kind=kind, **facts)

    def announced(
        self, *urls: str, portal: str = "1", year: int | None = None, verdict: str = "report"
    ) -> None:
        for url in urls:
            self.archive.sight(
                Sighting(portal, self.run.id, LIST, url, "年度报告", None, year, self.now, verdict)
            )

    def finish(self, **summary: object) -> RunReport:
        self.archive.finish_run(self.run.id, summary)
        return self.report()

    def report(self) -> RunReport:
        self.archive.flush()
        return report_run(self.archive, self.run.id)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Archive.open(tmp_path) as archive:
        yield Ledger(archive)


def test_what_was_held_before_is_told_apart(ledger: Ledger) -> None:
    ledger.begin()
    ledger.came(HOME + "1.html")
    ledger.failed(HOME + "2.html", Outcome.REDIRECTED, note=HOME + "22.html")
    ledger.came(HOME + "22.html")
    ledger.finish()
    ledger.begin()
    ledger.came(HOME, "page")
    ledger.announced(*(f"{HOME}{n}.html" for n in range(1, 5)))
    ledger.came(HOME + "3.html")
    ledger.failed(HOME + "4.html", Outcome.TIMEOUT)
    (portal,) = ledger.finish().portals
    assert (portal.announced, portal.held, portal.before) == (4, 3, 2)
    assert [(gap.kind, gap.reason, gap.url) for gap in portal.gaps] == [
        ("report", Outcome.TIMEOUT, HOME + "4.html")
    ]


def test_a_report_that_could_not_be_fetched_again_is_held_and_a_gap(ledger: Ledger) -> None:
    ledger.begin()
    ledger.came(HOME + "1.html")
    ledger.finish()
    ledger.begin(refetch=True)
    ledger.announced(HOME + "1.html")
    ledger.failed(HOME + "1.html", Outcome.SERVER_ERROR)
    report = ledger.finish()
    (portal,) = report.portals
    assert report.refetch
    assert (portal.held, portal.before, len(portal.gaps), portal.is_whole) == (1, 0, 1, False)


def test_a_link_counts_once_however_often_it_is_seen(ledger: Ledger) -> None:
    ledger.begin()
    ledger.announced(HOME + "1.html", HOME + "1.html", HOME.replace("http:", "https:") + "1.html")
    ledger.announced(HOME + "9.html", verdict="notice")
    ledger.came(HOME + "1.html")
    (portal,) = ledger.finish().portals
    assert (portal.announced, portal.held, portal.is_whole) == (1, 1, True)
    assert portal.look_alikes == {"notice": 1}


def test_reports_of_other_years_are_no_gaps(ledger: Ledger) -> None:
    ledger.begin(years=[2022, 2023])
    ledger.announced(HOME + "1.html", year=2019)
    ledger.announced(HOME + "2.html", year=2023)
    ledger.came(HOME + "2.html")
    report = ledger.finish()
    (portal,) = report.portals
    assert report.years == (2022, 2023)
    assert (portal.announced, portal.wanted, portal.held, portal.other_years) == (2, 1, 1, 1)
    assert portal.is_whole


def test_what_was_never_asked_for_is_not_passed_over(ledger: Ledger) -> None:
    ledger.begin(years=[2023])
    ledger.announced(HOME + "1.html", year=2023)
    ledger.announced(HOME + "2.html")
    (so_far,) = ledger.report().portals
    assert (so_far.not_reached, so_far.other_years) == (2, 0)
    (portal,) = ledger.finish().portals
    assert (portal.not_reached, portal.other_years) == (2, 0)
    assert not portal.is_whole


def test_a_home_page_may_come_from_another_of_its_addresses(ledger: Ledger) -> None:
    secure = HOME.replace("http:", "https:")
    ledger.begin(HOME, "http://www.liuhe.gov.cn/")
    ledger.failed(HOME, Outcome.CONNECTION_FAILED, "page")
    ledger.came(secure, "page")
    for url in ("http://www.liuhe.gov.cn/", "https://www.liuhe.gov.cn/", "http://liuhe.gov.cn/"):
        ledger.failed(url, Outcome.CONNECTION_FAILED, "page", portal="2")
    ledger.announced(secure + "1.html")
    ledger.came(secure + "1.html")
    one, other = ledger.finish().portals
    assert (one.came, one.is_whole, one.gaps) == (True, True, [])
    assert (other.came, [gap.kind for gap in other.gaps]) == (False, ["page"])  # one page, at three addresses


def test_dead_ends_on_the_way_are_no_gaps_but_a_moved_home_page_is(ledger: Ledger) -> None:
    ledger.begin(HOME, "http://www.liuhe.gov.cn/")
    ledger.came(HOME, "page")
    ledger.failed(HOME + "zwgk/", Outcome.NOT_FOUND, "page")
    ledger.failed(
        "http://www.liuhe.gov.cn/", Outcome.REDIRECTED, "page", portal="2", note="http://www.liuhe.gov.cn/a/"
    )
    ledger.failed("http://www.liuhe.gov.cn/a/", Outcome.SOFT_404, "page", portal="2")
    one, other = ledger.finish().portals
    assert (one.gaps, one.came) == ([], True)
    assert ([gap.reason for gap in other.gaps], other.came) == ([Outcome.SOFT_404], False)


def test_portals_of_one_host_share_what_came(ledger: Ledger) -> None:
    ledger.begin(HOME, HOME)
    ledger.came(HOME, "page")
    for portal in ("1", "2"):
        ledger.announced(HOME + "1.html", portal=portal)
    ledger.came(HOME + "1.html")
    one, other = ledger.finish().portals
    assert (one.requests, other.requests) == (2, 0)
    assert (other.came, other.held, other.before, other.is_whole) == (True, 1, 0, True)


def test_files_are_told_from_reports(ledger: Ledger) -> None:
    ledger.begin()
    ledger.announced(HOME + "1.html")
    ledger.came(HOME + "1.html")
    ledger.came(HOME + "1.pdf", referrer=HOME + "1.html")
    ledger.failed(HOME + "2.pdf", Outcome.TOO_LARGE, referrer=HOME + "1.html", anchor="附件", note="40 MB")
    (portal,) = ledger.finish().portals
    (gap,) = portal.gaps
    assert (portal.held, portal.files) == (1, 1)
    assert (gap.kind, gap.text, gap.referrer, gap.note) == ("file", "附件", HOME + "1.html", "40 MB")


def test_lists_that_fall_short_are_gaps_although_they_came(ledger: Ledger) -> None:
    ledger.begin()
    ledger.came(LIST, "list")
    ledger.failed(LIST, Outcome.SHORT_LIST, "list", attempts=0, note="12 of 40")
    (portal,) = ledger.finish().portals
    assert [(gap.kind, gap.note, gap.asked) for gap in portal.gaps] == [("list", "12 of 40", True)]


def test_a_host_is_left_until_a_time_or_for_the_run(ledger: Ledger) -> None:
    ledger.begin()
    until = datetime.now(UTC) + timedelta(hours=5)
    ledger.failed(HOME + "1.html", Outcome.RATE_LIMITED, left_until=until)
    since = ledger.now
    ledger.failed(HOME + "2.html", Outcome.RATE_LIMITED, attempts=0)
    ledger.failed("http://sjj.qingxi.gov.cn/robots.txt", Outcome.TIMEOUT, "robots")
    ledger.failed("http://sjj.qingxi.gov.cn/1.html", Outcome.TIMEOUT, attempts=0)
    (portal,) = ledger.finish().portals
    assert list(portal.left.values()) == [
        HostLeft("www.qingxi.gov.cn", Outcome.RATE_LIMITED, since, until, 1),
        HostLeft("sjj.qingxi.gov.cn", Outcome.TIMEOUT, ledger.now, None, 1),
    ]
    assert portal.requests == 2


def test_a_host_that_answers_by_the_other_scheme_is_not_left(ledger: Ledger) -> None:
    ledger.begin()
    until = datetime.now(UTC) + timedelta(hours=24)
    ledger.failed(HOME.replace("http:", "https:"), Outcome.BLOCKED, "page", left_until=until)
    assert set(ledger.report().portals[0].left) == {"www.qingxi.gov.cn"}
    ledger.came(HOME, "page")
    assert ledger.report().portals[0].left == {}


def test_time_is_counted_by_session(ledger: Ledger) -> None:
    ledger.begin()
    ledger.came(HOME, "page", waited_ms=1500, attempts=3)
    (session,) = ledger.report().sessions
    assert (session.ended_at, session.contact, session.delay) == (ledger.now, "a@b.example", 2.0)
    ledger.archive.begin_session(ledger.run.id, {"contact": None, "delay": 5.0})
    report = ledger.finish()
    assert [one.delay for one in report.sessions] == [2.0, 5.0]
    assert report.sessions[1].ended_at == report.finished_at
    (portal,) = report.portals
    assert (portal.waited, portal.requests) == (timedelta(seconds=1.5), 3)


def test_what_only_the_crawl_knew_comes_from_its_summary(ledger: Ledger) -> None:
    ledger.begin()
    ledger.announced(HOME + "1.html")
    ledger.came(HOME + "1.html")
    (portal,) = ledger.finish(**{"1": {"family": "gkmlpt", "unasked": 2, "crashed": 1}}).portals
    assert (portal.family, portal.unasked_lists, portal.crashed_pages) == ("gkmlpt", 2, 1)
    assert not portal.is_whole


def test_the_last_run_is_told_and_an_unknown_one_is_not(ledger: Ledger) -> None:
    with pytest.raises(InputProblem, match="has no run at all"):
        report_run(ledger.archive)
    ledger.begin()
    first = ledger.run.id
    ledger.begin()
    assert report_run(ledger.archive).run == ledger.run.id
    assert report_run(ledger.archive, first).run == first
    with pytest.raises(InputProblem, match=f"has no run nono. It has {first}, {ledger.run.id}"):
        report_run(ledger.archive, "nono")
