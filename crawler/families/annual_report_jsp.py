"""大汉 Hanweb's disclosure module: one report by two keys, `xxgkAnnualReport.jsp?area=<organ>&fbtime=<year>`.

Where the page offers organs and years to choose from, its script puts the address together; so is done here.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from crawler.families.family import Family
from crawler.families.listing import Link, Listing, Page, Way
from crawler.families.pager import ways_on
from crawler.urls import absolute

NAME = "annual_report_jsp"
_ADDRESS = re.compile(r"""["']([^"'\s]*AnnualReport\.jsp)\?""", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")


def _read(page: Page, way: Way | None, above: str) -> Listing:
    return Listing(NAME, ways_on(page, way, above, base=0), None, tuple(chosen(page)))


def chosen(page: Page) -> list[Link]:
    """The reports that the page's two choices lead to; the page of a report may have them too."""
    found = _ADDRESS.search(page.source) if FAMILY.is_marked(page) else None
    if found is None:
        return []
    tree = LexborHTMLParser(page.source)
    options = {
        (node.attributes.get("name") or node.attributes.get("id") or "").lower(): [
            (option.attributes.get("value") or "", option.text(deep=True).strip())
            for option in node.css("option")
        ]
        for node in tree.css("select")
    }
    areas = next((given for name, given in options.items() if "area" in name), [])
    years = next((given for name, given in options.items() if "time" in name or "year" in name), [])
    links = []
    for area, organ in areas:
        for value, printed in years:
            year = _YEAR.search(printed) or _YEAR.search(value)
            url = absolute(urljoin(page.url, f"{found[1]}?area={area}&fbtime={value}"), page.url)
            if area and value and year and url:
                links.append(Link(url, f"{organ}{year[0]}年年报"))
    return links


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(r"AnnualReport\.jsp\?[^\"'<>]*\b(?:area|fbtime)=", re.IGNORECASE),
    clues=("annualreport.jsp?",),
    columns=re.compile(r"AnnualReport\.jsp$", re.IGNORECASE),
    articles=re.compile(r"AnnualReport\.jsp$", re.IGNORECASE),
)
