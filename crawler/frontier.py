"""What is found and not yet asked for, and what comes first. Pure."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit

from crawler.families.shapes import shape_of
from crawler.keys import Keys
from crawler.looking import FAINT, Looking
from crawler.packed import PackedTasks
from crawler.tasks import Task
from crawler.urls import page_key


class Frontier:
    """The tasks of one portal, each page once. At most `looking_pages` are looked at, at most `list_pages` of lists
    asked for.
    """

    def __init__(self, looking_pages: int, list_pages: int) -> None:
        self._looking = Looking(looking_pages)
        self._lists_left = list_pages
        self._pages: deque[Task] = deque()
        self._lists: deque[Task] = deque()
        self._reports = PackedTasks()
        self._seen = Keys()

    @property
    def waiting(self) -> int:
        """How many reports are not yet asked for."""
        return len(self._reports)

    @property
    def lists(self) -> int:
        """How many pages of lists are not yet asked for."""
        return len(self._lists)

    @property
    def left_out(self) -> int:
        """How many pages that may lead to lists are not looked at, as no more may be."""
        return self._looking.left_out

    def next(self, *, found: bool) -> Task | None:
        """The next page to ask for: lists first, so that what is announced is known early; then the way to more
        lists, if none is `found` or it goes on to lead to more; then the reports.
        """
        if self._pages:
            return self._pages.popleft()
        if self._lists and self._lists_left > 0:
            self._lists_left -= 1
            return self._lists.popleft()
        look = self._looking.next(found=found, is_new=lambda task: self.is_new(task.url))
        if look is not None:
            self.saw(look.url)
            return look
        return self._reports.popleft() if self._reports else None

    def end(self) -> None:
        """Forget all pages: nothing will be asked for any more."""
        self._seen.clear()

    def ask(self, task: Task, *, first: bool = False) -> None:
        """Keep a task; before all others of its kind if `first`."""
        self._seen.add(_key(task.url))
        queues: dict[str, deque[Task] | PackedTasks] = {
            "page": self._pages,
            "list": self._lists,
            "report": self._reports,
        }
        queue = queues[task.kind]
        (queue.appendleft if first else queue.append)(task)

    def look(self, worth: int, task: Task) -> None:
        """Keep a page that may lead to lists; a greater `worth` comes first. One for which little speaks may still be
        met as something else.
        """
        if worth > FAINT:
            self.saw(task.url)
        self._looking.add(worth, task)

    def brought(self, *, more: bool) -> None:
        """Tell whether a page that was looked at led to a list or report not known before."""
        self._looking.brought(more=more)

    def pull(self, shape: str) -> list[Task]:
        """Take out the lists with addresses of this shape that are the first pages of theirs."""
        pulled = [task for task in self._lists if task.way is None and shape_of(task.url) == shape]
        if pulled:
            self._lists = deque(task for task in self._lists if task not in pulled)
        return pulled

    def is_new(self, url: str) -> bool:
        """Whether a page was never met before."""
        return _key(url) not in self._seen

    def forget(self, url: str) -> None:
        """A page that may be asked for once more."""
        self._seen.discard(_key(url))

    def saw(self, url: str) -> None:
        """A page that is not to be asked for again."""
        self._seen.add(_key(url))


def _key(url: str) -> str:
    """What all addresses of a page share; what is posted stands behind `#`."""
    return page_key(url) + urlsplit(url).fragment
