"""The pages that a form leads to in which something is chosen from boxes, and nothing is filled in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.urls import absolute

_SILENT = ("submit", "button", "image", "reset")


def choices_sent(tree: LexborHTMLParser, base: str, charset: str) -> Iterator[tuple[str, str]]:
    """Address and words of each choice, all other boxes of its form left as they are."""
    for form in tree.css("form"):
        boxes = form.css("select[name]")
        fields = [node for node in form.css("input[name]") if _kind(node) not in _SILENT]
        if not boxes or (form.attributes.get("method") or "get").lower() != "get":
            continue
        if any(_kind(node) != "hidden" for node in fields) or form.css_first("textarea") is not None:
            continue
        given = {_name(node): node.attributes.get("value") or "" for node in fields}
        given |= {_name(box): _selected(box) for box in boxes}
        action = (form.attributes.get("action") or base).partition("?")[0]
        for box in boxes:
            for option in box.css("option"):
                value = _value(option)
                sent = urlencode(given | {_name(box): value}, encoding=charset, errors="replace")
                url = absolute(f"{action}?{sent}", base, charset) if value else None
                if url is not None:
                    yield url, option.text(deep=True)


def _name(node: LexborNode) -> str:
    return node.attributes.get("name") or ""


def _kind(node: LexborNode) -> str:
    return (node.attributes.get("type") or "text").lower()


def _value(option: LexborNode) -> str:
    given = option.attributes["value"] or "" if "value" in option.attributes else option.text(deep=True)
    return given.strip()


def _selected(box: LexborNode) -> str:
    """What is sent of a box that is left as it is: the choice that stands, else the first."""
    option = box.css_first("option[selected]") or box.css_first("option")
    return _value(option) if option is not None else ""
