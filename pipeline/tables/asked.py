"""What was asked of a portal: the runs over it, the years they wanted, and which of these could be out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

FIRST_YEAR = 2008  # the year of the first reports; what claims to be older gives no expectation


@dataclass(frozen=True, slots=True)
class Crawled:
    """One run over a portal. `years` are those asked for, None for all; `at` is when the portal was last asked in it.
    `finished` tells whether it came to its end, `left_out` how many lists and pages the bounds of the search left
    out, and `crashed` how many pages the crawler could not understand.
    """

    run: str
    years: frozenset[int] | None
    at: datetime
    finished: bool = True
    left_out: int = 0
    crashed: int = 0

    def wanted(self, year: int | None) -> bool:
        return self.years is None or year is None or year in self.years


def newest_due(at: datetime) -> int:
    """The newest year whose reports have to be out: they are published from January to March of the year after."""
    return at.year - (1 if at.month > 3 else 2)


class Asked:
    """The runs over one portal, in the order in which they were last at work."""

    def __init__(self, runs: Iterable[Crawled]) -> None:
        self.runs: Sequence[Crawled] = tuple(runs)

    def last(self, year: int | None = None) -> Crawled | None:
        """The last run that asked for a year, whose word on it counts; without a year, the last run."""
        return next((run for run in reversed(self.runs) if run.wanted(year)), None)

    def years(self, seen: Iterable[int]) -> set[int]:
        """The years expected: those asked for, and where all were asked for, from the first that was seen to the
        newest that is due or was seen. A report is never expected before its year has ended.
        """
        years = {
            year for run in self.runs if run.years is not None for year in run.years if year < run.at.year
        }
        unlimited = next((run for run in reversed(self.runs) if run.years is None), None)
        if unlimited is not None:
            possible = {year for year in seen if FIRST_YEAR <= year < unlimited.at.year}
            if possible:
                years |= set(range(min(possible), max(newest_due(unlimited.at), *possible) + 1))
        return years
