"""The address of a list's next page where a script puts it together: into a link, or to send the browser there. Pure.

Only what is known for certain is put together: strings, values that the page sets, and the one number of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.families.script import TERM, put_together, values
from crawler.pages import Page
from crawler.urls import absolute, origin_of

_SUM = rf"({TERM}(?:\s*\+\s*{TERM})+)"
_SENT = re.compile(rf"\blocation(?:\.href)?\s*=(?!=)\s*{_SUM}|\blocation\.(?:replace|assign)\s*\(\s*{_SUM}")
_WRITTEN = re.compile(
    rf"""((?:"[^"\n]{{0,300}}\bhref=[^"\n]{{0,300}}"|'[^'\n]{{0,300}}\bhref=[^'\n]{{0,300}}')(?:\s*\+\s*{TERM}){{1,8}}|`[^`]{{0,300}}\bhref=[^`]{{0,600}}`)"""
)
_HREF = re.compile(r"""\bhref=\\?["']?([^"'\s<>\\]*\{page\}[^"'\s<>\\]*)""")
_FROM_ZERO = re.compile(r"\bfor\s*\(\s*(?:var\s+|let\s+)?\w+\s*=\s*0\s*;")


def written_address(page: Page, number: int) -> str | None:
    """The address of page `number`, None where no script says it."""
    for template, from_zero in _templates(page.code):
        address = absolute(template.replace("{page}", str(number - from_zero)), page.url)
        if address is not None and origin_of(address) == origin_of(page.url):
            return address
    return None


def _templates(code: str) -> Iterator[tuple[str, bool]]:
    """Addresses with {page} in them, and whether their numbers are counted from zero."""
    known = values(code)
    for sent in _SENT.finditer(code):
        address = put_together(sent[1] or sent[2], known)
        if address is not None and "{page}" in address:
            yield address, False
    for written in _WRITTEN.finditer(code):
        href = _linked(re.findall(TERM, written[1]), known)
        if href is not None:
            yield href, _FROM_ZERO.search(code[: written.start()][-400:]) is not None


def _linked(terms: list[str], known: dict[str, str]) -> str | None:
    """The address of a link in markup that is put together of these terms; what stands behind it need not be known."""
    for count in range(1, len(terms) + 1):
        markup = put_together("+".join(terms[:count]), known)
        if markup is None:
            return None
        href = _HREF.search(markup)
        if href is not None and href.end() < len(markup):
            return href[1]
    return None
