"""The numbers that Word prints before the paragraphs of a list: 一、 （二） 3. They stand in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.read.word.names import VAL, W, is_on, number, value
from pipeline.read.xml import Element

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    (
        *("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"),
        *("japaneseCounting", "koreanCounting", "ideographDigital"),
    )
)
_PLACE = re.compile(r"%([1-9])")
LEVELS = 9
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` has %1 where the number of the first level stands; `is_legal` tells that the numbers
    of all levels are in digits. Of bullets the shape is `bullet` or `none`.
    """

    start: int
    shape: str
    text: str
    is_legal: bool = False


def count_on(
    levels: Mapping[int, Level], counts: list[int | None], level: int, begun: int | None = None
) -> str:
    """Count on the numbers of a list's levels, and what is printed before its next paragraph at a level: empty for
    bullets and levels that are not known. `begun` is the number where it begins anew.
    """
    shown = levels.get(level)
    if shown is None or not 0 <= level < LEVELS:
        return ""
    last = counts[level]
    counts[level] = begun if begun is not None else shown.start if last is None else last + 1
    counts[level + 1 :] = [None] * (LEVELS - level - 1)

    def place(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        of, count = levels.get(at), counts[at]
        if of is None:
            return ""
        return _shaped(of.start if count is None else count, "decimal" if shown.is_legal else of.shape)

    return "" if shown.shape in {"bullet", "none"} else _PLACE.sub(place, shown.text)


class Numbering:
    """The lists that a document defines, and how far each has counted. Ask for the paragraphs in their order."""

    def __init__(self, root: Element | None = None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}  # by abstract list
        self._lists: dict[str, str] = {}  # of each list the abstract one
        self._starts: dict[str, dict[int, int]] = {}  # where a list begins anew
        self._counts: dict[str, list[int | None]] = {}
        for abstract in root.iter(W + "abstractNum") if root is not None else ():
            levels = {number(one.get(W + "ilvl"), 0): _level(one) for one in abstract.iter(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId") or ""] = levels
        for one in root.iter(W + "num") if root is not None else ():
            name = one.get(W + "numId") or ""
            self._lists[name] = value(one, "abstractNumId") or ""
            self._starts[name] = {
                number(override.get(W + "ilvl"), 0): number(start.get(VAL), 1)
                for override in one.iter(W + "lvlOverride")
                if (start := override.find(W + "startOverride")) is not None
            }

    def next(self, of_list: str, level: int) -> str:
        """What is printed before the next paragraph of a list; empty for bullets and lists that are not known."""
        levels = self._levels.get(self._lists.get(of_list, ""), {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[of_list], [None] * LEVELS)
        return count_on(levels, counts, level, self._starts.get(of_list, {}).pop(level, None))


def _level(one: Element) -> Level:
    return Level(
        number(value(one, "start"), 1),
        value(one, "numFmt") or "decimal",
        value(one, "lvlText") or "",
        is_on(one, "isLgl"),
    )


def _shaped(count: int, shape: str) -> str:
    if shape in _CHINESE and 0 < count < 100:
        return chinese(count)
    if shape.startswith("decimalEnclosedCircle") and 0 < count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if shape in {"lowerLetter", "upperLetter"} and 0 < count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter if shape == "lowerLetter" else letter.upper()
    return str(count)


def chinese(count: int) -> str:
    """A number from 1 to 99 as headings have it: 一, 十, 二十一."""
    tens, ones = divmod(count, 10)
    ten = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return ten + (_DIGITS[ones] if ones else "")
