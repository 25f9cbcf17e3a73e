"""Wrong use is refused before anything is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.asking import Asking
from crawler.portals import Portal
from crawler.run import crawl
from pipeline.archive import Archive
from pipeline.problem import InputProblem
from tests.crawler import command
from tests.crawler.command import portals_file
from tests.crawler.farm import Farm

LOCAL = Portal("1", "清溪镇", "http://127.0.0.1:9/")
PUBLIC = Portal("2", "清溪镇", "http://www.qingxi.gov.cn/")


def test_a_broken_list_ends_with_2_and_asks_nothing(tmp_path: Path) -> None:
    with Farm({}) as farm:
        portals = portals_file(tmp_path, {"1": farm.home, "2": "www.qingxi.gov.cn"})
        done = command.crawl(portals, tmp_path)
    assert (done.returncode, farm.asked) == (2, [])
    assert "portals.csv, line 3" in done.stderr
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("delay", [-1.0, float("nan"), float("inf")])
def test_a_pause_that_cannot_be_kept(tmp_path: Path, delay: float) -> None:
    with pytest.raises(InputProblem, match="cannot be kept"):
        crawl([LOCAL], tmp_path, Asking(delay=delay))


def test_years_without_reports(tmp_path: Path) -> None:
    for year in (2007, (datetime.now(UTC) + timedelta(days=366)).year):
        with pytest.raises(InputProblem, match=f"no reports of {year}"):
            crawl([LOCAL], tmp_path, Asking(frozenset((2023, year))))


def test_a_public_portal_is_told_whom_to_reach(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="GONGKAI_CONTACT"):
        crawl([LOCAL, PUBLIC], tmp_path)
    with pytest.raises(InputProblem, match="ASCII"):
        crawl([PUBLIC], tmp_path, Asking(contact="联系\n我们"))


def test_no_portal(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no portal"):
        crawl([], tmp_path)


def test_years_are_named_one_by_one_or_from_one_on(tmp_path: Path) -> None:
    with Farm({}) as farm:
        portals = portals_file(tmp_path, {"1": farm.home})
        both = command.crawl(portals, tmp_path, "--since", "2008", "--year", "2020")
        early = command.crawl(portals, tmp_path, "--since", "2007")
        assert farm.asked == []
        command.crawl(portals, tmp_path, "--since", "2022")
    assert (both.returncode, early.returncode) == (2, 2)
    assert "--year or --since, not both" in both.stderr
    assert "no reports of 2007" in early.stderr
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        assert archive.runs()[0].settings["years"] == list(range(2022, datetime.now(UTC).year + 1))
