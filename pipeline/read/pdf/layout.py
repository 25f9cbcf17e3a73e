"""From a sheet to what stands on it, from top to bottom: tables, and lines of text outside them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.read.blocks import Sight
from pipeline.read.pdf.cells import Said, texts
from pipeline.read.pdf.geometry import Box, Glyph, Rule, Sheet
from pipeline.read.pdf.joined import groups, whole, without_frames
from pipeline.read.pdf.lattice import Lattice, Slot, lattice
from pipeline.read.pdf.lines import TextLine, text_lines
from pipeline.read.pdf.raster import Raster

_NEAR = (2.0, 4.5)  # points: lines nearer to each other than this are one, by the size of the text


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with what it says. `box` lies on the page as it is shown; `sight` as in `Cell`.

    `spare` counts for how many more characters like its last one the last line had room; None where nobody measured.
    """

    slot: Slot
    text: str
    page: int
    box: Box
    sight: Sight | None = None
    spare: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table, of one page or several. `columns` are the places of its upright lines."""

    cells: tuple[Filled, ...]
    columns: tuple[float, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside tables; `sight` as in `Cell`."""

    text: str
    box: Box
    size: float
    page: int
    sight: Sight | None = None


Piece = Table | Line


def pieces(sheet: Sheet, bare: Raster) -> list[Piece]:
    """What stands on the sheet; a table inside a cell of another comes right behind it, and not in that cell."""
    sizes = [glyph.size for glyph in sheet.glyphs]
    near = min(max(0.4 * statistics.median(sizes), _NEAR[0]), _NEAR[1]) if sizes else _NEAR[0]
    found = _lattices(sheet.rules, near)
    found.sort(key=lambda one: one.box.width * one.box.height)
    inside: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    for glyph in sheet.glyphs:
        home = next((place for place, one in enumerate(found) if one.box.holds(*glyph.middle)), None)
        (outside if home is None else inside[home]).append(glyph)
    placed: list[tuple[float, float, Piece]] = []
    for place, one in enumerate(found):
        around = next((other for other in found[place + 1 :] if other.box.around(one.box, near)), None)
        top = around.box.top if around else one.box.top
        unseen = [glyph for glyph in sheet.hidden if one.box.holds(*glyph.middle)]
        table = _table(sheet, one, texts(one, inside[place], unseen, bare))
        placed.append((top, -one.box.width, table))
    upright = text_lines([glyph for glyph in outside if not glyph.turned])
    placed += [(line.box.top, 0.0, _line(sheet, line)) for line in upright]
    placed.sort(key=lambda item: item[:2])
    return [piece for _, _, piece in placed]


def _lattices(rules: Sequence[Rule], near: float) -> list[Lattice]:
    """The tables of a page. Edges of filled boxes count outside the tables that lines make: inside they are the shade
    behind a word or a field.
    """
    drawn = [made.box for made in _made([rule for rule in rules if not rule.soft], near)]
    if not drawn:
        return _made(rules, near)
    return _made([rule for rule in rules if not (rule.soft and any(map(_within(rule, near), drawn)))], near)


def _within(rule: Rule, near: float) -> Callable[[Box], bool]:
    middle = (rule.start + rule.end) / 2
    x, y = (rule.at, middle) if rule.upright else (middle, rule.at)
    return lambda box: box.left - near <= x <= box.right + near and box.top - near <= y <= box.bottom + near


def _made(rules: Sequence[Rule], near: float) -> list[Lattice]:
    return [
        made
        for group in groups(whole(without_frames(rules, near), near), near)
        if len(group) > 2 and (made := lattice(group, near)) is not None and _is_table(made)
    ]


def _is_table(made: Lattice) -> bool:
    """One with two cells beside each other; frames around text and boxes one below the other are none."""
    return len({slot.column for slot in made.slots}) > 1


def _table(sheet: Sheet, made: Lattice, said: Sequence[Said]) -> Table:
    cells = tuple(
        Filled(slot, one.text, sheet.number, sheet.as_shown(slot.box), spare=one.spare)
        for slot, one in zip(made.slots, said, strict=True)
        if one.text or not slot.outside
    )
    height = len(made.rows) - 1
    if made.open_below and (rest := _without_empty_row(cells, height)):
        cells, height = rest, height - 1
    if made.open_above and (rest := _without_empty_row(cells, 1)):
        cells, height = rest, height - 1
    return Table(cells, made.columns, height)


def _without_empty_row(cells: Sequence[Filled], row: int) -> tuple[Filled, ...]:
    """The cells without an outer row in which nothing stands; none where something does, or where it is the only one.

    At a page's end the upright lines of a table often run on below its last row, or begin above its first.
    """
    kept: list[Filled] = []
    for cell in cells:
        slot = cell.slot
        if slot.rowspan > 1:
            over = slot.row <= row < slot.row + slot.rowspan
            start = slot.row if slot.row <= row else slot.row - 1
            kept.append(replace(cell, slot=replace(slot, row=start, rowspan=slot.rowspan - over)))
        elif slot.row != row:
            kept.append(replace(cell, slot=replace(slot, row=slot.row - (slot.row > row))))
        elif cell.text.strip():
            return ()
    return tuple(kept)


def _line(sheet: Sheet, line: TextLine) -> Line:
    return Line(line.text, line.box, line.size, sheet.number)
