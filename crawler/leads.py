"""Where the code of a page leads: what is assigned to its location, directly or by a function of the page. Pure.

No script is run. An address that is put together of strings, numbers and the arguments of a call is put together
so here; one that needs more is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

LITERAL = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
"""A string as a script writes it, as a regular expression."""

_PLAIN = rf"(?:{LITERAL}|[\w$]+(?:\([\w$]*\))?|\([\w$\s+-]*\))"
_PLAIN_SUM = rf"{_PLAIN}(?:\s*\+\s*{_PLAIN})*"
# n > 1 ? '_' + n : ''
_CHOICE = rf"[\w$]+\s*(?:[<>]=?|[=!]==?)\s*[\"']?\d+[\"']?\s*\?\s*{_PLAIN_SUM}\s*:\s*{_PLAIN_SUM}"
_TERM = rf"(?:\(\s*{_CHOICE}\s*\)|{_PLAIN})"
_EXPRESSION = rf"({_CHOICE}|{_TERM}(?:\s*\+\s*{_TERM})*)"
_LEADS = re.compile(
    rf"\blocation(?:\.href)?\s*=(?!=)\s*{_EXPRESSION}|\blocation\.(?:replace|assign)\s*\(\s*{_EXPRESSION}"
    rf"|(?:\bwindow\.|(?<![\w.]))open\s*\(\s*{_EXPRESSION}"
)
_FUNCTION = re.compile(
    r"\bfunction\s+([A-Za-z_$][\w$]*)\s*\(([\w$\s,]*)\)\s*\{|\b([A-Za-z_$][\w$]*)\s*=\s*function\s*\(([\w$\s,]*)\)\s*\{"
)
_CALL = re.compile(
    rf"\b([A-Za-z_$][\w$]*)\s*\(\s*((?:{LITERAL}|-?\d+|this)(?:\s*,\s*(?:{LITERAL}|-?\d+|this))*)\s*\)"
)
_NAMED_PAGE = re.compile(r"""['"]([^'"\s()]+\.(?:s?html?|jsp|aspx?|php|jhtml)(?:\?[^'"\s]*)?)['"]""")
_SUM = re.compile(r"\(?\s*(?:parseInt|Number)?\(?\s*([\w$]+)\s*\)?\s*([+-])\s*(\d+)\s*\)?")
_ONLY_IF = re.compile(
    r"\bif\s*\(\s*([\w$]+)\s*={2,3}\s*[\"']?(\w+)[\"']?\s*\)\s*\{?\s*(?:window\.|self\.|document\.)?$"
)
_CHOSEN = re.compile(
    rf"\(?\s*([\w$]+)\s*([<>]=?|[=!]==?)\s*[\"']?(\d+)[\"']?\s*\?\s*({_PLAIN_SUM})\s*:\s*({_PLAIN_SUM})\s*\)?"
)
# s.value, s.options[s.selectedIndex].value, $('#year').val()
_VALUE = re.compile(
    r"(?:\$\([^()\n]{1,60}\)|document\.getElementById\([^()\n]{1,40}\)|\b[A-Za-z_$][\w$]*)"
    r"(?:\.options\[[^\[\]\n]{1,40}\]\.value|\.value\b|\.val\(\))"
)
_BODY = 1200  # characters of a function in which it says where it leads


@dataclass(frozen=True, slots=True)
class _Function:
    parameters: tuple[str, ...]
    body: str


class Leads:
    """The scripts of one page; `to` answers where a piece of code in it leads."""

    def __init__(self, scripts: str) -> None:
        self._scripts = scripts

    def to(self, code: str, chosen: str | None = None) -> str | None:
        """The address, as it is written, that this code sends a browser to; None where that is not known. `chosen` is
        the value of the box that runs it.
        """
        code = re.sub(r"^\s*javascript:", "", code, flags=re.IGNORECASE)
        direct = _address(code, {})
        if direct is not None:
            return direct
        for given, written in self.called(code):
            body = written
            if chosen is not None and "'" not in chosen:
                body = _VALUE.sub(f"'{chosen}'", written)
                set_to_it = re.findall(rf"\b([\w$]+)\s*=\s*'{re.escape(chosen)}'\s*[;,\n]", body)
                given.update(dict.fromkeys(set_to_it, chosen))
            address = _address(body, given)
            if address is not None:
                return address
        named = _NAMED_PAGE.search(code)
        return named[1] if named else None

    def called(self, code: str) -> Iterator[tuple[dict[str, str], str]]:
        """The functions of the page that this code calls: what each is given by the names of its parameters, and its
        body.
        """
        for call in _CALL.finditer(code):
            function = self._functions.get(call[1])
            if function is not None:
                arguments = [_unquoted(one) for one in re.findall(rf"{LITERAL}|-?\d+|this", call[2])]
                yield dict(zip(function.parameters, arguments, strict=False)), function.body

    @cached_property
    def _functions(self) -> Mapping[str, _Function]:
        found: dict[str, _Function] = {}
        for match in _FUNCTION.finditer(self._scripts):
            name, parameters = match[1] or match[3], match[2] if match[1] else match[4]
            body = self._scripts[match.end() : match.end() + _BODY]
            following = _FUNCTION.search(body)
            body = body[: following.start()] if following else body
            names = tuple(one.strip() for one in (parameters or "").split(","))
            found.setdefault(name, _Function(names, body))
        return found


def _address(code: str, given: Mapping[str, str]) -> str | None:
    """The first address in this code that can be put together of what is given."""
    for match in _LEADS.finditer(code):
        only = _ONLY_IF.search(code[: match.start()])
        if only and given.get(only[1], only[2]) != only[2]:
            continue
        expression = next(group for group in match.groups() if group)
        address = _sum(expression, given)
        if address and address.strip() and not address.lower().startswith(("javascript:", "about:")):
            return address
    return None


def _sum(expression: str, given: Mapping[str, str]) -> str | None:
    """The text that an expression comes to, None where a part of it is not known."""
    if chosen := _CHOSEN.fullmatch(expression):
        return _chosen(chosen, given)
    terms = [_term(one, given) for one in re.findall(_TERM, expression)]
    return None if None in terms else "".join(term or "" for term in terms)


def _chosen(choice: re.Match[str], given: Mapping[str, str]) -> str | None:
    """What is chosen by a number."""
    value = given.get(choice[1], "")
    if not value.isdecimal():
        return None
    sign, left, right = choice[2], int(value), int(choice[3])
    equal = left == right
    holds = {"<": left < right, ">": left > right, "=": equal, "!": not equal}[sign[0]]
    holds = holds or (sign in ("<=", ">=") and equal)
    return _sum(choice[4] if holds else choice[5], given)


def _term(term: str, given: Mapping[str, str]) -> str | None:
    if term[0] in "\"'":
        return _unquoted(term)
    if term in given:
        return given[term]
    if chosen := _CHOSEN.fullmatch(term):
        return _chosen(chosen, given)
    if term.isdecimal():
        return term
    found = _SUM.fullmatch(term)
    if found:
        value = given.get(found[1], "")
        if not value.lstrip("-").isdecimal():
            return None
        return str(int(value) + (int(found[3]) if found[2] == "+" else -int(found[3])))
    inside = re.fullmatch(r"[\w$]+\(([\w$]+)\)", term)  # encodeURI(x), String(n)
    return given.get(inside[1]) if inside else None


def _unquoted(term: str) -> str:
    return re.sub(r"\\(.)", r"\1", term[1:-1]) if term[0] in "\"'" else term
