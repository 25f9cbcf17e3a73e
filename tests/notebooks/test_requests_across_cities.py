"""The notebook answers its question from the demo's database as the sample says it is, and draws it."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from notebooks.requests_across_cities import app
from pipeline.sample import SampleReport, load_truth, sample_reports

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "requests_across_cities.py"
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
def shown(demo: Path) -> dict[str, Any]:
    _, defined = app.run(defs={"database": demo / "demo" / "gongkai.duckdb"})
    return dict(defined)


def test_the_answer_is_what_the_sample_prints(shown: dict[str, Any]) -> None:
    rows = {(row["city"], row["report_year"]): (row["received"], row["reports"]) for row in shown["rows"]}
    assert rows == printed()


def test_a_sum_that_lacks_a_report_is_drawn_apart(shown: dict[str, Any]) -> None:
    line, hollow = shown["chart"].layer
    apart = {(row["city"], row["report_year"]) for row in hollow.data.values}
    assert apart == {("样例乙市", 2021), ("样例丙市", 2020)}
    gaps = {(row["city"], row["report_year"]) for row in line.data.values if row["received"] is None}
    assert gaps == apart


def test_as_a_script_it_saves_the_plot(demo: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    command = [sys.executable, str(NOTEBOOK), "--data", "demo", "--plot", str(plot)]
    subprocess.run(command, cwd=demo, check=True, capture_output=True)
    body = plot.read_bytes()
    assert body.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", body[16:24])
    assert width > 1000
    assert height > 600


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, str(NOTEBOOK), "--data", str(tmp_path)]
    ended = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert ended.returncode != 0
    assert "Run `make demo`, or give --data DIR." in ended.stderr
