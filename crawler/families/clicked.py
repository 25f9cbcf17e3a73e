"""Tabs of a list that are nothing but a call with arguments: `load(2024,1)` on 2024年. Pure.

The function stands in the page's own scripts and asks for records; where they are is put together there of strings and
of what it is given. No script is run: what needs more than that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from crawler.discovery import names_part
from crawler.families.listing import Call, Way
from crawler.families.script import calls_given, constants, may_be_page
from crawler.judged import key_of, names_organ
from crawler.leads import LITERAL
from crawler.pages import Page
from crawler.urls import origin_of

_PLAIN = re.compile(r"[\w\u4e00-\u9fff.,:/-]*")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_TOKEN = re.compile(rf"{LITERAL}|`[^`]*`|(?<![\w$.])[A-Za-z_$][\w$]*(?![\w$]|\s*:)")


@dataclass(frozen=True, slots=True)
class Tabs:
    """`lists` are what tabs call for, each with its words; `unknown` counts the tabs that call for something of which
    the address is not known.
    """

    lists: tuple[tuple[str, Way], ...] = ()
    unknown: int = 0


def tabs_of(page: Page) -> Tabs:
    """The tabs of a page that name years or organs and do nothing but call for their lists."""
    found: dict[tuple[str, str | None], tuple[str, Way]] = {}
    unknown: set[str] = set()
    for code, words in page.clicked:
        key = key_of(words)
        if not (names_part(key) or names_organ(key)):
            continue
        for given, body in page.leads.called(code):
            for call in _calls(given, body, page):
                if call is None:
                    unknown.add(key)
                    continue
                way = Way(call.first, call=call)
                found.setdefault(way.request(0), (words, way))
    return Tabs(tuple(found.values()), len(unknown)) if len(found) + len(unknown) > 1 else Tabs()


def _calls(given: Mapping[str, str], body: str, page: Page) -> Iterator[Call | None]:
    """The calls in a function that say something of what it was given beside the number of a page, None for one that
    may.
    """
    if not all(_PLAIN.fullmatch(value) for value in given.values()):
        return
    numbers = {name: value for name, value in given.items() if value in ("0", "1") and may_be_page(name)}
    told = {name: value for name, value in given.items() if name not in numbers}
    filled = _TOKEN.sub(lambda one: _filled(one[0], told), body)
    known = constants(page.code, _NAME.findall(body))
    for call in calls_given(filled, page.url, {**known, **told}):
        if call is None:
            yield None
            continue
        said = "\n".join((call.url, *(value for _, value in call.fields)))
        if origin_of(call.url) == origin_of(page.url) and any(
            value and value in said for value in told.values()
        ):
            from_zero = call.is_paged and "0" in numbers.values()
            yield replace(call, first=0) if from_zero else call


def _filled(token: str, told: Mapping[str, str]) -> str:
    """A string as it stands, and the value of a name that is told."""
    return token if token[0] in "\"'`" or token not in told else f"'{told[token]}'"
