"""How one year stands in the last build: its coverage, its failed checks, and what a release is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pipeline.coverage import CoverageRow, coverage, is_settled
from pipeline.publish.edition import edition_of
from pipeline.publish.expectations import load_expectations
from pipeline.publish.gates import BOUNDED, Gate, Passing, gates
from pipeline.publish.version import RELEASES, Version, before
from pipeline.tables.database import open_database

_FAILED = """SELECT r.organ, r.report_id, f.check_id, f."at", f.cause
FROM finding AS f JOIN report AS r USING (report_id)
WHERE f.verdict = 'fail' AND r.report_year = ? AND r.is_current
ORDER BY r.organ, r.report_id, f.check_id, f."at" """


@dataclass(frozen=True, slots=True)
class Doubt:
    """A check that fails because our reading is doubtful."""

    organ: str | None
    report_id: str
    check: str
    at: str


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year on the portals that were asked. `rows` are its coverage, those of lists without a year among them;
    `held_before` counts what is held there of the year before. `contradictions` counts checks that current reports of
    the year fail as they are printed, `doubts` are those that our reading fails. `gates` are for the version.
    """

    year: int
    version: Version
    last: Version | None
    portals: int
    rows: tuple[CoverageRow, ...]
    held_before: int
    contradictions: Counter[str]
    doubts: tuple[Doubt, ...]
    gates: tuple[Gate, ...]

    @property
    def held(self) -> int:
        """How many of the expected reports are held."""
        return sum(row.state == "held" for row in self.rows)

    @property
    def open(self) -> tuple[CoverageRow, ...]:
        """What did not come, where that is more than what the portals do not announce."""
        return tuple(row for row in self.rows if not is_settled(row.reason))

    @property
    def failed(self) -> tuple[Gate, ...]:
        """The gates because of which nothing can be released."""
        return tuple(gate for gate in self.gates if gate.passing is Passing.FAIL)

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing that wants a person."""
        return not (self.open or self.doubts or self.failed)


def standing(data: Path, year: int, portals: Collection[str], version: Version) -> YearStanding:
    """How the year stands on the portals with these codes, held against what is expected of a release of this version.

    Raises Problem where there is no usable database, or where the expectations are not as they must be.
    """
    rows = coverage(data, portals=portals, years=(year - 1, year, None), listed=portals)
    last = before(data, version)
    with open_database(data) as database:
        failed = database.execute(_FAILED, [year]).fetchall()
        edition = edition_of(database, version, "", None)
        expectations = load_expectations(data, version.text, BOUNDED)
        reports = data / RELEASES / last.text / "tables" / "report.parquet" if last else None
        held_against = tuple(gates(database, edition, expectations, reports))
    return YearStanding(
        year=year,
        version=version,
        last=last,
        portals=len(portals),
        rows=tuple(row for row in rows if row.report_year in (year, None)),
        held_before=sum(row.report_year == year - 1 and row.state == "held" for row in rows),
        contradictions=Counter(check for *_, check, _, cause in failed if cause == "source"),
        doubts=tuple(Doubt(*facts) for *facts, cause in failed if cause != "source"),
        gates=held_against,
    )
