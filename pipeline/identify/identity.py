"""What a title or a page says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.identify.reason import Reason


@dataclass(frozen=True, slots=True)
class Identity:
    """Whether something is a report, and whose, of which year, for what scope, made public when.

    `reason` is set exactly where `is_report` is false. `organ` is the organ's name as printed, without white space
    and pinyin in brackets. `year` is the year reported on, never the year of posting. `scope` is `own` for an
    organ's own report and `area` for the roll-up of an area. What is not printed is None; nothing is guessed.
    `year_doubt` says in a sentence what a page prints against the year.
    """

    is_report: bool
    reason: Reason | None
    title: str | None
    organ: str | None
    year: int | None
    scope: str | None
    published_on: date | None
    year_doubt: str | None = None
