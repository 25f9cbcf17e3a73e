"""开普云 UCAP: columns `/c######/` or by slug, a static first page, and the records as JSON from a search by
channel.

The page says which channel it is, in the meta tag channelid or in its script; the script's own call is used where
it has one. Static further pages are counted from one: `list_2.shtml` is the second.
"""

from __future__ import annotations

import re

from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import records_stated, ways_on
from crawler.families.script import calls
from crawler.urls import origin_of

NAME = "ucap"
_CALL = r"/common/search/|/searchList/|/search/list/"
_META = re.compile(r"""<meta\b[^>]*\bname\s*=\s*["']?channelid\b[^>]*>""", re.IGNORECASE)
_CONTENT = re.compile(r"""content\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CHANNEL = re.compile(r"""channel_?id["']?\s*[=:]\s*["']([0-9a-f]{32})["']""", re.IGNORECASE)
_SIZE = re.compile(r"""_?page_?size["']?\s*[=:]\s*["']?(\d{1,3})\b""", re.IGNORECASE)


def _read(page: Page, way: Way | None, above: str) -> Listing:
    static = ways_on(page, way, above, base=1)
    total = records_stated(page)
    if way is not None:
        return Listing(NAME, static, total)
    call = next(calls(page.source, page.url, _CALL), None) or _own_call(page) or _call_by_channel(page)
    asked = (Way(call.first, call=call), Way(call.first, call=call.otherwise())) if call else ()
    return Listing(NAME, (*static, *asked), total)


def _own_call(page: Page) -> Call | None:
    """The call of the page's script that asks for its channel, whatever it asks (苏州)."""
    channel = _CHANNEL.search(page.source)
    for call in calls(page.code, page.url, r"/[\w-]+/[\w./-]+") if channel else ():
        if channel and channel[1] in (value for _, value in (*call.query, *(call.form or ()))):
            return call
    return None


def _call_by_channel(page: Page) -> Call | None:
    """The product's call, for a page that names its channel alone."""
    meta = _META.search(page.source)
    named = (meta and _CONTENT.search(meta[0])) or _CHANNEL.search(page.source)
    if not named:
        return None
    size = _SIZE.search(page.source)
    number = size[1] if size else "15"
    query = (
        ("_isAgg", "true"),
        ("_isJson", "true"),
        ("_pageSize", number),
        ("_template", "index"),
        ("page", "{page}"),
    )
    return Call(f"{origin_of(page.url)}/common/search/{named[1]}", query, None, int(number))


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(
        rf"UCAP-?CONTENT|ucapsource|{_CALL}|{_META.pattern}|createPageHTML\(\s*[\"'][a-z]", re.IGNORECASE
    ),
    clues=("ucap", "/common/search/", "/searchlist/", "/search/list/", "channelid", "createpagehtml"),
    columns=re.compile(r"/c\d{5,6}[a-z]?/"),
    articles=re.compile(r"/\d{6}/(?:[0-9a-f]{32}|c\d\d_\d+)\.s?html?$|/c\d{5,6}[a-z]?/"),
)
