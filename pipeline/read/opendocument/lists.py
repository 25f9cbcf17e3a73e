"""The numbers printed before the paragraphs of lists, and before headings. They stand in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.read.opendocument.names import LOEXT, STYLE, TEXT, times
from pipeline.read.word.names import number
from pipeline.read.word.numbering import LEVELS, Level, count_on
from pipeline.read.xml import Element

_OUTLINE = "\0"
_SHAPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "": "none"}
_FIRSTS = {"一": "chineseCounting", "①": "decimalEnclosedCircle", "１": "decimal"}
_PLACE = re.compile(r"%(\d+)%")

Counts = list[int | None]


class Lists:
    """The lists that a document defines, and how far each has counted. Ask for the paragraphs in their order."""

    def __init__(self, containers: Iterable[Element | None]) -> None:
        self._levels: dict[str, Mapping[int, Level]] = {}
        for container in containers:
            for one in container if container is not None else ():
                if one.tag == TEXT + "list-style":
                    self._levels[one.get(STYLE + "name") or ""] = _levels(one)
                elif one.tag == TEXT + "outline-style":
                    self._levels[_OUTLINE] = _levels(one)
        self._by_style: dict[str, Counts] = {}
        self._by_id: dict[str, Counts] = {}
        self._outline: Counts = [None] * LEVELS

    def counts(self, style: str, name: str | None, goes_on_from: str | None, *, goes_on: bool) -> Counts:
        """How far a list has counted that begins here: one of its own, or that which it goes on with."""
        found = self._by_id.get(goes_on_from or "")
        if found is None and goes_on:
            found = self._by_style.get(style)
        counts = self._by_style[style] = [None] * LEVELS if found is None else found
        if name is not None:
            self._by_id[name] = counts
        return counts

    def next(self, style: str, counts: Counts, level: int, begun: int | None = None) -> str:
        """What is printed before the next paragraph of a list; empty for bullets and lists that are not known."""
        return count_on(self._levels.get(style, {}), counts, level, begun)

    def heading(self, level: int) -> str:
        """What is printed before the next heading of a level, from 0."""
        return count_on(self._levels.get(_OUTLINE, {}), self._outline, level)


def _levels(style: Element) -> dict[int, Level]:
    return {number(one.get(TEXT + "level"), 1) - 1: _level(one) for one in style if one.get(TEXT + "level")}


def _level(one: Element) -> Level:
    shape = one.get(STYLE + "num-format")
    if shape is None or one.tag.endswith(("-bullet", "-image")):
        return Level(1, "bullet", "")
    at = number(one.get(TEXT + "level"), 1)
    shown = min(times(one, TEXT + "display-levels"), at)
    places = ".".join(f"%{level}" for level in range(at - shown + 1, at + 1))
    text = (one.get(STYLE + "num-prefix") or "") + places + (one.get(STYLE + "num-suffix") or "")
    own = one.get(LOEXT + "num-list-format")
    return Level(
        number(one.get(TEXT + "start-value"), 1),
        _SHAPES.get(shape) or _FIRSTS.get(shape[:1], "decimal"),
        text if own is None else _PLACE.sub(r"%\1", own),
    )
