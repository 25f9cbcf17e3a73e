"""From a sheet to what stands on it, from top to bottom: tables, and lines of text outside them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.blocks import Sight
from pipeline.read.pdf.cells import Said, texts
from pipeline.read.pdf.edges import is_at_edge, is_marked, is_page_number
from pipeline.read.pdf.geometry import LOST, Box, Glyph, Rule, Sheet
from pipeline.read.pdf.joined import groups, whole, without_frames
from pipeline.read.pdf.lattice import Lattice, Slot, lattice
from pipeline.read.pdf.lines import TextLine, text_lines
from pipeline.read.pdf.raster import Raster
from pipeline.read.pdf.unruled import Unruled, unruled
from pipeline.read.pdf.words import Word, around, stacked, words

_NAMED = 0.6  # of the columns of a table without upright lines, that have heads of their own
_APART = 2.5  # of the size: a number so far from other lines is the page's own
_HAIR = 0.1  # points
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
    """A table, of one page or several. `columns` are the places of its upright lines.

    Of one that no upright lines rule, `instead` are the lines of text that it was told from, and `headed` is whether
    heads stand over its columns: without them it is a table only below one that has them.
    """

    cells: tuple[Filled, ...]
    columns: tuple[float, ...]
    height: int
    instead: tuple[Line, ...] = ()
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside tables; `sight` as in `Cell`."""

    text: str
    box: Box
    size: float
    page: int
    sight: Sight | None = None


Piece = Table | Line


def pieces(sheet: Sheet, bare: Raster, full: Raster) -> list[Piece]:
    """What stands on the sheet; a table inside a cell of another comes right behind it, and not in that cell. `bare` is
    a picture of the sheet without its text and `full` one with it.
    """
    sizes = [glyph.size for glyph in sheet.glyphs]
    near = min(max(0.4 * statistics.median(sizes), _NEAR[0]), _NEAR[1]) if sizes else _NEAR[0]
    found = _lattices(sheet, near)
    found.sort(key=lambda one: one.box.width * one.box.height)
    boxes = [one.box for one in found]
    inside: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    for glyph in sheet.glyphs:
        middle = glyph.middle
        home = next((place for place, box in enumerate(boxes) if box.holds(*middle)), None)
        (outside if home is None else inside[home]).append(glyph)
    placed: list[tuple[float, float, Piece]] = []
    for place, one in enumerate(found):
        around = next((other for other in found[place + 1 :] if other.box.around(one.box, near)), None)
        top = around.box.top if around else one.box.top
        table = _table(sheet, one, texts(one, inside[place], sheet, bare, full))
        placed.append((top, -one.box.width, table))
    upright = text_lines([glyph for glyph in outside if not glyph.turned])
    lines = whole([rule for rule in sheet.rules if not rule.upright], near)
    loose = unruled(_without_edges(upright, sheet.height), lines)
    placed += [(one.lines[0].box.top, 0.0, _loose(sheet, one, lines, bare, full)) for one in loose]
    taken = {id(glyph) for one in loose for line in one.lines for glyph in line.glyphs}
    placed += [(line.box.top, 0.0, _line(sheet, line)) for line in upright if id(line.glyphs[0]) not in taken]
    placed.sort(key=lambda item: item[:2])
    return [piece for _, _, piece in placed]


def _without_edges(lines: Sequence[TextLine], height: float) -> list[TextLine]:
    """The lines without those at the page's edges that are no rows of a table: page numbers, what browsers print."""
    first, last = 0, len(lines)
    while first < last and _is_edge(lines[first], lines[first + 1 : first + 2], height):
        first += 1
    while first < last and _is_edge(lines[last - 1], lines[max(last - 2, 0) : last - 1], height):
        last -= 1
    return list(lines[first:last])


def _is_edge(line: TextLine, beside: Sequence[TextLine], height: float) -> bool:
    box = line.box
    far = all(abs(other.baseline - line.baseline) > _APART * line.size for other in beside)
    return is_at_edge(box.top, box.bottom, height) and (
        is_marked(line.text) or (far and is_page_number(line.text))
    )


