"""What a crawl says at its end and what the coverage says after the build are of one mind."""

from __future__ import annotations

import pytest

from pipeline.archive import Archive
from pipeline.build import build
from pipeline.coverage import CoverageRow, announced, coverage, is_settled, is_whole
from tests.crawler import town
from tests.crawler.command import crawl, portals_file
from tests.crawler.farm import Farm

LOST = {
    "清溪镇水利站": "not_found",
    "清溪镇林业站": "offsite_redirect",
    "清溪镇人武部": "robots_refused",
    "清溪镇司法所": "redirect_loop",
}
READING = ("unreadable", "reader_failed", "damaged", "not_a_report", "another_report")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[CoverageRow], list[CoverageRow]]:
    """What was said of the town, what the archive tells alone, and what the tables tell."""
    data = tmp_path_factory.mktemp("whole")
    with Farm(town.town) as farm:
        done = crawl(portals_file(data, {"990900": farm.home}), data, "--since", "2019")
    assert done.returncode == 1, done.stderr
    with Archive.open(data / "archive", writable=False) as archive:
        run = archive.runs()[-1].id
    before = dict(announced(data, run))["990900"]
    build(data)
    return done.stderr, before, coverage(data)


def test_each_report_that_did_not_come_is_named_by_both(
    told: tuple[str, list[CoverageRow], list[CoverageRow]],
) -> None:
    said, *both = told
    for rows in both:
        lost = {row.organ: row.reason for row in rows if row.state == "failed" and row.report_year == 2022}
        assert lost == LOST
    assert "0 of 1 portals have all that is expected of them" in said
    for reason in LOST.values():
        assert f"1 {reason}" in said


def test_what_is_settled_before_reading_fails_by_reading_alone(
    told: tuple[str, list[CoverageRow], list[CoverageRow]],
) -> None:
    _, before, after = told
    assert not is_whole(before)
    settled = {(row.organ, row.report_year) for row in before if is_settled(row.reason)}
    for row in after:
        if (row.organ, row.report_year) in settled and not is_settled(row.reason):
            assert (row.reason or "").partition(":")[0] in READING, row
