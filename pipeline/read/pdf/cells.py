"""Which characters stand in which cell of a table, and what a cell says; what is not certain ends with LOST.

A cell without characters is blank only where nothing else is drawn in it. A number that runs over a line, that is
crossed out, or that stands in a cell that is no rectangle keeps its characters and gets LOST behind them, so that
nobody takes it for a number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.pdf.geometry import LOST, NUMERIC, Box, Glyph, Sheet
from pipeline.read.pdf.lattice import Lattice, Slot
from pipeline.read.pdf.lines import TextLine, text_lines
from pipeline.read.pdf.raster import Raster
from pipeline.read.pdf.spacing import with_hanging_marks, without_wide_letters
from pipeline.read.pdf.strokes import goes_on_beside, shows_lost_text

_PADDING = 5.6  # points on each side of a cell that word processors leave free, as they come
_LEAST_PADDING = 1.5
_RELATIVE = 0.55  # of the size, where a page is larger than life
_ROUNDED = 0.2  # points by which places in a file are rounded
_INSET = 2.6  # points around the inside of a cell in which its own lines may show
_DARK = 135  # grey; a thin line between two pixels is 127; what is paler behind a number is shading or a watermark
_CORE = 0.2  # of the height of characters, at their top and at their foot
_PALE = 170  # grey; what is paler in an empty cell is no figure but a watermark
_LONGEST_NUMBER = 16
_FIGURES = NUMERIC | {LOST}


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; `spare` as in `Filled`."""

    text: str
    spare: float | None = None


def texts(lattice: Lattice, glyphs: Sequence[Glyph], sheet: Sheet, bare: Raster, full: Raster) -> list[Said]:
    """What each of the lattice's slots says, in their order, of the `glyphs` inside; its place is on `sheet`. `bare` is
    a picture of that without its text and `full` one with it.
    """
    at: dict[tuple[int, int], int] = {}
    for place, slot in enumerate(lattice.slots):
        for row in range(slot.row, slot.row + slot.rowspan):
            at.update(dict.fromkeys(((row, slot.column + step) for step in range(slot.colspan)), place))
    inside: list[list[Glyph]] = [[] for _ in lattice.slots]
    unseen: list[list[Glyph]] = [[] for _ in lattice.slots]
    cut: list[list[Glyph]] = [[] for _ in lattice.slots]
    hidden = [glyph for glyph in sheet.hidden if lattice.box.holds(*glyph.middle)]
    beyond = [glyph for glyph in sheet.cut if lattice.box.holds(*glyph.middle)]
    for kind, homes in ((glyphs, inside), (hidden, unseen), (beyond, cut)):
        for glyph in kind:
            x, y = glyph.middle
            homes[at[bisect_right(lattice.rows, y), bisect_right(lattice.columns, x)]].append(glyph)
    inside = with_hanging_marks(without_wide_letters(inside))
    doubtful = _running_over(lattice, inside, sheet) | {
        place
        for place, some in enumerate(unseen)
        if (some and not _are_seen(some, inside[place])) or _is_short(cut[place], inside[place])
    }
    said = [
        _said(slot, inside[place], sheet, bare, full, doubtful=place in doubtful)
        for place, slot in enumerate(lattice.slots)
    ]
    return [
        Said(LOST) if not one.text and (cut[place] or _is_cut(lattice, slot)) else one
        for place, (slot, one) in enumerate(zip(lattice.slots, said, strict=True))
    ]


def _is_short(cut: Sequence[Glyph], seen: Sequence[Glyph]) -> bool:
    """Whether a number in a cell, or its unit, is cut off."""
    return bool(cut) and any(glyph.text in NUMERIC for glyph in (*cut, *seen[:1]))


def _is_cut(lattice: Lattice, slot: Slot) -> bool:
    """Whether a cell is of a last column that an edge of the page cuts off."""
    return lattice.cut and slot.box.right == lattice.columns[-1]


def _running_over(lattice: Lattice, inside: Sequence[Sequence[Glyph]], sheet: Sheet) -> set[int]:
    """The slots with figures that a line cuts, or that go on behind one without a gap, in a cell or outside."""
    found: set[int] = set()
    figures = [
        (glyph, -1)
        for glyph in sheet.glyphs
        if glyph.text in _FIGURES and not lattice.box.holds(*glyph.middle)
    ]
    for place, glyphs in enumerate(inside):
        box = lattice.slots[place].box
        for glyph in glyphs:
            if glyph.text in _FIGURES:
                figures.append((glyph, place))
                if glyph.text != LOST and not _grown(box, 0.2 * glyph.ink.width, 0.3 * glyph.size).around(
                    glyph.ink
                ):
                    found.add(place)
    figures.sort(key=lambda pair: (round(pair[0].baseline), pair[0].left))
    for (one, first), (two, second) in pairwise(figures):
        apart = two.left - one.right
        if (
            first != second
            and abs(one.baseline - two.baseline) < 0.3 * one.size
            and -one.size < apart < 0.12 * one.size
        ):
            found |= {first, second}
    return found - {-1}


