"""What is left to do on a portal, beside what its lists announce today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.memory import Memory
from crawler.pages import Page
from crawler.portals import Portal
from crawler.search import PortalSearch
from crawler.tasks import Task
from pipeline.archive import Archive, Exchange, Outcome, Sighting
from tests.crawler.town import page, report

NOW = datetime.now(UTC)
HOME = "http://www.qingxi.gov.cn/"
PORTAL = Portal("1", "清溪镇", HOME)
NB = "政府信息公开年报"
TITLE = "清溪镇财政所{}年政府信息公开工作年度报告"
LIST_2022 = page(NB, [("/nb/2022.html", TITLE.format(2022))])
FLAT = page(NB, [(f"/nb/{year}.html", TITLE.format(year)) for year in (2022, 2023)])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as archive:
        yield archive


def came(archive: Archive, run: str, path: str, body: str, *, kind: str = "list", by: str = "nb/") -> None:
    exchange = Exchange(
        HOME + path, "GET", (), 200, "OK", (("Content-Type", "text/html"),), body.encode(), NOW
    )
    archive.store_exchange(
        exchange, outcome=Outcome.HELD, portal="1", run=run, kind=kind, referrer=HOME + by if by else None
    )


def lost(archive: Archive, run: str, path: str, by: str = "nb/") -> None:
    archive.store_failure(
        HOME + path,
        outcome=Outcome.TIMEOUT,
        fetched_at=NOW,
        portal="1",
        run=run,
        kind="report",
        referrer=HOME + by,
    )


def sight(archive: Archive, run: str, path: str, year: int, *, text: str = TITLE, on: str = "nb/") -> None:
    archive.sight(
        Sighting("1", run, HOME + on, HOME + path, text.format(year), "清溪镇财政所", year, NOW, "report")
    )


def asked(
    archive: Archive, site: Mapping[str, str], *years: int, refetch: bool = False
) -> tuple[list[str], list[Task]]:
    """The paths that a new run asks for on a site, but for that of the menu on every page, and its tasks."""
    archive.flush()
    memory = Memory(archive, archive.begin_run({"number": len(archive.runs())}).id, refetch=refetch)
    search = PortalSearch(
        PORTAL, memory, years=frozenset(years) or None, refetch=refetch, looking_pages=20, list_pages=50
    )
    tasks: list[Task] = []
    while (task := search.next()) is not None:
        assert len(tasks) < 50
        tasks.append(task)
        path = "/" + task.url.removeprefix(HOME)
        if path in site:
            search.came(task, Page(task.url, site[path].encode(), "text/html"))
        else:
            search.failed(task)
    paths = ["/" + task.url.removeprefix(HOME) for task in tasks]
    return [path for path in paths if path != "/zwgk/"], tasks


def first_run(archive: Archive, *, finished: bool = True) -> str:
    """A run that found the column, got the report of 2023 and lost that of 2022."""
    run = archive.begin_run({}).id
    came(archive, run, "", page("首页", [("/nb/", NB)]), kind="page", by="")
    came(archive, run, "nb/", FLAT, by="")
    for year in (2022, 2023):
        sight(archive, run, f"nb/{year}.html", year)
    came(archive, run, "nb/2023.html", report(TITLE.format(2023)), kind="report")
    lost(archive, run, "nb/2022.html")
    if finished:
        archive.finish_run(run, {})
    return run


def test_a_column_that_no_page_leads_to_any_more_is_asked_for(archive: Archive) -> None:
    first_run(archive)
    made_new = {"/": page("新首页", [("/xw/t1.html", "新闻")]), "/nb/": FLAT}
    paths, _ = asked(archive, made_new)
    assert paths == ["/", "/nb/", "/nb/2022.html"]


def test_a_report_that_was_lost_and_is_announced_no_more_is_asked_for(archive: Archive) -> None:
    first_run(archive)
    site = {"/": page("首页", [("/nb/", NB)]), "/nb/": page(NB, [("/nb/2023.html", TITLE.format(2023))])}
    paths, tasks = asked(archive, site)
    assert paths == ["/", "/nb/", "/nb/2022.html"]
    assert (tasks[-1].kind, tasks[-1].referrer, tasks[-1].anchor) == (
        "report",
        HOME + "nb/",
        TITLE.format(2022),
    )
    assert asked(archive, site, 2023)[0] == ["/", "/nb/"]


def test_a_list_of_one_other_year_is_not_asked_for(archive: Archive) -> None:
    run = first_run(archive)
    came(archive, run, "nb/2022/", LIST_2022)
    sight(archive, run, "nb/2022.html", 2022, on="nb/2022/")
    gone = {"/": page("首页"), "/nb/": FLAT}
    assert "/nb/2022/" not in asked(archive, gone, 2024)[0]
    assert "/nb/2022/" in asked(archive, gone, 2021)[0], "a folder may be named by the year of posting"
    assert "/nb/2022/" in asked(archive, gone)[0]


def test_a_portal_that_does_not_answer_is_not_asked_for_more(archive: Archive) -> None:
    first_run(archive)
    assert asked(archive, {})[0] == ["/"]


def test_files_of_a_page_got_before_the_run_was_broken_off_are_asked_for(archive: Archive) -> None:
    run = first_run(archive, finished=False)
    cover = page(TITLE.format(2023), [("/nb/a.pdf", "附件1：全文"), ("/nb/b.pdf", "附件2：表格")])
    came(archive, run, "nb/2023.html", cover, kind="report")
    came(archive, run, "nb/a.pdf", "%PDF", kind="report", by="nb/2023.html")
    site = {"/": page("首页", [("/nb/", NB)]), "/nb/": FLAT, "/nb/2023.html": cover}
    paths, _ = asked(archive, site, 2023)
    assert paths == ["/", "/nb/", "/nb/2023.html", "/nb/b.pdf"]
    memory = Memory(archive, "new")
    entry = memory.replay(HOME + "nb/2023.html")
    assert entry is not None, "and the page itself comes from the archive"
    assert archive.body(entry) == cover.encode()
    assert Memory(archive, "new", refetch=True).replay(HOME + "nb/2023.html") is None


def test_a_report_whose_link_says_that_it_was_corrected_is_asked_for_once_more(archive: Archive) -> None:
    first_run(archive)
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": page(NB, [("/nb/2023.html", TITLE.format(2023) + "（更正）")]),
    }
    assert asked(archive, site, 2023)[0] == ["/", "/nb/", "/nb/2023.html"]
    run = archive.begin_run({}).id
    sight(archive, run, "nb/2023.html", 2023, text=TITLE + "（更正）")
    assert asked(archive, site, 2023)[0] == ["/", "/nb/"]


def test_refetch_asks_for_the_years_asked_for_alone(archive: Archive) -> None:
    run = first_run(archive)
    came(archive, run, "nb/2022.html", report(TITLE.format(2022)), kind="report")
    site = {"/": page("首页", [("/nb/", NB)]), "/nb/": FLAT}
    assert asked(archive, site, 2023, refetch=True)[0] == ["/", "/nb/", "/nb/2023.html"]
    assert asked(archive, site, refetch=True)[0] == ["/", "/nb/", "/nb/2022.html", "/nb/2023.html"]
