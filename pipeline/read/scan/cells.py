"""What the cells of a table in a picture say: each read as part of the page, and by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.read.blocks import Sight
from pipeline.read.pdf.geometry import LOST, Box
from pipeline.read.pdf.lattice import Lattice, Slot
from pipeline.read.scan.ink import Drawn, Ink, ink_in
from pipeline.read.scan.pixels import POINT, Picture, black_and_white, cut
from pipeline.read.scan.recognise import NOTHING, Recogniser, Said
from pipeline.read.scan.walls import Walled

_INSET = 1.2  # points inside its walls where a cell begins
_OVER = 3  # pixels that a found box may reach over a wall
_FEW = 8  # pixels of ink that make it worth reading what a box holds of a cell
_PADDING = 0.3  # of the height of the ink, around it, where a cell is read by itself
_SHORT = 4  # characters: labels are longer
_OF_NUMBER = 0.4  # of the characters of a text that are digits where it may be a figure
_RED = 0.004  # of a cell's pixels
_BESIDE = 1.5  # times the height of a text, to its left and right, where its next digit would stand
_HALF = 127
_CUT = 0.45  # of the height of a number: its next digit would stand closer
_TRACE = 2  # pixels
_TALL = 1.6  # times as high as wide: characters below one another
_DASHES = str.maketrans(dict.fromkeys("—–―－−_一ー", "-"))

_FAR = 2.0  # times the height of a line, between pieces of one
_FIGURE = re.compile(r"[-+]?[\d.,]+[百千万亿]*元?")
_SLASH = re.compile(r"(?<=增)[1lI|](?=减)|(?<=增\n)[1lI|](?=减)")  # of 增/减, which names a column
_UNIT = re.compile("[百千万亿]*元")
_EMPTY = (Drawn.NOTHING, Drawn.DOUBTFUL)

Found = tuple[Box, Said]


@dataclass(frozen=True, slots=True)
class Page:
    """The pictures of an upright page: in grey; without its lines; 255 where there is ink that is no line; 255 where
    it is red; and where what went with the red may have been print.
    """

    grey: Picture
    bare: Picture
    ink: Picture
    red: Picture
    hidden: Picture


@dataclass(frozen=True, slots=True)
class Seen:
    """What a cell says, and how that was told."""

    text: str
    sight: Sight


def seen(
    tables: Sequence[Walled], found: Sequence[Box], page: Page, recogniser: Recogniser
) -> list[list[Seen]]:
    """For each table what its slots say. `found` are the boxes of text on the page, in pixels."""
    slots = [(table, slot) for table in tables for slot in table.lattice.slots]
    boxes = [_inside(slot) for _, slot in slots]
    inks = [ink_in(box, page.bare, page.ink) for box in boxes]
    first = _first(boxes, found, page, recogniser)
    second = _second(inks, first, page, recogniser)
    told = iter(
        _told(
            slot,
            ink,
            one,
            other,
            doubtful=(slot.row, slot.column) in table.beside or _is_red(box, page),
            in_part=_is_hidden(ink.box, page) or _is_at_wall(table.lattice, slot, ink),
        )
        for (table, slot), box, ink, one, other in zip(slots, boxes, inks, first, second, strict=True)
    )
    return [[next(told) for _ in table.lattice.slots] for table in tables]


def _inside(slot: Slot) -> Box:
    left, top, right, bottom = slot.box
    return Box(
        (left + _INSET) * POINT, (top + _INSET) * POINT, (right - _INSET) * POINT, (bottom - _INSET) * POINT
    )


def _first(
    boxes: Sequence[Box], found: Sequence[Box], page: Page, recogniser: Recogniser
) -> list[list[Found]]:
    """What each cell says as part of the page; a found box that reaches over walls is cut at them."""
    pieces: list[tuple[int, Box]] = []
    for box in found:
        middle = (box.top + box.bottom) / 2
        for place, cell in enumerate(boxes):
            held = Box(max(box.left, cell.left), box.top, min(box.right, cell.right), box.bottom)
            if held.width <= 0 or box.bottom < cell.top or box.top > cell.bottom:
                continue
            if box.height > _TALL * box.width and cell.height > _TALL * box.width:
                pieces += [(place, line) for line in _lines_of(held.within(cell), page.ink)]
                continue
            if not cell.top <= middle < cell.bottom or not _has_ink(held.within(cell), page.ink):
                continue
            alone = cell.left - _OVER <= box.left and box.right <= cell.right + _OVER
            pieces.append((place, box if alone else held))
    said = recogniser.read([cut(page.grey, box) for _, box in pieces])
    told: list[list[Found]] = [[] for _ in boxes]
    for (place, box), one in zip(pieces, said, strict=True):
        if one.text.strip():
            told[place].append((box, one))
    return told


def _lines_of(box: Box, ink: Picture) -> list[Box]:
    """The lines of characters in a box that is higher than wide."""
    rows = np.any(cut(ink, box), axis=1).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows, [0]))))
    lines: list[Box] = []
    for start, end in edges.reshape(-1, 2):
        top, bottom = box.top + float(start), box.top + float(end)
        if lines and (bottom - lines[-1].top) < 1.15 * box.width:
            lines[-1] = lines[-1].joined(Box(box.left, top, box.right, bottom))  # 二 is two strokes
        else:
            lines.append(Box(box.left, top, box.right, bottom))
    return [Box(line.left, line.top - 2, line.right, line.bottom + 2) for line in lines]


def _has_ink(box: Box, ink: Picture) -> bool:
    return box.width > 0 and box.height > 0 and int(np.count_nonzero(cut(ink, box))) >= _FEW


def _second(
    inks: Sequence[Ink], first: Sequence[Sequence[Found]], page: Page, recogniser: Recogniser
) -> list[tuple[Said, ...]]:
    """What each cell that may hold a figure says by itself; where it said nothing as part of the page, twice: in grey
    and in black and white. Labels that name money are read again too, each of their lines.
    """
    wanted: list[tuple[int, Picture]] = []
    for place, (ink, found) in enumerate(zip(inks, first, strict=True)):
        if _names_money(found):
            wanted += [(place, black_and_white(cut(page.bare, box))) for box, _ in found]
            continue
        if ink.drawn is not Drawn.STROKES or ink.lines > 1 or not _may_be_figure(found):
            continue
        alone = _alone(ink.box, page.bare)
        wanted.append((place, alone))
        if not found:
            wanted.append((place, black_and_white(alone)))
    said = recogniser.read([picture for _, picture in wanted])
    told: list[tuple[Said, ...]] = [() for _ in inks]
    for (place, _), one in zip(wanted, said, strict=True):
        told[place] = (*told[place], one)
    return told


def _names_money(found: Sequence[Found]) -> bool:
    """Whether a label may tell the unit of figures: 万元 for 元 would make them ten thousand times as large."""
    return "元" in _text_of(found) and not _may_be_figure(found)


def _may_be_figure(found: Sequence[Found]) -> bool:
    text = _text_of(found)
    return len(text) <= _SHORT or sum(map(str.isdigit, text)) >= _OF_NUMBER * len(text)


def _text_of(found: Sequence[Found]) -> str:
    return "".join(one.text for _, one in found)


def _alone(box: Box, bare: Picture) -> Picture:
    edge = max(3.0, _PADDING * box.height)
    return cut(bare, Box(box.left - edge, box.top - edge, box.right + edge, box.bottom + edge))


def _is_red(box: Box, page: Page) -> bool:
    return bool(np.count_nonzero(cut(page.red, box)) > _RED * max(1.0, box.width * box.height))


def _is_hidden(strokes: Box, page: Page) -> bool:
    """Whether something may be gone of a text, or of what stood right beside it."""
    wide = strokes.height * _BESIDE
    around = Box(strokes.left - wide, strokes.top - 2, strokes.right + wide, strokes.bottom + 2)
    return int(np.count_nonzero(cut(page.hidden, around) > _HALF)) >= _TRACE


def _told(
    slot: Slot,
    ink: Ink,
    found: Sequence[Found],
    alone: Sequence[Said],
    *,
    doubtful: bool,
    in_part: bool = False,
) -> Seen:
    """What a cell says. `doubtful`: a blank there may be none; `in_part`: the ink there may be a part of a number."""
    if ink.drawn in _EMPTY and not found:
        if ink.drawn is Drawn.DOUBTFUL or doubtful:
            return Seen(LOST, Sight(0.0, (LOST,)))
        return Seen("", Sight(1.0, (), certain=True))
    text = _SLASH.sub("/", _joined(found))
    if ink.drawn is Drawn.DASH and not any(map(str.isalnum, _plain(text))):
        return Seen("-", Sight(1.0, ("-",), certain=not doubtful))
    if _names_money(found) and _units(text) != _units("".join(one.text for one in alone)):
        text = text.replace("元", LOST)
    ways = ([text] if text else []) + [one.text for one in alone]
    seen = tuple(dict.fromkeys(plain for way in ways if (plain := _plain(way))))
    confidences = [one.confidence for _, one in found] + [one.confidence for one in alone]
    confidence = round(min(confidences, default=0.0), 4)
    text = text or max(alone, key=lambda one: one.confidence, default=NOTHING).text
    certain = (
        len(ways) > 1
        and len(seen) == 1
        and all(map(_plain, ways))
        and ink.drawn is Drawn.STROKES
        and ink.suits(seen[0])
        and slot.whole
        and not in_part
    )
    text = "-" if seen == ("-",) else text
    if _may_be_two(found):
        text, certain = text + LOST, False
    return Seen(text or LOST, Sight(confidence, seen or (LOST,), certain))


def _is_at_wall(made: Lattice, slot: Slot, ink: Ink) -> bool:
    """Whether a wall that no row above or below has stands so close beside strokes that it may cut a number: it may be
    a stroke of another character, or what a seal left.
    """
    near = _CUT * ink.box.height
    sides = (
        (slot.column, ink.box.left - slot.box.left * POINT),
        (slot.column + slot.colspan, slot.box.right * POINT - ink.box.right),
    )
    return any(space < near and not made.goes_on(slot, column) for column, space in sides)


def _units(text: str) -> list[str]:
    return _UNIT.findall(_plain(text))


def _may_be_two(found: Sequence[Found]) -> bool:
    """Whether a number stands far from words in one line: the wall between a label and its figure may be lost."""
    return any(
        after.left - before.right > _FAR * min(before.height, after.height)
        and bool(_FIGURE.fullmatch(_plain(one.text))) is not bool(_FIGURE.fullmatch(_plain(other.text)))
        for line in _lines(found)
        for (before, one), (after, other) in pairwise(line)
    )


def _joined(found: Sequence[Found]) -> str:
    """The lines of a cell, and in each what stands beside one another, with a blank between."""
    return "\n".join(" ".join(said.text for _, said in line) for line in _lines(found))


def _lines(found: Sequence[Found]) -> list[list[Found]]:
    lines: list[list[Found]] = []
    for box, said in sorted(found, key=lambda one: one[0].top + one[0].bottom):
        last = lines[-1][-1][0] if lines else None
        if last is not None and (box.top + box.bottom) / 2 < last.bottom - 0.25 * last.height:
            lines[-1].append((box, said))
        else:
            lines.append([(box, said)])
    return [sorted(line, key=lambda one: one[0].left) for line in lines]


def _plain(text: str) -> str:
    """A reading as it is compared with another: width, blanks and kinds of dashes aside."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DASHES)
