"""大汉 JPAAS, the successor of JCMS: a page's units name what they show, and the publishing server builds each, a page
at a time. The number of the page counts inside `paramJson` alone; the call is refused without the page it comes from.
Addresses are those of JCMS: what tells the two apart are their marks.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from crawler.families import jpage
from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import ways_on

NAME = "jpaas"
_SERVER = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PAIR = re.compile(r"""["'](\w+)["']\s*:\s*["']([^"']*)["']""")
_SIZE = re.compile(r"\bpageSize[\"']?\s*[=:]\s*[\"']?(\d{1,3})\b", re.IGNORECASE)
_MOST = 3  # units of one page


def _read(page: Page, way: Way | None, above: str) -> Listing:
    static = ways_on(page, way, above, base=1)
    if way is not None:
        return Listing(NAME, static)
    size = _SIZE.search(page.source)
    number = int(size[1]) if size and int(size[1]) else 15
    units = LexborHTMLParser(page.source).css("[querydata]")
    calls = []
    for unit in units:
        given = dict(_PAIR.findall(unit.attributes.get("querydata") or ""))
        if given.get("pageType", "column") == "column" and given.get("webId"):
            calls.append(_call(urljoin(page.url, unit.attributes.get("url") or _SERVER), given, number))
    return Listing(NAME, (*static, *(Way(1, call=call) for call in calls[:_MOST])))


def _call(url: str, given: dict[str, str], size: int) -> Call:
    window = ("paramJson", f'{{"pageNo":{{page}},"pageSize":{size}}}')
    ids = {"parseType": "bulidstatic", **given}  # spelt so by the product
    return Call(
        url, (*((name, value) for name, value in ids.items() if name != "paramJson"), window), None, size
    )


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(r"jpaas-publish-server|parseType\s*=\s*[\"']?bu(?:li|il)dstatic", re.IGNORECASE),
    clues=("jpaas-publish-server", "parsetype"),
    columns=jpage.FAMILY.columns,
    articles=jpage.FAMILY.articles,
)
