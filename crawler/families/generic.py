"""Portals of no family that is told apart: their lists are followed by 下一页 and by the numbers they state.

A page that shows no entries, or the first of several pages with no way to the next, may get the others by a call of its
script: one that asks for pages by number is taken for it, or for a file of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawler.families.family import Family
from crawler.families.listing import Listing, Page, Way
from crawler.families.pager import pages_said, records_stated, ways_on
from crawler.families.script import calls
from crawler.urls import origin_of

NAME = "generic"
_ENTRY = re.compile(r"年报|年度报告|20\d\d年")
_FEW = 2
_NAME = 6  # characters; a shorter name of a folder may stand in any address
_MOST = 2


def _read(page: Page, way: Way | None, above: str) -> Listing:
    ways = ways_on(page, way, above, base=0)
    if way is None and (_shows_none(page) or _has_more(page, ways)):
        called = tuple(islice(_calls(page), _MOST))
        own = tuple(one for one in called if _is_of_column(one, above))
        ways = (*own, *ways, *(one for one in called if one not in own))
    return Listing(NAME, ways, records_stated(page))


def _shows_none(page: Page) -> bool:
    return sum(_ENTRY.search(link.text) is not None for link in page.links) < _FEW


def _has_more(page: Page, ways: tuple[Way, ...]) -> bool:
    """Whether a list says that it has further pages, and the ways to them are guessed, if there are any."""
    guessed = all(one.base is not None for one in ways)
    return guessed and (bool(ways) or (pages_said(page) or 1) > 1)


def _is_of_column(way: Way, above: str) -> bool:
    """Whether a call names the column by the name of its folder."""
    name = above.rstrip("/").rpartition("/")[2]
    return len(name) >= _NAME and name in way.request(0)[0]


def _calls(page: Page) -> Iterator[Way]:
    """The calls of the page's script that ask for pages of something by number, or for data as a whole."""
    for call in calls(page.code, page.url, r"/[\w-]{1,80}[/.][\w./-]{1,200}|[\w-]{1,80}\.json\b"):
        wanted = call.is_paged or (call.form is None and urlsplit(call.url).path.endswith(".json"))
        if wanted and origin_of(call.url) == origin_of(page.url):
            yield Way(call.first, call=call)


FAMILY = Family(NAME, _read)
