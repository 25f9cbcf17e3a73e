"""What in a table is a figure, a mark for none, or a unit, and no label; and which labels begin a row."""

from __future__ import annotations

import re

from pipeline.read.pdf.geometry import LOST

_FIGURE = re.compile(r"[\s\d０-９.,，+＋\-－−—–/\\]*(?:万?元|[件条次人个项篇期场部]|人次)?|无")

_NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.、．]"
    r"|第[一二三四五六七八九十百]+[章条款项部]|其中)"
)


def is_figure(text: str) -> bool:
    """Whether `text` may stand in a cell of figures; one that is lost may."""
    return LOST in text or bool(text.strip() and _FIGURE.fullmatch(text))


def is_numbered(text: str) -> bool:
    """Whether a label has a number of its own, so that it begins a row and carries on no other label. Letters set wide
    leave blanks in it.
    """
    return _NUMBERED.match("".join(text.split())) is not None
