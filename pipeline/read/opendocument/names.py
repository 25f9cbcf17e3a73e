"""Names of OpenDocument (OASIS ODF 1.2, part 1)."""

from __future__ import annotations

import re

from pipeline.read.word.names import number
from pipeline.read.xml import Element

_OASIS = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}".format
OFFICE, TEXT, TABLE, STYLE = map(_OASIS, ("office", "text", "table", "style"))
DRAW, FO = _OASIS("drawing"), _OASIS("xsl-fo-compatible")
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"

_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(in|cm|mm|pt|pc)")
_TWENTIETHS = {"in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pt": 20.0, "pc": 240.0}


def times(element: Element, name: str) -> int:
    """How often something is repeated or how far it spans; once where no number says it."""
    return max(1, number(element.get(name), 1))


def length(text: str | None) -> int:
    """A length in twentieths of a point; 0 where none is told."""
    found = _LENGTH.fullmatch(text or "")
    return round(float(found[1]) * _TWENTIETHS[found[2]]) if found else 0
