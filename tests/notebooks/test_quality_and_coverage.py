"""The notebook on coverage and quality tells of the demo what the sample is made to be, and draws it in Chinese."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.datasets import dataset_file
from tests.notebooks.running import draws_chinese, size_of_png


@pytest.fixture(scope="module")
def shown(demo: Path) -> Iterator[dict[str, Any]]:
    # Takes a second, which a process that has none of these tests is spared.
    from notebooks.quality_and_coverage import app

    with duckdb.connect(demo / "demo" / "gongkai.duckdb", read_only=True) as database:
        _, defined = app.run(defs={"database": database})
        yield dict(defined)


def test_it_shows_what_is_missing_and_why(shown: dict[str, Any]) -> None:
    whole = {(row["portal"], row["report_year"]): (row["held"], row["expected"]) for row in shown["coverage"]}
    assert len(whole) == 3 * 6
    assert {key: counts for key, counts in whole.items() if counts != (3, 3)} == {
        ("样例丙市", 2020): (2, 3),
        ("样例乙市", 2021): (2, 3),
    }
    assert [(row["organ"], row["state"], row["reason"]) for row in shown["gaps"]] == [
        ("样例丙市科学技术局", "failed", "not_found"),
        ("样例乙市卫生健康委员会", "missing", "not_announced"),
    ]


def test_it_counts_the_cells_that_hold_no_number(shown: dict[str, Any]) -> None:
    printed: Counter[tuple[int, str]] = Counter()
    with dataset_file("sample", "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["status"] != "reported":
                printed[int(row["year"]), row["status"]] += 1
    found = {(row["report_year"], row["status"]): row["cells"] for row in shown["cells"]}
    assert {key: count for key, count in found.items() if count} == printed
    assert {year for year, _ in found} == set(range(2019, 2025)), (
        "a year without such cells stays on the axis"
    )


def test_it_counts_the_checks_that_fail_as_printed(shown: dict[str, Any]) -> None:
    with dataset_file("sample", "findings.csv").open(encoding="utf-8", newline="") as file:
        expected = sorted((int(row["year"]), row["check"], "source", 1) for row in csv.DictReader(file))
    assert sorted(tuple(row.values()) for row in shown["checks"]) == expected


def test_as_a_script_it_saves_plots_in_which_chinese_can_be_read(demo: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    assert draws_chinese("quality_and_coverage.py", demo, "--data", "demo", "--plot", str(plot))
    width, height = size_of_png(plot)
    assert width > 1000
    assert height > 1000
