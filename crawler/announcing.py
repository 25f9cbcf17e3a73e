"""Reports that links announce: noted all, and asked for if they are wanted and not held. Pure."""

from __future__ import annotations

from crawler.discovery import Column, Judged
from crawler.frontier import Frontier
from crawler.memory import Memory
from crawler.pages import Link
from crawler.tasks import Notice, Task, notice_of
from crawler.wanted import may_hold


class Announcing:
    """`years` limits which reports are asked for, not which are noted. `announced` counts the reports noted, `wanted`
    those of the years asked for, `known` those of these that a former run got.
    """

    def __init__(
        self, frontier: Frontier, memory: Memory, *, years: frozenset[int] | None, refetch: bool
    ) -> None:
        self.announced = 0
        self.wanted = 0
        self.known = 0
        self.years = years
        self._frontier = frontier
        self._memory = memory
        self._refetch = refetch

    def announce(self, task: Task, link: Link, judged: Judged, column: Column | None) -> Notice:
        """Note a report that the page of a task announces."""
        self.announced += 1
        notice = notice_of(task, link, judged, column)
        wanted = may_hold(self.years, judged.year, notice.year)
        self.wanted += wanted
        held = wanted and not self._refetch and self._memory.holds(link.url)
        self.known += held
        if held and self._memory.is_republished(link.url, link.text):
            self._memory.renew(link.url)
            held = False
        if held and not self._memory.is_unfinished(link.url):
            depth = task.depth + 2
            for file in self._memory.wanting(link.url):
                part = Task(file.url, "report", file.referrer, file.anchor, depth=depth, is_file=True)
                self._frontier.ask(part)
        elif wanted:
            self._frontier.ask(task.leading_to(link, "report", column))
        return notice
