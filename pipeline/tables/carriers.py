"""Which versions of a report are formats of it: what one page, itself the report's, carries now. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import NamedTuple

from pipeline.tables.claims import Held
from pipeline.tables.rows import Row

_PICTURE = "image/"  # a page may show a report in several of them


@dataclass(slots=True)
class _File:
    """A report that is a file: the page that links to it, and what tells the newest of several of one format."""

    page: str
    media_type: str
    rank: tuple[date, int]


class _Got(NamedTuple):
    """The report last got at an address, and the runs that last got it, and got it anew."""

    report_id: str
    last: int
    anew: int


_NEVER = _Got("", 0, 0)


@dataclass(frozen=True, slots=True)
class Carried:
    """The versions of one report on its pages: by report, the page of each file that stands on one. `formats` are those
    that are the page's report, `given_up` the files that the page links to no longer.
    """

    pages: Mapping[str, str]
    formats: frozenset[str]
    given_up: frozenset[str]

    def page(self, held: Held) -> str:
        """The page that a version stands on, its own address where that is one."""
        return self.pages.get(held.report_id, held.url)


@dataclass(slots=True)
class Carriers:
    """Meets every report, and every address that gave one in the order of the ledger.

    A list that links to reports is no report's page. Where a run got a page anew, and files of it, what it did not get
    again is linked to no longer. Of several files of one format on a page, the newest is the report and the others are
    older: the latest day printed, then the most numbers.
    """

    _files: dict[str, _File] = field(default_factory=dict)
    _got: dict[str, _Got] = field(default_factory=dict)  # by address
    _runs: dict[str | None, int] = field(default_factory=dict)  # in the order in which they got something

    def meet(self, row: Row) -> None:
        """Take up a report."""
        if row["page_url"]:
            rank = row["published_on"] or date.min, row["reported_count"]
            self._files[row["report_id"]] = _File(intern(row["page_url"]), intern(row["media_type"]), rank)

    def got(self, url: str, report_id: str, run: str | None, *, anew: bool) -> None:
        """Take up that an address gave a report; not `anew` where the portal said that nothing had changed."""
        turn = self._runs.setdefault(run, len(self._runs))
        self._got[url] = _Got(report_id, turn, turn if anew else self._got.get(url, _NEVER).anew)

    def standing(self) -> set[str]:
        """The reports that an address of theirs gave last."""
        return {got.report_id for got in self._got.values()}

    def of(self, versions: Iterable[Held]) -> Carried:
        """What is carried of the versions of one report."""
        files: dict[str, list[Held]] = defaultdict(list)
        for held in versions:
            file = self._files.get(held.report_id)
            if file is not None and file.page in self._got:
                files[file.page].append(held)
        pages: dict[str, str] = {}
        formats: set[str] = set()
        given_up: set[str] = set()
        for page, on_page in files.items():
            since = self._got[page].anew
            there = [held for held in on_page if self._got.get(held.url, _NEVER).last >= since] or on_page
            given_up.update(held.report_id for held in on_page if held not in there)
            pages.update((held.report_id, page) for held in there)
            formats.update(self._newest(there))
        return Carried(pages, frozenset(formats), frozenset(given_up))

    def _newest(self, on_page: Iterable[Held]) -> Iterable[str]:
        newest: dict[str, str] = {}
        for held in sorted(on_page, key=lambda one: (self._files[one.report_id].rank, one.url)):
            kind = self._files[held.report_id].media_type
            newest[held.report_id if kind.startswith(_PICTURE) else kind] = held.report_id
        return newest.values()
