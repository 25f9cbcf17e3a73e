"""What a refusal is taken for: one of a page, of a scheme, or of the whole host."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.portals import Portal
from crawler.walls import Walls
from pipeline.archive import Entry, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Query, Reply
from tests.crawler.hostile.certificates import self_signed

HOME = "https://www.lin.gov.cn/"
PLAIN = "http://www.lin.gov.cn/"


class Crawl:
    """The walls of one portal, and a clock: each fetch takes a minute."""

    def __init__(self) -> None:
        self.walls = Walls([Portal("990101", "林", HOME)])
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def meets(self, url: str, outcome: Outcome = Outcome.BLOCKED, kind: str = "report") -> bool:
        """Whether the host is left alone after this."""
        self.now += timedelta(minutes=1)
        until = self.walls.leave_until(url, kind, outcome, self.now, None, is_home=False)
        status = None if outcome is Outcome.TIMEOUT else 403
        self.walls.meet(Entry(url, self.now, outcome, "990101", kind=kind, status=status, left_until=until))
        return until is not None

    def asks(self, url: str) -> bool:
        return self.walls.left(url, self.now) is None


def test_a_host_is_left_for_its_first_page_or_for_several() -> None:
    crawl = Crawl()
    pages = [f"{HOME}zwgk/{n}.html" for n in range(9)]
    assert not crawl.meets(pages[0])
    assert not crawl.meets(pages[1])
    assert not crawl.meets(pages[1].replace("https:", "http:"))  # the same page
    crawl.meets(pages[2], Outcome.HELD)
    assert [crawl.meets(page) for page in pages[3:6]] == [False, False, True]
    assert not crawl.asks(pages[6])
    crawl.now += timedelta(hours=25)
    assert [crawl.asks(pages[6]), crawl.meets(pages[6])] == [True, False]
    assert Crawl().meets("http://kjj.lin.gov.cn/index.html")
    assert Crawl().meets(HOME)


def test_a_home_page_that_is_refused_is_asked_for_by_the_other_scheme_once() -> None:
    crawl = Crawl()
    assert crawl.meets(HOME, kind="page")
    assert not crawl.asks(HOME + "a.html")
    assert [crawl.asks(PLAIN + path) for path in ("", "robots.txt", "a.html")] == [True, True, False]
    assert crawl.walls.other_scheme(HOME, crawl.now) == PLAIN
    crawl.meets(PLAIN + "robots.txt", Outcome.NOT_FOUND, "robots")
    assert crawl.asks(PLAIN)


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.CHALLENGE, Outcome.TIMEOUT])
def test_a_host_that_does_not_serve_the_other_scheme_either_is_left(outcome: Outcome) -> None:
    crawl = Crawl()
    crawl.meets(HOME, kind="page")
    crawl.meets(PLAIN, outcome, "page")
    assert [crawl.asks(url) for url in (HOME, PLAIN, PLAIN + "a.html", PLAIN + "robots.txt")] == [False] * 4
    assert crawl.walls.other_scheme(HOME, crawl.now) is None


def test_a_host_that_serves_the_other_scheme_is_asked_by_it() -> None:
    crawl = Crawl()
    crawl.meets(HOME, kind="page")
    crawl.meets(PLAIN, Outcome.HELD, "page")
    crawl.meets(PLAIN + "a.html", Outcome.TIMEOUT)
    assert [crawl.asks(url) for url in (HOME + "b.html", PLAIN + "b.html")] == [False, True]
    assert crawl.walls.other_scheme(HOME + "b.html", crawl.now) == PLAIN + "b.html"
    crawl.meets("https://kjj.lin.gov.cn/")
    assert crawl.asks("https://czj.lin.gov.cn/")  # one wall of a whole host, not two
    crawl.meets(PLAIN + "c.html", Outcome.CHALLENGE)
    assert not crawl.asks(PLAIN + "d.html")


def test_a_crawl_that_was_broken_off_between_the_schemes_goes_on_with_the_other(tmp_path: Path) -> None:
    pages: dict[str, Reply] = {}

    def answer(query: Query) -> Reply | None:
        return Reply(b"no", status=403) if query.secure else pages.get(query.path)

    with Farm({}, answer=answer, tls=self_signed()) as farm:
        pages |= town.small(farm.home)
        portals = portals_file(tmp_path, {"990900": farm.home.replace("http:", "https:")})
        assert crawl(portals, tmp_path).returncode == 0
        archive = tmp_path / "archive"
        lines = (archive / "ledger.jsonl").read_text().splitlines(keepends=True)
        told = [json.loads(line) for line in lines]
        refused = [(one["kind"], one["outcome"]) for one in told].index(("page", "blocked"))
        (archive / "ledger.jsonl").write_text("".join(lines[: refused + 1]))
        runs = (archive / "runs.jsonl").read_text().splitlines(keepends=True)
        (archive / "runs.jsonl").write_text("".join(runs[:2]))
        asked = len(farm.asked)
        assert crawl(portals, tmp_path).returncode == 0
        assert all(one.status != 403 for one in farm.asked[asked:])
    held = [entry for entry in ledger(tmp_path) if entry.kind == "report" and entry.outcome is Outcome.HELD]
    assert len(held) == 3
