"""Which of the years that a page prints is the one reported on, and whether that is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_ENDING = 12  # the month in which the first reports of a year may be made public


@dataclass(frozen=True, slots=True)
class ReportedYear:
    """`doubt` says in a sentence what speaks against the year, None where nothing does."""

    year: int | None
    doubt: str | None = None


def choose_year(printed: Sequence[int | None], dates: Sequence[date | None]) -> ReportedYear:
    """The year of a report, from those printed for it, the most trusted first, and from its dates.

    Last year's text is often taken over with last year's period or title. Of years that contradict each other the one
    counts that a date follows in the next year, as the law has it; else the most trusted. No date makes a year.
    """
    years = list(dict.fromkeys(year for year in printed if year is not None))
    if not years:
        return ReportedYear(None)
    days = [day for day in dates if day is not None]
    followed = [year for year in years if any(day.year == year + 1 for day in days)]
    year = followed[0] if len(followed) == 1 else years[0]
    if len(years) > 1:
        others = " and ".join(str(other) for other in years if other != year)
        return ReportedYear(year, f"{year} is taken for the year of the report, and {others} is printed too")
    if days and max(days) < date(year, _ENDING, 1):
        return ReportedYear(year, f"a report of {year} is dated {max(days)}")
    return ReportedYear(year)
