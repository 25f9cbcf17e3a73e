"""What becomes of the links on a page of a column: reports to announce, parts of the column to ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.announcing import Announcing
from crawler.chains import Chain
from crawler.discovery import Column, Judged, Step, judge_in_column, names_part
from crawler.families.shapes import folder, is_below, is_column, is_numbered, shape_of
from crawler.frontier import Frontier
from crawler.judged import key_of, names_organ
from crawler.keys import Keys
from crawler.listed import is_other_block, other_years
from crawler.pages import Link, Page
from crawler.tasks import Notice, Task, notice_of, notices_of_part
from crawler.urls import Scope, may_be_shared, page_key
from crawler.wanted import may_hold

DEEPEST_WAY = 4
"""How many pages may lie between the home page and a column."""

_DEEPEST_PART = 5  # parts of a column within one another: years, agencies, list pages aside
_UNNAMED_DEPTH = 2  # more for a part whose name says nothing, so that endless folders come to an end soon


class Entries:
    """The entries of all lists of a portal. `found` tells whether one announced a report; `too_deep` counts the parts
    that are not asked for, as they lie too deep.
    """

    def __init__(self, frontier: Frontier, reports: Announcing, scope: Scope) -> None:
        self.found = False
        self.too_deep = 0
        self._frontier = frontier
        self._reports = reports
        self._scope = scope
        self._menus = Keys()
        self._whose = Keys()

    def pass_by(self, link: Link) -> None:
        """Remember a link of a page on the way: where it stands on other pages too, it is no entry but of a menu."""
        self._menus.add(page_key(link.url))

    def take(
        self, task: Task, chain: Chain, links: Iterable[tuple[Link, bool]], column: Column
    ) -> list[Notice]:
        """Take up the links of a list's page, each told whether it is surely an entry; those to note are given back."""
        notices: list[Notice] = []
        for link, listed in links:
            key = page_key(link.url)
            if key in chain.known or not self._scope.allows(link.url) or is_other_block(link.url, task.url):
                continue
            judged = judge_in_column(link, column, listed=listed)
            if judged.step is Step.IGNORE or self._is_menu(link, judged, column):
                continue
            chain.known.add(key)
            chain.reports += judged.step is Step.REPORT
            if judged.step is not Step.LIST or is_numbered(link.url):
                chain.entries.add(key)
            new = self._frontier.is_new(link.url)
            if self._is_another(link, judged) or new:
                notices += self._take(task, link, judged, column)
        self.found = self.found or any(notice.verdict == "report" for notice in notices)
        return notices

    def take_elsewhere(self, task: Task, chain: Chain, page: Page, column: Column) -> list[Notice]:
        """Take up the parts of a column that lists nothing: links to years and groups of organs anywhere on the portal,
        but those of its menus.
        """
        parts = [
            (link, True)
            for link in page.links
            if names_part(key_of(link.text)) and page_key(link.url) not in self._menus
        ]
        return self.take(task, chain, parts, column)

    def take_years(self, task: Task, page: Page) -> list[Notice]:
        """Take up the reports of other years that a report's page leads to by one of its keys."""
        key = key_of(task.anchor or "")
        column = task.column_at(page.url)
        organ = key if names_organ(key) else column.organ
        notices = []
        for link, year, printed in other_years(page):
            if self._scope.allows(link.url) and self._frontier.is_new(link.url):
                judged = Judged(Step.REPORT, "report", organ, year if printed else None)
                notices.append(self._reports.announce(task, link, judged, replace(column, year=year)))
        return notices

    def take_single(self, task: Task) -> list[Notice]:
        """Ask again, as a report, for a page that was taken for a list, and so for those that are named like it."""
        article = is_numbered(task.url) or not is_column(task.url)
        alike = self._frontier.pull(shape_of(task.url)) if article else []
        notices = []
        for one in (task, *alike):
            column = one.column_at(one.url)
            judged = Judged(Step.REPORT, "report", column.organ, column.year)
            above = replace(one, url=one.referrer or one.url)
            notices.append(self._reports.announce(above, Link(one.url, one.anchor or ""), judged, column))
        return notices

    def _is_menu(self, link: Link, judged: Judged, column: Column) -> bool:
        """Whether a link that only the page behind it would settle stands in the menus of the portal."""
        unsettled = judged.step is Step.REPORT and not judged.worth
        return unsettled and page_key(link.url) in self._menus and not is_below(link.url, column.root)

    def _is_another(self, link: Link, judged: Judged) -> bool:
        """Whether an address that is shared with the article of another column is of another organ's or year's report:
        there are portals that number the articles of each column by themselves.
        """
        if judged.organ is None or judged.year is None or not may_be_shared(link.url):
            return False
        key = page_key(link.url)
        whose, known = f"{key} {judged.organ} {judged.year}", key in self._whose
        another = known and whose not in self._whose
        self._whose.update((key, whose))
        return another

    def _take(self, task: Task, link: Link, judged: Judged, column: Column) -> Iterator[Notice]:
        self._frontier.saw(link.url)
        if judged.step is Step.LIST and task.depth >= _DEEPEST_PART + DEEPEST_WAY:
            self.too_deep += bool(judged.worth)
            return
        if judged.step is Step.REPORT:
            yield self._reports.announce(task, link, judged, column)
            return
        if judged.step is Step.LIST:
            yield from self.ask_part(task, link, judged, column)
        if judged.verdict is not None:
            yield notice_of(task, link, judged, column)

    def ask_part(self, task: Task, link: Link, judged: Judged, column: Column) -> Iterable[Notice]:
        """Ask for a part of a column, if it may hold what is asked for; it is noted by its name."""
        if not may_hold(self._reports.years, None, judged.year):
            return ()
        inside = is_below(link.url, column.root)
        part = column.part(judged) if inside else replace(column.part(judged), root=folder(link.url))
        further = task.leading_to(link, "list", part)
        unsure = 0 if judged.worth else _UNNAMED_DEPTH
        self._frontier.ask(replace(further, depth=further.depth + unsure))
        return notices_of_part(task, link, part) if judged.organ or judged.year else ()
