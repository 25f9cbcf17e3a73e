"""The report of a yearly run as it was written by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gongkai.year_report import YearRun, year_markdown
from pipeline.coverage import CoverageRow
from pipeline.publish.gates import Gate, Passing
from pipeline.publish.version import Version
from pipeline.yearly import Doubt, YearStanding

HOME = "http://www.qingxi.gov.cn/"
CANDIDATE = Version.of("2026.1-candidate")
LOW = Gate("current reports of 样例省, 2023", "6", "at least 9", Passing.FAIL)
STANDING = YearStanding(
    year=2025,
    version=CANDIDATE,
    last=Version.of("2025.2"),
    portals=2,
    rows=(
        *(CoverageRow("370800", f"h{number}", "清溪市某局", 2025, "held", None) for number in range(5)),
        CoverageRow("370800", "o1", "清溪市*财政局", 2025, "failed", "blocked", url=HOME + "1.html"),
        CoverageRow("370800", "o2", "清溪市司法局", 2025, "failed", "blocked", url=HOME + "2.html"),
        CoverageRow("371502", None, None, None, "failed", "list:timeout", url=HOME + "nb/"),
        CoverageRow("371502", "o3", "河口区民政局", 2025, "missing", "not_announced"),
    ),
    held_before=7,
    contradictions=Counter(applicant_sum=3),
    doubts=(Doubt("河口区教育局", "0a1b", "outcome_sum", "requests/*/total"),),
    gates=(
        Gate("reports whose organ is not in organ", "0", "none", Passing.PASS),
        Gate("current reports of 样例省, 2025", "5", "no floor is known", Passing.NO_FLOOR),
        Gate("current reports of 样例省, 2024", "7", "at least 7", Passing.OVERRIDDEN, "A portal was away."),
    ),
)
RUN = YearRun(
    Path("my data"),
    "20260402T030000Z-7",
    datetime(2026, 4, 2, 9, 5, tzinfo=UTC),
    STANDING,
    CANDIDATE,
    "# Changes from 2025.2 to 2026.1-candidate\n\n## Reports 报告\n\nNone.\n",
)


def test_it_reads_as_it_was_written_by_hand() -> None:
    golden = Path(__file__).with_name("year_report.md").read_text(encoding="utf-8")
    assert year_markdown(RUN) == golden


def test_what_fails_stands_first_and_nothing_is_offered_for_release() -> None:
    text = year_markdown(replace(RUN, standing=replace(STANDING, gates=(*STANDING.gates, LOW))))
    assert "**Not released: 1 check failed.**" in text
    assert "\n1. **Nothing was released, 1 check failed:** see below." in text
    assert (
        "| found | asked for |\n| --- | --- | ---: | --- |\n| fail | current reports of 样例省, 2023 | 6 |"
        in text
    )
    assert "gongkai release" not in text


def test_where_all_is_there_it_says_so() -> None:
    whole = replace(STANDING, rows=STANDING.rows[:5], doubts=(), gates=STANDING.gates[:1])
    text = year_markdown(replace(RUN, standing=whole, released=Version.of("2026.1")))
    assert "**Whole.** 5 of 5 reports expected of 2025 are held" in text
    assert "\n1. This build is released as 2026.1. There is nothing more to release.\n\n## What is" in text
    assert "## What is missing, and why\n\nNothing.\n" in text


def test_a_whole_country_is_told_on_one_page() -> None:
    floors = tuple(
        Gate(f"current reports of {number}省, {year}", "9", "no floor is known", Passing.NO_FLOOR)
        for number in range(31)
        for year in range(2008, 2026)
    )
    rows = tuple(
        CoverageRow(
            f"{number:06}", f"o{number}", f"第{number}局", 2025, "missing", f"another_report:{number}"
        )
        for number in range(5000)
    )
    text = year_markdown(replace(RUN, standing=replace(STANDING, gates=floors, rows=(*STANDING.rows, *rows))))
    assert "| `another_report` | 5000 | 5000 | no |" in text
    assert "| no floor | current reports of 0省, 2025 | 9 | no floor is known |" in text
    assert "| no floor | and 546 more |  | see CHECKS.md of the release |" in text
    assert len(text.splitlines()) < 80
