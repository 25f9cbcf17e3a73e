"""A correction in a real build: the printed figure stays, the corrected one beside it; a stale one stops the build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline import build as building
from pipeline.build import build
from pipeline.check.corrections import parse_corrections
from pipeline.forms import load_forms
from pipeline.problem import Problem
from pipeline.tables import looking
from pipeline.tables.database import open_database
from tests.tables.making import Crawl, reports, tables_of

CELL = "proactive/procurement/amount_yuan"  # printed as 85.2, without a unit, in 2020
Given = Callable[[Mapping[str, Any]], None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, built; tests only read it."""
    data = tmp_path_factory.mktemp("built")
    with Crawl(data, "990300") as crawl:
        for report in reports("bing-health", 2019, 2020):
            crawl.report(report)
    build(data)
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to build in."""
    return Path(shutil.copytree(built, tmp_path / "data", symlinks=True))


@pytest.fixture
def given(data: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """Give the build another file of corrections, with one correction of the report of 2020."""
    with open_database(data) as connection:
        found = connection.execute("SELECT sha256 FROM report WHERE report_year = 2020").fetchone()
    assert found is not None

    def give(change: Mapping[str, Any]) -> None:
        entry = {
            "sha256": found[0],
            "cell": CELL,
            "expect": {"status": "reported", "raw": "85.2"},
            "value": "852000",
            "unit": "元",
            "why": "the year before prints 万元",
            "evidence": "the report of 2019",
            "by": "a person",
            "on": date(2026, 3, 31),
        }
        parsed = parse_corrections({"correction": [{**entry, **change}]}, load_forms())
        for module in (looking, building):
            monkeypatch.setattr(module, "load_corrections", lambda _: parsed)

    return give


def test_the_printed_figure_stays_beside_the_corrected_one(data: Path, given: Given) -> None:
    given({})
    build(data)
    with open_database(data) as connection:
        figure = connection.execute(
            "SELECT value, unit, raw, corrected_value, corrected_unit FROM figure JOIN report USING (report_id) "
            "WHERE cell = ? AND report_year = 2020",
            [CELL],
        ).fetchall()
        panel = connection.execute(
            "SELECT report_year, value, unit, is_corrected, printed_value, change FROM series('procurement_amount') "
            "ORDER BY report_year"
        ).fetchall()
        others = connection.execute(
            "SELECT count(*) FROM figure WHERE corrected_value IS NOT NULL"
        ).fetchone()
    assert figure == [(Decimal("85.2"), None, "85.2", Decimal(852000), "元")]
    assert panel == [
        (2019, Decimal(263300), "元", False, Decimal(263300), None),
        (2020, Decimal(852000), "元", True, Decimal("85.2"), Decimal(588700)),
    ]
    assert others == (1,)


@pytest.mark.parametrize(
    "change",
    [
        {"expect": {"status": "reported", "raw": "85.3"}},
        {"expect": {"status": "blank", "raw": ""}},
        {"cell": "disputes/review/total", "expect": {"status": "reported", "raw": "85.2"}},
        {"cell": "annex/request_fees/value"},
    ],
    ids=["another number", "another status", "another cell", "no such cell"],
)
def test_a_correction_that_no_longer_holds_stops_the_build(
    data: Path, given: Given, change: dict[str, Any]
) -> None:
    before = tables_of(data)
    given(change)
    with pytest.raises(Problem, match="correction 1 expects"):
        build(data)
    assert tables_of(data) == before


def test_a_correction_of_a_report_that_is_not_here_changes_nothing(data: Path, given: Given) -> None:
    before = tables_of(data)
    given({"sha256": "ab" * 32})
    build(data)
    assert tables_of(data) == before


def test_a_correction_of_bytes_that_no_report_has_is_told(data: Path, given: Given) -> None:
    given({})
    assert build(data).unfit == ()
    given({"sha256": "0" * 64})
    assert build(data).unfit == (f"corrections.toml, correction 1: no report has the bytes {'0' * 64}.",)
