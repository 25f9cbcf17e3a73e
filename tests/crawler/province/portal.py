"""A portal of the province: the pages of one invented city, what a crawl must hold of them, and what it must leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.crawler.farm import Query, Reply

Text = str | Callable[[], str]
Key = tuple[str, tuple[tuple[str, str], ...]]


def key(path: str) -> Key:
    """What an address asks for: its path, and its parameters in any order."""
    parts = urlsplit(path)
    return unquote(parts.path), tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


class Portal:
    """Pages are added under their paths and made when they are asked for. `encoding` is that of all of them.

    `reports` has a group of addresses for each report: those under which the platform shows the one page. A crawl
    holds exactly one of each. `files` are the attachments that go with reports whose body has no tables. `gone` are
    lines of lists whose pages are no longer there. `never` holds what must not be asked for.
    """

    def __init__(
        self,
        platform: str,
        city: str,
        *,
        start: str = "/",
        encoding: str = "utf-8",
        declared: str | None = None,
    ) -> None:
        self.platform = platform
        self.city = city
        self.start = start
        self.home = ""
        self.reports: list[frozenset[str]] = []
        self.files: set[str] = set()
        self.gone: set[str] = set()
        self.either: set[str] = set()
        self.never: set[str] = set()
        self.never_like: list[re.Pattern[str]] = [re.compile(r"(?i)jsessionid|jsearch|/login|visitcount")]
        self._encoding = encoding
        self._type = f"text/html; charset={declared}" if declared else "text/html"
        self._pages: dict[Key, Callable[[], Reply]] = {}
        self._calls: list[tuple[str, re.Pattern[str], Callable[[Query], Reply | None]]] = []

    def add(self, path: str, text: Text, *, kind: str | None = None) -> str:
        """A page; its path is given back."""

        def made() -> Reply:
            whole = text if isinstance(text, str) else text()
            body = whole.replace("{HOME}", self.home.rstrip("/")).encode(self._encoding)
            return Reply(body, content_type=kind or self._type)

        self._pages[key(path)] = made
        return path

    def add_bytes(self, path: str, body: bytes, kind: str) -> str:
        self._pages[key(path)] = lambda: Reply(body, content_type=kind)
        return path

    def call(self, method: str, pattern: str, answer: Callable[[Query], Reply | None]) -> None:
        """An address that computes its answer. `method` is GET, POST or both with a bar between."""
        self._calls.append((method, re.compile(pattern), answer))

    def report(self, path: str, text: Text, *aliases: str) -> str:
        """A page that is a report, also shown under `aliases`."""
        for one in (path, *aliases):
            self.add(one, text)
        self.reports.append(frozenset((path, *aliases)))
        return path

    def forbid(self, paths: Iterable[str]) -> None:
        """Pages that a crawl has no business with: they answer, and nobody should ask."""
        for path in paths:
            self.never.add(path)
            self._pages.setdefault(key(path), lambda: Reply(b"<html><body><p>-</p></body></html>"))

    def answer(self, query: Query) -> Reply | None:
        if query.method == "GET":
            page = self._pages.get(key(query.path))
            if page is not None:
                return page()
        for method, pattern, answer in self._calls:
            if query.method in method.split("|") and pattern.search(query.path):
                return answer(query)
        return None

    def missing(self, held: Iterable[str]) -> list[str]:
        """Reports and files that were not held, by their first address."""
        keys = {key(path) for path in held}
        lost = [min(group) for group in self.reports if not any(key(path) in keys for path in group)]
        return sorted([*lost, *(path for path in self.files if key(path) not in keys)])

    def surplus(self, held: Sequence[str]) -> list[str]:
        """What was held and is no report of this portal, or is one a second time."""
        group_of = {key(path): number for number, group in enumerate(self.reports) for path in group}
        allowed = {key(path) for path in self.files | self.either}
        seen: set[int] = set()
        extra = []
        for path in held:
            number = group_of.get(key(path))
            if (number is None and key(path) not in allowed) or number in seen:
                extra.append(path)
            if number is not None:
                seen.add(number)
        return sorted(extra)

    def trespasses(self, asked: Iterable[str]) -> list[str]:
        never = {key(path) for path in self.never}
        return sorted(
            path for path in asked if key(path) in never or any(like.search(path) for like in self.never_like)
        )
