"""What a list page has in common with itself: which of its links are entries of one list. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl

from crawler.discovery import Column, Step, column_worth, is_a_report, judge_in_column
from crawler.families.shapes import folder, is_column, is_document, may_be_column, shape_of
from crawler.judged import key_of, names_group, names_organ
from crawler.pages import Link, Page
from crawler.urls import split
from crawler.words import YEAR

_TABLE_ROWS = 12
_HEADING = re.compile(
    r"[一二三四五六]、[^。；]{0,20}?(?:概述|总体情况|主动公开|申请|收费|复议|诉讼|问题|改进|其他需要报告)"
)
_SEVERAL = 2  # links named alike and with addresses alike are parts of one whole


def listed_shapes(page: Page, column: Column) -> frozenset[str]:
    """The shapes of the addresses on a list page that reports, or parts named by years or organs, are listed
    under: other entries share them.
    """
    parts: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    own = shape_of(f"//{folder(page.url)}")
    shapes: set[str] = set()
    for link in {link.url: link for link in page.links}.values():
        key = key_of(link.text)
        if is_other_block(link.url, page.url):
            continue
        if YEAR.fullmatch(key) or (names_organ(key) and not names_group(key)):
            parts[shape_of(link.url)] += 1
        elif names_group(key) and may_be_column(link.url) and shape_of(f"//{folder(link.url)}") == own:
            groups[shape_of(link.url)] += 1
        elif is_column(link.url) or is_document(link.url):
            continue
        elif judge_in_column(link, column).step is Step.REPORT:
            shapes.add(shape_of(link.url))
    several = {shape for counts in (parts, groups) for shape, count in counts.items() if count >= _SEVERAL}
    return frozenset(shapes | several)


def is_other_block(url: str, at: str) -> bool:
    """Whether an address differs from that of the page in a parameter that says the kind of page: the guide or the
    catalogue of an organ beside its reports (LonSun).
    """
    if "?" not in url or "?" not in at:
        return False
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
    organ = key if names_organ(key) and not names_group(key) else None
    return Column(column.root, organ or column.organ, int(year[0]) if year else column.year)


def is_list(page: Page, column: Column) -> bool:
    """Whether a page that was asked for as a report is a list of them."""
    if page.has_rows():
        return False
    entries = [link for link in page.links if judge_in_column(link, column).verdict == "report"]
    few = 0 if is_column(page.url) else _SEVERAL
    return len(entries) > few and bool(listed_shapes(page, column))


def is_single(page: Page, column: Column) -> bool:
    """Whether a page that was asked for as a list is a report."""
    entries = [link for link in page.links if judge_in_column(link, column).verdict == "report"]
    if len(entries) > _SEVERAL:
        return False
    if len(set(_HEADING.findall(page.visible))) > _SEVERAL:
        return True
    return page.has_rows(_TABLE_ROWS) and (is_a_report(page) or not _is_table_of_parts(page, column))


def _is_table_of_parts(page: Page, column: Column) -> bool:
    """Whether what a page lists, by organs and years, are as many as would fill the rows of a table."""
    alike = listed_shapes(page, column)
    return len({link.url for link in page.links if shape_of(link.url) in alike}) >= _TABLE_ROWS


def other_years(page: Page) -> Iterator[tuple[Link, int, bool]]:
    """The links on a report's page to reports of other years, at the same address but for a parameter, which the
    address of the newest may leave out. Each with its year, and whether it is printed: a parameter may give the year
    of posting (Hanweb).
    """
    here = split(page.url)
    given = dict(parse_qsl(here.query))
    for link in page.links if given else ():
        parts = split(link.url)
        other = dict(parse_qsl(parts.query))
        changed = [other[name] for name in given.keys() & other.keys() if given[name] != other[name]]
        added = [other[name] for name in other.keys() - given.keys()]
        changed += [value for value in added if re.fullmatch(r"20\d\d", value)]
        if (parts.netloc, parts.path) != (here.netloc, here.path) or len(changed) != 1:
            continue
        printed = re.match(r"20\d\d", link.text) if YEAR.fullmatch(key_of(link.text)) else None
        year = printed or re.fullmatch(r"20\d\d", changed[0])
        if year is not None:
            yield link, int(year[0]), printed is not None


def is_named(url: str, anchor: str | None, column: Column | None) -> bool:
    """Whether a list was linked to as one of reports, by its name, year or organ."""
    if column is not None and (column.organ or column.year):
        return True
    return column_worth(Link(url, anchor or ""), disclosing=True) > 0
