"""What of a page a reader sees, as far as attributes and styles of its elements tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from pipeline.read.pale import is_pale, is_unseen_figure

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3,}"  # moved off the page
    r"|clip-path\s*:\s*inset\((?:50|100)%",
    re.IGNORECASE,
)
# What is said last counts.
_SHOWN_AGAIN = re.compile(
    r"(?<![\w-])display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible|(?<![\w-])opacity\s*:\s*(?:[1-9]|0?\.0*[1-9])",
    re.IGNORECASE,
)
# A box of no size that shows nothing beyond itself. Words in a line have no box of their own, unless they are placed.
_SQUEEZED = re.compile(
    r"(?<![\w-])clip\s*:\s*rect\(\s*[01](?:px)?\b"
    r"|^(?=.*overflow[\w-]*\s*:\s*(?:hidden|clip)).*(?<![\w-])(?:max-)?(?:width|height)\s*:\s*"
    r"(?:[01]px|0(?:\.0*)?[a-z%]*)\s*(?:[;!]|$)",
    re.IGNORECASE | re.DOTALL,
)
_PLACED = re.compile(
    r"(?<![\w-])(?:display\s*:\s*(?:inline-)?(?:block|flex)|position\s*:\s*(?:absolute|fixed)|float\s*:\s*(?:left|right))",
    re.IGNORECASE,
)
# These stand for the tags of elements whose figure is white on white, and whose text is turned round.
UNSEEN, TURNED = "-unseen", "-turned"
# Text of no size is not shown, but what stands in it may have a size of its own.
_SIZELESS = re.compile(r"(?<![\w-])font-size\s*:\s*0(?:\.0*)?(?:[a-z]+|%)?\s*(?:[;!]|$)", re.IGNORECASE)
_STYLED = {
    # Word writes what is raised by hand by how far; lines that are straightened move by less than three points.
    "sup": re.compile(
        r"vertical-align\s*:\s*super|mso-text-raise\s*:\s*(?:[3-9]|\d\d)(?:\.\d+)?pt", re.IGNORECASE
    ),
    TURNED: re.compile(
        r"(?=.*direction\s*:\s*rtl).*unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.IGNORECASE | re.DOTALL
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
_HIDDEN, _NO_TEXT, _NO_BOX, _PALE = "-hidden", "-no-text", "-no-box", "-pale"
# What frameworks call text for those who listen, and hide by sheets that stand elsewhere.
_FOR_LISTENERS = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?:\s|$)")
_NO_SIZE = frozenset("0123")  # pixels

_Attributes = Mapping[str, str | None]


def is_hidden(attributes: _Attributes, *, is_box: bool = False) -> bool:
    """Whether an element of these attributes is not shown. `is_box` tells of one that takes the size it is given."""
    style = attributes.get("style")
    if "hidden" in attributes or style is None:
        return "hidden" in attributes
    told = _told_by(style)
    return told == _HIDDEN or (is_box and told == _NO_BOX)


def is_for_listeners(attributes: _Attributes) -> bool:
    """Whether the classes of an element say that it is read out, and not shown."""
    return _FOR_LISTENERS.search(attributes.get("class") or "") is not None


def tells(style: str) -> bool:
    """Whether a style tells anything of what is seen."""
    return _told_by(style) is not None


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


def is_unseen(node: LexborNode, attributes: _Attributes) -> bool:
    """Whether an element of these attributes holds a figure that is white on white."""
    style = attributes.get("style")
    return style is not None and _told_by(style) == _PALE and is_unseen_figure(node)


def whiten(node: LexborNode, attributes: _Attributes) -> None:
    """Hand on the white of a table or of its rows to their cells, as far as these have no colour of their own."""
    style = attributes.get("style")
    if style is not None and _told_by(style) == _PALE:
        for cell in node.css("td, th"):
            cell.attrs["style"] = f"color:#fff;{cell.attributes.get('style') or ''}"


def meant_by_style(node: LexborNode, style: str) -> str:
    """The tag that an inline element of this style stands for, empty where it is not shown.

    A raised figure is a mark, whether by its element or by its style.
    """
    told = _told_by(style)
    if told == _HIDDEN or (told == _NO_TEXT and not _sized_inside(node)):
        return ""
    if told == _PALE:
        return UNSEEN if is_unseen_figure(node) else node.tag or ""
    if told == _NO_BOX:
        return "del"
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
    hiding = [found.end() for found in _HIDING.finditer(style)]
    if hiding and not _SHOWN_AGAIN.search(style, hiding[-1]):
        return _HIDDEN
    if _SQUEEZED.search(style):
        return _HIDDEN if _PLACED.search(style) else _NO_BOX
    if _SIZELESS.search(style):
        return _NO_TEXT
    styled = next((tag for tag, pattern in _STYLED.items() if pattern.search(style)), None)
    return styled or (_PALE if is_pale(style) else None)


def _sized_inside(node: LexborNode) -> bool:
    return any(inner != node for inner in node.css("[style], font, big"))
