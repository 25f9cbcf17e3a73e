"""What passes between a search and the spider."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.discovery import Column, Judged
from crawler.families.listing import Way
from crawler.families.shapes import folder
from crawler.pages import Link
from pipeline.archive import Outcome


@dataclass(frozen=True, slots=True)
class Task:
    """One page to ask for. `kind` is page, list or report, as in the ledger; `hops` the redirects that led
    here; `chain` the first page of the list that this one continues, and `way` how it does. `form` is what is
    posted; its address then ends in `#` and the form, which is never sent, so that each answer has its own.
    `is_file` tells that a report is one in part: a file that its page links to; `is_guess` that its address may not be,
    and that nothing is lost then that is not told otherwise.
    """

    url: str
    kind: str
    referrer: str | None = None
    anchor: str | None = None
    column: Column | None = None
    depth: int = 0
    hops: tuple[str, ...] = ()
    chain: str | None = None
    way: Way | None = None
    form: str | None = None
    is_file: bool = False
    is_guess: bool = False

    @property
    def is_call(self) -> bool:
        """Whether records are asked for, not a page."""
        return self.way is not None and self.way.call is not None

    def column_at(self, url: str) -> Column:
        """The column that the page belongs to; one of its own, where it was not asked for as a part of one."""
        return self.column or Column(folder(url))

    def leading_to(self, link: Link, kind: str, column: Column | None = None) -> Task:
        """The task to follow a link on the page of this one."""
        return Task(link.url, kind, self.url, link.text or None, column, self.depth + 1)


@dataclass(frozen=True, slots=True)
class Notice:
    """A link to be noted as a sighting."""

    link: Link
    listed_on: str
    verdict: str
    organ: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A list that came, and holds less than it should: EMPTY_LIST or SHORT_LIST."""

    url: str
    outcome: Outcome
    note: str
    referrer: str | None


def notice_of(task: Task, link: Link, judged: Judged, column: Column | None) -> Notice:
    """A link found on the page of a task, as it is noted; what it does not say itself, its column says."""
    organ = judged.organ or (column.organ if column else None)
    year = judged.year or (column.year if column else None)
    return Notice(link, task.url, judged.verdict or "report", organ, year)


def notices_of_part(task: Task, link: Link, part: Column) -> list[Notice]:
    """A link to a part of the column, as it is noted: nothing where the part is neither an organ's nor a year's."""
    if part.organ is None and part.year is None:
        return []
    return [Notice(link, task.url, "list", part.organ, part.year)]
