"""The address of a list's next page where a script puts it together: into a link, or to send the browser there. Pure.

Only what is known for certain is put together: strings, values that the page sets, and the one number of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.families.listing import Way
from crawler.families.script import TERM, put_together, values
from crawler.pages import Page
from crawler.urls import absolute, origin_of

_SUM = rf"({TERM}(?:\s*\+\s*{TERM})+)"
# n == 1 ? 'index.html' : ...; what the number of the first page is stands there too.
_UNLESS = rf"(?:\(?[\w$]{{1,40}}\s*={{2,3}}\s*[\"']?([01])[\"']?\)?\s*\?\s*{TERM}\s*:\s*)?"
_FIRST = re.compile(r"\bif\s*\(\s*[\w$]{1,40}\s*={2,3}\s*[\"']?([01])[\"']?\s*\)[^;]*;\s*\}?\s*else\b[^;]*$")
_NEAR = 160  # characters
_SENT = re.compile(
    rf"\blocation(?:\.href)?\s*=(?!=)\s*{_UNLESS}{_SUM}|\blocation\.(?:replace|assign)\s*\(\s*{_UNLESS}{_SUM}"
)
_WRITTEN = re.compile(
    rf"""((?:"[^"\n]{{0,300}}\bhref=[^"\n]{{0,300}}"|'[^'\n]{{0,300}}\bhref=[^'\n]{{0,300}}')(?:\s*\+\s*{TERM}){{1,8}}|`[^`]{{0,300}}\bhref=[^`]{{0,600}}`)"""
)
_HREF = re.compile(r"""\bhref=\\?["']?([^"'\s<>\\]*\{page\}[^"'\s<>\\]*)""")
_FROM_ZERO = re.compile(r"\bfor\s*\(\s*(?:var\s+|let\s+)?\w+\s*=\s*0\s*;")


def written_ways(page: Page, way: Way | None) -> tuple[Way, ...]:
    """The ways to the next page of a list that came by `way`; none where no script says any."""
    number = way.number + 1 if way else 2
    for template, bases in _templates(page.code):
        bases = (way.base,) if way is not None and way.base is not None else bases  # noqa: PLW2901
        found = (
            (absolute(template.replace("{page}", str(number - 1 + base)), page.url), base) for base in bases
        )
        ways = tuple(
            Way(number, address, base=base)
            for address, base in found
            if address is not None and origin_of(address) == origin_of(page.url)
        )
        if ways:
            return ways
    return ()


def _templates(code: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Addresses with {page} in them, and the numbers that the second page may have, less one. Files may be counted
    from zero, where nothing says from what.
    """
    known = values(code)
    for sent in _SENT.finditer(code):
        before = _FIRST.search(code[: sent.start()][-_NEAR:])
        first = sent[1] or sent[3] or (before and before[1])
        address = put_together(sent[2] or sent[4], known)
        if address is not None and "{page}" in address:
            in_query = "{page}" in address.partition("?")[2]
            yield address, (int(first),) if first else (1,) if in_query else (0, 1)
    for written in _WRITTEN.finditer(code):
        href = _linked(re.findall(TERM, written[1]), known)
        if href is not None:
            yield href, (0,) if _FROM_ZERO.search(code[: written.start()][-400:]) else (1,)


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
