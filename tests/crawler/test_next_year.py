"""A year is crawled on top of earlier ones: it costs the lists that may announce it, and its own reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from pipeline.archive import Outcome
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Query
from tests.crawler.province import Portal, hanweb, nfcms, static, ucap

BUILDERS = {"static": static.build, "ucap": ucap.build, "hanweb": hanweb.build, "nfcms": nfcms.build}
_OTHER_YEAR = re.compile(r"nb_20\d\d/|20(?:1\d|2[0-3])n")
_TITLE = re.compile(r"<title>[^<]*?(20\d\d)年", re.IGNORECASE)


def of_year(portal: Portal, year: int) -> set[str]:
    """The addresses under which the reports of a year are shown."""
    found = set()
    for path in set().union(*portal.reports):
        reply = portal.answer(Query("GET", path, {}, {}))
        assert reply is not None
        title = _TITLE.search(reply.body.decode("utf-8"))
        assert title is not None, path
        if int(title[1]) == year:
            found.add(path)
    return found


class Crawled:
    """What the crawl of 2024 asked of a portal and holds of it, after one of 2022 and 2023."""

    def __init__(self, portal: Portal, farm: Farm) -> None:
        self.portal = portal
        self.farm = farm
        self.before: set[str] = set()
        self.asked: list[str] = []
        self.held: set[str] = set()

    @property
    def lists(self) -> list[str]:
        reports = set().union(*self.portal.reports) | self.portal.files | self.portal.gone | {"/robots.txt"}
        return [path for path in self.asked if path not in reports]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Crawled]]:
    data = tmp_path_factory.mktemp("next_year")
    with ExitStack() as stack:
        all_: dict[str, Crawled] = {}
        for number, (name, build) in enumerate(BUILDERS.items(), 1):
            portal = build()
            farm = stack.enter_context(Farm({}, f"127.0.4.{number}", portal.answer))
            portal.home = farm.home
            all_[name] = Crawled(portal, farm)
        portals = portals_file(data, {name: one.farm.home for name, one in all_.items()})
        crawl(portals, data, "--year", "2022", "--year", "2023")
        for one in all_.values():
            one.before = set(one.farm.paths())
            one.farm.asked.clear()
        crawl(portals, data, "--year", "2024")
        for entry in ledger(data):
            if entry.kind == "report" and entry.outcome is Outcome.HELD:
                all_[entry.portal or ""].held.add(all_[entry.portal or ""].farm.path_of(entry.url))
        for one in all_.values():
            one.asked = one.farm.paths()
        yield all_


@pytest.mark.parametrize("name", BUILDERS)
def test_the_new_reports_are_held_and_no_others_asked_for(second: dict[str, Crawled], name: str) -> None:
    one = second[name]
    new = of_year(one.portal, 2024)
    groups = [group for group in one.portal.reports if group & new]
    assert len(groups) > 10
    assert all(group & one.held for group in groups)
    asked = set(one.asked) & set().union(*one.portal.reports)
    assert asked <= new
    assert not asked & one.before
    assert not one.portal.trespasses(one.asked)


@pytest.mark.parametrize("name", BUILDERS)
def test_lists_are_asked_for_once_and_none_of_other_years(second: dict[str, Crawled], name: str) -> None:
    """A flat list is gone through to its end: no order of a portal's lists is taken for granted."""
    lists = second[name].lists
    assert len(lists) == len(set(lists)) <= 30
    assert not [path for path in lists if _OTHER_YEAR.search(path)]
