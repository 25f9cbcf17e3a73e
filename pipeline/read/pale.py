"""Figures of a page that are written white on white."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

UNKNOWN = "\ufffd"  # makes a figure unreadable, and what is printed stays to be seen
_WHITE = r"(?:#fff(?:f{3})?\b|#(?:f[a-f]){3}\b|white(?![\w-])|transparent|rgba?\(\s*(?:25\d\s*,\s*){2}25\d)"
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_PALE = re.compile(_WHITE, re.IGNORECASE)
_PALE_TEXT = re.compile(rf"(?:olor|OLOR)\s*[:=]\s*[\"']?\s*(?i:{_WHITE})")
_SIGNS = ("#ff", "#FF", "white", "(255")
# What the value of a background may name besides a colour.
_PICTURE = re.compile(r"url\([^)]*\)?", re.IGNORECASE)
_OF_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^)]*\)|(?<![\w-])(?!(?:none|inherit|initial|unset|repeat|scroll|fixed|center|left"
    r"|right|top|bottom|cover|contain|no|important|window)(?![a-z]))[a-z]+(?![\w-])",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\s\d.,，%+\-−件条次人项元万]*\d[\s\d.,，%+\-−件条次人项元万]*")


def has_pale(text: str) -> bool:
    """Whether anything in a page may be white."""
    return any(sign in text for sign in _SIGNS) and _PALE_TEXT.search(text) is not None


def is_pale(style: str) -> bool:
    """Whether a style makes text white; what it says last counts."""
    told = _COLOUR.findall(style)
    return bool(told) and _PALE.match(told[-1]) is not None


def is_pale_font(attributes: Mapping[str, str | None]) -> bool:
    """Whether a font element of these attributes makes text white."""
    return _PALE.match((attributes.get("color") or "").strip()) is not None


def is_unseen_figure(node: LexborNode) -> bool:
    """Whether a white element holds a figure, on no ground of a colour that is known.

    What a picture or a sheet elsewhere may put behind it is not known: words are left alone, since heads are white on
    such grounds, and a figure is not believed.
    """
    return _FIGURE.fullmatch(_own_text(node)) is not None and not _has_ground(node)


def _own_text(node: LexborNode) -> str:
    """The text below `node`, without what has a colour or a ground of its own."""
    texts: list[str] = []
    waiting = [node]
    while waiting:
        for inner in waiting.pop().iter(include_text=True):
            if inner.tag == "-text":
                texts.append(inner.text_content or "")
            elif not _is_coloured(inner):
                waiting.append(inner)
    return "".join(texts).replace("\u00a0", " ")


def _is_coloured(node: LexborNode) -> bool:
    attributes = node.attributes
    style = attributes.get("style") or ""
    return "color" in attributes or _COLOUR.search(style) is not None or _ground(node) is True


def _has_ground(node: LexborNode) -> bool:
    """Whether the element, or what is around it in its table, has a ground that is not white; the nearest counts."""
    around: LexborNode | None = node
    while around is not None:
        ground = _ground(around)
        if ground is not None:
            return ground
        around = around.parent if around.tag != "table" else None
    return False


def _ground(node: LexborNode) -> bool | None:
    """Whether the ground of an element is one other than white; None where it tells of none."""
    attributes = node.attributes
    told = _GROUND.findall(attributes.get("style") or "") or [attributes.get("bgcolor") or ""]
    colours = _OF_COLOUR.findall(_PICTURE.sub("", told[-1]))
    return not all(map(_PALE.fullmatch, colours)) if colours else None
