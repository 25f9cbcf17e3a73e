"""Which printed thing of a row stands in which of its columns, or that this cannot be told.

A row whose every column has something printed reads itself. Where fewer things are printed than there are columns,
only blanks that kept their place can tell; without them the row is ambiguous, however plausible a guess may be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.normalise import plain
from pipeline.extract.numerals import read_count
from pipeline.extract.strips import Mark, Printed, Strip

_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each column what is printed in it; None for a column of which nothing is known.

    `certain` is false where the row cannot be told apart; `cells` then holds None throughout.
    """

    cells: tuple[Printed | None, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the other rows of the document show about its layout."""

    blanks_stand: bool  # a blank was met before something printed: blank cells are kept in their place
    drops_blanks: bool  # a row shows fewer things than columns, with no blank in a place of its own
    pads_rows: bool  # rows are padded behind their last cell
    pads_labels: frozenset[str]  # the parts whose labels have blanks behind them that are no cells of figures
    full_parts: frozenset[str]  # the parts that have a row with something printed in every column
    # where a part's figures start and its lines end, if they stand in a grid
    places: Mapping[str, tuple[int, int]]

    @staticmethod
    def of(strips: Sequence[tuple[Strip, int]]) -> Evidence:
        """The evidence of all rows, each with its number of columns (0 where unknown)."""
        stand = any(_inner_blank(strip, columns) for strip, columns in strips)
        drops = any(
            0 < len(_filled(strip)) < columns and not strip.cut and not _inner_blank(strip, columns)
            for strip, columns in strips
        )
        full = frozenset(
            strip.part for strip, columns in strips if columns and len(_filled(strip)) == columns
        )
        pads = any(strip.printed and strip.printed[-1].padding for strip, _ in strips)
        behind = frozenset(strip.part for strip, columns in strips if columns and _runs_over(strip, columns))
        return Evidence(stand, drops, pads, behind, full, _places(strips))


def align(strip: Strip, columns: int, evidence: Evidence, *, goes_on: bool) -> Alignment:
    """The alignment of `strip` to `columns` columns; `goes_on` tells that the form has more rows behind this one."""
    torn = _torn(strip)
    if strip.blanks_stand and not strip.gap and strip.printed:
        exact = len(strip.printed) == columns
        cells = (*strip.printed[:-1], None) if torn else strip.printed
        return Alignment(cells if exact else (None,) * columns, certain=exact)
    filled = _filled(strip)
    if torn and len(filled) == columns + 1:
        filled.pop()  # the number of the next row, or the beginning of a sentence behind the table
        torn = False
    if not filled:
        return _empty(strip, columns)
    if len(filled) == columns + 1 > 2:
        filled = _without_page_number(strip, filled)
    if spread := _run_together(filled, columns):
        return Alignment(spread, certain=True)
    if len(filled) == columns and not torn:
        return Alignment(tuple(filled), certain=True)
    if gridded := _in_grid(strip, columns, evidence, torn=torn):
        return Alignment(gridded, certain=True)
    if (
        strip.cut
        and (goes_on or torn)
        and len(filled) <= columns
        and _shows_no_loss(strip, filled, columns, evidence)
    ):
        return _cut(filled, columns, torn=torn)
    cut = strip.cut and goes_on
    if len(filled) < columns and not (cut or torn) and (placed := _by_place(strip, columns, evidence)):
        return Alignment(placed, certain=True)
    return Alignment((None,) * columns, certain=False)


def _empty(strip: Strip, columns: int) -> Alignment:
    """A row with nothing in its cells: all blank, unless words stand in it, or the text ends there or shows no
    cells: what stood in them may have been cut off.
    """
    if strip.cut or not strip.printed or any(thing.mark is Mark.TEXT for thing in strip.printed):
        return Alignment((None,) * columns, certain=False)
    return Alignment((Printed(Mark.BLANK, "", strip.where),) * columns, certain=True)


def last_is_total(strips: Sequence[Strip]) -> bool:
    """Whether, in rows that lost blank cells, the last thing printed is the row's total.

    It is where two rows show so with figures other than zero and no row contradicts it: one alone may add up by
    chance, and zeros show nothing. The figures before the total stay unplaced.
    """
    proofs = 0
    for strip in strips:
        numbers = [read_count(thing.text).value for thing in _filled(strip)]
        if not numbers:
            continue
        if len(numbers) < 2 or any(number is None for number in numbers):
            return False
        values = [number for number in numbers if number is not None]
        if sum(values[:-1], Decimal(0)) != values[-1]:
            return False
        proofs += len(values) > 2 and values[-1] != 0
    return proofs > 1


def _filled(strip: Strip) -> list[Printed]:
    """What is printed in the cells of the row.

    Where rows run into one another, words before the first figure may be the rest of a label and words behind the
    last one may be anything (a remark, a line of the page's furniture): they fill no cell. Nor does a thing that the
    text's end has torn and that is no figure: it is as likely the beginning of the next label.
    """
    filled = [thing for thing in strip.printed if thing.mark is not Mark.BLANK]
    if strip.blanks_stand and not strip.torn:
        return filled
    if strip.torn and filled and filled[-1].mark is Mark.TEXT and filled[-1] is strip.printed[-1]:
        filled.pop()
    if strip.blanks_stand:
        return filled
    while filled and _words(filled[0]):
        filled.pop(0)
    while filled and _words(filled[-1]):
        filled.pop()
    return filled


def _inner_blank(strip: Strip, columns: int) -> bool:
    """Whether a blank stands before something printed, in a layout where it cannot belong to the label.

    Beyond the row's columns it shows nothing: there a row has run into the next one, whose label is lost.
    """
    if strip.gap:
        return False
    marks = [thing.mark for thing in strip.printed]
    last = max((place for place, mark in enumerate(marks) if mark is not Mark.BLANK), default=-1)
    return 0 <= last < columns and Mark.BLANK in marks[:last]


def _runs_over(strip: Strip, columns: int) -> bool:
    """Whether blanks push the row's last thing beyond its columns: some of them stand for no cell of figures."""
    filled = _filled(strip)
    return 0 < len(filled) <= columns <= strip.printed.index(filled[-1])


def _places(strips: Sequence[tuple[Strip, int]]) -> dict[str, tuple[int, int]]:
    """Where the figures start and the lines end in each part that is printed as a grid, blanks behind labels included.

    It is one where all full rows, two at least, have their figures in the same places of lines of one length, with
    blanks before them: only a grid keeps them there whatever the labels.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    padded = set()
    for strip, columns in strips:
        things = _on_one_line(strip)
        places = [thing.where.column or 0 for thing in things if thing.mark is not Mark.BLANK]
        if columns and len(places) == columns == len(_filled(strip)):
            whole = places == list(range(places[0], places[0] + columns))
            found.setdefault(strip.part, []).append((places[0] if whole else 0, things[-1].where.column or 0))
            if places[0] > (strip.where.column or 0) + 1:
                padded.add(strip.part)
    return {
        part: rows[0]
        for part, rows in found.items()
        if part in padded and len(rows) > 1 and rows[0][0] and len(set(rows)) == 1
    }


def _on_one_line(strip: Strip) -> Sequence[Printed]:
    """The row's things, blanks of the lines behind it left out; none where the row does not stand on one line."""
    line = strip.where.line
    if any(thing.mark is not Mark.BLANK and thing.where.line != line for thing in strip.printed):
        return []
    return [thing for thing in strip.printed if thing.where.line == line] if strip.where.column else []


def _without_page_number(strip: Strip, filled: Sequence[Printed]) -> list[Printed]:
    """`filled` without a last figure on a line of its own, where all before it and nothing else stand on one line."""
    *row, last = filled
    one_line = len({thing.where.line for thing in row}) == 1 and last.where.line != row[0].where.line
    words = any(thing.mark is Mark.TEXT for thing in strip.printed)
    return row if one_line and not words else list(filled)


def _in_grid(
    strip: Strip, columns: int, evidence: Evidence, *, torn: bool
) -> tuple[Printed | None, ...] | None:
    """The row by the places that its part's figures have in every line; None where it does not stand in them."""
    start, end = evidence.places.get(strip.part, (0, 0))
    things = _on_one_line(strip)
    if not start or not things or (things[-1].where.column != end and not strip.cut):
        return None
    by_place = {thing.where.column: thing for thing in things}
    places = range(start, start + columns)
    if any(by_place[place].mark is not Mark.BLANK for place in by_place if place not in places):
        return None
    cells = [by_place.get(place) for place in places]
    if torn:
        cells = [None if cell is strip.printed[-1] else cell for cell in cells]
    return tuple(cells) if strip.cut or None not in cells else None


def _run_together(filled: Sequence[Printed], columns: int) -> tuple[Printed, ...] | None:
    """Figures run together (规章000) are read only where each is a zero: any other digits could be cut otherwise."""
    if len(filled) == 1 and columns > 1 and filled[0].text == "0" * columns:
        thing = filled[0]
        return (Printed(Mark.VALUE, "0", thing.where, fused=True),) * columns
    return None


def _words(thing: Printed) -> bool:
    return thing.mark is Mark.TEXT and _WORD.search(thing.text) is not None


def _torn(strip: Strip) -> bool:
    """Whether the row's last figure may be the beginning of a longer one that the text's end has cut.

    A zero is whole, for no digit can follow it.
    """
    last = strip.printed[-1] if strip.torn and strip.printed else None
    return last is not None and last.mark is Mark.VALUE and plain(last.text) != "0"


def _shows_no_loss(strip: Strip, filled: Sequence[Printed], columns: int, evidence: Evidence) -> bool:
    """Whether the document loses no blank cells, as far as it shows, so that a short row is one cut off."""
    marks = [thing.mark for thing in strip.printed]
    end = strip.printed.index(filled[-1])
    # Words behind the figures are the next label: the row is whole, however short. So may be a lone digit.
    if evidence.drops_blanks or Mark.BLANK in marks[:end] or Mark.TEXT in marks[end + 1 :]:
        return False
    if len(filled) == columns and len(filled[-1].text) == 1 and _torn(strip):
        return False
    return strip.part in evidence.full_parts or all(thing.text == "0" for thing in filled)


def _cut(filled: Sequence[Printed], columns: int, *, torn: bool) -> Alignment:
    """A row within which the text ends: its figures stand from the first column on, but for one that is `torn`."""
    sure = filled[:-1] if torn else filled
    return Alignment((*sure, *([None] * (columns - len(sure)))), certain=True)


def _by_place(strip: Strip, columns: int, evidence: Evidence) -> tuple[Printed, ...] | None:
    """The row by its places, where blank cells kept theirs; None where they may have been lost or added."""
    things = list(strip.printed)
    if strip.part in evidence.pads_labels:
        return None
    if strip.gap:
        # Tabs pad labels and row ends alike: only a row that is full from end to end shows its places.
        whole = len(things) == columns and Mark.BLANK not in (things[0].mark, things[-1].mark)
        return tuple(things) if whole else None
    # Padding looks like blank cells. Where it is shown to stand behind the last cell, a row with something printed in
    # its last column shows its places; elsewhere it may stand behind labels, and only an exact row shows them.
    while evidence.pads_rows and things[-1].mark is Mark.BLANK:
        things.pop()
    return tuple(things) if len(things) == columns and evidence.blanks_stand else None
