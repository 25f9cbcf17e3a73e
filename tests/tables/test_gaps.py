"""What explains that a report is not held: the most particular thing that is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from pipeline.build import build
from pipeline.coverage import coverage
from tests.tables.making import SPRING_2023, START, Crawl, reports
from tests.tables.test_coverage import HEALTH, SCIENCE, covered, held


def part(crawl: Crawl, path: str, organ: str | None, year: int | None) -> str:
    """A part of the column, as a link names it."""
    crawl.sight(crawl.home + path, organ, year, verdict="list", text=organ or f"{year}年")
    return crawl.home + path


def test_broken_list_explains_what_it_is_the_list_of(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019, 2022)
        crawl.sight(crawl.report(reports("jia-health", 2020)[0]).url, HEALTH, 2020)
        crawl.fetch(part(crawl, "2021/", None, 2021), "<html></html>", kind="list")
        crawl.fetch(
            crawl.home + "2021/2", outcome=Outcome.TIMEOUT, kind="list", referrer=crawl.home + "2021/"
        )
        crawl.fetch(part(crawl, "health/", HEALTH, None), outcome=Outcome.ROBOTS_REFUSED, kind="list")

    answer = covered(tmp_path, fill, years=[2019, 2020, 2021, 2022])
    assert answer[SCIENCE, 2020] == ("failed", "list:timeout")  # the folder may name the year of posting
    assert answer[SCIENCE, 2021] == ("failed", "list:timeout")
    assert {reason for (organ, _), (_, reason) in answer.items() if organ == HEALTH and reason} == {
        "list:robots_refused"
    }


def test_empty_column_of_an_organ_is_an_expectation(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2021, 2022)
        crawl.fetch(part(crawl, "health/", HEALTH, None), outcome=Outcome.EMPTY_LIST, kind="list")
        crawl.fetch(crawl.home + "beside/", outcome=Outcome.EMPTY_LIST, kind="list")

    assert covered(tmp_path, fill) == {
        (SCIENCE, 2021): ("held", None),
        (SCIENCE, 2022): ("held", None),
        (HEALTH, 2021): ("missing", "list:empty_list"),
        (HEALTH, 2022): ("missing", "list:empty_list"),
        (None, None): ("missing", "list:empty_list"),
    }


def test_list_that_fell_short_is_told_where_nothing_is_missing(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2022)
        crawl.fetch(crawl.home + "list/", outcome=Outcome.SHORT_LIST, kind="list")

    assert covered(tmp_path, fill) == {
        (SCIENCE, 2022): ("held", None),
        (None, None): ("failed", "list:short_list"),
    }


def test_page_behind_the_last_of_a_list_is_not_missed_and_a_named_list_is(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2021)
        crawl.fetch(crawl.home + "index_9.html", outcome=Outcome.NOT_FOUND, kind="list")
        crawl.fetch(part(crawl, "2022/", None, 2022), outcome=Outcome.NOT_FOUND, kind="list")

    assert covered(tmp_path, fill) == {
        (SCIENCE, 2021): ("held", None),
        (SCIENCE, 2022): ("failed", "list:not_found"),
    }


@pytest.mark.parametrize(
    ("summary", "reason"),
    [({"unasked": 3}, "search_limit"), ({"crashed": 1}, "page_not_understood"), ({}, "not_announced")],
)
def test_search_that_left_something_out_is_the_reason(
    tmp_path: Path, summary: dict[str, int], reason: str
) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2021)
        crawl.summary = {"990100": summary}

    assert covered(tmp_path, fill)[SCIENCE, 2022][1] == reason


def test_new_year_is_not_due_before_april(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2022)
        crawl.sight(crawl.report(reports("jia-health", 2021)[0]).url, HEALTH, 2021)

    answer = covered(tmp_path, fill, start=datetime(2023, 2, 1, tzinfo=UTC))
    assert answer[HEALTH, 2022] == ("missing", "not_due")
    assert answer[SCIENCE, 2021] == ("missing", "not_announced")
    assert not [year for _, year in answer if year and year > 2022]


def test_organ_of_earlier_years_is_expected_in_the_newest(tmp_path: Path) -> None:
    covered(tmp_path, lambda crawl: held(crawl, 2019, 2020, 2021, 2022))
    with Crawl(tmp_path, "990100", years=[2023], start=datetime(2024, 4, 2, tzinfo=UTC)) as crawl:
        crawl.fetch(crawl.home, "<html></html>", kind="page")
    build(tmp_path)
    rows = [(row.organ, row.report_year, row.reason) for row in coverage(tmp_path) if row.state != "held"]
    assert rows == [(SCIENCE, 2023, "not_announced")]


def test_organ_that_is_silent_for_years_is_expected_no_more(tmp_path: Path) -> None:
    answer = covered(
        tmp_path,
        lambda crawl: held(crawl, 2019),
        start=datetime(2025, 5, 1, tzinfo=UTC),
        years=range(2008, 2025),
    )
    assert [year for organ, year in answer if organ] == [2017, 2018, 2019, 2020, 2021]
    assert all(
        answer[None, year] == ("missing", "not_announced") for year in (*range(2008, 2017), 2022, 2024)
    )


def test_last_run_that_asked_for_a_year_explains_it(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2022)
        crawl.fetch(crawl.home + "2021/", outcome=Outcome.TIMEOUT, kind="list")

    assert covered(tmp_path, fill, years=[2021, 2022])[SCIENCE, 2021] == ("failed", "list:timeout")
    with Crawl(tmp_path, "990100", years=[2022], start=SPRING_2023 + timedelta(days=9)) as crawl:
        crawl.fetch(crawl.home, "<html></html>", kind="page")
    build(tmp_path)
    reasons = {(row.organ, row.report_year): row.reason for row in coverage(tmp_path)}
    assert reasons[SCIENCE, 2021] == "list:timeout"
    with Crawl(tmp_path, "990100", years=[2021], start=SPRING_2023 + timedelta(days=19)) as crawl:
        crawl.fetch(crawl.home, "<html></html>", kind="page")
    build(tmp_path)
    reasons = {(row.organ, row.report_year): row.reason for row in coverage(tmp_path)}
    assert reasons[SCIENCE, 2021] == "not_announced"


def test_announced_when_its_year_is_no_longer_asked_for_is_told(tmp_path: Path) -> None:
    covered(tmp_path, lambda crawl: held(crawl, 2021, 2022), years=[2021, 2022])
    with Crawl(tmp_path, "990100", years=[2022], start=SPRING_2023 + timedelta(days=9)) as crawl:
        crawl.fetch(crawl.home, "<html></html>", kind="page")
        crawl.sight(crawl.home + "late.html", HEALTH, 2021)
    build(tmp_path)
    reasons = {(row.organ, row.report_year): row.reason for row in coverage(tmp_path)}
    assert reasons[HEALTH, 2021] == "announced_later"


def test_report_of_another_year_than_announced_is_told(tmp_path: Path) -> None:
    first, second = reports("jia-sci", 2019, 2020)

    def fill(crawl: Crawl) -> None:
        crawl.sight(crawl.report(first).url, SCIENCE, 2019)
        crawl.sight(crawl.report(second).url, SCIENCE, 2022)

    answer = covered(tmp_path, fill)
    assert answer[SCIENCE, 2020] == ("held", None)
    assert answer[SCIENCE, 2022] == ("missing", "another_report:2020")


def test_file_that_did_not_come_is_missed_where_its_page_has_no_figures(tmp_path: Path) -> None:
    title = "样例甲市科学技术局2021年政府信息公开工作年度报告"
    bare = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>全文见附件。</p></body></html>"

    def fill(crawl: Crawl) -> None:
        whole = crawl.report(reports("jia-sci", 2022)[0])
        crawl.fetch(crawl.home + "extra.pdf", outcome=Outcome.TIMEOUT, referrer=whole.url)
        page = crawl.fetch(crawl.home + "page.html", bare)
        crawl.fetch(crawl.home + "file.pdf", outcome=Outcome.NOT_FOUND, referrer=page.url)

    answer = covered(tmp_path, fill)
    assert answer[SCIENCE, 2022] == ("held", None)
    assert answer[SCIENCE, 2021] == ("failed", "not_found")
    row = next(row for row in coverage(tmp_path) if row.report_year == 2021)
    assert row.report_id is not None
    assert row.figure_count == 0


def test_file_that_cannot_be_read_says_more_than_its_cover(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2022)
        cover = crawl.fetch(crawl.home + "cover.html", "<html><body>见附件</body></html>")
        crawl.fetch(crawl.home + "file.bin", bytes(range(256)), referrer=cover.url)
        crawl.sight(cover.url, SCIENCE, 2021)

    assert covered(tmp_path, fill)[SCIENCE, 2021] == ("unreadable", "unreadable:unreadable_document")


def test_report_got_elsewhere_fills_the_gap_of_a_portal(tmp_path: Path) -> None:
    first, second = reports("jia-sci", 2021, 2022)[:1], reports("jia-sci", 2022)[:1]
    with Archive.open(tmp_path / "archive") as archive:
        archive.store_resource("file:///a.html", first[0].html, "text/html", START, name="a.html")
        archive.store_resource("file:///b.bin", bytes(range(256)), "application/x", START, name="b.bin")

    def fill(crawl: Crawl) -> None:
        crawl.sight(crawl.report(second[0]).url, SCIENCE, 2022)
        crawl.sight(crawl.fetch(crawl.home + "gone.html", outcome=Outcome.NOT_FOUND).url, SCIENCE, 2021)

    assert covered(tmp_path, fill) == {
        (SCIENCE, 2021): ("held", None),
        (SCIENCE, 2022): ("held", None),
        (None, None): ("unreadable", "unreadable:unreadable_document"),
    }
    assert [row.portal_code for row in coverage(tmp_path)] == ["990100", "990100", None]


def test_page_that_is_silent_and_had_at_its_twin_is_held(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        report = reports("jia-sci", 2022)[0]
        silent = crawl.home.replace("http:", "https:") + "2022.html"
        crawl.fetch(silent, outcome=Outcome.BROKEN_TLS, referrer=crawl.home)
        twin = crawl.fetch(crawl.home + "2022.html", report.html, referrer=crawl.home)
        crawl.fetch(silent, outcome=Outcome.REDIRECTED, note=twin.url, referrer=crawl.home)
        crawl.sight(silent, SCIENCE, 2022)

    assert covered(tmp_path, fill) == {(SCIENCE, 2022): ("held", None)}
