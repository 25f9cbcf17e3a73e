"""Each platform family crawled for real: all its reports, nothing else, and few requests."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipeline.archive import Archive, Entry, Outcome
from tests.crawler.command import crawl, ledger, portals_file, start
from tests.crawler.farm import (
    Farm,
    Query,
    Reply,
    annual_report_jsp,
    generic,
    gkmlpt,
    jpage,
    lonsun,
    nfcms,
    openness,
    static,
    ucap,
    vsb,
)

MODULES = (static, ucap, jpage, gkmlpt, nfcms, vsb, lonsun, annual_report_jsp, openness, generic)
PLANTED = {planted.family: planted for planted in (module.planted() for module in MODULES)}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Farm], Path, str]:
    """All planted portals crawled at once, each on its own address."""
    data = tmp_path_factory.mktemp("families")
    farms: dict[str, Farm] = {}
    with ExitStack() as stack:
        for number, planted in enumerate(PLANTED.values(), 1):
            farm = Farm(planted.site(), f"127.0.1.{number}", planted.answer)
            farms[planted.family] = stack.enter_context(farm)
        done = crawl(portals_file(data, {name: farm.home for name, farm in farms.items()}), data)
        assert done.returncode == 0, done.stderr
    return farms, data, done.stderr


def entries(data: Path, family: str) -> list[Entry]:
    return [entry for entry in ledger(data) if entry.portal == family]


@pytest.mark.parametrize("family", PLANTED)
def test_all_reports_are_held_and_nothing_else(
    crawled: tuple[dict[str, Farm], Path, str], family: str
) -> None:
    farms, data, _ = crawled
    held = {
        farms[family].path_of(entry.url)
        for entry in entries(data, family)
        if entry.kind == "report" and entry.outcome is Outcome.HELD
    }
    assert held == PLANTED[family].reports
    assert not PLANTED[family].traps & set(farms[family].paths())


@pytest.mark.parametrize("family", PLANTED)
def test_few_requests_are_made(crawled: tuple[dict[str, Farm], Path, str], family: str) -> None:
    farms, _, _ = crawled
    assert len(PLANTED[family].reports) >= 60
    assert len(farms[family].asked) <= 1.3 * len(PLANTED[family].reports) + 40
    once = [(one.path, one.posted) for one in farms[family].asked if one.status == 200]
    assert len(once) == len(set(once))


def test_the_families_are_recognised(crawled: tuple[dict[str, Farm], Path, str]) -> None:
    _, data, _ = crawled
    with Archive.open(data / "archive", writable=False) as archive:
        run = archive.runs()[-1]
    assert run.summary is not None
    told = {code: facts["family"] for code, facts in run.summary.items() if isinstance(facts, dict)}
    assert told == {name: name for name in PLANTED}


def test_a_list_that_falls_short_is_in_the_ledger_once_and_taken_up_again(tmp_path: Path) -> None:
    planted = PLANTED["ucap"]

    def half(query: Query) -> Reply | None:
        reply = planted.answer(query) if planted.answer else None
        if reply is not None and query.given["page"] != "1":
            return Reply(b'{"data":{"results":[]}}', content_type="application/json")
        return reply

    with Farm(planted.site(), "127.0.2.1", half) as farm:
        portals = portals_file(tmp_path, {"ucap": farm.home})
        first = start(portals, tmp_path)
        while first.poll() is None and len(farm.asked) < 30:
            time.sleep(0.002)
        first.kill()
        first.communicate()
        before = {entry.url for entry in ledger(tmp_path)}
        asked = len(farm.asked)
        done = crawl(portals, tmp_path)
        again = {farm.home.rstrip("/") + path for path in farm.paths()[asked:]}
    assert done.returncode == 1
    assert "3 short_list" in done.stderr  # those that one call does not bring whole
    assert not before & again
    short = [entry for entry in ledger(tmp_path) if entry.outcome is Outcome.SHORT_LIST]
    assert len(short) == len({entry.url for entry in short}) == 3
    assert {entry.kind for entry in short} == {"list"}
