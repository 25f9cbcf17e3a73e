"""Portals of no family that is told apart: their lists are followed by 下一页 and by the numbers they state."""

from __future__ import annotations

from crawler.families.family import Family
from crawler.families.listing import Listing, Page, Way
from crawler.families.pager import records_stated, ways_on

NAME = "generic"


def _read(page: Page, way: Way | None, above: str) -> Listing:
    return Listing(NAME, ways_on(page, way, above, base=0), records_stated(page))


FAMILY = Family(NAME, _read)
