"""The changes of divisions (县级以上行政区划变更) that a person reviewed, and the state of any year by them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.problem import Problem

State = dict[str, str]
"""The divisions that stand at the end of a year: names by code."""

BEGUN, ENDED = "begun", "ended"


@dataclass(frozen=True, slots=True)
class Change:
    """A code and name that began or ended in a year. `related` are the codes whose area it came from, or that have
    its area since; its own code where only the name changed.
    """

    year: int
    change: str
    code: str
    name: str
    related: tuple[str, ...]
    document: str


def read_changes(rows: Iterable[Mapping[str, str]]) -> tuple[Change, ...]:
    """The changes of rows with the columns of `changes.csv`. Raises Problem where one is not as it must be."""
    changes = []
    for row in rows:
        change = Change(
            int(row["year"]),
            row["change"],
            row["code"],
            row["name"],
            tuple(row["related"].split()),
            row["document"],
        )
        codes = (change.code, *change.related)
        if change.change not in (BEGUN, ENDED) or not all(len(c) == 6 and c.isdigit() for c in codes):
            raise Problem(f"The changes of divisions have a row that is none: {dict(row)}.")
        changes.append(change)
    return tuple(changes)


def states(base: Mapping[str, str], year: int, changes: Sequence[Change]) -> dict[int, State]:
    """The state at the end of every year from the one before the first change to that of the last, reckoned from the
    state `base` at the end of `year`. Raises Problem where a change does not fit what stood before or after it.
    """
    first = min((change.year for change in changes), default=year + 1) - 1
    last = max((change.year for change in changes), default=year)
    found = {year: dict(base)}
    for before in range(year - 1, first - 1, -1):
        found[before] = _step(found[before + 1], before + 1, changes, forward=False)
    for after in range(year + 1, last + 1):
        found[after] = _step(found[after - 1], after, changes, forward=True)
    return dict(sorted(found.items()))


def _step(state: State, year: int, changes: Sequence[Change], *, forward: bool) -> State:
    gone, come = (ENDED, BEGUN) if forward else (BEGUN, ENDED)
    reached = dict(state)
    for change in (change for change in changes if change.year == year and change.change == gone):
        if reached.pop(change.code, None) != change.name:
            raise Problem(f"{change.code} {change.name} cannot have {gone} in {year}: it did not stand then.")
    for change in (change for change in changes if change.year == year and change.change == come):
        if change.code in reached:
            raise Problem(f"{change.code} {change.name} cannot have {come} in {year}: the code was taken.")
        reached[change.code] = change.name
    return reached
