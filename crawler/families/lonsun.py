"""龙讯 LonSun: an organ's reports are `/public/column/{organ}?type=3`; its script gets the list as HTML from a label.

The page's own call is used where it has one; else the product's, with the organ that the address names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import pages_stated, ways_on
from crawler.families.script import calls, values
from crawler.judged import key_of, names_organ
from crawler.urls import origin_of, split

NAME = "lonsun"
_LABEL = r"/site/label/\d+"
_COLUMN = re.compile(r"/public/column/(\d+)$")
_ARTICLE = re.compile(r"/public/(?:\d+/\d+\.html|content/\d+)$")
_TAKEN = ("siteId", "catId", "dateFormat", "file")


def _read(page: Page, way: Way | None, above: str) -> Listing:
    static = ways_on(page, way, above, base=1)
    linked = tuple(one for one in static if one.base is None)
    pages = pages_stated(page.source)
    column = _COLUMN.search(urlsplit(page.url).path)
    shown = any(_is_report(link.url) for link in page.links)
    if column is None:
        return Listing(NAME, static, lists=tuple(_organs(page)))
    if linked or way is not None or (pages == 1 and shown):
        return Listing(NAME, linked)
    call = next(calls(page.source, page.url, _LABEL), None)
    if call is None and (pages or not shown):
        call = _product_call(page, column[1])
    if call is None:
        return Listing(NAME, static)
    first = call.first + 1 if shown and pages else call.first
    return Listing(NAME, tuple(Way(first, call=one) for one in (call, call.otherwise())))


def _is_report(url: str) -> bool:
    """Whether an address is that of a single page: an article, or a year shown at the column's own address."""
    parts = split(url)
    detail = "action=detail" in parts.query and _COLUMN.search(parts.path) is not None
    return detail or _ARTICLE.search(parts.path) is not None


def _organs(page: Page) -> Iterator[tuple[str, Way]]:
    """The reports of the organs that a page names with another of their five blocks."""
    for link in page.links:
        parts = split(link.url)
        kind = dict(parse_qsl(parts.query)).get("type")
        if _COLUMN.search(parts.path) and kind not in (None, "3") and names_organ(key_of(link.text)):
            yield link.text, Way(1, f"{origin_of(link.url)}{parts.path}?type=3")


def _product_call(page: Page, organ: str) -> Call:
    known = values(page.source)
    given = dict(parse_qsl(urlsplit(page.url).query))
    size = known.get("pageSize", "15")
    number = int(size) if size.isdecimal() and int(size) else 15
    query = {
        "IsAjax": "1", "dataType": "html", "labelName": "publicInfoList", "organId": known.get("organId", organ),
        "type": given.get("type", "3"), "action": "list", "pageSize": str(number), "pageIndex": "{page}",
        "isDate": "true",
    } | {name: known[name] for name in _TAKEN if name in known}  # fmt: skip
    return Call(f"{origin_of(page.url)}/site/label/8888", tuple(query.items()), None, number)


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(rf"{_LABEL}|publicInfoList"),
    clues=("/site/label/", "publicinfolist"),
    columns=_COLUMN,
    articles=re.compile(rf"{_ARTICLE.pattern}|{_COLUMN.pattern}"),
)
