"""The pages still to be looked at for columns of reports, the most promising first. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from crawler.tasks import Task

_PATIENCE = 8  # pages in a row that lead to nothing new, once a column is found


FAINT = 5
"""The worth of a page of which nothing but its place speaks; none is looked at once a column is found."""


class Looking:
    """At most `pages` are looked at; once a column is found, only while what is looked at goes on to lead to more."""

    def __init__(self, pages: int) -> None:
        self._left = pages
        self._waiting: list[tuple[int, int, Task]] = []
        self._order = 0
        self._fruitless = 0

    @property
    def left_out(self) -> int:
        """How many pages are not looked at, as no more may be."""
        return len(self._waiting) if self._left <= 0 else 0

    def add(self, worth: int, task: Task) -> None:
        """Keep a page to be looked at; a greater `worth` comes first."""
        self._order += 1
        heapq.heappush(self._waiting, (-worth, self._order, task))

    def next(self, *, found: bool, is_new: Callable[[Task], bool]) -> Task | None:
        """The page to look at now; `found` tells whether a column has announced reports, `is_new` whether a page was
        not asked for meanwhile.
        """
        while self._waiting and -self._waiting[0][0] <= FAINT and not is_new(self._waiting[0][2]):
            heapq.heappop(self._waiting)
        if not self._waiting or self._left <= 0 or (found and self._fruitless >= _PATIENCE):
            return None
        if found and -self._waiting[0][0] <= FAINT:
            return None
        self._left -= 1
        return heapq.heappop(self._waiting)[2]

    def brought(self, *, more: bool) -> None:
        """Tell whether a page that was looked at led to a column or report not known before."""
        self._fruitless = 0 if more else self._fruitless + 1
