"""What the styles of a document say that matters for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.read.opendocument.names import FO, STYLE, TABLE, TEXT, length
from pipeline.read.xml import Element

_BASED_ON = 20  # styles in a chain
_WHITE, _NO_GROUND = "#ffffff", "transparent"
_SIDES = [FO + "border" + side for side in ("", "-left", "-right", "-top", "-bottom")]


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: None where a style leaves it as it is around. `mark` is `^` of raised text, `_` of lowered."""

    hidden: bool | None = None
    mark: str | None = None
    struck: bool | None = None
    white: bool | None = None
    ground: bool | None = None  # of a colour other than white


class Styles:
    """The styles by family and name. Give those of the content last: a name counts as it is said last."""

    def __init__(self, containers: Iterable[Element | None]) -> None:
        self._written = {
            (one.get(STYLE + "family") or "", one.get(STYLE + "name") or ""): one
            for container in containers
            if container is not None
            for one in container
            if one.tag == STYLE + "style"
        }
        self._looks: dict[tuple[str, str], Look] = {}

    def look(self, family: str, name: str | None) -> Look:
        """Of a family as `text`, `paragraph` or `table-cell`."""
        key = (family, name or "")
        if key not in self._looks:
            said = [_look(one) for one in self._properties(*key, "text-properties")]
            self._looks[key] = Look(
                next((one.hidden for one in said if one.hidden is not None), None),
                next((one.mark for one in said if one.mark is not None), None),
                next((one.struck for one in said if one.struck is not None), None),
                next((one.white for one in said if one.white is not None), None),
                self._ground(*key),
            )
        return self._looks[key]

    def _ground(self, family: str, name: str) -> bool | None:
        """Whether a style gives a ground of a colour; None where it does not tell, or says that there is none."""
        told = [
            one.get(FO + "background-color") for one in self._properties(family, name, f"{family}-properties")
        ]
        ground = next((ground for ground in told if ground and ground != _NO_GROUND), None)
        return None if ground is None else ground.lower() != _WHITE

    def width(self, name: str | None) -> int:
        """Of a column, in twentieths of a point; 0 where it is not told."""
        found = self._properties("table-column", name or "", "table-column-properties")
        return next((width for one in found if (width := length(one.get(STYLE + "column-width")))), 0)

    def has_lines(self, name: str | None) -> bool | None:
        """Whether cells of this style have lines around them; None where it does not tell."""
        told = [
            one.get(side)
            for one in self._properties("table-cell", name or "", "table-cell-properties")
            for side in _SIDES
        ]
        said = [text for text in told if text is not None]
        return any(not text.startswith("none") for text in said) if said else None

    def shows_table(self, name: str | None) -> bool:
        """Whether tables of this style are shown."""
        found = self._properties("table", name or "", "table-properties")
        return next((one.get(TABLE + "display") for one in found), None) != "false"

    def _properties(self, family: str, name: str, kind: str) -> Iterator[Element]:
        """The properties of a style and those it is based on, the nearest first."""
        for _ in range(_BASED_ON):
            style = self._written.get((family, name))
            if style is None:
                return
            found = style.find(STYLE + kind)
            if found is not None:
                yield found
            name = style.get(STYLE + "parent-style-name") or "\0"


def _look(properties: Element) -> Look:
    display = properties.get(TEXT + "display")
    position = (properties.get(STYLE + "text-position") or "").split()
    lines = [
        kind
        for name in ("style", "type")
        if (kind := properties.get(f"{STYLE}text-line-through-{name}")) is not None
    ]
    colour = properties.get(FO + "color")
    is_as_needed = properties.get(STYLE + "use-window-font-color") == "true"
    return Look(
        None if display is None else display == "none",
        _mark(position[0]) if position else None,
        any(kind != "none" for kind in lines) if lines else None,
        None if colour is None else colour.lower() == _WHITE and not is_as_needed,
    )


def _mark(position: str) -> str:
    if position in {"super", "sub"}:
        return "^" if position == "super" else "_"
    return "" if position.strip("-0.%") == "" else "_" if position.startswith("-") else "^"
