"""ASP.NET: the whole page is one form, which a link sends back with the name of what was clicked. Pure.

Only a link that says that it leads to the next page is followed so. What is posted holds the state of the page, tens of
thousands of characters: the address says which page it is instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser

from crawler.links import words_of
from crawler.pages import Page
from crawler.urls import absolute

_SENT_BACK = re.compile(r"__doPostBack\(\s*['\"]([^'\"]+)['\"]\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_LONGEST = 500_000  # characters


def sent_back(page: Page, number: int, leads: Callable[[str], bool]) -> tuple[str, str] | None:
    """Address and posted form of page `number`, by the first link whose words lead there; None without one."""
    if "__doPostBack(" not in page.source:
        return None
    tree = LexborHTMLParser(page.source)
    clicked = (
        _SENT_BACK.search(node.attributes.get("href") or "")
        for node in tree.css("a[href]")
        if leads(words_of(node)) and "disabled" not in node.attributes
    )
    target = next((found for found in clicked if found), None)
    form = tree.css_first("form")
    if target is None or form is None:
        return None
    hidden = {
        node.attributes.get("name") or "": node.attributes.get("value") or ""
        for node in form.css('input[type="hidden"][name]')
    }
    sent = urlencode(hidden | {"__EVENTTARGET": target[1], "__EVENTARGUMENT": target[2]})
    url = absolute(form.attributes.get("action") or page.url, page.url)
    return None if url is None or len(sent) > _LONGEST else (f"{url}#page={number}", sent)
