"""A page of a list is asked for by the names that it may have: that one of them does not exist is no loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.run_report import report_run
from pipeline.archive import Archive
from pipeline.build import build
from pipeline.coverage import coverage
from tests.crawler import town
from tests.crawler.command import crawl, portals_file
from tests.crawler.farm import Farm, Reply
from tests.tables.making import page_of

CODE = "990100"
COLUMN = "/zfxxgknb/"
LISTED = {f"{COLUMN}t20{year - 1999}0112_{year}.html": year for year in range(2019, 2025)}


UNNAMED = "<script>var countPage = 3;</script>"


def site(*pages: str, more: str = UNNAMED) -> dict[str, Reply]:
    """A list that says to have three pages and not how they are named; of those behind the first only these exist."""
    links = [(path, f"样例甲市科学技术局{year}年政府信息公开工作年度报告") for path, year in LISTED.items()]
    served = {path: town.html(page_of("样例甲市科学技术局", year)) for path, year in LISTED.items()}
    served["/"] = town.html(town.page("首页", [(COLUMN, "政府信息公开年报")]))
    for number, name in enumerate(("", *pages)):
        part = links[2 * number : 2 * number + 2]
        served[COLUMN + name] = town.html(town.page("政府信息公开年报", part, more=more))
    return served


def crawled(data: Path, served: dict[str, Reply]) -> tuple[str, list[str]]:
    with Farm(served) as farm:
        done = crawl(portals_file(data, {CODE: farm.home}), data)
        return done.stderr, farm.paths(404)


def test_a_name_that_does_not_exist_is_no_gap(tmp_path: Path) -> None:
    said, missed = crawled(tmp_path, site("index_2.html", "index_3.html"))
    assert sorted(missed) == ["/robots.txt", COLUMN + "index_1.html", "/zwgk/"]
    assert "not_found" not in said
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        (told,) = report_run(archive).portals
    assert (told.held, told.gaps, told.is_whole) == (len(LISTED), [], True)
    build(tmp_path)
    assert {row.state for row in coverage(tmp_path) if row.report_year in LISTED.values()} == {"held"}


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        (UNNAMED, "not_found"),
        ('<script>createPageHTML(3,0,"index","html")</script>', "short_list"),
    ],
)
def test_a_page_that_is_missing_of_a_list_is_named_once(tmp_path: Path, more: str, gap: str) -> None:
    """By the address of the page, where the number of pages may be of something else, or by that of the list."""
    said, missed = crawled(tmp_path, site("index_1.html", more=more))
    assert sorted(missed) == ["/robots.txt", COLUMN + "index_2.html", "/zwgk/"]
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        (told,) = report_run(archive).portals
    assert [(one.kind, one.reason) for one in told.gaps] == [("list", gap)]
    assert f"gaps: 1 {gap}" in said
