"""The notebook answers its question from the demo's database as the sample says it is, and draws it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.sample import SampleReport, load_truth, sample_reports
from tests.notebooks.running import script, size_of_png

CELL = "requests/received/total"


def printed() -> dict[tuple[str, int], tuple[Decimal, int]]:
    """By city and year what the sample prints: the sum over the latest versions, and how many reports those are."""
    truth = load_truth()
    latest: dict[tuple[str, int], SampleReport] = {}
    for report in sample_reports():
        key = (report.publication.organ, report.publication.year)
        if key not in latest or latest[key].publication.version < report.publication.version:
            latest[key] = report
    sums: dict[tuple[str, int], tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
    for (_, year), report in latest.items():
        value = report.figures[CELL].value
        assert value is not None
        total, count = sums[truth.city(report.organ.city).name, year]
        sums[truth.city(report.organ.city).name, year] = (total + value, count + 1)
    return sums


@pytest.fixture(scope="module")
def shown(demo: Path) -> Iterator[dict[str, Any]]:
    # Takes a second, which a process that has none of these tests is spared.
    from notebooks.requests_across_cities import app

    with duckdb.connect(demo / "demo" / "gongkai.duckdb", read_only=True) as database:
        _, defined = app.run(defs={"database": database})
        yield dict(defined)


def test_the_answer_is_what_the_sample_prints(shown: dict[str, Any]) -> None:
    rows = {(row["city"], row["report_year"]): (row["received"], row["reports"]) for row in shown["rows"]}
    assert rows == printed()


def test_a_sum_that_lacks_a_report_is_drawn_apart(shown: dict[str, Any]) -> None:
    line, hollow = shown["chart"].layer
    apart = {(row["city"], row["report_year"]) for row in hollow.data.values}
    assert apart == {("样例乙市", 2021), ("样例丙市", 2020)}
    gaps = {(row["city"], row["report_year"]) for row in line.data.values if row["received"] is None}
    assert gaps == apart


def test_the_share_granted_is_of_what_was_concluded(shown: dict[str, Any]) -> None:
    """As README prints it of the last two years."""
    found = {
        (row["city"], row["report_year"]): (row["granted"], row["concluded"]) for row in shown["granted"]
    }
    assert {key: value for key, value in found.items() if key[1] >= 2023} == {
        ("样例丙市", 2023): (8, 20), ("样例丙市", 2024): (11, 25), ("样例乙市", 2023): (20, 49),
        ("样例乙市", 2024): (18, 44), ("样例甲市", 2023): (14, 32), ("样例甲市", 2024): (18, 37),
    }  # fmt: skip


def test_no_line_of_an_organ_is_drawn_over_a_missing_year(shown: dict[str, Any]) -> None:
    stretches: dict[str, set[str]] = defaultdict(set)
    for row in shown["developed"]:
        stretches[row["organ"]].add(row["stretch"])
    broken = {organ for organ, found in stretches.items() if len(found) > 1}
    assert broken == {"样例乙市卫生健康委员会", "样例丙市科学技术局"}


def test_as_a_script_it_saves_the_plots(demo: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    ended = script("requests_across_cities.py", demo, "--data", "demo", "--plot", str(plot))
    assert ended.returncode == 0, ended.stderr
    width, height = size_of_png(plot)
    assert width > 1000
    assert height > 2000
