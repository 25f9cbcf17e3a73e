"""The search of one portal: which page to ask for next, and what to note of the pages that came. Pure.

A search asks for one page at a time and decides by what came before, so that the same answers always lead to
the same requests: a search that is taken up again and fed from the archive goes the same way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from crawler.announcing import Announcing
from crawler.attachments import attachments
from crawler.chains import Chain
from crawler.discovery import (
    Column,
    Judged,
    Step,
    about_disclosure,
    is_a_report,
    is_the_column,
    judge_on_the_way,
    may_lead_in,
    may_lead_on,
    organs_are_named,
)
from crawler.entries import DEEPEST_WAY, Entries
from crawler.families import annual_report_jsp
from crawler.families.listing import Records
from crawler.families.registry import read_listing
from crawler.families.shapes import folder
from crawler.frontier import Frontier
from crawler.further import FurtherPages, first_page
from crawler.listed import is_list, is_single
from crawler.lists import Lists
from crawler.looking import FAINT
from crawler.memory import Memory
from crawler.pages import Link, Page
from crawler.portals import Portal
from crawler.tasks import Notice, Shortfall, Task
from crawler.urls import Scope, is_root, page_key
from crawler.words import BLOCK, SURE

_FEW_LINKS = 4  # a page with so few is the frame of another
_DOORS = 6  # links; a home page with no more is the entrance to others, by language or kind of visitor
_FRAME_WORTH = 35
_LIST_WORTH = 120


class PortalSearch:
    """Ask with `next`, and tell how it ended with `came`, `redirected` or `failed`; until `next` gives None.

    `years` limits which reports are asked for, not which are noted.
    """

    def __init__(
        self,
        portal: Portal,
        memory: Memory,
        *,
        years: frozenset[int] | None,
        refetch: bool,
        looking_pages: int,
        list_pages: int,
    ) -> None:
        self.portal = portal
        self._scope = Scope.of(portal.home)
        self._memory = memory
        self._answers = False
        self._frontier = Frontier(looking_pages, list_pages)
        self._reports = Announcing(self._frontier, memory, years=years, refetch=refetch)
        self._entries = Entries(self._frontier, self._reports, self._scope)
        self._frontier.ask(Task(portal.home, "page"))
        self._further = FurtherPages(self._frontier, self._scope, memory)
        self._lists = Lists(self._frontier, self._entries, self._scope, pinned=portal.family, years=years)

    @property
    def families(self) -> Counter[str]:
        """The platform families that the lists met are of, each with how many are."""
        return self._lists.families

    @property
    def shortfalls(self) -> list[Shortfall]:
        """The lists that came to their end and hold less than they should; whoever takes note of them clears them."""
        return self._lists.shortfalls

    @property
    def announced(self) -> int:
        """How many reports are noted."""
        return self._reports.announced

    @property
    def wanted(self) -> int:
        """How many of them are of the years asked for."""
        return self._reports.wanted

    @property
    def known(self) -> int:
        """How many of these a former run got."""
        return self._reports.known

    @property
    def waiting(self) -> int:
        """How many reports are found and not yet asked for."""
        return self._frontier.waiting

    @property
    def unasked(self) -> int:
        """How many lists the bounds keep from being asked for, and where none was found, how many pages that may lead
        to some: what they announce is not known.
        """
        looks = 0 if self._entries.found else self._frontier.left_out
        return self._entries.too_deep + self._frontier.lists + looks

    def next(self) -> Task | None:
        """The next page to ask for, None at the end. What former runs knew of and this one did not come by is asked
        for last, on a portal that answers.
        """
        task = self._frontier.next(found=self._entries.found)
        if task is None and self._answers:
            for owed in self._memory.owed.tasks(self.portal.code, self._reports.years):
                if self._frontier.is_new(owed.url):
                    self._frontier.ask(owed)
            task = self._frontier.next(found=self._entries.found)
        if task is None:
            self._frontier.end()
        return task

    def came(self, task: Task, page: Page) -> list[Notice]:
        """Take up a page that came; the links to note are given back."""
        self._answers = True
        column = task.column_at(page.url)
        if task.kind == "report":
            return self._take_report(task, page, column)
        if task.kind == "list" and task.way is None and is_single(page, column):
            return self._entries.take_single(task)
        given = task.depth == 0
        if given and is_a_report(page):
            self._frontier.forget(page.url)  # the list that names it has it asked for as what it is
        if task.kind == "list" or is_the_column(page, given=given):
            return self._lists.take(task, page)
        return self._take_page(task, page)

    def redirected(self, task: Task, target: str) -> None:
        """Go on to where a page points."""
        self._frontier.saw(target)
        column = task.column
        if column is not None and column.root == folder(task.url):
            column = replace(column, root=folder(target))
        onward = replace(task, url=target, referrer=task.url, hops=(*task.hops, task.url), column=column)
        self._frontier.ask(onward, first=True)

    def came_records(self, task: Task, records: Records) -> list[Notice]:
        """Take up the answer of a call; the links to note are given back."""
        return self._lists.take_records(task, records)

    def failed(self, task: Task) -> None:
        """A page did not come."""
        self._lists.failed(task)

    def _take_report(self, task: Task, page: Page, column: Column) -> list[Notice]:
        if self._further.may_have_files(task):
            self._take_attachments(task, page)
        if first_page(task) is not None:
            self._further.take(task, page)
            return []
        if is_list(page, column):
            return self._lists.take(task, page)
        self._further.take(task, page)
        chosen = [(link, True) for link in annual_report_jsp.chosen(page)]
        notices = self._entries.take_years(task, page)
        return notices + self._entries.take(task, Chain(task.url), chosen, column)

    def _take_page(self, task: Task, page: Page) -> list[Notice]:
        within = task.depth > 0 or not is_root(page.url)
        disclosing = within and about_disclosure(task.anchor, page)
        notices: list[Notice] = []
        before = self._frontier.lists
        listing = read_listing(page, None, folder(page.url), self.portal.family)
        parts = self._lists.take_parts(task, listing)
        among_organs = within and not listing.lists and organs_are_named(task.anchor, page)
        own = {page_key(link.url) for link in page.links if self._scope.allows(link.url)}
        is_entrance = task.depth == 0 and len(own) <= _DOORS
        steps = self._steps(page, disclosing=disclosing, among_organs=among_organs)
        least = BLOCK if any(one.step is Step.LIST and one.worth >= SURE for _, one in steps) else 0
        for link, judged in steps:
            if not self._frontier.is_new(link.url):
                continue
            if judged.step is Step.REPORT:
                notices.append(self._reports.announce(task, link, judged, None))
            elif judged.step is Step.LIST:
                parts += self._entries.ask_part(task, link, judged, Column(folder(link.url)))
            elif judged.step is Step.LOOK and judged.worth > least and task.depth < DEEPEST_WAY:
                self._frontier.look(judged.worth, task.leading_to(link, "page"))
            elif (disclosing and task.depth < DEEPEST_WAY and may_lead_on(link, page.url)) or (
                is_entrance and may_lead_in(link)
            ):
                self._frontier.look(FAINT, task.leading_to(link, "page"))
        if len(page.links) <= _FEW_LINKS or disclosing or all(one.step is Step.IGNORE for _, one in steps):
            self._look_into_frames(task, page)
        onward = listing.ways[0].url if listing.ways and task.depth else ""
        if len(notices) >= _FEW_LINKS and onward and self._frontier.is_new(onward):
            further = task.leading_to(Link(onward, task.anchor or ""), "page")
            # more of it, among other things
            self._frontier.look(_LIST_WORTH, replace(further, depth=task.depth))
        self._frontier.brought(more=bool(notices) or self._frontier.lists > before)
        return notices + parts

    def _steps(self, page: Page, *, disclosing: bool, among_organs: bool) -> list[tuple[Link, Judged]]:
        """The links of a page on the way that were not met before, judged."""
        steps = []
        for link in page.links:
            self._entries.pass_by(link)
            if self._scope.allows(link.url) and self._frontier.is_new(link.url):
                steps.append((link, judge_on_the_way(link, disclosing=disclosing, among_organs=among_organs)))
        return steps

    def _look_into_frames(self, task: Task, page: Page) -> None:
        for frame in self._lists.frames(page.frames) if task.depth < DEEPEST_WAY else ():
            self._frontier.look(_FRAME_WORTH, task.leading_to(Link(frame, task.anchor or ""), "page"))

    def _take_attachments(self, task: Task, page: Page) -> None:
        for link in attachments(page):
            if not self._scope.allows(link.url) or self._memory.has_file(link.url):
                continue
            if self._frontier.is_new(link.url):
                file = replace(task.leading_to(link, "report", task.column), is_file=True)
                self._frontier.ask(file, first=True)
