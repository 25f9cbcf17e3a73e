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
_ADDRESS = re.compile(
    r"(?!.*(?:img|image|pic|icon|logo|cover|thumb|video|file|avatar))\w{2,20}(?:url|href|link)"
)
TITLES = ("realtitle", "title", "doctitle", "infotitle", "articletitle", "name", "subject", "subtitle")
"""Members that hold the address and the title of a record, in lower case; the first that has something counts."""
_TITLE = re.compile(r"\w{2,20}title")

# A string ends at its quote, at the end of its line or of all: each is read once, wherever quotes are missing.
_TOKEN = re.compile(r"""["'](?:(?<=")(?:[^"\\\n]|\\.)*|(?<=')(?:[^'\\\n]|\\.)*)["'\n]?|[{}]""")
_NAME = re.compile(r"([A-Za-z_]\w{0,30})\s*:\s*$")
# What a script must have at least: most name addresses, and few of these any title in Chinese, or a year.
_MEMBER = r"""\b(?:{})\\*["']?\s*:\s*\\*["']"""
_MAY_LEAD = re.compile(_MEMBER.format(r"\w{0,20}(?:url|href|link)"), re.IGNORECASE)
_MAY_TELL = re.compile(
    _MEMBER.format(r"\w{0,20}title|name|subject") + r"""[^"'\n]{0,200}?(?:[\u4e00-\u9fff]|\\u[4-9]|20\d\d)""",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_ESCAPED_SIGN = re.compile(r"""\\(["'\\/])""")
_DEEPEST = 50
_STRING = r"""(?:"[^"\\\n<>]{0,200}"|'[^'\\\n<>]{0,200}')"""
_FIELD = re.compile(_STRING)
_ROW = re.compile(rf"\[\s*({_STRING}(?:\s*,\s*(?:{_STRING}|\d{{1,12}})){{1,8}})\s*\]")
_ADDRESS_ALONE = re.compile(
    r"(?:https?:/|\.{1,2})?/[\w./?&=%-]+|[\w/-]+\.(?:s?html?|jsp|aspx?|php)(?:\?[\w&=%-]*)?"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def records_written(script: str) -> Iterator[tuple[str, str]]:
    """Address and title of each record that stands in a script, in the order in which they end."""
    yield from _rows(script)
    if _MAY_TELL.search(script) is None or _MAY_LEAD.search(script) is None:
        return
    for members in _objects(script):
        address, title = address_in(members), title_in(members)
        if address and title:
            yield address, title


def _rows(script: str) -> Iterator[tuple[str, str]]:
    """The records that are written as arrays, without names: an address, and what is said in Chinese."""
    for row in _ROW.findall(script):
        fields = [_said(field[1:-1]) for field in _FIELD.findall(row)]
        address = next((field for field in fields if _ADDRESS_ALONE.fullmatch(field)), "")
        title = max((field for field in fields if _CHINESE.search(field)), key=len, default="")
        if address and title:
            yield address, title


def address_in(given: Mapping[str, object]) -> str | None:
    """The address of a record by its members, in lower case: one of the usual names, or else one named like these."""
    return _named(given, ADDRESSES, _ADDRESS)


def title_in(given: Mapping[str, object]) -> str | None:
    """The title of a record, found as its address is."""
    return _named(given, TITLES, _TITLE)


def _named(given: Mapping[str, object], names: tuple[str, ...], like: re.Pattern[str]) -> str | None:
    """The first of these members that has a text, or of those named like them; None where none has."""
    alike = (name for name in given if like.fullmatch(name))
    return next(
        (value for name in (*names, *alike) if isinstance(value := given.get(name), str) and value), None
    )


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
