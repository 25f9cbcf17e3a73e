"""A platform family: what it is recognised by, and how it reads a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.families.listing import Listing, Way
from crawler.pages import Page
from crawler.urls import split

LISTED = 3
"""How much it speaks for a family that a page links to articles with its addresses."""

Reader = Callable[[Page, Way | None, str], Listing]
"""Reads a list page that came by a way (None for the first page), of the column with this folder."""


@dataclass(frozen=True, slots=True)
class Family:
    """`marks` are found in the source of its list pages, `columns` and `articles` in paths of its addresses. One of
    the `clues`, words in small letters, stands in whatever the marks are found in: they are looked for first, in a
    tenth of the time.
    """

    name: str
    read: Reader
    marks: re.Pattern[str] | None = None
    clues: tuple[str, ...] = ()
    columns: re.Pattern[str] | None = None
    articles: re.Pattern[str] | None = None

    def shown_by(self, page: Page) -> int:
        """How much of the page itself speaks for the family, 0 for nothing."""
        score = 4 if self.is_marked(page) else 0
        return score + (2 if self.columns and self.columns.search(split(page.url).path) else 0)

    def listed_by(self, page: Page) -> int:
        """How much its links speak for the family: LISTED or 0."""
        found = self.articles and any(self.articles.search(split(link.url).path) for link in page.links)
        return LISTED if found else 0

    def is_marked(self, page: Page) -> bool:
        """Whether the source of a page has a mark of the family's lists."""
        return (
            self.marks is not None and page.has_any(self.clues) and self.marks.search(page.source) is not None
        )
