"""广东 NFCMS: folders as in the static family, with further list pages counted from one: `index_2.html` is the
second. Articles are `content/post_N.html`, with the mobile twin `mpost_N`.
"""

from __future__ import annotations

import re

from crawler.families.family import Family
from crawler.families.listing import Listing, Page, Way
from crawler.families.pager import records_stated, ways_on

NAME = "nfcms"


def _read(page: Page, way: Way | None, above: str) -> Listing:
    return Listing(NAME, ways_on(page, way, above, base=1), records_stated(page))


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(r"NFCMS_"),
    clues=("nfcms_",),
    articles=re.compile(r"(?<!gkmlpt)/content/(?:[\w/]*/)?m?post_\d+\.html$"),
)
