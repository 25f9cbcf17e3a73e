"""What a line at a page's edge is told by: that it is the page's number, or what a browser prints around a page."""

from __future__ import annotations

import re

_MARKED = re.compile(
    r"(?:[-—–－·]\s*|第\s*)(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*页|\s*[-—–－·])+"
    r"|第\s*\d{1,3}\s*页\s*[,，/／(（]?\s*共\s*\d{1,3}\s*页\s*[)）]?|\d{1,3}\s*[/／]\s*\d{1,3}|page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*页)?[-—–－·\s]*")
_BROWSER = re.compile(
    r"(?:https?|file)://\S+"
    r"|\d{1,4}[/年-]\d{1,2}[/月-]\d{1,4}日?[,，\s]+(?:[上下]午\s*)?\d{1,2}:\d{2}"
    r"|第\s*\d{1,3}\s*页\s*[(（]\s*共\s*\d{1,3}\s*页\s*[)）]$"
)
_EDGE = 0.12  # of the page's height


def is_at_edge(top: float, bottom: float, height: float) -> bool:
    """Whether a line from `top` to `bottom` stands near the upper or the lower edge of a page."""
    return top < _EDGE * height or bottom > (1 - _EDGE) * height


def is_marked(text: str) -> bool:
    """Whether a line cannot be a figure of a table but is a page's number, or what a browser prints."""
    return _MARKED.fullmatch(text.strip()) is not None or _BROWSER.search(text) is not None


def is_page_number(text: str) -> bool:
    """Whether a line may be a page's number; it may be a figure as well."""
    return is_marked(text) or _NUMBER.fullmatch(text.strip()) is not None
