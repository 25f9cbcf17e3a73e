"""From the picture of a page to what stands on it, from top to bottom: tables, and lines of text outside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.read.blocks import Sight
from pipeline.read.pdf.geometry import LOST, Box
from pipeline.read.pdf.joined import groups, whole, without_frames
from pipeline.read.pdf.lattice import Lattice, lattice
from pipeline.read.pdf.layout import Filled, Line, Piece, Table
from pipeline.read.scan.cells import Page, Seen, seen
from pipeline.read.scan.colour import Tinted
from pipeline.read.scan.dust import specks
from pipeline.read.scan.pixels import POINT, Picture, black_and_white, cut, evenly_lit
from pipeline.read.scan.recognise import Recogniser, Said
from pipeline.read.scan.ruled import Ruled, ruled
from pipeline.read.scan.turned import turns
from pipeline.read.scan.upright import Upright, upright
from pipeline.read.scan.walls import Walled, walled

_NEAR = 3.0  # points: lines nearer to each other than this are one
_SMALLEST = (40.0, 14.0)  # points; what is less wide or high is a character made of lines
_PAPER = 245
_SURE = 0.5  # confidence, below which a line of text says nothing


def pieces(tinted: Tinted, number: int, recogniser: Recogniser) -> list[Piece]:
    """What stands on page `number`. The boxes of cells lie on the page as it came, in its units."""
    lit = evenly_lit(tinted.grey)
    way = upright(lit)
    grey = way.brought(lit)
    found = recogniser.find(grey)
    quarters = turns(grey, found, recogniser)
    if quarters:
        way = way.turned(quarters)
        grey = way.brought(lit)
        found = recogniser.find(grey)
    red = _brought(tinted.red, way)
    lines = ruled(grey, red)
    page = _page(grey, lines, red, _brought(tinted.hidden, way))
    tables = _tables(lines, page.ink)
    placed: list[tuple[float, Piece]] = []
    for table, cells in zip(tables, seen(tables, found, page, recogniser), strict=True):
        placed.append((table.lattice.box.top, _table(table.lattice, cells, number, way, tinted.unit)))
    outside = [box for box in found if not any(_stands_in(box, table.lattice) for table in tables)]
    placed += [(line.box.top, line) for line in _lines(outside, page.grey, number, recogniser)]
    return [piece for _, piece in sorted(placed, key=lambda one: one[0])]


def _page(grey: Picture, lines: Ruled, red: Picture, hidden: Picture) -> Page:
    paper = np.uint8(_PAPER)
    wide = cv2.dilate(lines.lines, np.ones((3, 3), np.uint8))
    bare, ink = np.where(wide > 0, paper, grey), np.where(wide > 0, np.uint8(0), lines.dark)
    dust = specks(bare, ink) > 0
    grey, bare, ink = (
        np.where(dust, paper, grey),
        np.where(dust, paper, bare),
        np.where(dust, np.uint8(0), ink),
    )
    return Page(grey, bare, ink, red, hidden)


def _brought(flags: Picture, way: Upright) -> Picture:
    """Places that are told, upright; what the turn adds around the page is none."""
    return np.asarray(255 - way.brought(np.asarray(255 - flags, np.uint8)), np.uint8)


def _tables(lines: Ruled, ink: Picture) -> list[Walled]:
    found = []
    for group in groups(whole(without_frames(lines.rules, _NEAR), _NEAR), _NEAR):
        made = lattice(group, _NEAR) if len(group) > 2 else None
        if made is not None and _is_table(made):
            found.append(walled(group, made, _NEAR, ink))
    return [
        one
        for place, one in enumerate(found)
        if not any(
            other.lattice.box.around(one.lattice.box, _NEAR)
            for where, other in enumerate(found)
            if where != place
        )
    ]


def _is_table(made: Lattice) -> bool:
    wide = made.box.width >= _SMALLEST[0] and made.box.height >= _SMALLEST[1]
    return wide and len({slot.column for slot in made.slots}) > 1 and len(made.slots) > 2


def _stands_in(box: Box, made: Lattice) -> bool:
    return made.box.holds((box.left + box.right) / 2 / POINT, (box.top + box.bottom) / 2 / POINT)


def _table(made: Lattice, cells: Sequence[Seen], number: int, way: Upright, unit: float) -> Table:
    filled = []
    for slot, cell in zip(made.slots, cells, strict=True):
        text = cell.text if slot.whole or not cell.text else cell.text + LOST
        if cell.text or not slot.outside:
            shown = Box(*(side * unit for side in way.back(_pixels(slot.box))))
            filled.append(Filled(slot, text, number, shown, cell.sight))
    return Table(tuple(filled), made.columns, len(made.rows) - 1)


def _pixels(box: Box) -> Box:
    return Box(*(side * POINT for side in box))


def _points(box: Box) -> Box:
    return Box(*(side / POINT for side in box))


_YEAR = re.compile(r"\d{4}|二[零〇○OＯ0o]{1,2}[一二三四五六七八九十]")
_ZEROS = str.maketrans(dict.fromkeys("○零", "〇"))
_DIGIT = re.compile(r"[\d○零〇一二三四五六七八九]")


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    confidence: float
    box: Box


def _lines(found: Sequence[Box], grey: Picture, number: int, recogniser: Recogniser) -> list[Line]:
    """The lines of text outside tables; boxes beside each other make one line."""
    said = _twice([cut(grey, box) for box in found], recogniser)
    texts = [
        _Text(one.text, one.confidence, _points(box))
        for box, one in zip(found, said, strict=True)
        if one.confidence > _SURE
    ]
    rows: list[list[_Text]] = []
    for text in sorted(texts, key=lambda one: one.box.top + one.box.bottom):
        if rows and (text.box.top + text.box.bottom) / 2 < rows[-1][-1].box.bottom - 0.3 * text.box.height:
            rows[-1].append(text)
        else:
            rows.append([text])
    return [_line(sorted(row, key=lambda one: one.box.left), number) for row in rows]


def _twice(parts: Sequence[Picture], recogniser: Recogniser) -> list[Said]:
    """What lines of text say. Those that may tell a year are read again, and digits read otherwise then are lost."""
    said = recogniser.read(parts)
    dated = [place for place, one in enumerate(said) if _YEAR.search(one.text)]
    again = recogniser.read([black_and_white(parts[place]) for place in dated])
    for place, other in zip(dated, again, strict=True):
        one = said[place]
        if _digits(one.text) != _digits(other.text):
            said[place] = Said(_DIGIT.sub(LOST, one.text), min(one.confidence, other.confidence))
    return said


def _digits(text: str) -> list[str]:
    return _DIGIT.findall(text.translate(_ZEROS))


def _line(row: Sequence[_Text], number: int) -> Line:
    box = row[0].box
    for one in row[1:]:
        box = box.joined(one.box)
    size = sorted(one.box.height for one in row)[len(row) // 2] * 0.75
    sight = Sight(round(min(one.confidence for one in row), 4))
    return Line(" ".join(one.text for one in row), box, round(size), number, sight)
