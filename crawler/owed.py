"""What former runs found on a portal and this one may not come by: reports not got, and lists that announced some.

A list moves, a home page is made new, a page on the way is down: what was known by its address is asked for by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crawler.discovery import Column
from crawler.families.shapes import folder
from crawler.tasks import Task
from crawler.wanted import may_hold
from pipeline.archive import Sighting


@dataclass(slots=True)
class _List:
    """What a list announced: the years, None where a link printed none, and the organs."""

    years: set[int | None] = field(default_factory=set)
    organs: set[str | None] = field(default_factory=set)

    def may_hold(self, years: frozenset[int] | None) -> bool:
        """Whether it may announce reports of these years: a list of one year alone is taken for that year's."""
        if len(self.years) > 1 or None in self.years:
            return True
        return any(may_hold(years, None, year) for year in self.years)


class Owed:
    """By portal. `holds` tells whether a former run got the report at an address, `is_list` whether one got a list
    there that can be asked for as a page.
    """

    def __init__(self, holds: Callable[[str], bool], is_list: Callable[[str], bool]) -> None:
        self._holds = holds
        self._is_list = is_list
        self._reports: dict[str, dict[str, Sighting]] = defaultdict(dict)
        self._lists: dict[str, dict[str, _List]] = defaultdict(dict)

    def meet(self, sighting: Sighting) -> None:
        """Take up a link that a former run noted."""
        if sighting.verdict != "report":
            return
        if not self._holds(sighting.url):
            self._reports[sighting.portal][sighting.url] = sighting
        if self._is_list(sighting.listed_on):
            known = self._lists[sighting.portal].setdefault(sighting.listed_on, _List())
            known.years.add(sighting.year_hint)
            known.organs.add(sighting.organ_hint)

    def tasks(self, portal: str, years: frozenset[int] | None) -> Iterator[Task]:
        """What may still be asked for on a portal, of these years: lists, then reports."""
        for url, known in self._lists.pop(portal, {}).items():
            if known.may_hold(years):
                organ = next(iter(known.organs)) if len(known.organs) == 1 else None
                yield Task(url, "list", column=Column(folder(url), organ))
        for url, link in self._reports.pop(portal, {}).items():
            if may_hold(years, None, link.year_hint):
                column = Column(folder(link.listed_on), link.organ_hint, link.year_hint)
                yield Task(url, "report", link.listed_on, link.text or None, column, depth=1)
