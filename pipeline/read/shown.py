"""What of a page a reader sees, as far as attributes and styles of its elements tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3,}",  # moved off the page
    re.IGNORECASE,
)
# Text of no size is not shown, but what stands in it may have a size of its own.
_SIZELESS = re.compile(r"(?<![\w-])font-size\s*:\s*0(?:\.0*)?(?:[a-z]+|%)?\s*(?:[;!]|$)", re.IGNORECASE)
_STYLED = {
    # Word writes what is raised by hand by how far; lines that are straightened move by less than three points.
    "sup": re.compile(
        r"vertical-align\s*:\s*super|mso-text-raise\s*:\s*(?:[3-9]|\d\d)(?:\.\d+)?pt", re.IGNORECASE
    ),
    "sub": re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE),
    # What a word processor hides, browsers show: nobody can say which of the two was meant.
    "del": re.compile(
        r"text-decoration[\w-]*\s*:[^;]*line-through|(?<![\w-])mso-hide\s*:\s*all", re.IGNORECASE
    ),
}
# What may be a note where it follows a figure, and says nothing elsewhere.
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])sup|foot-?note|fnref", re.IGNORECASE)
_NOTE_STYLE = re.compile(
    r"vertical-align\s*:\s*(?:text-top|top|[1-9]|\.\d|0\.)|(?<![\w-])top\s*:\s*-(?:[2-9]|1\d)",
    re.IGNORECASE,
)
_HIDDEN, _NO_TEXT = "-hidden", "-no-text"
_NO_SIZE = frozenset("0123")  # pixels

_Attributes = Mapping[str, str | None]


def is_hidden(attributes: _Attributes) -> bool:
    """Whether an element of these attributes is not shown."""
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _told_by(style) == _HIDDEN)


def is_veiled(node: LexborNode) -> bool:
    """Whether anything around `node` hides it."""
    around = node.parent
    while around is not None:
        if is_hidden(around.attributes):
            return True
        around = around.parent
    return False


def is_spacer(attributes: _Attributes) -> bool:
    """Whether a picture of these attributes is too small to show anything."""
    return any(
        (attributes.get(side) or "").strip().removesuffix("px") in _NO_SIZE for side in ("width", "height")
    )


def meant_by_style(node: LexborNode, style: str) -> str:
    """The tag that an inline element of this style stands for, empty where it is not shown.

    A raised figure is a mark, whether by its element or by its style.
    """
    told = _told_by(style)
    if told == _HIDDEN or (told == _NO_TEXT and not _sized_inside(node)):
        return ""
    return node.tag or "" if told in (None, _NO_TEXT) else told


def is_note(node: LexborNode) -> bool:
    """Whether an inline element right behind a figure may be a note to it: a small or raised one, or a link to a foot.

    Where it begins with a letter it runs into no figure, whatever it is.
    """
    if not node.text().strip()[:1].isdigit():
        return False
    attributes = node.attributes
    target = attributes.get("href") or ""
    return (
        node.tag == "small"
        or (target.startswith("#") and len(target) > 1)
        or _NOTE_CLASS.search(attributes.get("class") or "") is not None
        or _NOTE_STYLE.search(attributes.get("style") or "") is not None
    )


@lru_cache(maxsize=4096)  # the cells of a table share a few styles
def _told_by(style: str) -> str | None:
    """What a style tells: that its element is not shown, that its text is not, or the tag it stands for."""
    if _HIDING.search(style):
        return _HIDDEN
    if _SIZELESS.search(style):
        return _NO_TEXT
    return next((tag for tag, pattern in _STYLED.items() if pattern.search(style)), None)


def _sized_inside(node: LexborNode) -> bool:
    return any(inner != node for inner in node.css("[style], font, big"))
