"""The styles of cells in OOXML workbooks: what of them tells whether and how the text of a cell is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.read.sheets.formats import UNKNOWN, built_in
from pipeline.read.xml import Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SIDES = ("left", "right", "top", "bottom")
_FIGURE = re.compile(r"[\s\d.,，%+-]+")
_WHITE_INDEXES = frozenset(("1", "9"))  # of the palette that all workbooks have
_WHITE_THEME = "0"  # the background of every theme that is not dark


@dataclass(frozen=True, slots=True)
class CellStyle:
    """`code` is the number format. `is_white` tells of white characters on a ground that is white as well."""

    code: str = "General"
    is_bordered: bool = False
    is_struck: bool = False
    is_white: bool = False

    def dressed(self, text: str) -> str:
        """A text with marks where it is struck out, or is a figure that nobody sees."""
        return dressed(text, is_struck=self.is_struck, is_white=self.is_white)


def dressed(text: str, *, is_struck: bool, is_white: bool) -> str:
    """As `CellStyle.dressed`. White words are left alone: heads are white on the dark ground of a table's own style."""
    if is_struck and text:
        return f"~{text}~"
    return UNKNOWN + text if is_white and _FIGURE.fullmatch(text) else text


def cell_styles(root: Element) -> list[CellStyle]:
    """The styles that cells name by number."""
    codes = {whole(one.get("numFmtId"), -1): one.get("formatCode") or "" for one in root.iter(S + "numFmt")}
    drawn = [_is_drawn(one) for one in _listed(root, "borders")]
    fonts = [(is_struck(one), _is_white(one.find(S + "color"))) for one in _listed(root, "fonts")]
    grounds = [_is_white_ground(one) for one in _listed(root, "fills")]
    styles = []
    for one in _listed(root, "cellXfs"):
        number, border = whole(one.get("numFmtId"), 0), whole(one.get("borderId"), 0)
        font, fill = whole(one.get("fontId"), 0), whole(one.get("fillId"), 0)
        struck, white = fonts[font] if font < len(fonts) else (False, False)
        styles.append(
            CellStyle(
                codes.get(number) or built_in(number),
                border < len(drawn) and drawn[border],
                struck,
                white and (fill >= len(grounds) or grounds[fill]),
            )
        )
    return styles


def is_struck(font: Element) -> bool:
    """Whether a font or a run strikes its text out."""
    struck = font.find(S + "strike")
    return struck is not None and struck.get("val") not in {"0", "false"}


def whole(text: str | None, default: int) -> int:
    """The whole number of an attribute, `default` where it is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else default


def _listed(root: Element, name: str) -> list[Element]:
    found = root.find(S + name)
    return list(found) if found is not None else []


def _is_drawn(border: Element) -> bool:
    sides = (border.find(S + name) for name in _SIDES)
    return any(side is not None and side.get("style") not in {None, "none"} for side in sides)


def _is_white(colour: Element | None) -> bool:
    if colour is None or colour.get("tint") not in {None, "0"}:
        return False
    told = (colour.get("rgb") or "").upper()
    is_named = colour.get("indexed") in _WHITE_INDEXES or colour.get("theme") == _WHITE_THEME
    return is_named or (len(told) == 8 and told.endswith("FFFFFF"))


def _is_white_ground(fill: Element) -> bool:
    pattern = fill.find(S + "patternFill")
    if pattern is None:
        return len(fill) == 0
    kind = pattern.get("patternType") or "none"
    return kind == "none" or (kind == "solid" and _is_white(pattern.find(S + "fgColor")))
