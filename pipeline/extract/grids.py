"""Rows of the forms in a grid: heads by the path of labels above a column, rows by the label beside the figures.

A grid keeps every cell in its place, so a figure is found under its head; that the row has as many cells as there are
heads confirms it. Where a row does not stand under its heads (a label cell without its span), its own order is
taken, but only when the row is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.crossed import CrossReader
from pipeline.extract.grammar import Grammar
from pipeline.extract.grid_heads import HeadReader, Heads
from pipeline.extract.grid_shape import rows_of
from pipeline.extract.labels import Kind, Label
from pipeline.extract.normalise import plain
from pipeline.extract.numerals import is_value
from pipeline.extract.place import where_of
from pipeline.extract.strips import LOCAL, Header, Mark, Printed, Strip
from pipeline.extract.units import printed_unit
from pipeline.read.blocks import Cell, Grid

_OF_NONE = "\ufffd"  # makes a figure unreadable, and what is printed stays to be seen
_FIGURES = 2  # of fewer, a row without a label is no row of figures: a page number stands alone
_HEADS = 2  # a row below the first rows is one of heads only with this many: （七）总计 is also a head


class GridReader:
    """Reads the grids of one document; heads are carried from a grid to the next that has none."""

    def __init__(self, grammar: Grammar, heads: HeadReader) -> None:
        self._grammar = grammar
        self._index = grammar.index
        self._order = grammar.order
        self._heads = heads
        self._cross = CrossReader(grammar)
        self._carried: dict[str, Header] = {}
        self._last: Label | None = None

    def read(self, grid: Grid) -> list[Strip]:
        """The rows of the forms in `grid`, in order; empty for a grid that has none."""
        rows = rows_of(grid, self._index)
        if grid.after_gap:
            self._last = None
        strips: list[Strip] = []
        heads: Heads | None = None
        head_rows: list[list[Cell]] = []
        for row in rows:
            kind = self._kind(row, started=bool(heads) and not head_rows)
            if kind == "heads":
                head_rows.append(row)
                continue
            if kind == "caption":
                head_rows = []
                continue
            if head_rows:
                found = self._heads.read(head_rows, grid.width)
                heads = found or heads
                head_rows = []
            strips += self._strips(kind, grid, row, heads)
            if heads:
                self._carried[heads.header.part] = heads.header
        return self._crossed(grid, rows, strips)

    def _strips(self, kind: str, grid: Grid, row: Sequence[Cell], heads: Heads | None) -> list[Strip]:
        if kind == "item":
            return [self._item_row(grid, row, heads)]
        if heads is None:
            return []
        part = heads.header.part
        if kind in ("figures", "local") and part in self._grammar.column_parts:
            return [self._figures_row(grid, row[kind == "local" :], heads)]
        if kind == "local" and part not in self._grammar.grouped:
            return [self._local(grid, row, heads)]
        return self._unnamed(row, part, grid.number)

    def _unnamed(self, row: Sequence[Cell], part: str, table: int) -> list[Strip]:
        """A row of figures that no label of the forms names; none where hardly anything is printed in it."""
        figures = [cell for cell in row if cell.text.strip() and is_value(cell.text)]
        words = [cell.text for cell in row if cell.text.strip() and cell not in figures]
        headings = [label for text in words for label in self._index.find(text) if label.kind is Kind.HEADING]
        if len(figures) < _FIGURES or (headings and len(words) == len(headings)):
            return []
        where = where_of(figures[0], table)
        return [Strip(part, "", "".join(words), None, None, (), where, nameless=True)]

    def _crossed(self, grid: Grid, rows: Sequence[Sequence[Cell]], strips: list[Strip]) -> list[Strip]:
        """`strips` with those of groups of columns read anew where they do not stand under their heads."""
        own = [strip for strip in strips if strip.part in self._grammar.column_parts]
        empty = [strip for strip in own if all(one.mark is Mark.BLANK for one in strip.printed)]
        if 0 < len(empty) < len(own):
            strips = [strip for strip in strips if strip not in empty]
            own = [strip for strip in own if strip not in empty]
        if own and all(strip.header and len(strip.printed) == len(strip.header.columns) for strip in own):
            return strips
        found = (
            self._cross.read(rows, grid.number) if own or (not strips and self._names_groups(rows)) else []
        )
        if not found:
            return strips
        return [strip for strip in strips if strip.part != found[0].part] + found

    def _names_groups(self, rows: Sequence[Sequence[Cell]]) -> bool:
        labels = {label for row in rows for cell in row for label in self._index.find(cell.text)}
        return self._names_columns([label for label in labels if label.part in self._grammar.column_parts])

    def _kind(self, row: Sequence[Cell], *, started: bool) -> str:
        """What a row is: `heads`, `caption`, `item`, `figures` (no label at all), `local` or `other`."""
        filled = [cell for cell in row if cell.text.strip()]
        labels = [self._order.standing(self._index.find(cell.text), self._last) for cell in filled]
        kinds = [{label.kind for label in found} for found in labels]
        values = [cell for cell in filled if is_value(cell.text)]
        if not filled:
            return "figures" if started and row else "other"
        if any(Kind.CAPTION in found for found in kinds) and not values:
            return "caption" if not any(Kind.MEASURE in found for found in kinds) else "heads"
        heads = [found for found in kinds if found & {Kind.MEASURE, Kind.CORNER, Kind.GROUP}]
        columns = [found for found in labels if self._names_columns(found)]
        items = [found for found in kinds if Kind.ITEM in found]
        if not values and (columns or (heads and not (started and items and len(heads) < _HEADS))):
            return "heads"
        if items and not columns:
            return "item"
        if values and not any(labels):
            words = [cell for cell in filled if not is_value(cell.text)]
            return "local" if words and words[0] is filled[0] else "figures"
        return "other"

    def _names_columns(self, labels: Sequence[Label]) -> bool:
        """Whether `labels` name a group of columns and nothing else that holds figures."""
        parts = {label.part for label in labels if label.kind is Kind.ITEM}
        return bool(parts) and parts <= self._grammar.column_parts

    def _item_row(self, grid: Grid, row: Sequence[Cell], heads: Heads | None) -> Strip:
        """The strip of a row with a label: the last label cell before its figures is the row's own."""
        place, labels = self._row_label(row)
        label = self._order.choose(labels, heads.header.part if heads else None, self._last)
        if label is None:
            where = where_of(row[place], grid.number)
            return Strip(labels[0].part, "", row[place].text, None, None, (), where, nameless=True)
        header = heads.header if heads and heads.header.part == label.part else self._carried.get(label.part)
        own = heads if heads and header is heads.header else None
        cells = [cell for cell in row[place + 1 :] if not self._grammar.is_unit(cell.text)]
        units = [cell.text.strip() for cell in row[place + 1 :] if cell not in cells]
        unit = plain(units[0]) if len(units) == 1 else printed_unit(row[place].text)
        self._last = label
        strip = Strip(
            part=label.part,
            item=label.code,
            label=row[place].text,
            unit=unit,
            header=header,
            printed=(),
            where=where_of(row[place], grid.number),
            blanks_stand=True,
        )
        return _filled(strip, _of_one_row(cells, row[place]), own, grid.number)

    def _row_label(self, row: Sequence[Cell]) -> tuple[int, tuple[Label, ...]]:
        best: tuple[int, tuple[Label, ...]] = (0, ())
        for place, cell in enumerate(row):
            if best[1] and cell.text.strip() and is_value(cell.text):
                break
            found = self._order.standing(self._index.find(cell.text), self._last)
            if any(label.kind is Kind.ITEM for label in found):
                best = (place, found)
        return best

    def _figures_row(self, grid: Grid, row: Sequence[Cell], heads: Heads) -> Strip:
        where = where_of(row[0], grid.number)
        strip = Strip(heads.header.part, "", "", None, heads.header, (), where, blanks_stand=True)
        return _filled(strip, row, heads, grid.number)

    def _local(self, grid: Grid, row: Sequence[Cell], heads: Heads) -> Strip:
        label = next(cell for cell in row if cell.text.strip())
        name = LOCAL + "".join(label.text.split())
        where = where_of(label, grid.number)
        header = heads.header
        strip = Strip(header.part, name, label.text, None, header, (), where, local=True, blanks_stand=True)
        return _filled(strip, _of_one_row(row[row.index(label) + 1 :], label), heads, grid.number)


