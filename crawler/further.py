"""The further pages of a report whose text is spread over several: asked for as files of its first page. Pure."""

from __future__ import annotations

from dataclasses import replace

from crawler.attachments import prints_tables
from crawler.frontier import Frontier
from crawler.memory import Memory
from crawler.pages import Link, Page
from crawler.tasks import Task
from crawler.urls import Scope
from pipeline.read.body_pages import page_number


class FurtherPages:
    """Each further page has the first for its referrer, whichever page leads to it: by that they are of one text."""

    def __init__(self, frontier: Frontier, scope: Scope, memory: Memory) -> None:
        self._frontier = frontier
        self._scope = scope
        self._memory = memory
        self._printed: set[str] = set()  # first pages of texts of which a page prints tables

    def take(self, task: Task, page: Page) -> None:
        """Ask for the pages that a page of a report leads to, before all other reports."""
        first = first_page(task) or page.url
        ahead = [url for url in page.further_pages(first) if self._scope.allows(url)]
        if prints_tables(page) and (ahead or first != page.url):
            self._printed.add(first)
        for url in reversed([url for url in ahead if self._frontier.is_new(url)]):
            if not self._memory.has_file(url):
                onward = task.leading_to(Link(url, task.anchor or ""), "report", task.column)
                self._frontier.ask(replace(onward, referrer=first, is_file=True), first=True)

    def may_have_files(self, task: Task) -> bool:
        """Whether files on a page of a report may stand for it: no page of its text before prints the tables."""
        return first_page(task) not in self._printed


def first_page(task: Task) -> str | None:
    """The address of the first page of the text that a task asks for a further page of; None where it does not."""
    is_further = task.is_file and task.referrer and page_number(task.url, task.referrer) is not None
    return task.referrer if is_further else None
