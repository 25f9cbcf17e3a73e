"""One report in several places is one; one that is changed is kept as a new version, and told cell by cell."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.archive import Outcome
from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.lineage import lineage
from pipeline.tables.database import open_database
from pipeline.tables.rows import Row
from pipeline.tables.versions import Versions
from tests.tables.making import START, Crawl, reports


@pytest.mark.parametrize(
    ("got", "current"),
    [
        (["a", "b"], "b"),
        (["a", "b", "a"], "a"),  # taken back
        (["b", "a"], "a"),  # whatever day is printed
    ],
)
def test_what_stands_at_the_address_is_current(tmp_path: Path, got: list[str], current: str) -> None:
    older, newer = reports("jia-sci", 2022)  # the newer prints the later day
    bodies = {"a": older.html, "b": newer.html}
    for number, name in enumerate(got):
        with Crawl(tmp_path, "990100", years=[2022], start=START + timedelta(days=number)) as crawl:
            crawl.fetch(crawl.home + "report.html", bodies[name])
    build(tmp_path)
    with open_database(tmp_path) as connection:
        found = connection.execute("SELECT sha256, is_current FROM report").fetchall()
        first = connection.execute('SELECT sha256 FROM "fetch" ORDER BY number').fetchall()
    assert len(found) == 2
    shas = {name: row[0] for name, row in zip(got, first, strict=True)}
    assert {sha for sha, is_current in found if is_current} == {shas[current]}
    assert [row.state for row in coverage(tmp_path)] == ["held"]


def test_of_two_addresses_the_later_day_printed_counts(tmp_path: Path) -> None:
    older, newer = reports("jia-sci", 2022)
    with Crawl(tmp_path, "990100", years=[2022]) as crawl:
        crawl.report(newer)
        crawl.report(older)
    build(tmp_path)
    assert [row.url for row in coverage(tmp_path)] == ["http://127.0.0.2" + newer.path]


def test_a_report_on_two_pages_is_one_with_two_addresses(tmp_path: Path) -> None:
    """The pages are dressed otherwise, and space and signs differ in the prose; the bytes are two."""
    report = reports("jia-sci", 2022)[1]
    text = report.html.decode()
    dressed = text.replace('<div class="nav">', '<div class="nav"><a href="/en/">English</a>', 1)
    dressed = dressed.replace("全年新收申请", "全年 新收申请").replace("公开前先看", "公开前，先看")
    assert dressed.count(" 新收") == 1
    with Crawl(tmp_path, "990100", years=[2022]) as crawl:
        first = crawl.report(report)
        again = crawl.fetch(crawl.home + "kjj/again.html", dressed)
        crawl.fetch(again.url, outcome=Outcome.UNCHANGED)
        crawl.report(reports("jia-sci", 2023)[0])
    summary = build(tmp_path)
    assert (summary.reports, summary.current) == (2, 2)
    with open_database(tmp_path) as connection:
        rows = connection.execute(
            "SELECT a.url, a.sha256, a.is_first, epoch(a.last_seen - a.first_seen), f.warc_offset "
            'FROM report_address AS a JOIN "fetch" AS f ON f.number = a.fetch_number JOIN report AS r '
            "ON r.report_id = a.report_id WHERE r.report_year = 2022 ORDER BY a.fetch_number"
        ).fetchall()
        assert rows == [
            (first.url, first.sha256, True, 0, first.offset),
            (again.url, again.sha256, False, 1, again.offset),
        ]
        given = connection.execute('SELECT count(*), count(DISTINCT report_id) FROM "fetch"').fetchall()
        assert given == [(4, 2)]
        received = report.figures["requests/received/total"].value
        counted = "SELECT reports, requests_received FROM city_year WHERE report_year = 2022"
        assert connection.execute(counted).fetchall() == [(1, received)]
        assert connection.execute("SELECT count(*) FROM report_revision").fetchall() == [(0,)]
    assert [row.state for row in coverage(tmp_path)] == ["held", "held"]
    told = [lineage(tmp_path, url, "requests/received/total") for url in (first.url, again.url)]
    assert told[0] == told[1]
    assert [fetch["url"] for fetch in told[0].fetches] == [first.url, again.url, again.url]


def test_what_a_revision_changed_is_told_cell_by_cell(tmp_path: Path) -> None:
    older, newer = reports("jia-sci", 2022)
    with Crawl(tmp_path, "990100", years=[2022]) as crawl:
        crawl.report(older)
        crawl.report(newer)
    build(tmp_path)
    with open_database(tmp_path) as connection:
        versions = connection.execute("SELECT version, is_current, url FROM report ORDER BY 1").fetchall()
        rows = connection.execute(
            "SELECT cell, value_before, value, status_before, status, version FROM report_revision"
        ).fetchall()
    assert [row[:2] for row in versions] == [(1, False), (2, True)]
    assert [row[2].endswith(report.path) for row, report in zip(versions, (older, newer), strict=True)] == [
        True
    ] * 2
    before, after = older.figures, newer.figures
    assert {row[0]: row[1:] for row in rows} == {
        cell: (before[cell].value, now.value, before[cell].status, now.status, 2)
        for cell, now in after.items()
        if (before[cell].value, before[cell].status) != (now.value, now.status)
    }
    assert len(rows) == 6  # one request more: received, granted and concluded, each with its total


def test_other_words_with_the_same_figures_are_a_revision_without_a_cell(tmp_path: Path) -> None:
    report = reports("jia-sci", 2022)[0]
    reworded = report.html.decode().replace("网站首页保留信息公开入口", "网站首页新增信息公开入口")
    with Crawl(tmp_path, "990100", years=[2022]) as crawl:
        crawl.report(report)
        crawl.fetch(crawl.home + "reworded.html", reworded)
    build(tmp_path)
    with open_database(tmp_path) as connection:
        assert connection.execute("SELECT version, cell FROM report_revision").fetchall() == [(2, None)]


def row(report_id: str, page: str | None, numbers: int, day: int, *, scope: str | None = None) -> Row:
    """A report of one organ and year as a file, on a page if there is one."""
    return {
        "report_id": report_id, "organ_id": "1", "organ": "样例市教育局", "report_year": 2021, "scope": scope,
        "figure_count": 150, "reported_count": numbers, "published_on": date(2022, 1, day), "fetched_at": START,
        "url": f"http://a/{report_id}", "page_url": page, "media_type": "application/pdf",
    }  # fmt: skip


def current(*rows: Row) -> str:
    versions = Versions()
    for one in rows:
        versions.meet(one)
        versions.got(one["url"], one["report_id"])
    return versions.current(rows[0]["report_id"]).report_id


def test_of_files_that_a_list_links_to_the_later_is_current_though_it_has_fewer_numbers() -> None:
    assert (
        current(row("old", "http://a/list", 150, 1), row("corrected", "http://a/list", 149, 20))
        == "corrected"
    )


def test_of_the_formats_on_a_page_the_one_with_most_numbers_is_current_be_it_the_page() -> None:
    page = row("page", None, 150, 1)
    assert current(page, row("file", page["url"], 20, 1)) == "page"
    assert current(page, row("file", page["url"], 151, 1)) == "file"


def test_two_names_in_one_year_are_two_organs_though_one_report_does_not_say_whose_it_is() -> None:
    versions = Versions()
    versions.meet(row("a", None, 1, 1), "name a")
    versions.meet(row("b", None, 1, 2, scope="own"), "name b")
    assert (versions.organ("a", "1"), versions.organ("b", "1")) == ("name a", "name b")
    assert versions.current("a").report_id == "a"


def test_of_two_files_of_one_format_on_a_page_the_later_is_current_and_the_other_no_format() -> None:
    page = row("page", None, 0, 1) | {"figure_count": 0}
    old, new = row("old", page["url"], 150, 1), row("new", page["url"], 149, 20)
    picture = row("a", page["url"], 30, 1) | {"media_type": "image/png"}
    versions = Versions()
    for one in (page, old, new, picture):
        versions.meet(one)
        versions.got(one["url"], one["report_id"])
    assert versions.current("old").report_id == "new"
    assert [versions.page(name) for name in ("page", "old", "new", "a")] == [
        None,
        None,
        page["url"],
        page["url"],
    ]


@pytest.mark.parametrize(
    ("again", "expected"),
    [(("page", "new"), "new"), (("page", "old", "new"), "old"), (("page",), "old"), (("new",), "old")],
    ids=["the page links to the new one alone", "to both", "no file came", "the page did not come"],
)
def test_a_file_that_its_page_has_given_up_for_another_is_no_format_and_not_current(
    again: tuple[str, ...], expected: str
) -> None:
    """One is a PDF and the other none, and the old one has more numbers."""
    page = row("page", None, 0, 1) | {"figure_count": 0}
    old, new = row("old", page["url"], 150, 1), row("new", page["url"], 149, 1) | {"media_type": "a/word"}
    versions = Versions()
    for one in (page, old, new):
        versions.meet(one)
    for run, names in (("1", ("page", "old")), ("2", again)):
        for name in names:
            versions.got(f"http://a/{name}", name, run)
    assert versions.current("old").report_id == expected
    assert versions.page("old") == (None if expected == "new" else page["url"])


def test_a_page_that_has_not_changed_still_links_to_what_it_did() -> None:
    page = row("page", None, 0, 1) | {"figure_count": 0}
    old, new = row("old", page["url"], 150, 1), row("new", page["url"], 149, 1) | {"media_type": "a/word"}
    versions = Versions()
    for one in (page, old, new):
        versions.meet(one)
        versions.got(one["url"], one["report_id"], "1")
    versions.got(page["url"], "page", "2", anew=False)
    versions.got(new["url"], "new", "2")
    assert versions.current("old").report_id == "old"


def test_a_report_of_which_the_organ_is_not_known_is_a_version_of_what_its_own_address_gave() -> None:
    """Else both would be counted."""
    first, again, other = (
        row(name, None, 150, day) | {"organ_id": None} for name, day in zip("abc", (1, 2, 3), strict=True)
    )
    again["url"] = first["url"]
    versions = Versions()
    for one in (first, again, other):
        versions.meet(one)
        versions.got(one["url"], one["report_id"])
    assert [versions.current(name).report_id for name in "abc"] == ["b", "b", "c"]
