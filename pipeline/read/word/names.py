"""Names of WordprocessingML (ECMA-376 part 1, chapter 17)."""

from __future__ import annotations

from pipeline.read.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"

# What holds content and is nothing by itself; deleted content stands in others, and is no part of the document.
WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "fldSimple")
)
OFF = frozenset(("0", "false", "off", "none"))
_BARE = frozenset(("AUTO", "FFFFFF"))


def value(parent: Element | None, name: str) -> str | None:
    """The value of a property: None where it is not set, empty where it is set without a value."""
    found = parent.find(W + name) if parent is not None else None
    return None if found is None else (found.get(VAL) or "")


def is_on(parent: Element | None, name: str) -> bool:
    """Whether a property that can be on or off is on."""
    said = value(parent, name)
    return said is not None and said.lower() not in OFF


def is_shaded(properties: Element | None) -> bool:
    """Whether a run, a paragraph or a cell has a ground of its own that is not white."""
    if properties is None:
        return False
    shade = properties.find(W + "shd")
    ground = (shade.get(W + "fill") or "auto") if shade is not None else "auto"
    themed = shade is not None and shade.get(W + "themeFill") is not None
    patterned = shade is not None and (shade.get(VAL) or "clear") not in {"clear", "nil"}
    return ground.upper() not in _BARE or themed or patterned or is_on(properties, "highlight")


def number(text: str | None, default: int) -> int:
    """The whole number of an attribute, `default` where it is none."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def chosen(alternatives: Element) -> Element | None:
    """The one of `mc:AlternateContent` that is read: the first that holds a text box, else the first."""
    options = [child for child in alternatives if child.tag in (MC + "Choice", MC + "Fallback")]
    with_text = (one for one in options if next(one.iter(W + "txbxContent"), None) is not None)
    return next(with_text, options[0] if options else None)
