"""What the archive alone tells of coverage, told of few portals at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import coverage
from pipeline.archive import Archive, Outcome, Sighting

CODES = ("990100", "990200", "990300", "990400")
NOW = datetime(2024, 4, 1, tzinfo=UTC)


def home(code: str) -> str:
    return f"http://127.0.0.{CODES.index(code) + 1}/"


def make(data: Path) -> str:
    """Reports of all portals but the last, told in turns; of the third none came."""
    with Archive.open(data / "archive") as archive:
        run = archive.begin_run(
            {"portals": [{"code": code, "name": code, "home": home(code)} for code in CODES]}
        )
        for year in range(2019, 2024):
            for code in CODES[:3]:
                url, organ = f"{home(code)}{year}.html", "清溪镇财政所"
                outcome = Outcome.NOT_FOUND if code == CODES[2] else Outcome.HELD
                archive.sight(
                    Sighting(code, run.id, home(code), url, f"{year}年年报", organ, year, NOW, "report")
                )
                archive.store_failure(
                    url, outcome=outcome, fetched_at=NOW, portal=code, run=run.id, kind="report"
                )
        return run.id


@pytest.mark.parametrize("together", [1, 15, 1000])
def test_portals_told_of_in_any_number_at_a_time_are_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    run = make(tmp_path)
    monkeypatch.setattr(coverage, "_TOGETHER", together)
    told = list(coverage.announced(tmp_path, run))
    assert [code for code, _ in told] == list(CODES)
    states = [[(row.report_year, row.state) for row in rows if row.organ] for _, rows in told]
    came, lost = ([(year, state) for year in range(2019, 2024)] for state in ("came", "failed"))
    assert states == [came, came, lost, []]
    assert [coverage.is_whole(rows) for _, rows in told] == [True, True, False, False]
    assert {row.portal_code for _, rows in told for row in rows} == {*CODES}
