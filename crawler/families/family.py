"""A platform family: what it is recognised by, and how it reads a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.families.listing import Listing, Way
from crawler.pages import Page
from crawler.urls import split

Reader = Callable[[Page, Way | None, str], Listing]
"""Reads a list page that came by a way (None for the first page), of the column with this folder."""


@dataclass(frozen=True, slots=True)
class Family:
    """`marks` are found in the source of its list pages, `columns` and `articles` in paths of its addresses."""

    name: str
    read: Reader
    marks: re.Pattern[str] | None = None
    columns: re.Pattern[str] | None = None
    articles: re.Pattern[str] | None = None

    def likeness(self, page: Page) -> int:
        """How much on a page speaks for the family, 0 for nothing."""
        path = split(page.url).path
        score = 4 if self.marks and self.marks.search(page.source) else 0
        score += 2 if self.columns and self.columns.search(path) else 0
        if self.articles and any(self.articles.search(split(link.url).path) for link in page.links):
            score += 3
        return score
