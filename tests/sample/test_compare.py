"""The comparison of a built dataset with the truth of the sample finds nothing where all is well, and every fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipeline.archive import Archive
from pipeline.build import build
from pipeline.sample import sample_reports
from pipeline.sample.compare import differences
from pipeline.sample.overview import overview


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of all sample reports, imported."""
    data = tmp_path_factory.mktemp("data")
    with Archive.open(data / "archive") as archive:
        for report in sample_reports():
            day = datetime.combine(report.publication.published_on, datetime.min.time(), UTC)
            archive.store_resource(f"{report.organ.city}{report.path}", report.html, "text/html", day)
    build(data)
    return data / "gongkai.duckdb"


@pytest.fixture
def connection(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy in memory that a test may spoil."""
    with duckdb.connect() as opened:
        opened.execute(f"ATTACH '{built}' AS built (READ_ONLY)")
        for table in ("report", "figure", "finding"):
            opened.execute(f"CREATE TABLE {table} AS FROM built.{table}")
        yield opened


def _spoiled(connection: duckdb.DuckDBPyConnection, statement: str) -> list[str]:
    connection.execute(statement)
    return list(differences(connection))


def test_nothing_differs(connection: duckdb.DuckDBPyConnection) -> None:
    assert list(differences(connection)) == []


_OF = "report_id IN (SELECT report_id FROM report WHERE organ = '{}' AND report_year = {})"
_FAULTS = [
    (
        "UPDATE figure SET value = value + 1 WHERE cell = 'requests/received/total' AND "
        + _OF.format("样例甲市科学技术局", 2021),
        "样例甲市科学技术局 2021 version 1 requests/received/total: read ('reported', Decimal('4",
    ),
    (
        "DELETE FROM figure WHERE raw = '约300'",
        "样例甲市科学技术局 2019 version 1 proactive/other_services/decisions: read None, meant",
    ),
    ("UPDATE figure SET status = 'reported', value = 0 WHERE raw = '约300'", "meant ('unreadable', None"),
    ("DELETE FROM report WHERE report_year = 2022 AND NOT is_current", "2022 version 1 is not held."),
    (
        "UPDATE report SET report_year = 2020 WHERE organ = '样例乙市科学技术局' AND report_year = 2024",
        "样例乙市科学技术局 2024 version 1 is read as ['样例乙市科学技术局', 2020, '2021'].",
    ),
    ("DELETE FROM finding WHERE check_id = 'outcome_sum' AND verdict = 'fail'", "is meant to fail."),
    (
        "UPDATE finding SET verdict = 'fail', cause = 'reading' WHERE \"at\" = 'requests/granted' AND "
        + _OF.format("样例乙市人民政府办公室", 2024),
        "fails, and is not meant to.",
    ),
]


@pytest.mark.parametrize(("statement", "told"), _FAULTS)
def test_every_fault_is_told_once(connection: duckdb.DuckDBPyConnection, statement: str, told: str) -> None:
    (difference,) = _spoiled(connection, statement)
    assert told in difference


def test_what_is_no_report_of_the_sample_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    spoiled = _spoiled(
        connection, "UPDATE report SET sha256 = 'other' WHERE report_year = 2022 AND NOT is_current"
    )
    assert len(spoiled) == 2
    assert "is no report of the sample" in spoiled[0]


def test_the_overview_needs_a_built_database_alone(built: Path) -> None:
    with duckdb.connect(built, read_only=True) as opened:
        shown = overview(opened)
    assert shown.notes
