"""Lists and columns that scripts hold as data: objects with a title and an address. Pure.

No script is run: the objects are read as they are written, as JSON, as scripts write them, or as JSON in a string.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

ADDRESSES = (
    "url",
    "post_url",
    "posturl",
    "linkurl",
    "link_url",
    "infourl",
    "href",
    "link",
    "puburl",
    "docpuburl",
)
TITLES = ("realtitle", "title", "doctitle", "infotitle", "articletitle", "name", "subtitle")
"""Members that hold the address and the title of a record, in lower case; the first that has something counts."""

# A string ends at its quote, at the end of its line or of all: each is read once, wherever quotes are missing.
_TOKEN = re.compile(r"""["'](?:(?<=")(?:[^"\\\n]|\\.)*|(?<=')(?:[^'\\\n]|\\.)*)["'\n]?|[{}]""")
_NAME = re.compile(r"([A-Za-z_]\w{0,30})\s*:\s*$")
# What a script must have at least: most name addresses, and few of these any title in Chinese, or a year.
_MEMBER = r"""\b(?:{})\\*["']?\s*:\s*\\*["']"""
_MAY_LEAD = re.compile(_MEMBER.format("|".join(ADDRESSES)), re.IGNORECASE)
_MAY_TELL = re.compile(
    _MEMBER.format("|".join(TITLES)) + r"""[^"'\n]{0,200}?(?:[\u4e00-\u9fff]|\\u[4-9]|20\d\d)""",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_ESCAPED_SIGN = re.compile(r"""\\(["'\\/])""")
_DEEPEST = 50


def records_written(script: str) -> Iterator[tuple[str, str]]:
    """Address and title of each record that stands in a script, in the order in which they end."""
    if _MAY_TELL.search(script) is None or _MAY_LEAD.search(script) is None:
        return
    for members in _objects(script):
        address, title = named(members, ADDRESSES), named(members, TITLES)
        if address and title:
            yield address, title


def named(given: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of these members that has a text, None where none has."""
    return next((value for name in names if isinstance(value := given.get(name), str) and value), None)


def _objects(source: str, *, is_string: bool = False) -> Iterator[dict[str, str]]:
    """The members of each object that are strings, their names in lower case; those of JSON in a string as well."""
    inside: list[dict[str, str]] = []
    last, before = 0, ""
    for token in _TOKEN.finditer(source):
        between, text = source[last : token.start()], token[0]
        last = token.end()
        if text == "{":
            inside.append({})
            del inside[:-_DEEPEST]
        elif text == "}" and inside:
            yield inside.pop()
        elif text[0] in "\"'":
            bare = _NAME.search(between[-60:])
            name = before if between.strip() == ":" else bare[1] if bare else ""
            before = text[1:-1]
            if inside and name:
                inside[-1].setdefault(name.lower(), _said(before))
            if before.lstrip().startswith(("[", "{")) and not is_string:
                yield from _objects(_ESCAPED_SIGN.sub(r"\1", before), is_string=True)


def _said(literal: str) -> str:
    """The text that a string of a script stands for."""
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], literal)
    return html.unescape(plain).strip()