def _are_seen(hidden: Sequence[Glyph], seen: Sequence[Glyph]) -> bool:
    """Whether each of the hidden characters is printed in the same place too."""
    printed = [(glyph.text, glyph.ink) for glyph in seen]
    return all(
        any(text == glyph.text and ink.holds(*glyph.middle) for text, ink in printed) for glyph in hidden
    )


def _said(
    slot: Slot, glyphs: Sequence[Glyph], sheet: Sheet, bare: Raster, full: Raster, *, doubtful: bool
) -> Said:
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    inner = _grown(slot.box, -min(_INSET, 0.25 * slot.box.width), -min(_INSET, 0.25 * slot.box.height))
    if not printed:
        dark = bare.is_dark(inner, _PALE) or shows_lost_text(inner, sheet, bare, full)
        return Said(LOST if dark and not slot.outside else "")
    text, spare, kept = _text(slot, glyphs)
    if not any(character.isdigit() for character in text):
        return Said(text, spare)
    short = len(text) <= _LONGEST_NUMBER
    crossed = short and bare.is_dark(_core(_around(printed)).within(inner), _DARK)
    doubtful = doubtful or crossed or (short and goes_on_beside(printed, inner, sheet, bare, full))
    return Said(text if slot.whole and kept and not doubtful else text + LOST, spare)


def _text(slot: Slot, glyphs: Sequence[Glyph]) -> tuple[str, float | None, bool]:
    """The lines of a cell, what its last one has to spare, and whether nothing was left out that may be a figure."""
    shown, kept = _without_pale(glyphs)
    ways = {glyph.turned for glyph in shown if not glyph.text.isspace()}
    if ways == {0}:
        upright = text_lines([glyph for glyph in shown if not glyph.turned])
        return _lines(upright, slot.box), _spare(upright[-1], slot.box), kept
    lines: list[str] = []
    for way in sorted(ways):
        lines += [
            line.text for line in text_lines([_upright(glyph) for glyph in shown if glyph.turned == way])
        ]
    return "\n".join(lines), None, kept and len(ways) == 1


def _without_pale(glyphs: Sequence[Glyph]) -> tuple[Sequence[Glyph], bool]:
    """Without large pale characters among dark ones: a watermark."""
    dark = [glyph.size for glyph in glyphs if not glyph.light and not glyph.text.isspace()]
    if not dark:
        return glyphs, True
    largest = 1.4 * max(dark)
    pale = [glyph for glyph in glyphs if glyph.light and glyph.size > largest]
    if not pale:
        return glyphs, True
    return [glyph for glyph in glyphs if glyph not in pale], not any(glyph.text.isdigit() for glyph in pale)


def _lines(lines: Sequence[TextLine], box: Box) -> str:
    text = ""
    before: TextLine | None = None
    for line in lines:
        broken = before is not None and _goes_on(before, line, box)
        text += ("" if before is None or broken else "\n") + line.text
        before = line
    return text


def _goes_on(line: TextLine, after: TextLine, box: Box) -> bool:
    """Whether a number was broken between two lines because not one more character had room in the first."""
    end, start = line.glyphs[-1], after.glyphs[0]
    if end.text not in NUMERIC or start.text not in NUMERIC:
        return False
    pitch = after.baseline - line.baseline
    # Digits one below the other may be numbers of their own, unless two had no room in any case.
    most = _PADDING if len(line.glyphs) > 1 else _LEAST_PADDING
    return (
        all(glyph.text in NUMERIC for glyph in (*line.glyphs, *after.glyphs))
        and _room(line, box, most) < start.right - start.left
        and abs(end.size - start.size) < 0.05 * end.size
        and 0.9 * end.size < pitch < 2 * end.size
    )


def _room(line: TextLine, box: Box, most: float) -> float:
    """The points that a line had behind it, but for what is left free at the sides of a cell: `most` on each."""
    padding = min(most, line.box.left - box.left + _ROUNDED, box.right - line.box.right + _ROUNDED)
    return box.width - (line.box.right - line.box.left) - 2 * padding


def _spare(line: TextLine, box: Box) -> float:
    end = line.glyphs[-1]
    return _room(line, box, max(_PADDING, _RELATIVE * end.size)) / (end.right - end.left)


def _upright(glyph: Glyph) -> Glyph:
    """A character that stands otherwise, as if the page had been turned to read it."""
    left, top, right, bottom = glyph.ink
    if glyph.turned == 1:
        return replace(glyph, left=top, right=bottom, baseline=-(left + right) / 2, turned=0)
    if glyph.turned == 3:
        return replace(glyph, left=-bottom, right=-top, baseline=(left + right) / 2, turned=0)
    if glyph.turned == 2:
        return replace(glyph, left=-right, right=-left, baseline=-glyph.baseline, turned=0)
    return glyph


def _around(glyphs: Iterable[Glyph]) -> Box:
    boxes = [glyph.ink for glyph in glyphs]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _core(box: Box) -> Box:
    """The middle of the characters, where a line crosses them out; one below them stresses them."""
    return _grown(box, 0, -_CORE * box.height)


def _grown(box: Box, across: float, down: float) -> Box:
    return Box(box.left - across, box.top - down, box.right + across, box.bottom + down)
