"""The objects of a page (GB/T 33190, 8 to 13) as what draws them in a PDF: characters, paths, pictures, compositions.

An object lies in a box of its own and is changed by its matrix in it. Boxes cut nothing off here: programs write them
as narrow as a line is thin, and show the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.read.given import Unreadable
from pipeline.read.ofd.glyphs import Signs, doubted
from pipeline.read.ofd.parts import Page, Shared
from pipeline.read.ofd.pdf import LOST_SIGN
from pipeline.read.ofd.values import (
    IDENTITY,
    Matrix,
    after,
    child,
    children,
    local,
    matrix,
    number,
    numbers,
    steps,
    written,
)
from pipeline.read.xml import Element

_DEEPEST = 20  # objects inside one another
_MOST = 200_000  # objects and characters of a page, those of compositions each time that they are drawn
_LINE_WIDTH = 0.353  # millimetres, where none is told
_FLAT = (0.8, 0.8, 0.8)  # stands for shades and patterns
_TURNED: Mapping[str, Matrix] = {
    "90": (0, 1, -1, 0, 0, 0),
    "180": (-1, 0, 0, -1, 0, 0),
    "270": (0, -1, 1, 0, 0, 0),
}
_UPSIDE: Matrix = (1, 0, 0, -1, 0, 0)  # characters of a PDF stand upwards
# Of each command of a path how many numbers follow it.
_COMMANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


@dataclass(slots=True)
class Drawing:
    """Draws pages. `pictures` are those drawn last, by the names under which the page shows them."""

    shared: Shared
    pictures: dict[str, str] = field(default_factory=dict)
    _left: int = 0
    _doubted: Signs = frozenset()

    def page(self, page: Page) -> str:
        """What draws a page, in millimetres from its upper left corner downwards."""
        self.pictures, self._left, self._doubted = {}, _MOST, doubted(page)
        return "\n".join(
            line for layer in page.layers for line in self._objects(layer, layer.get("DrawParam"), 0)
        )

    def _objects(self, parent: Element, style: str | None, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise Unreadable("too_complex", "The document's parts are nested beyond what people write.")
        for one in parent:
            self._left -= 1
            if self._left < 0:
                raise Unreadable("too_complex", f"A page holds more than {_MOST} objects.")
            kind = local(one)
            if kind in {"PageBlock", "Layer", "Content"}:
                yield from self._objects(one, style, depth + 1)
            elif kind.endswith("Object") and (one.get("Visible") or "true") != "false":
                own = one.get("DrawParam") or style
                yield f"q {_placed(one)}{_clips(one)}"
                if kind == "TextObject":
                    self._left -= sum(len(code.text or "") for code in children(one, "TextCode"))
                    yield from _text(one, self.shared.styles.get(own or ""), self._doubted)
                elif kind == "PathObject":
                    yield from _path(one, self.shared.styles.get(own or ""))
                elif kind == "ImageObject":
                    yield from self._picture(one)
                elif kind == "CompositeObject":
                    whole = self.shared.compositions.get(one.get("ResourceID") or "")
                    yield from () if whole is None else self._objects(whole, own, depth + 1)
                yield "Q"

    def _picture(self, one: Element) -> Iterator[str]:
        part = self.shared.pictures.get(one.get("ResourceID") or "")
        if part is not None:
            name = next((known for known, path in self.pictures.items() if path == part), None)
            name = name or f"P{len(self.pictures)}"
            self.pictures[name] = part
            yield f"1 0 0 -1 0 1 cm /{name} Do"  # a picture of a PDF stands upwards in its square


def _placed(one: Element) -> str:
    """From the object's own coordinates to those around it."""
    box = [*numbers(one.get("Boundary")), 0, 0]
    return f"{written(after(matrix(one.get('CTM')), (1, 0, 0, 1, box[0], box[1])))} cm"


def _clips(one: Element) -> str:
    """What of an object may be seen: the parts of a clip together, and all clips one after the other."""
    said = ""
    for clip in children(child(one, "Clips"), "Clip"):
        paths = ""
        for area in children(clip, "Area"):
            own = matrix(area.get("CTM"))
            for shape in children(area, "Path"):
                box = [*numbers(shape.get("Boundary")), 0, 0]
                moved = after(matrix(shape.get("CTM")), (1, 0, 0, 1, box[0], box[1]))
                paths += _strokes(shape, after(moved, own))
        said += f" {paths}W n" if paths else ""
    return said


