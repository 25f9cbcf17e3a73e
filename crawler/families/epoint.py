"""国泰新点 Epoint: a shell whose script asks `getgovinfolist` with JSON for a category and an organ, both named in the
address of the page. The site's id stands in the page or in a script of the whole site, which is then asked for first.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin

from selectolax.lexbor import LexborHTMLParser

from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import ways_on
from crawler.families.script import values
from crawler.urls import origin_of, split

NAME = "epoint"
_ACTION = "lightfrontaction/getgovinfolist"
_SITE_SCRIPT = re.compile(r"webBuilderCommon\w*\.js", re.IGNORECASE)
_WRAPPED = re.compile(r"\bparams[\"']?\s*[:=]\s*\{")
_SIZE = 15


def _read(page: Page, way: Way | None, above: str) -> Listing:
    static = ways_on(page, way, above, base=1)
    known = values(page.source) | dict(parse_qsl(split(page.url).query))
    category = known.get("categorynum") or known.get("categoryNum")
    if way is not None or category is None:
        return Listing(NAME, static)
    fields = {
        "deptcode": known.get("deptcode", ""),
        "categorynum": category,
        "siteGuid": known.get("siteGuid", "{siteGuid}"),
        "pageIndex": "{page}",
        "pageSize": str(_SIZE),
    }
    project = known.get("projectName", "EWB-FRONT" if "siteGuid" in known else "{projectName}")
    call = Call(
        f"{origin_of(page.url)}/{project}/rest/{_ACTION}",
        form=tuple(fields.items()),
        size=_SIZE,
        first=0,
        json_in="params" if _WRAPPED.search(page.source) else "",
    )
    script = _site_script(page) if "siteGuid" not in known else None
    if script is not None:
        return Listing(NAME, (*static, Way(1, call=Call(script, then=call))))
    return Listing(NAME, (*static, Way(0, call=call)))


def _site_script(page: Page) -> str | None:
    """The address of the script that knows the site."""
    sources = (node.attributes.get("src") or "" for node in LexborHTMLParser(page.source).css("script[src]"))
    return next((urljoin(page.url, src) for src in sources if _SITE_SCRIPT.search(src)), None)


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(rf"{_ACTION}|{_SITE_SCRIPT.pattern}|EWB-FRONT", re.IGNORECASE),
    clues=("getgovinfolist", "webbuildercommon", "ewb-front"),
)
