"""The rows of coverage counted: by portal, by year, by reason. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.tables.expected import CoverageRow
from pipeline.tables.reasons import OPEN


class Grouping(StrEnum):
    """What rows of coverage are counted by."""

    PORTAL = "portal"
    YEAR = "year"
    REASON = "reason"

    @property
    def column(self) -> str:
        """The column of table `coverage` that is counted by."""
        return {"portal": "portal_code", "year": "report_year"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Group:
    """How many rows of one portal, year or reason are expected, in which state they are, and how many nothing
    explains.
    """

    name: str | int | None
    expected: int
    held: int
    missing: int
    failed: int
    unreadable: int
    unexplained: int
    portals: int


def grouped(rows: Iterable[CoverageRow], by: Grouping) -> list[Group]:
    """The rows counted, in the order of the names; reasons by how often they are given."""
    groups: dict[str | int | None, list[CoverageRow]] = defaultdict(list)
    for row in rows:
        groups[_name(row, by)].append(row)
    found = [_group(name, members) for name, members in groups.items()]
    if by is Grouping.REASON:
        return sorted(found, key=lambda group: (-group.expected, str(group.name or "")))
    return sorted(found, key=lambda group: (group.name is None, str(group.name)))


def _name(row: CoverageRow, by: Grouping) -> str | int | None:
    name: str | int | None = getattr(row, by.column)
    return name


def _group(name: str | int | None, rows: Sequence[CoverageRow]) -> Group:
    states = [row.state for row in rows]
    return Group(
        name=name,
        expected=len(rows),
        held=states.count("held"),
        missing=states.count("missing"),
        failed=states.count("failed"),
        unreadable=states.count("unreadable"),
        unexplained=sum(row.reason in OPEN for row in rows),
        portals=len({row.portal_code for row in rows}),
    )
