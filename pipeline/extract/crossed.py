"""Tables whose rows are groups of columns (review and litigation) in any layout that names each figure by itself.

The form prints one row of figures under three groups of heads. Copies print the groups below one another, each with
its own heads, or as rows, or turn the table, or list group, result and figure. In all of them the labels above a
figure and those to its left name one group and one result. That is believed only where every result of a group is
named exactly once, and no figure is left without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.grammar import Grammar
from pipeline.extract.labels import Kind
from pipeline.extract.numerals import is_value
from pipeline.extract.place import where_of
from pipeline.extract.strips import Column, Header, Mark, Printed, Strip
from pipeline.forms import Block
from pipeline.read.blocks import Cell

_MOST_CELLS = 400  # no such table has more
# Figures of several years or times are not told apart here.
_OTHER_TIME = re.compile(r"20\d\d|上年|去年|上一年|往年|历年|累计|本月|季度|半年")


@dataclass(frozen=True, slots=True)
class _Named:
    item: str
    measure: str
    cell: Cell


class CrossReader:
    """Reads tables by what crosses at each figure."""

    def __init__(self, grammar: Grammar) -> None:
        self._index = grammar.index
        self._blocks = {block.part: block for block in grammar.blocks if block.shape == "columns"}

    def read(self, rows: Sequence[Sequence[Cell]], table: int) -> list[Strip]:
        """A row for each group of columns in `rows`; empty where a figure is named twice or not, or one is missing."""
        cells = [cell for row in rows for cell in row]
        if len(cells) > _MOST_CELLS or any(_OTHER_TIME.search(cell.text) for cell in cells):
            return []
        at = {
            (row, column): cell
            for cell in cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }
        for block in self._blocks.values():
            named = [one for cell in cells if (one := self._named(cell, at, block)) is not None]
            figures = sum(bool(cell.text.strip()) and is_value(cell.text) for cell in cells)
            if figures == sum(bool(one.cell.text.strip()) for one in named):
                return _strips(named, block, table)
        return []

    def _named(self, cell: Cell, at: dict[tuple[int, int], Cell], block: Block) -> _Named | None:
        """`cell` with the one group and the one result that stand above it and to its left."""
        if not _holds_figure(cell):
            return None
        labels = [
            *_labels(at.get((row, cell.column)) for row in range(cell.row - 1, 0, -1)),
            *_labels(at.get((cell.row, column)) for column in range(cell.column - 1, 0, -1)),
        ]
        meanings = {
            (meaning.kind, meaning.code)
            for label in labels
            for meaning in self._index.find(label.text)
            if meaning.part == block.part
        }
        items = [code for kind, code in meanings if kind is Kind.ITEM]
        measures = [code for kind, code in meanings if kind is Kind.MEASURE]
        return _Named(items[0], measures[0], cell) if len(items) == len(measures) == 1 else None


def _holds_figure(cell: Cell) -> bool:
    return cell.colspan == cell.rowspan == 1 and (not cell.text.strip() or is_value(cell.text))


def _labels(cells: Iterator[Cell | None]) -> Iterator[Cell]:
    """The labels among `cells`, behind other figures and up to the next figures."""
    met = False
    for cell in cells:
        if cell is None:
            return
        if cell.text.strip() and not is_value(cell.text):
            met = True
            yield cell
        elif met and cell.text.strip():
            return


def _strips(named: Sequence[_Named], block: Block, table: int) -> list[Strip]:
    results = [measure.code for measure in block.measures]
    strips = []
    for row in block.items:
        found = {one.measure: one for one in named if one.item == row.code}
        if not found:
            continue
        if sorted(one.measure for one in named if one.item == row.code) != sorted(results):
            return []
        columns = tuple(Column(measure.code, measure.label, item=row.code) for measure in block.measures)
        printed = tuple(_printed(found[code].cell, table) for code in results)
        where = printed[0].where
        header = Header(block.part, columns)
        strips.append(Strip(block.part, "", "", None, header, printed, where, blanks_stand=True))
    return strips


def _printed(cell: Cell, table: int) -> Printed:
    mark = Mark.VALUE if cell.text.strip() else Mark.BLANK
    return Printed(mark, cell.text, where_of(cell, table), sight=cell.sight)
