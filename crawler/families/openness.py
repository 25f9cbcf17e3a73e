"""Openness MVC: reports are `OpennessAnnualReport/show/N.html`, lists `showList/…/page_N.html` counted from one."""

from __future__ import annotations

import re

from crawler.families.family import Family
from crawler.families.listing import Listing, Page, Way
from crawler.families.pager import records_stated, ways_on

NAME = "openness"


def _read(page: Page, way: Way | None, above: str) -> Listing:
    return Listing(NAME, ways_on(page, way, above, base=1), records_stated(page))


FAMILY = Family(
    NAME,
    _read,
    columns=re.compile(r"/show_?list/|/(?:Openness|Xxgk)(?:AnnualReport|Content)\b", re.IGNORECASE),
    articles=re.compile(r"/(?:Openness|Xxgk)\w*/show/\d+\.s?html?$", re.IGNORECASE),
)
