"""The next page of a list that is asked for by a form: a field for the number, and what is hidden beside it. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages import Page
from crawler.urls import absolute

_PAGE = re.compile(r"_?(?:(?:cur|current|to|go)_?)?page_?(?:no|num|number|index)?|p|pn", re.IGNORECASE)


def asked_by_form(page: Page, number: int) -> str | None:
    """The address of page `number`, as the first form that asks for pages would ask for it; None without one."""
    if "<form" not in page.source.lower():
        return None
    for form in LexborHTMLParser(page.source).css("form"):
        if (form.attributes.get("method") or "get").lower() != "get":
            continue
        fields = [node for node in form.css("input[name]") if _is_sent(node)]
        if not any(_PAGE.fullmatch(node.attributes.get("name") or "") for node in fields):
            continue
        given = {node.attributes.get("name") or "": node.attributes.get("value") or "" for node in fields}
        given = {name: str(number) if _PAGE.fullmatch(name) else value for name, value in given.items()}
        action = (form.attributes.get("action") or page.url).partition("?")[0]
        return absolute(f"{action}?{urlencode(given)}", page.url)
    return None


def _is_sent(node: LexborNode) -> bool:
    return (node.attributes.get("type") or "text").lower() in ("hidden", "text", "number")
