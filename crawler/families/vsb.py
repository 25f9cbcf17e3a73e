"""博达 VSB: a column is `slug.htm`, its older pages `slug/N.htm` with falling numbers that shift with every entry.

They are never counted: the page's own link to the next one is followed.
"""

from __future__ import annotations

import re

from crawler.families.family import Family
from crawler.families.listing import Listing, Page, Way
from crawler.families.pager import linked_next, ways_on
from crawler.urls import absolute

NAME = "vsb"
_NEXT = re.compile(
    r"""\bp_next\b[^<>]*>\s*<a\b[^<>]*?\bhref\s*=\s*["']?([^"'\s>]+)|<a\b[^<>]*?\bhref\s*=\s*["']?([^"'\s>]+)["'][^<>]*\bp_next\b""",
    re.IGNORECASE,
)


def _read(page: Page, way: Way | None, above: str) -> Listing:
    found = _NEXT.search(page.source)
    number = way.number if way else 1
    following = (found and absolute(found[1] or found[2], page.url)) or linked_next(page, above, number)
    if following is not None and following != page.url:
        return Listing(NAME, (Way(number + 1, following),))
    if "p_next" in page.source:
        return Listing(NAME)
    return Listing(NAME, tuple(one for one in ways_on(page, way, above, base=1) if one.base is None))


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(r"\bp_next\b|\bp_no_d\b|_vsb_|vsb_content|vsbcontent", re.IGNORECASE),
    clues=("p_next", "p_no_d", "_vsb_", "vsb_content", "vsbcontent"),
    articles=re.compile(r"/info/\d+/\d+\.html?$|/content\.jsp$"),
)
