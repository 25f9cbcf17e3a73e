"""What the scripts of a page say: the values they set, and the calls they make for records. Pure.

No script is run. Strings put together with + are put together from the values that the page itself sets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from crawler.families.listing import Call

_ASSIGNED = re.compile(
    r"""["']?(?<![\w$])([A-Za-z_$][\w$]*)["']?\s*[:=]\s*(?:"([^"\\\n]{0,300})"|'([^'\\\n]{0,300})'|(-?\d{1,15})(?![\w.]))"""
)
_LITERAL = r"""(?:"[^"\n]{0,600}"|'[^'\n]{0,600}'|`[^`]{0,600}`)"""
_NAME = r"(?<![\w$.])[\w$.]{1,80}"  # bounded, as pages with words of millions of letters are met
TERM = rf"""(?:{_LITERAL}|{_NAME}(?:\([^()\n]{{0,200}}\))?|\([^()\n]{{0,200}}\))"""
_SPLIT = re.compile(TERM)
_PAIR = re.compile(rf"""["']?([\w$.-]+)["']?\s*:\s*({TERM}(?:\s*\+\s*{TERM})*)""")
_BY_NAME = re.compile(rf"(?<![\w$.])([A-Za-z_$][\w$]*)(?:\s*\+\s*{TERM})+")  # url + '?page=' + n
_INSERTED = re.compile(r"\$\{\s*([\w$.]+)\s*\}")
_OBJECT = re.compile(
    r"""(?:\b(?:data|body)\s*:\s*|\bparams?\s*[:=]\s*|,\s*)(?:JSON\.stringify\(\s*)?\{([^{}]*)\}""",
    re.IGNORECASE,
)
_NAMED_DATA = re.compile(
    r"\b(?:data|body)\s*:\s*(?:JSON\.stringify\(\s*)?([A-Za-z_$][\w$]*)|,\s*([A-Za-z_$][\w$]*)\s*,\s*function",
    re.IGNORECASE,
)
_TEXT_DATA = re.compile(rf"(?:\bdata\s*:|\A\s*,)\s*({TERM}(?:\s*\+\s*{TERM})*)", re.IGNORECASE)
_POST = re.compile(r"""\.post\s*\(|\b(?:type|method)\s*:\s*["']post["']""", re.IGNORECASE)
_JSON = re.compile(
    r"JSON\.stringify\(|application/json|\b(?:axios|\$?http|request)\.post\s*\(", re.IGNORECASE
)
# $.get('/list?year=' + y, …), $.ajax({type: 'get', url: …}), fetch(…), request.open('GET', …)
_ASKED = re.compile(
    rf"(?:\.(?:get|post|getJSON|load)\s*\(|\bfetch\s*\(|\burl\s*:|\.open\s*\(\s*{_LITERAL}\s*,)\s*"
    rf"({TERM}(?:\s*\+\s*{TERM}){{0,24}})"
)
_OFFSET = re.compile(r"_?(?:offset|start|skip|begin|start_?index|first_?result)", re.IGNORECASE)
_PAGE = re.compile(r"_?(?:page|page_?(?:no|index|num|number)|curr?_?page|current_?page|p|n)", re.IGNORECASE)
_COUNTED = ("i", "num", "idx", "index", "currpage", "curr", "current")
_SIZE = re.compile(r"_?(?:page_?size|per_?page|page_?rows|rows|limit)", re.IGNORECASE)
_WINDOW = {"startrecord": "{start}", "endrecord": "{end}"}
_NEAR = 700  # characters around an address in which the rest of its call stands


def values(source: str) -> dict[str, str]:
    """The names that the page sets to a string or number; the first setting of each."""
    found: dict[str, str] = {}
    for name, double, single, number in _ASSIGNED.findall(source):
        found.setdefault(name, double or single or number)
    return found


def put_together(expression: str, known: dict[str, str]) -> str | None:
    """The text of strings and names with + between them, {page} for the number of a page; None where a part of it is
    not known.
    """
    parts = []
    for term in _SPLIT.findall(expression):
        sure = term[0] in "\"'`" or term.isdecimal() or term in known or may_be_page(term.rpartition(".")[2])
        if not sure:
            return None
        parts.append("{page}" if may_be_page(term.rpartition(".")[2]) else _term(term, known))
    return "".join(parts)


def calls(source: str, base: str, marker: str) -> Iterator[Call]:
    """The calls in the scripts whose address holds `marker`, as a regular expression."""
    source = html.unescape(source)
    known = values(source)
    for expression in _around(marker).finditer(source):
        address = _evaluated(expression[0], known)
        if re.search(marker, address):
            yield _call(urljoin(base, address.strip()), source, expression.span(), known)
    for expression in _BY_NAME.finditer(source):
        address = _evaluated(expression[0], known)
        if re.search(marker, known.get(expression[1], "")) and "?" in address:
            yield _call(urljoin(base, address.strip()), source, expression.span(), known)


def calls_given(source: str, base: str, given: Mapping[str, str]) -> Iterator[Call | None]:
    """The calls in the body of a function that is given these values; None for one of which not all of the address is
    known.
    """
    source = html.unescape(source)
    known = values(source) | dict(given)
    for asked in _ASKED.finditer(source):
        inserted = (name for name in _INSERTED.findall(asked[1]) if not may_be_page(name.rpartition(".")[2]))
        address = put_together(asked[1], known)
        is_known = address and all(name in known for name in inserted)
        yield (
            _call(urljoin(base, address.strip()), source, asked.span(1), known)
            if address and is_known
            else None
        )


def _around(marker: str) -> re.Pattern[str]:
    """A string that holds the marker, with all that is put together with it."""
    part = r"[^\"'`\s<>(){}]"  # of an address; a longer string is markup that holds one
    quoted = (
        rf"{mark}(?={part}{{0,1000}}{mark}){part}{{0,400}}?(?:{marker}){part}{{0,600}}{mark}"
        for mark in "\"'"
    )
    holding = "|".join((*quoted, rf"`[^`\s<>()]{{0,400}}?(?:{marker})[^`\s<>()]{{0,600}}`"))
    return re.compile(rf"(?:(?:{_LITERAL}|{_NAME})\s*\+\s*){{0,12}}(?:{holding})(?:\s*\+\s*{TERM}){{0,24}}")


def _call(address: str, source: str, at: tuple[int, int], known: dict[str, str]) -> Call:
    """The call of an address by the expression that stands in the source at a place."""
    before, after = source[max(at[0] - 200, 0) : at[0]], source[at[1] : at[1] + _NEAR]
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    data = _data(before, after, source, known)
    if any(_SIZE.fullmatch(name) for name in query | data):  # 0, 20, 40: so many lie before
        query, data = _offset(query), _offset(data)
    given = query | data
    size = next((int(v) for k, v in given.items() if _SIZE.fullmatch(k) and v.isdecimal() and int(v)), None)
    first = next((v for k, v in given.items() if _PAGE.fullmatch(k) and v in ("0", "1")), "1")
    url = urlunsplit((*parts[:3], "", ""))
    stated = next((int(v) for k, v in known.items() if _SIZE.fullmatch(k) and v.isdecimal() and int(v)), 15)
    sized = size is not None
    if not (_POST.search(before[-200:]) or _POST.search(after[:300])):
        return Call(url, _fields(given), None, size or stated, int(first), sized=sized)
    if not data:
        query, data = {}, query
    json_in = "" if _JSON.search(before[-200:]) or _JSON.search(after[:300]) else None
    return Call(url, _fields(query), _fields(data), size or stated, int(first), sized=sized, json_in=json_in)


def _offset(given: dict[str, str]) -> dict[str, str]:
    """The fields of a call, with {offset} for the number of entries before a page where one asks for it."""
    paged = any(_PAGE.fullmatch(name) for name in given)
    return {
        name: "{offset}" if not paged and _OFFSET.fullmatch(name) and value in ("", "0", "{page}") else value
        for name, value in given.items()
    }


def _fields(given: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _filled(name, value)) for name, value in given.items())


def _data(before: str, after: str, source: str, known: dict[str, str]) -> dict[str, str]:
    """The fields of the object that a call sends along."""
    found = _OBJECT.search(after[:400]) or _last(_OBJECT, before)
    named = None if found else _NAMED_DATA.search(after[:300]) or _NAMED_DATA.search(before)
    if named:
        name = re.escape(named[1] or named[2])
        found = re.search(rf"(?<![\w$]){name}\s*=\s*\{{([^{{}}]*)\}}", source)
        text = re.search(rf"(?<![\w$]){name}\s*=\s*({TERM}(?:\s*\+\s*{TERM})*)", source)
        if found is None and text:
            return dict(parse_qsl(_evaluated(text[1], known), keep_blank_values=True))
    if found is None:
        sent = _TEXT_DATA.search(after[:200])
        return dict(parse_qsl(_evaluated(sent[1], known), keep_blank_values=True)) if sent else {}
    return {name: _evaluated(value, known) for name, value in _PAIR.findall(found[1])}


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _filled(name: str, value: str) -> str:
    if name.lower() in _WINDOW:
        return _WINDOW[name.lower()]
    return "{page}" if _PAGE.fullmatch(name) else value


def _evaluated(expression: str, known: dict[str, str]) -> str:
    return "".join(_term(term, known) for term in _SPLIT.findall(expression))


def constants(source: str, names: Iterable[str]) -> dict[str, str]:
    """Those of these names that the scripts of a page set once alone, to a string or number."""
    known = values(source)
    return {
        name: known[name]
        for name in known.keys() & set(names)
        if len(re.findall(rf"(?<![\w$]){re.escape(name)}[\"']?\s*(?:=(?!=)|:|\+=)", source)) == 1
    }


def may_be_page(name: str) -> bool:
    """Whether a name in a script may stand for the number of a page."""
    return _PAGE.fullmatch(name) is not None or name.lower() in _COUNTED


def _term(term: str, known: dict[str, str]) -> str:
    if term[0] in "\"'":
        return term[1:-1].replace("\\/", "/")
    if term[0] == "`":
        return _INSERTED.sub(lambda found: _term(found[1], known), term[1:-1])
    if term[0] == "(":
        return "{page}" if re.search(r"page|idx|index", term, re.IGNORECASE) else ""
    inside = re.fullmatch(r"[\w$.]+\(\s*([\w$.]+)\s*\)", term)  # encodeURIComponent(x)
    name = (inside[1] if inside else term.partition("(")[0]).rpartition(".")[2]
    if term.isdecimal() or term in ("true", "false"):
        return term
    if may_be_page(name):
        return "{page}"
    return known.get(name, "")
