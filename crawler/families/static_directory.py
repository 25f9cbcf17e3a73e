"""Portals published as folders of static pages (拓尔思 TRS WCM and its like), about a third of all.

A column is a folder, `/a/b/` or `/a/b/index.html`; its further list pages are `index_1.html`, `index_2.html`,
counted from zero, so that `index_1.html` is the second. Articles lie below the folder of their column by month,
`./202301/t20230118_1234.html`. Several other families publish in shapes near enough to be read by the same rules.
"""

from __future__ import annotations

import re

from crawler.families.family import Family
from crawler.families.listing import Listing, Page, Way
from crawler.families.pager import records_stated, ways_on

NAME = "static_directory"


def _read(page: Page, way: Way | None, above: str) -> Listing:
    return Listing(NAME, ways_on(page, way, above, base=0), records_stated(page))


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(
        r"TRS_Editor|TRS_UEDITOR|trs_editor_view|trs_paper|createPage(?:HTML)?\((?!\s*[\"'][a-z])"
    ),
    clues=("trs_", "createpage"),
    articles=re.compile(r"/t\d{6,9}(?:_\d+)?(?:_\w+)?\.s?html?$"),
)
