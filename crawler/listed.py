"""What a list page has in common with itself: which of its links are entries of one list. Pure."""

from __future__ import annotations

import re
from collections import Counter

from crawler.discovery import Column, Step, column_worth, judge_in_column
from crawler.families.shapes import is_column, is_document, shape_of
from crawler.judged import key_of, names_organ
from crawler.pages import Link, Page
from crawler.urls import split
from crawler.words import GROUP, YEAR

_SEVERAL = 2  # links named alike and with addresses alike are parts of one whole


def listed_shapes(page: Page, column: Column) -> frozenset[str]:
    """The shapes of the addresses on a list page that reports, or parts named by years or organs, are listed
    under: other entries share them.
    """
    parts: Counter[str] = Counter()
    shapes: set[str] = set()
    for link in {link.url: link for link in page.links}.values():
        key = key_of(link.text)
        if _of_another_kind(link.url, page.url):
            continue
        if YEAR.fullmatch(key) or (names_organ(key) and not GROUP.fullmatch(key)):
            parts[shape_of(link.url)] += 1
        elif is_column(link.url) or is_document(link.url):
            continue
        elif judge_in_column(link, column).step is Step.REPORT:
            shapes.add(shape_of(link.url))
    return frozenset(shapes | {shape for shape, count in parts.items() if count >= _SEVERAL})


def _of_another_kind(url: str, at: str) -> bool:
    """Whether an address differs from that of the page in a parameter that says the kind of page."""
    if shape_of(url).partition("?")[0] != shape_of(at).partition("?")[0]:
        return False
    kinds = dict(re.findall(r"([a-z]*type)=(\w+)", split(at).query, re.IGNORECASE))
    return any(
        kinds.get(name, kind) != kind for name, kind in re.findall(r"([a-z]*type)=(\w+)", split(url).query)
    )


def part_named(name: str, column: Column) -> Column:
    """The part of a column that has this name."""
    key = key_of(name)
    year = re.search(r"20\d\d(?=年|nd|$)", key)
    organ = key if names_organ(key) and not GROUP.fullmatch(key) else None
    return Column(column.root, organ or column.organ, int(year[0]) if year else column.year)


def is_list(page: Page, column: Column) -> bool:
    """Whether a page that was asked for as a report is a list of them."""
    if page.row_count:
        return False
    entries = [link for link in page.links if judge_in_column(link, column).verdict == "report"]
    few = 0 if is_column(page.url) else _SEVERAL
    return len(entries) > few and bool(listed_shapes(page, column))


def other_years(page: Page) -> tuple[Link, ...]:
    """The links on a report's page to reports of other years, at the same address but for a parameter; the text of
    each begins with the year.
    """
    if not split(page.url).query:
        return ()
    shape = shape_of(page.url)
    links = [
        link
        for link in page.links
        if re.match(r"20\d\d", link.text)
        and YEAR.fullmatch(key_of(link.text))
        and shape_of(link.url) == shape
        and link.url != page.url
    ]
    return tuple(links) if len(links) >= _SEVERAL else ()


def is_named(url: str, anchor: str | None, column: Column | None) -> bool:
    """Whether a list was linked to as one of reports, by its name, year or organ."""
    if column is not None and (column.organ or column.year):
        return True
    return column_worth(Link(url, anchor or ""), disclosing=True) > 0
