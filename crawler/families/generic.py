"""Portals of no family that is told apart: their lists are followed by 下一页 and by the numbers they state.

A page that shows no entries, the first of several pages with no way to the next, or one that is full and says nothing
of others, may get them by a call of its script: one that asks for pages by number is taken for it, or for a file of
JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import pages_said, records_stated, ways_on
from crawler.families.script import calls
from crawler.urls import origin_of

NAME = "generic"
_ENTRY = re.compile(r"年报|年度报告|20\d\d年")
_FEW = 2
_FULL = 10  # entries; so many may be a whole page of a list
_LIBRARY = re.compile(
    r"jquery|vue|axios|bootstrap|layui|swiper|slide|layer|wap|share|stat|count|tongji|analytic|common|base|header|footer|"
    r"nav|menu|search|login|date|calendar|\.min\.|polyfill|index",
    re.IGNORECASE,
)
_LISTS = re.compile(r"list|nb|page|data|news|info", re.IGNORECASE)
# '<a href="/show?id=' + item.id + '">', `<a href="/show/${item.id}.html">`, :href="'/show?id=' + item.id"
_LINK = re.compile(
    r"""\bhref\s*=\s*\\?["']{0,2}([\w./?&=:-]*[/=?])["']\s*\+\s*\w+\.(\w*id)\b(?:\s*\+\s*["']([\w./?&=-]*))?"""
    r"""|\bhref\s*=\s*\\?["']?([\w./?&=:-]*[/=?])\$\{\s*\w+\.(\w*id)\s*\}([\w./?&=-]*)""",
    re.IGNORECASE,
)
_NAME = 6  # characters; a shorter name of a folder may stand in any address
_MOST = 2


def _read(page: Page, way: Way | None, above: str) -> Listing:
    ways = ways_on(page, way, above, base=0)
    is_full = not ways and _entries(page) >= _FULL
    if way is None and (_shows_none(page) or is_full or _has_more(page, ways)):
        called = tuple(islice(_calls(page.code, page.url, page.source), _MOST))
        own = tuple(one for one in called if _is_of_column(one, above))
        ways = (*own, *ways, *(one for one in called if one not in own))
    if way is None and not ways and not page.frames and _shows_none(page):
        ways = tuple(Way(1, call=Call(script)) for script in islice(_own_scripts(page), _MOST))
    return Listing(NAME, ways, records_stated(page))


def ways_in(code: str, at: str) -> tuple[Way, ...]:
    """The calls in a script of its own that the page at this address has."""
    return tuple(islice(_calls(code, at, code), _MOST))


def _own_scripts(page: Page) -> Iterator[str]:
    """The addresses of the scripts of a page that may call for its list, those of its column first."""
    beside = page.url.rpartition("/")[0]
    own = [url for url in page.scripts if origin_of(url) == origin_of(page.url) and not _LIBRARY.search(url)]
    yield from sorted(own, key=lambda url: (not url.startswith(beside), _LISTS.search(url) is None))


def _shows_none(page: Page) -> bool:
    return _entries(page) < _FEW


def _entries(page: Page) -> int:
    return sum(_ENTRY.search(link.text) is not None for link in page.links)


def _has_more(page: Page, ways: tuple[Way, ...]) -> bool:
    """Whether a list says that it has further pages, and the ways to them are guessed, if there are any."""
    guessed = all(one.base is not None for one in ways)
    return guessed and (bool(ways) or (pages_said(page) or 1) > 1)


def _is_of_column(way: Way, above: str) -> bool:
    """Whether a call names the column by the name of its folder."""
    name = above.rstrip("/").rpartition("/")[2]
    return len(name) >= _NAME and name in way.request(0)[0]


def _calls(code: str, at: str, source: str) -> Iterator[Way]:
    """The calls of a page's script that ask for pages of something by number, or for data as a whole;
    `source` shows how the address of a record without one is put together.
    """
    found = _LINK.search(source)
    link = (
        (urljoin(at, found[1] or found[4]), (found[2] or found[5]).lower(), found[3] or found[6] or "")
        if found
        else None
    )
    for call in calls(code, at, r"/[\w-]{1,80}[/.][\w./-]{1,200}|[\w-]{1,80}\.json\b"):
        wanted = call.is_paged or (call.form is None and urlsplit(call.url).path.endswith(".json"))
        if wanted and origin_of(call.url) == origin_of(at):
            yield Way(call.first, call=replace(call, link=link))


FAMILY = Family(NAME, _read)
