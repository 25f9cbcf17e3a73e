"""What a release is held against before anyone sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import duckdb

from pipeline.publish.edition import Edition
from pipeline.publish.expectations import Expectations
from pipeline.tables.model import quoted


class Passing(StrEnum):
    """How a gate was passed, or not."""

    PASS = "pass"  # noqa: S105 - a verdict
    OVERRIDDEN = "overridden"
    NO_FLOOR = "no_floor"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that a release is held against: what was found, what was asked for, and how it ended."""

    what: str
    found: str
    asked: str
    passing: Passing
    reason: str = ""


MEASURES = {
    "failed_by_reading": (
        "checks that fail because our reading is doubtful, of all checks that could be made",
        "SELECT count(*) FILTER (cause = 'reading'), count(*) FILTER (verdict <> 'unassessable') FROM finding_stored",
    ),
    "unreadable_cells": (
        "cells that are unreadable, of all cells",
        "SELECT sum(unreadable_count), sum(figure_count) FROM report",
    ),
    "ambiguous_cells": (
        "cells that are ambiguous, of all cells",
        "SELECT sum(ambiguous_count), sum(figure_count) FROM report",
    ),
    "unexplained": (
        "expected reports that nothing explains, of all expected",
        "SELECT count(*) FILTER (reason = 'unexplained'), count(*) FROM coverage",
    ),
    "damaged_bodies": (
        "documents damaged, or that this program failed on, of all fetches",
        "SELECT count(*) FILTER (outcome = 'damaged' OR reason ^@ 'reader_failed'), count(*) FROM main.fetch",
    ),
}
"""Shares that are bounded: what is counted, and the query for the count and for what it is a share of."""

LOST = "lost_reports"
BOUNDED = frozenset({*MEASURES, LOST})

_NONE_OF = {
    "reports whose organ is not in organ": "FROM report ANTI JOIN organ USING (organ_id) WHERE organ_id IS NOT NULL",
    "names and links of organs that are not in organ": (
        "FROM (SELECT organ_id FROM organ_name UNION ALL SELECT organ_id FROM organ_link "
        "WHERE organ_id IS NOT NULL UNION ALL SELECT successor_id FROM organ_link) ANTI JOIN organ USING (organ_id)"
    ),
    "reports whose division is not in division": (
        "FROM report r ANTI JOIN division d ON r.division_code = d.code WHERE division_code IS NOT NULL"
    ),
    "fetches whose report is not in report": (
        "FROM main.fetch ANTI JOIN report USING (report_id) WHERE report_id IS NOT NULL"
    ),
    "expected reports that are held and not in report": (
        "FROM coverage ANTI JOIN report USING (report_id) WHERE report_id IS NOT NULL"
    ),
    "reports with another number of cells than they say": (
        "FROM report LEFT JOIN (SELECT report_number, count(*) AS n FROM figure_stored GROUP BY ALL) "
        "USING (report_number) WHERE figure_count <> coalesce(n, 0)"
    ),
    "reports with another number of checks than they say": (
        "FROM report LEFT JOIN (SELECT report_number, count(position) AS n FROM finding_stored GROUP BY ALL) "
        "USING (report_number) WHERE check_count <> coalesce(n, 0)"
    ),
    "organs with two current reports of one year and scope": (
        "FROM (SELECT 1 FROM report WHERE is_current AND organ_id IS NOT NULL AND report_year IS NOT NULL "
        "GROUP BY organ_id, report_year, scope HAVING count(*) > 1)"
    ),
    "cells of series that are in no form": (
        "FROM series_cell s ANTI JOIN indicator i ON s.form = i.form "
        "AND s.cell = i.part || '/' || i.item || '/' || i.measure"
    ),
}


def gates(
    database: duckdb.DuckDBPyConnection, edition: Edition, expectations: Expectations, last: Path | None
) -> Iterator[Gate]:
    """All that the database of a release is held against; `last` is the report table of the release before."""
    for what, query in _NONE_OF.items():
        count = database.execute(f"SELECT count(*) {query}").fetchone()
        found = count[0] if count else 0
        yield Gate(what, str(found), "none", Passing.FAIL if found else Passing.PASS)
    yield from _floors(edition, expectations)
    for name, (what, query) in MEASURES.items():
        part, whole = database.execute(query).fetchone() or (0, 0)
        yield _bound(name, what, int(part or 0), int(whole or 0), expectations)
    if last is not None:
        lost = (
            "SELECT count(*) FILTER (now.report_id IS NULL), count(*) "
            f"FROM read_parquet({quoted(str(last))}) AS before LEFT JOIN report AS now USING (report_id)"
        )
        part, whole = database.execute(lost).fetchone() or (0, 0)
        yield _bound(
            LOST, "reports of the last release that are gone, of all it had", part, whole, expectations
        )


def _floors(edition: Edition, expectations: Expectations) -> Iterator[Gate]:
    places = {*edition.reports, *expectations.floors}
    for province, year in sorted(places, key=lambda place: (place[0] or "", place[1] or 0)):
        found = edition.reports.get((province, year), 0)
        what = f"current reports of {province or 'no known province'}, {year or 'no known year'}"
        if province is None or year is None or (province, year) not in expectations.floors:
            yield Gate(what, str(found), "no floor is known", Passing.NO_FLOOR)
            continue
        floor = expectations.floors[province, year]
        override = expectations.floor_overrides.get((province, year))
        asked = f"at least {floor if override is None else override.value}"
        low = found < (floor if override is None else override.value)
        yield _ended(what, str(found), asked, low, found < floor, override.reason if override else "")


def _bound(name: str, what: str, part: int, whole: int, expectations: Expectations) -> Gate:
    """Shares are held against their bound as exact products, never as rounded quotients."""
    bound = expectations.bounds[name]
    override = expectations.bound_overrides.get(name)
    most = bound if override is None else override.value
    found = f"{part} of {whole}"
    over = Decimal(part) > most * whole
    reason = override.reason if override else ""
    return _ended(
        f"{name}: {what}", found, f"a share of at most {most}", over, Decimal(part) > bound * whole, reason
    )


def _ended(what: str, found: str, asked: str, bad: bool, bad_without_override: bool, reason: str) -> Gate:  # noqa: FBT001
    if bad:
        return Gate(what, found, asked, Passing.FAIL, reason)
    if bad_without_override:
        return Gate(what, found, asked, Passing.OVERRIDDEN, reason)
    return Gate(what, found, asked, Passing.PASS)
