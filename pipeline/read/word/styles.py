"""What the styles of a document say that matters for reading: headings, hidden text, numbered paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.read.word.names import VAL, W, is_on, number, value
from pipeline.read.xml import Element

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BASED_ON = 20  # styles in a chain
_LEVELS = 6
SEEN = ("vertAlign", "strike", "dstrike", "position", "color")


@dataclass(frozen=True, slots=True)
class Style:
    """`level` is that of a heading, 1 to 6; `numbering` the list (its id) and level of a numbered paragraph. `run` has
    the properties of runs that change what a person sees, with their values: those of `SEEN`.
    """

    level: int | None = None
    hidden: bool = False
    numbering: tuple[str, int] | None = None
    run: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


PLAIN = Style()


class Styles:
    """The styles of a document by their ids, each resolved when it is first met: templates define hundreds."""

    def __init__(self, root: Element | None = None) -> None:
        all_of_them = root.iter(W + "style") if root is not None else ()
        self._written = {style.get(W + "styleId") or "": style for style in all_of_them}
        self._resolved = {"": PLAIN}

    def of(self, name: str | None) -> Style:
        """The style with what it inherits; a plain one where there is none of that name."""
        known = self._resolved.get(name or "")
        if known is None:
            known = self._resolved[name or ""] = self._resolve(name or "")
        return known

    def _resolve(self, name: str) -> Style:
        chain: list[Element] = []
        while len(chain) < _BASED_ON and (style := self._written.get(name)) is not None:
            chain.append(style)
            name = value(style, "basedOn") or "\0"
        levels = [_heading_level(one) for one in chain]
        lists = [numbering_of(one.find(W + "pPr")) for one in chain]
        return Style(
            next((level for level in levels if level is not None), None),
            any(is_on(one.find(W + "rPr"), "vanish") for one in chain),
            next((one for one in lists if one is not None), None),
            {name: said for one in reversed(chain) for name, said in seen(one.find(W + "rPr")).items()},
        )


def seen(properties: Element | None) -> dict[str, str]:
    """Of the properties of a run, those of `SEEN` that it sets."""
    return {name: said for name in SEEN if (said := value(properties, name)) is not None}


def _heading_level(style: Element) -> int | None:
    name = value(style, "name") or ""
    named = _HEADING.fullmatch(name)
    level = int(named[1]) if named else outline_level(style.find(W + "pPr"))
    return 1 if name.lower() == "title" else level if level is not None and level <= _LEVELS else None


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading that the properties of a paragraph set, None where they set none."""
    level = number(value(properties, "outlineLvl"), _LEVELS) + 1
    return level if level <= _LEVELS else None


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """The list and level that the properties of a paragraph put it in. List 0 takes it out of any list."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None
    of_list, level = found.find(W + "numId"), found.find(W + "ilvl")
    if of_list is None:
        return None
    return of_list.get(VAL) or "0", number(level.get(VAL) if level is not None else None, 0)