def _lattices(sheet: Sheet, near: float) -> list[Lattice]:
    """The tables of a page. Edges of filled boxes count outside the tables that lines make: inside they are the shade
    behind a word or a field. Where several figures stand in a cell that they make, they part none.
    """
    rules = sheet.rules
    drawn = _made([rule for rule in rules if not rule.soft], near)
    outside = [
        rule for rule in rules if not (rule.soft and any(_within(rule, near)(made.box) for made in drawn))
    ]
    found = _made(outside, near)
    if any(rule.soft for rule in outside) and any(_holds_several(made, sheet) for made in found):
        return drawn
    return found


def _holds_several(made: Lattice, sheet: Sheet) -> bool:
    inside = [glyph for glyph in sheet.glyphs if not glyph.turned and made.box.holds(*glyph.middle)]
    for slot in made.slots:
        for line in text_lines([glyph for glyph in inside if slot.box.holds(*glyph.middle)]):
            if sum(word.is_figure for word in words(line)) > 1:
                return True
    return False


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


def _loose(sheet: Sheet, one: Unruled, lines: Sequence[Rule], bare: Raster, full: Raster) -> Table:
    """A table told by its words: two columns of labels, the second the rows' own, and those of figures."""
    first = 3 if any(row.labels for row in one.rows) else 1
    heads = one.head_rows
    stops = one.stops(first - 1)
    top, bottom = one.lines[0].box.top, one.lines[-1].box.bottom
    cut = any(line.cut and line.end > stops[-1] and top < line.at < bottom for line in lines)
    cut = cut or any(x >= stops[-2] and top < y < bottom for x, y in (glyph.middle for glyph in sheet.cut))
    cells = [
        _of_words(sheet, Slot(row, first + start, 1, end - start + 1, around(some)), some)
        for row, start, end, some in one.heads
    ]
    if first > 1 and one.corner:
        cells.append(_of_words(sheet, Slot(max(heads, 1), 1, 1, 2, around(one.corner)), one.corner))
    for number, row in enumerate(one.rows, start=heads + 1):
        for column, some in enumerate((sum(row.labels[:-1], ()), *row.labels[-1:]), start=1):
            if some:
                cells.append(_of_words(sheet, Slot(number, column, 1, 1, around(some)), some))
        glyphs = [
            glyph
            for word in row.figures
            for glyph in word.line.glyphs
            if stops[first - 1] < glyph.middle[0] < stops[-1]
        ]
        middles = [glyph.middle[1] for glyph in glyphs]
        edges = (min([row.top, *middles]) - _HAIR, max([row.bottom, *middles]) + _HAIR)
        slots = tuple(
            Slot(1, place, 1, 1, Box(left, edges[0], right, edges[1]))
            for place, (left, right) in enumerate(pairwise(stops[first - 1 :]), start=1)
        )
        said = texts(Lattice(slots, stops[first - 1 :], edges, cut=cut), glyphs, sheet, bare, full)
        for slot, what in zip(slots, said, strict=True):
            broken = not one.certain or any(
                slot.box.holds(*glyph.middle) for word in row.broken for glyph in word.line.glyphs
            )
            if slot is slots[0]:  # a number so close to its label that it passes for a part of it
                broken = broken or any(word.text[-1].isdigit() for some in row.labels for word in some)
            text = what.text if row.certain and not broken and "\n" not in what.text else what.text + LOST
            placed = replace(slot, row=number, column=slot.column + first - 1)
            cells.append(Filled(placed, text, sheet.number, sheet.as_shown(slot.box)))
    named = len({start for row, start, end, _ in one.heads if row == heads and start == end})
    return Table(
        tuple(sorted(cells, key=lambda cell: (cell.slot.row, cell.slot.column))),
        stops,
        heads + len(one.rows),
        instead=tuple(_line(sheet, line) for line in one.lines),
        headed=named > _NAMED * len(one.columns),
    )


def _of_words(sheet: Sheet, slot: Slot, some: Sequence[Word]) -> Filled:
    return Filled(slot, stacked(some), sheet.number, sheet.as_shown(slot.box))


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
