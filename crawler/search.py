"""The search of one portal: which page to ask for next, and what to note of the pages that came. Pure.

A search asks for one page at a time and decides by what came before, so that the same answers always lead to
the same requests: a search that is taken up again and fed from the archive goes the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from crawler.announcing import Announcing
from crawler.attachments import attachments
from crawler.chains import Chain, shortfall
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
from crawler.families import annual_report_jsp, generic
from crawler.families.listing import Listing, Records, Way
from crawler.families.pager import first_page
from crawler.families.registry import read_listing
from crawler.families.shapes import folder, is_document, shape_of
from crawler.frontier import Frontier
from crawler.listed import is_list, is_named, is_single, listed_shapes, part_named
from crawler.looking import FAINT
from crawler.memory import Memory
from crawler.pages import Link, Page
from crawler.portals import Portal
from crawler.tasks import Notice, Shortfall, Task, notices_of_part
from crawler.urls import Scope, is_root, page_key
from crawler.wanted import may_hold
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
        self._chains: dict[str, Chain] = {}
        self._named: dict[str, Mapping[str, str]] = {}  # what the scripts say that were asked for, by address
        self.families: Counter[str] = Counter()
        self.shortfalls: list[Shortfall] = []

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
            self._take_attachments(task, page)
            if is_list(page, column):
                return self._take_list(task, page)
            chosen = [(link, True) for link in annual_report_jsp.chosen(page)]
            notices = self._entries.take_years(task, page)
            return notices + self._entries.take(task, Chain(task.url), chosen, column)
        if task.kind == "list" and task.way is None and is_single(page, column):
            return self._entries.take_single(task)
        given = task.depth == 0
        if given and is_a_report(page):
            self._frontier.forget(page.url)  # the list that names it has it asked for as what it is
        if task.kind == "list" or is_the_column(page, given=given):
            return self._take_list(task, page)
        return self._take_page(task, page)

    def redirected(self, task: Task, target: str) -> None:
        """Go on to where a page points."""
        self._frontier.saw(target)
        column = task.column
        if column is not None and column.root == folder(task.url):
            column = replace(column, root=folder(target))
        onward = replace(task, url=target, referrer=task.url, hops=(*task.hops, task.url), column=column)
        self._frontier.ask(onward, first=True)

    def failed(self, task: Task) -> None:
        """A page did not come."""
        chain = self._chains.get(task.chain) if task.chain else None
        if chain is not None:
            self._continue(task, chain, chain.instead())

    def _take_page(self, task: Task, page: Page) -> list[Notice]:
        within = task.depth > 0 or not is_root(page.url)
        disclosing = within and about_disclosure(task.anchor, page)
        notices: list[Notice] = []
        before = self._frontier.lists
        listing = read_listing(page, None, folder(page.url), self.portal.family)
        parts = self._take_lists(task, listing)
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
        for frame in self._frames(page.frames) if task.depth < DEEPEST_WAY else ():
            self._frontier.look(_FRAME_WORTH, task.leading_to(Link(frame, task.anchor or ""), "page"))

    def _take_list(self, task: Task, page: Page) -> list[Notice]:
        column = task.column_at(page.url)
        task = replace(task, column=column)
        chain = self._chain(task)
        listing = read_listing(page, task.way, column.root, self.portal.family or chain.family)
        self.families[listing.family] += 1
        chain.family, chain.frames = listing.family if listing.family != generic.NAME else None, page.frames
        alike = listed_shapes(page, column)
        links = [(link, shape_of(link.url) in alike) for link in page.links]
        links += [(link, True) for link in listing.records]
        before = len(chain.known)
        notices = self._entries.take(task, chain, links, column)
        if task.way is None and not chain.known and not listing.ways:
            notices += self._entries.take_elsewhere(task, chain, page, column)
        chain.listed.update({page_key(link.url) for link in listing.records} or chain.entries)
        notices += self._take_lists(task, listing)
        begun = first_page(page, column.root) if task.depth == 0 else None
        if begun is not None and self._frontier.is_new(begun):
            self._frontier.ask(task.leading_to(Link(begun, task.anchor or ""), "list", column))
        fresh = len(chain.known) - before
        self._continue(task, chain, chain.after_page(task.way, listing, fresh=fresh))
        return notices

    def _take_lists(self, task: Task, listing: Listing) -> list[Notice]:
        """Ask for the lists that a page names beside its links; those to note are given back."""
        parts = []
        for name, way in listing.lists:
            onward = self._onward(task, way, name)
            column = part_named(name, task.column_at(task.url))
            if self._frontier.is_new(onward.url) and may_hold(self._reports.years, None, column.year):
                parts += notices_of_part(task, Link(onward.url, name), column)
                if way.call is None:  # the first page of a list of its own
                    onward, column = replace(onward, way=None), replace(column, root=folder(onward.url))
                self._frontier.ask(replace(onward, column=column))
                self.families[listing.family] += 1
        return parts

    def came_records(self, task: Task, records: Records) -> list[Notice]:
        """Take up the answer of a call; the links to note are given back."""
        assert task.way is not None  # noqa: S101 - a call was made
        chain = self._chain(task)
        if records.named:
            self._named[task.url] = records.named
        before, reports = len(chain.listed), chain.reports
        chain.listed.update(page_key(link.url) for link in records.links)
        links = [(link, True) for link in records.links]
        notices = self._entries.take(task, chain, links, task.column_at(task.url))
        fresh = len(chain.listed) - before
        way = chain.after_call(task.way, records, fresh=fresh, told=chain.reports > reports)
        self._continue(task, chain, way)
        return notices

    def _chain(self, task: Task) -> Chain:
        """The list that a page is of; its first page begins it."""
        return self._chains.setdefault(task.chain or task.url, Chain(task.chain or task.url))

    def _continue(self, task: Task, chain: Chain, way: Way | None) -> None:
        """Go on with a list; at its end, note what it announced and did not bring."""
        while way is not None:
            way = way.known(self._named)
            onward = replace(self._onward(task, way, task.anchor), chain=chain.first, depth=task.depth)
            if (way.call is not None and way.call.may_be_repeated) or self._frontier.is_new(onward.url):
                self._frontier.ask(onward, first=True)
                return
            way = chain.another()
        del self._chains[chain.first]
        frames = [] if chain.reports else list(self._frames(chain.frames))
        for frame in frames:
            column = task.column and replace(task.column, root=folder(frame))
            self._frontier.ask(task.leading_to(Link(frame, task.anchor or ""), "list", column))
        named = not frames and is_named(task.url, task.anchor, task.column)
        if short := shortfall(chain, task, named=named):
            self.shortfalls.append(short)

    def _onward(self, task: Task, way: Way, anchor: str | None) -> Task:
        """The page or call behind a way."""
        chain = self._chains.get(task.chain or task.url)
        url, form = way.request(len(chain.listed) if chain else 0)
        referrer = task.referrer if task.is_call else task.url
        onward = Task(url, "list", referrer, anchor, task.column, task.depth + 1)
        return replace(onward, way=way, form=form)

    def _take_attachments(self, task: Task, page: Page) -> None:
        for link in attachments(page):
            if not self._scope.allows(link.url) or self._memory.has_file(link.url):
                continue
            if self._frontier.is_new(link.url):
                file = replace(task.leading_to(link, "report", task.column), is_file=True)
                self._frontier.ask(file, first=True)

    def _frames(self, frames: Iterable[str]) -> Iterator[str]:
        """The pages shown inside a page, each once."""
        for frame in frames:
            if self._scope.allows(frame) and not is_document(frame) and self._frontier.is_new(frame):
                self._frontier.saw(frame)
                yield frame
