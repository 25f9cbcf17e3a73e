"""The search of one portal: which page to ask for next, and what to note of the pages that came. Pure.

A search asks for one page at a time and decides by what came before, so that the same answers always lead to
the same requests: a search that is taken up again and fed from the archive goes the same way.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from crawler.attachments import attachments
from crawler.discovery import Column, Judged, Step, is_the_column, judge_in_column, judge_on_the_way
from crawler.families.static_directory import folder, is_below, is_document, next_page
from crawler.memory import Memory
from crawler.pages import Link, Page
from crawler.portals import Portal
from crawler.tasks import Notice, Task
from crawler.urls import Scope, other_addresses, page_key
from pipeline.archive import Outcome

_DEEPEST_WAY = 4  # pages between the home page and a column
_DEEPEST_PART = 5  # parts of a column within one another: years, agencies, list pages aside
_UNNAMED_DEPTH = 2  # more for a part whose name says nothing, so that endless folders come to an end soon
_FEW_LINKS = 4  # a page with so few is the frame of another
_FRAME_WORTH = 35
_NEXT = ("下一页", "下页", "后一页", ">", "›", "»", "next")
_SILENT = frozenset({Outcome.CONNECTION_FAILED, Outcome.BROKEN_TLS, Outcome.TIMEOUT, Outcome.HOST_UNKNOWN})


class PortalSearch:
    """Ask with `next`, and tell how it ended with `came`, `redirected` or `failed`; until `next` gives None.

    `years` limits which reports are asked for, not which are noted. `announced` counts the reports noted,
    `known` those that a former run got.
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
        self.announced = 0
        self.known = 0
        self.column_found = False
        self._memory = memory
        self._scope = Scope.of(portal.home)
        self._years = years
        self._refetch = refetch
        self._looks_left = looking_pages
        self._lists_left = list_pages
        self._homes = deque([Task(portal.home, "page")])
        self._looking: list[tuple[int, int, Task]] = []
        self._lists: deque[Task] = deque()
        self._reports: deque[Task] = deque()
        self._seen: set[str] = {page_key(portal.home)}
        self._chains: dict[str, set[str]] = {}
        self._order = 0
        self._too_deep = 0

    @property
    def waiting(self) -> int:
        """How many reports are found and not yet asked for."""
        return len(self._reports)

    @property
    def unasked(self) -> int:
        """How many lists the bounds keep from being asked for: what they announce is not known."""
        return self._too_deep + len(self._lists)

    def next(self) -> Task | None:
        """The next page to ask for: lists first, so that what is announced is known early; then the way to
        more lists, while none announced a report; then the reports.
        """
        if self._homes:
            return self._homes.popleft()
        if self._lists and self._lists_left > 0:
            self._lists_left -= 1
            return self._lists.popleft()
        if self._looking and not self.column_found and self._looks_left > 0:
            self._looks_left -= 1
            return heapq.heappop(self._looking)[2]
        if self._reports:
            return self._reports.popleft()
        self._seen.clear()  # nothing will be asked for any more
        self._looking.clear()
        return None

    def came(self, task: Task, page: Page) -> list[Notice]:
        """Take up a page that came; the links to note are given back."""
        if task.kind == "report":
            self._take_attachments(task, page)
            return []
        if task.kind == "list" or is_the_column(page):
            return self._take_list(task, page)
        return self._take_page(task, page)

    def redirected(self, task: Task, target: str) -> None:
        """Go on to where a page points."""
        self._seen.add(page_key(target))
        column = task.column
        if column is not None and column.root == folder(task.url):
            column = replace(column, root=folder(target))
        onward = replace(task, url=target, referrer=task.url, hops=(*task.hops, task.url), column=column)
        {"page": self._homes, "list": self._lists, "report": self._reports}[task.kind].appendleft(onward)

    def failed(self, task: Task, outcome: Outcome) -> None:
        """A page did not come. A home page is looked for at its other addresses."""
        if task.url == self.portal.home and outcome in _SILENT:
            self._homes.extend(Task(url, "page") for url in other_addresses(task.url))

    def _take_page(self, task: Task, page: Page) -> list[Notice]:
        disclosing = task.depth > 0 and _about_disclosure(task, page)
        notices = []
        for link in self._new_links(page):
            judged = judge_on_the_way(link, disclosing=disclosing)
            if judged.step is Step.REPORT:
                notices.append(self._announce(task, link, judged, None))
            elif judged.step is Step.LIST:
                column = Column(folder(link.url), judged.organ, judged.year)
                self._lists.append(self._task(task, link, "list", column))
            elif judged.step is Step.LOOK and task.depth < _DEEPEST_WAY:
                self._look(judged.worth, self._task(task, link, "page"))
            else:
                continue
            self._seen.add(page_key(link.url))
        if len(page.links) <= _FEW_LINKS and task.depth < _DEEPEST_WAY:
            for frame in self._frames(page):
                self._look(_FRAME_WORTH, self._task(task, Link(frame, task.anchor or ""), "page"))
        return notices

    def _look(self, worth: int, task: Task) -> None:
        self._order += 1
        heapq.heappush(self._looking, (-worth, self._order, task))

    def _take_list(self, task: Task, page: Page) -> list[Notice]:
        column = task.column or Column(folder(page.url))
        task = replace(task, column=column)
        notices: list[Notice] = []
        chain = task.chain or page_key(task.url)
        known = self._chains.setdefault(chain, set())
        fresh = 0
        for link in page.links:
            key = page_key(link.url)
            if key in known or not self._scope.allows(link.url):
                continue
            judged = judge_in_column(link, column)
            if judged.step is Step.IGNORE:
                continue
            known.add(key)
            fresh += 1
            if key in self._seen:
                continue
            notices += self._take_listed(task, link, judged, column)
        if any(notice.verdict == "report" for notice in notices):
            self.column_found = True
        self._continue(task, page, chain, fresh)
        return notices

    def _take_listed(self, task: Task, link: Link, judged: Judged, column: Column) -> Iterator[Notice]:
        self._seen.add(page_key(link.url))
        if judged.step is Step.LIST and task.depth >= _DEEPEST_PART + _DEEPEST_WAY:
            self._too_deep += bool(judged.worth)
            return
        if judged.step is Step.REPORT:
            yield self._announce(task, link, judged, column)
            return
        if judged.step is Step.LIST and self._may_hold(None, judged.year):
            inside = is_below(link.url, column.root)
            part = column.part(judged) if inside else replace(column.part(judged), root=folder(link.url))
            further = self._task(task, link, "list", part)
            unsure = 0 if judged.worth else _UNNAMED_DEPTH
            self._lists.append(replace(further, depth=further.depth + unsure))
        if judged.verdict is not None:
            yield self._notice(task, link, judged, column)

    def _continue(self, task: Task, page: Page, chain: str, fresh: int) -> None:
        """Ask for the next page of a list, as long as its pages bring links that are new to it."""
        following = self._next_page(task, page)
        if following is None or fresh == 0 or page_key(following) in self._seen:
            del self._chains[chain]
            for frame in self._frames(page) if fresh == 0 else ():
                column = task.column and replace(task.column, root=folder(frame))
                self._lists.append(self._task(task, Link(frame, task.anchor or ""), "list", column))
            return
        self._seen.add(page_key(following))
        onward = self._task(task, Link(following, task.anchor or ""), "list", task.column)
        self._lists.appendleft(replace(onward, chain=chain, depth=task.depth))

    def _next_page(self, task: Task, page: Page) -> str | None:
        above = task.column.root if task.column else folder(page.url)
        for link in page.links:
            if link.text.strip().lower() not in _NEXT or not is_below(link.url, above):
                continue
            if self._scope.allows(link.url) and page_key(link.url) != page_key(page.url):
                return link.url
        return next_page(page.url, page.source)

    def _announce(self, task: Task, link: Link, judged: Judged, column: Column | None) -> Notice:
        """Note a report, and ask for it if it is wanted and not held."""
        self.announced += 1
        notice = self._notice(task, link, judged, column)
        wanted = self._may_hold(judged.year, notice.year)
        if wanted and not self._refetch and self._memory.holds(link.url):
            self.known += 1
            for entry in self._memory.wanting(link.url):
                self._reports.append(
                    Task(entry.url, "report", entry.referrer, entry.anchor, depth=task.depth + 2)
                )
        elif wanted:
            self._reports.append(self._task(task, link, "report", column))
        return notice

    def _notice(self, task: Task, link: Link, judged: Judged, column: Column | None) -> Notice:
        organ = judged.organ or (column.organ if column else None)
        year = judged.year or (column.year if column else None)
        return Notice(link, task.url, judged.verdict or "report", organ, year)

    def _may_hold(self, printed: int | None, hint: int | None = None) -> bool:
        """Whether a report, or a column, of this year is asked for. The year of a folder may be that of
        posting, a year after the one reported on.
        """
        if self._years is None or (printed is None and hint is None):
            return True
        if printed is not None or hint is None:
            return printed in self._years
        return hint in self._years or hint - 1 in self._years

    def _take_attachments(self, task: Task, page: Page) -> None:
        for link in attachments(page):
            if self._scope.allows(link.url) and page_key(link.url) not in self._seen:
                self._seen.add(page_key(link.url))
                self._reports.appendleft(self._task(task, link, "report", task.column))

    def _frames(self, page: Page) -> Iterator[str]:
        """The pages shown inside a page, each once."""
        for frame in page.frames:
            if self._scope.allows(frame) and not is_document(frame) and page_key(frame) not in self._seen:
                self._seen.add(page_key(frame))
                yield frame

    def _new_links(self, page: Page) -> Iterator[Link]:
        for link in page.links:
            if self._scope.allows(link.url) and page_key(link.url) not in self._seen:
                yield link

    def _task(self, task: Task, link: Link, kind: str, column: Column | None = None) -> Task:
        return Task(link.url, kind, task.url, link.text or None, column, task.depth + 1)


def _about_disclosure(task: Task, page: Page) -> bool:
    return "公开" in f"{task.anchor}{page.column_name}{page.title}"
