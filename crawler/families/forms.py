"""The next page of a list that is asked for by a form: a field for the number, and what is hidden beside it. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.pages import Page
from crawler.urls import absolute

_PAGE = re.compile(r"_?(?:(?:cur|current|to|go)_?)?page_?(?:no|num|number|index)?|p|pn", re.IGNORECASE)
_LONGEST = 1000  # characters that are posted; more is the state of a whole page, and no question


def asked_by_form(page: Page, number: int) -> tuple[str, str | None] | None:
    """The address of page `number`, as the first form that asks for pages would ask for it, and what it posts, None
    where it posts nothing; None without such a form. What is posted stands in the address as well, behind `#`.

    What is posted may do more than ask. So only a form is taken in which nothing but the page can be chosen.
    """
    if "<form" not in page.source.lower():
        return None
    for form in LexborHTMLParser(page.source).css("form"):
        fields = [node for node in form.css("input[name]") if _is_sent(node)]
        if not any(_PAGE.fullmatch(node.attributes.get("name") or "") for node in fields):
            continue
        given = {node.attributes.get("name") or "": node.attributes.get("value") or "" for node in fields}
        sent = urlencode(
            {name: str(number) if _PAGE.fullmatch(name) else value for name, value in given.items()}
        )
        action = form.attributes.get("action") or page.url.partition("#")[0]
        if (form.attributes.get("method") or "get").lower() == "get":
            url, posted = absolute(f"{action.partition('?')[0]}?{sent}", page.url), None
        elif not _may_be_posted(form) or len(sent) > _LONGEST:
            continue
        else:
            url, posted = absolute(action, page.url), sent
        return None if url is None else (url if posted is None else f"{url}#{posted}", posted)
    return None


def _may_be_posted(form: LexborNode) -> bool:
    """Whether nothing in a form is to be filled in but the page."""
    chosen = [
        node for node in form.css("input[name]") if _kind(node) not in ("hidden", "submit", "button", "image")
    ]
    return form.css_first("select[name], textarea") is None and all(
        _PAGE.fullmatch(node.attributes.get("name") or "") for node in chosen
    )


def _kind(node: LexborNode) -> str:
    return (node.attributes.get("type") or "text").lower()


def _is_sent(node: LexborNode) -> bool:
    return _kind(node) in ("hidden", "text", "number")