def _text(one: Element, style: Element | None, lost: Signs) -> Iterator[str]:
    size = number(one.get("Size"), 0)
    if size <= 0:
        return
    is_filled, is_drawn = one.get("Fill") != "false", one.get("Stroke") == "true"
    fill = _colour(one, style, "FillColor")
    is_filled = is_filled and fill is not None
    mode = {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}[is_filled, is_drawn]
    yield f"BT /F {written([size])} Tf {mode} Tr {written(fill or (0, 0, 0))} rg"
    turn = after(
        (number(one.get("HScale"), 1), 0, 0, 1, 0, 0), _TURNED.get(one.get("CharDirection") or "", IDENTITY)
    )
    font = one.get("Font") or ""
    x = y = 0.0
    for code in children(one, "TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        across, down = steps(code.get("DeltaX")), steps(code.get("DeltaY"))
        at_x, at_y = x, y
        for place, character in enumerate(code.text or ""):
            is_lost = (font, character) in lost
            if is_lost or not character.isspace():
                sign = LOST_SIGN if is_lost or not _is_known(character) else character
                a, b, c, d, _, _ = after(_UPSIDE, turn)
                yield f"{written((a, b, c, d, at_x, at_y))} Tm <{ord(sign):04X}> Tj"
            wide = size if ord(character) > 0xFF else size / 2
            at_x += across[place] if place < len(across) else 0.0 if down or across else wide
            at_y += down[place] if place < len(down) else 0.0
    yield "ET"


def _is_known(character: str) -> bool:
    """Whether the font that stands in shows the character. Those of private areas mean something in their own font."""
    try:
        return len(character.encode("gbk")) > 0 and not "\ue000" <= character <= "\uf8ff"
    except UnicodeEncodeError:
        return False


def _path(one: Element, style: Element | None) -> Iterator[str]:
    fill = _colour(one, style, "FillColor") if one.get("Fill") == "true" else None
    line = _colour(one, style, "StrokeColor") if one.get("Stroke") != "false" else None
    told = one.get("LineWidth") or (style.get("LineWidth") if style is not None else None)
    shape = _strokes(one, IDENTITY)
    if shape and (fill or line):
        even = one.get("Rule") == "Even-Odd"
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[
            fill is not None, line is not None
        ]
        dress = (f"{written(fill)} rg " if fill else "") + (f"{written(line)} RG " if line else "")
        dash = numbers(one.get("DashPattern"))
        dress += f"[{written(dash)}] 0 d " if line and any(dash) and min(dash) >= 0 else ""
        yield f"{dress}{written([number(told, _LINE_WIDTH)])} w {shape}{paint}{'*' if even and fill else ''}"


def _colour(one: Element, style: Element | None, name: str) -> tuple[float, float, float] | None:
    """The colour of an object, as shares of red, green and blue; None of one that is not seen."""
    found = child(one, name)
    found = child(style, name) if found is None else found
    if found is None:
        return 0, 0, 0
    alpha = min(max(number(found.get("Alpha"), 255) / 255, 0), 1)
    if not alpha:
        return None
    parts = [min(max(part / 255, 0), 1) for part in numbers(found.get("Value"))]
    if len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    red, green, blue = (
        parts if len(parts) == 3 else parts * 3 if len(parts) == 1 else _FLAT if len(found) else (0, 0, 0)
    )
    return 1 - alpha * (1 - red), 1 - alpha * (1 - green), 1 - alpha * (1 - blue)


def _strokes(one: Element, moved: Matrix) -> str:
    """The path that an object writes in short, each point moved."""
    found = child(one, "AbbreviatedData")
    words = ((found.text or "") if found is not None else "").split()
    a, b, c, d, e, f = moved
    said, place, last = [], 0, (0.0, 0.0)
    while place < len(words) and words[place] in _COMMANDS:
        command = words[place]
        values = numbers(" ".join(words[place + 1 : place + 1 + _COMMANDS[command]]))
        if len(values) != _COMMANDS[command]:
            break
        place += 1 + len(values)
        if command == "A":
            values = values[5:]  # an arc by its chord: no line of a table is one
        points = [
            (a * x + c * y + e, b * x + d * y + f) for x, y in zip(values[::2], values[1::2], strict=True)
        ]
        if command == "Q":
            (x, y), end = points
            points = [
                (last[0] + (x - last[0]) * 2 / 3, last[1] + (y - last[1]) * 2 / 3),
                (end[0] + (x - end[0]) * 2 / 3, end[1] + (y - end[1]) * 2 / 3),
                end,
            ]
        last = points[-1] if points else last
        operator = {"S": "m", "M": "m", "L": "l", "A": "l", "Q": "c", "B": "c", "C": "h"}[command]
        said.append(f"{written([value for point in points for value in point])} {operator} ")
    return "".join(said) if said and said[0].endswith("m ") else ""
