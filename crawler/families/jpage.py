"""大汉 Hanweb: columns `/col/…` that hold their first records as a datastore in a script; the others come from
dataproxy.jsp, by the ids that the page's script gives.

Some servers honour the window of records alone, some the page alone: both are always said, and agree.
"""

from __future__ import annotations

import re

from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import ways_on
from crawler.families.records import records_in
from crawler.families.script import calls, values
from crawler.urls import origin_of

NAME = "jpage"
_PROXY = r"dataproxy\.jsp"
_MODULE = r"module/xxgk/search\.jsp"  # of the disclosure module; it asks by catalogue, organ and site
_IDS = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
)
_WINDOW = (("startrecord", "{start}"), ("endrecord", "{end}"), ("perpage", "{size}"), ("page", "{page}"))
_WINDOW_NAMES = frozenset(name for name, _ in _WINDOW)
_STORE = re.compile(r"<datastore>.*?</datastore>", re.DOTALL | re.IGNORECASE)
_SIZE = re.compile(r"\bper_?page[\"']?\s*[=:]\s*[\"']?(\d{1,3})\b", re.IGNORECASE)
_TOTAL = re.compile(r"<?\btotal_?records?\b[\"']?\s*[=:>]\s*[\"']?(\d{1,6})\b", re.IGNORECASE)


def _read(page: Page, way: Way | None, above: str) -> Listing:
    records = tuple(
        link for store in _STORE.findall(page.source) for link in records_in(page.url, store).links
    )
    found = _TOTAL.search(page.source)
    total = int(found[1]) if found else None
    if not records and re.search(_PROXY, page.source) is None:
        stated = next(calls(page.source, page.url, _MODULE), None) if way is None else None
        searched = (
            (Way(stated.first, call=stated), Way(stated.first, call=stated.otherwise())) if stated else ()
        )
        static = ways_on(page, way, above, base=1)
        guessed = tuple(one for one in static if one.base is not None)
        return Listing(NAME, (*(one for one in static if one.base is None), *searched, *guessed))
    size = _SIZE.search(page.source)
    number = int(size[1]) if size and int(size[1]) else 15
    asked = tuple(Way(len(records) // number + 1, call=call) for call in _calls(page, number))
    return Listing(NAME, asked if way is None else (), total, records)


def _calls(page: Page, size: int) -> tuple[Call, ...]:
    """The call for further records, by the method that the page states, and by the other."""
    stated = next(calls(page.source, page.url, _PROXY), None)
    url = stated.url if stated else f"{origin_of(page.url)}/module/web/jpage/dataproxy.jsp"
    named = {name.lower(): name for name in _IDS}
    given = {
        named[name.lower()]: value for name, value in values(page.source).items() if name.lower() in named
    }
    for query in re.findall(r"[?&\"'](\w+)=([^&\"'<>\s]*)", page.source.replace("&amp;", "&")):
        if query[0] in _IDS:
            given.setdefault(*query)
    if stated:
        given |= dict(stated.form or stated.query)
    ids = tuple((name, value) for name, value in given.items() if name not in _WINDOW_NAMES)
    posted, got = Call(url, _WINDOW, ids, size), Call(url, (*_WINDOW, *ids), None, size)
    return (posted, got) if stated and stated.form is not None else (got, posted)


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(rf"{_PROXY}|{_MODULE}|<datastore>|\.jpage\(", re.IGNORECASE),
    clues=("dataproxy.jsp", "module/xxgk/search.jsp", "<datastore>", ".jpage("),
    columns=re.compile(r"/col/(?:col\w+|\d+_\d+)"),
    articles=re.compile(r"/art/\d{4}/|/col/col\w+/art/"),
)