def _of_one_row(cells: Sequence[Cell], label: Cell) -> list[Cell]:
    """`cells`; what is printed over more rows than the label belongs to none of them for certain, nor does what stands
    beside a label that is not wholly read.
    """
    return [
        replace(cell, text=cell.text + _OF_NONE)
        if cell.text.strip() and (cell.rowspan > label.rowspan or _OF_NONE in label.text)
        else cell
        for cell in cells
    ]


def _filled(strip: Strip, cells: Sequence[Cell], heads: Heads | None, table: int) -> Strip:
    """`strip` with the cells of its row: one for each head where they stand under the heads one for one.

    Else they come in their own order, which names them only where the heads are in the form's order too.
    """
    placed = _under(heads, cells) if heads is not None else None
    printed = tuple(_printed(cell, table) for cell in (cells if placed is None else placed))
    header = strip.header
    if placed is None and heads is not None and not heads.usual and header is not None:
        header = replace(header, complete=False, contrary=True)
    return replace(strip, printed=printed, header=header, by_order=placed is None and heads is not None)


def _under(heads: Heads, cells: Sequence[Cell]) -> list[Cell] | None:
    """For each head the one cell under it; None where a head has none or several, or a figure stands under none."""
    under = [
        [cell for cell in cells if cell.column <= places[-1] and cell.column + cell.colspan > places[0]]
        for places in heads.places
    ]
    chosen = [found[0] for found in under if len(found) == 1]
    strangers = [cell for cell in cells if cell.text.strip() and cell not in chosen]
    one_for_one = under and len(chosen) == len(under) == len(set(map(id, chosen))) and not strangers
    return chosen if one_for_one else None


def _printed(cell: Cell, table: int) -> Printed:
    text = cell.text.strip()
    mark = Mark.BLANK if not text else Mark.VALUE if is_value(text) else Mark.TEXT
    return Printed(mark, cell.text, where_of(cell, table), sight=cell.sight)
