"""For every organ and year that is expected there is a report or a named reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from pipeline.build import build
from pipeline.coverage import CoverageRow, behind, coverage
from tests.tables.making import SPRING_2023, START, Crawl, reports

SCIENCE = "样例甲市科学技术局"
HEALTH = "样例甲市卫生健康委员会"
Fill = Callable[[Crawl], None]
Answer = dict[tuple[str | None, int | None], tuple[str, str | None]]


def covered(data: Path, fill: Fill, **settings: object) -> Answer:
    """State and reason by organ and year, after one crawl of one portal in the spring of 2023."""
    with Crawl(data, "990100", **{"start": SPRING_2023, **settings}) as crawl:  # type: ignore[arg-type]
        crawl.fetch(crawl.home, "<html><body>公开</body></html>", kind="page")
        fill(crawl)
    build(data)
    rows = coverage(data)
    answer = {(row.organ, row.report_year): (row.state, row.reason) for row in rows}
    assert len(answer) == len(rows)
    return answer


def held(crawl: Crawl, *years: int) -> None:
    for report in reports("jia-sci", *years):
        entry = crawl.report(report)
        crawl.sight(entry.url, "市科技局", report.publication.year)  # lists are free to shorten the name


def test_years_between_are_expected_of_every_organ(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019, 2022)
        health = reports("jia-health", 2020)[0]
        crawl.sight(crawl.report(health).url, HEALTH, 2020)

    answer = covered(tmp_path, fill)
    assert answer == {
        (SCIENCE, 2019): ("held", None),
        (SCIENCE, 2020): ("missing", "not_announced"),
        (SCIENCE, 2021): ("missing", "not_announced"),
        (SCIENCE, 2022): ("held", None),
        (HEALTH, 2019): ("missing", "not_announced"),
        (HEALTH, 2020): ("held", None),
        (HEALTH, 2021): ("missing", "not_announced"),
        (HEALTH, 2022): ("missing", "not_announced"),
    }


def failing(outcome: Outcome) -> Fill:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019)
        crawl.fetch(crawl.home + "b.html", outcome=outcome)
        crawl.sight(crawl.home + "b.html", SCIENCE, 2020, text="二〇二〇年")

    return fill


@pytest.mark.parametrize("outcome", [Outcome.NOT_FOUND, Outcome.CHALLENGE, Outcome.TIMEOUT])
def test_fetch_that_failed_is_the_reason(tmp_path: Path, outcome: Outcome) -> None:
    answer = covered(tmp_path, failing(outcome))
    assert answer[SCIENCE, 2020] == ("failed", outcome.value)
    row = next(row for row in coverage(tmp_path) if row.report_year == 2020)
    assert (row.url, row.announced_as, row.portal_code) == ("http://127.0.0.2/b.html", "二〇二〇年", "990100")


def test_announced_and_never_fetched_is_unexplained(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019)
        crawl.sight(crawl.home + "never.html", SCIENCE, 2020)

    assert covered(tmp_path, fill)[SCIENCE, 2020] == ("missing", "unexplained")


def test_gap_of_an_unfinished_run_is_unexplained(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019, 2021)
        crawl.finished = False

    answer = covered(tmp_path, fill)
    assert answer[SCIENCE, 2020] == ("missing", "unexplained")
    assert answer[SCIENCE, 2021] == ("held", None)


def test_gap_behind_a_broken_list_is_not_called_unannounced(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019, 2021)
        crawl.fetch(crawl.home + "2020/", outcome=Outcome.SERVER_ERROR, kind="list")

    assert covered(tmp_path, fill)[SCIENCE, 2020] == ("failed", "list:server_error")


def test_list_that_came_at_last_is_not_broken(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019, 2021)
        crawl.fetch(crawl.home + "2020/", outcome=Outcome.SERVER_ERROR, kind="list")
        crawl.fetch(crawl.home + "2020/", "<html><body>列表</body></html>", kind="list")

    assert covered(tmp_path, fill)[SCIENCE, 2020] == ("missing", "not_announced")


def test_document_that_is_no_report_is_told(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019)
        page = "<html><head><title>关于编制年度报告的通知</title></head><body>请按时报送</body></html>"
        crawl.sight(crawl.fetch(crawl.home + "b.html", page).url, SCIENCE, 2020)
        crawl.sight(crawl.fetch(crawl.home + "c.bin", bytes(range(256))).url, SCIENCE, 2021)

    answer = covered(tmp_path, fill)
    state, reason = answer[SCIENCE, 2020]
    assert state == "missing"
    assert reason is not None
    assert reason.startswith("not_a_report:")
    assert answer[SCIENCE, 2021] == ("unreadable", "unreadable:unreadable_document")


def test_link_left_alone_is_told(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2019, 2021)
        crawl.sight(crawl.home + "notice.html", SCIENCE, 2020, verdict="notice")

    assert covered(tmp_path, fill)[SCIENCE, 2020] == ("missing", "left_alone:notice")


def test_redirect_and_attachment_lead_to_the_report(tmp_path: Path) -> None:
    first, second = reports("jia-sci", 2019, 2020)

    def fill(crawl: Crawl) -> None:
        old, new = crawl.home + "old.html", crawl.home + "new.html"
        crawl.fetch(old, outcome=Outcome.REDIRECTED)
        crawl.fetch(new, first.html, referrer=old)
        crawl.sight(old, SCIENCE, 2019)
        cover = crawl.fetch(crawl.home + "cover.html", "<html><body>见附件</body></html>")
        crawl.fetch(crawl.home + "file.html", second.html, referrer=cover.url)
        crawl.sight(cover.url, SCIENCE, 2020)
        crawl.fetch(crawl.home + "lost.html", outcome=Outcome.REDIRECTED)
        crawl.fetch(crawl.home + "end.html", outcome=Outcome.NOT_FOUND, referrer=crawl.home + "lost.html")
        crawl.sight(crawl.home + "lost.html", SCIENCE, 2021)

    assert covered(tmp_path, fill) == {
        (SCIENCE, 2019): ("held", None),
        (SCIENCE, 2020): ("held", None),
        (SCIENCE, 2021): ("failed", "not_found"),
        (SCIENCE, 2022): ("missing", "not_announced"),
    }


def test_years_asked_for_are_the_years_expected(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        held(crawl, 2021)
        crawl.sight(crawl.home + "old.html", SCIENCE, 2009)

    answer = covered(tmp_path, fill, years=[2021, 2022])
    assert answer == {(SCIENCE, 2021): ("held", None), (SCIENCE, 2022): ("missing", "not_announced")}


def test_announced_without_organ_or_year_is_not_lost(tmp_path: Path) -> None:
    def fill(crawl: Crawl) -> None:
        crawl.sight(crawl.fetch(crawl.home + "x.html", outcome=Outcome.NOT_FOUND).url, None, 2020)

    assert covered(tmp_path, fill) == {(None, 2020): ("failed", "not_found")}


def test_portal_where_nothing_is_found_is_a_row(tmp_path: Path) -> None:
    assert covered(tmp_path, lambda _: None) == {(None, None): ("missing", "no_report_column_found")}


def test_portal_that_blocks_is_recorded_as_blocking(tmp_path: Path) -> None:
    with Crawl(tmp_path, "990100", years=[2024, 2025]) as crawl:
        crawl.fetch(crawl.home, outcome=Outcome.BLOCKED, kind="page")
    build(tmp_path)
    assert [(row.report_year, row.state, row.reason) for row in coverage(tmp_path)] == [
        (2024, "failed", "blocked"),
        (2025, "failed", "blocked"),
    ]


def test_portal_never_reached_is_unexplained(tmp_path: Path) -> None:
    with Crawl(tmp_path, "990100") as crawl:
        crawl.finished = False
    build(tmp_path)
    assert [(row.portal_code, row.reason) for row in coverage(tmp_path)] == [("990100", "unexplained")]


def test_imported_report_is_held_without_a_portal(tmp_path: Path) -> None:
    first, second = reports("jia-sci", 2019, 2020)
    with Archive.open(tmp_path / "archive") as archive:
        for name, report in (("a.html", first), ("b.html", second)):
            archive.store_resource(f"file:///{name}", report.html, "text/html", START, name=name)
    with Crawl(tmp_path, "990100", years=[2020]) as crawl:
        crawl.report(second)
    build(tmp_path)
    assert sorted(
        (row.portal_code or "", row.organ, row.report_year, row.state) for row in coverage(tmp_path)
    ) == [
        ("", SCIENCE, 2019, "held"),
        ("990100", SCIENCE, 2020, "held"),
    ]


def test_held_row_leads_to_the_current_version(tmp_path: Path) -> None:
    old, new = reports("jia-sci", 2022)
    covered(tmp_path, lambda crawl: held(crawl, 2022))
    row: CoverageRow = coverage(tmp_path)[0]
    assert row.url is not None
    assert row.url.endswith(new.path)
    assert not row.url.endswith(old.path)
    assert row.figure_count == len(new.figures)


def test_archive_that_grew_since_the_build_is_told(tmp_path: Path) -> None:
    covered(tmp_path, lambda crawl: held(crawl, 2019))
    assert behind(tmp_path) == 0
    with Crawl(tmp_path, "990100", start=START + timedelta(days=1)) as crawl:
        held(crawl, 2022)
    assert behind(tmp_path) == 2
