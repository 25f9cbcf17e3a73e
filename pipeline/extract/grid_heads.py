"""The heads of the columns of a grid: each by the path of texts that stand above its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.grammar import Grammar
from pipeline.extract.headers import flat_header
from pipeline.extract.labels import Kind
from pipeline.extract.normalise import full_key
from pipeline.extract.strips import Column, Header
from pipeline.extract.units import printed_unit
from pipeline.forms import Block
from pipeline.read.blocks import Cell

_HEAD_ROWS = 8  # heads stand on three rows at most; of more rows of labels only the last are heads
_NO_HEAD = Column(None, "")
_SIDE = {Kind.CORNER, Kind.GROUP, Kind.CAPTION, Kind.HEADING, Kind.ITEM, Kind.SERIAL}


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads in force: their columns from left to right, and for each the places it covers in the grid.

    Without places only their order is known. `usual` tells that this order is the form's.
    """

    header: Header
    places: tuple[range, ...]
    usual: bool


class HeadReader:
    """Reads the rows of heads of grids."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._index = grammar.index
        self._column_parts = grammar.column_parts
        self._labels: dict[str, list[str]] = {}
        for block in grammar.blocks:
            self._labels.setdefault(block.part, []).extend(
                full_key(column.label) for column in block.measures
            )

    def read(self, rows: Sequence[Sequence[Cell]], width: int) -> Heads | None:
        """The heads that `rows` give the columns of a grid `width` places wide; None where they give none."""
        cells = [cell for row in rows[-_HEAD_ROWS:] for cell in row if cell.text.strip()]
        columns: list[tuple[Column, list[int]]] = []
        leaf_before: object = None
        parts: list[str] = []
        for place in range(1, width + 1):
            path = [cell for cell in cells if cell.column <= place < cell.column + cell.colspan]
            found = (
                self._column([cell.text for cell in path]) if path else (_NO_HEAD, None) if columns else None
            )
            if found is None:
                leaf_before = None
                continue
            column, part = found
            leaf = (column.item, column.measure, path[-1] if path else None)
            if leaf == leaf_before:
                columns[-1][1].append(place)
            else:
                columns.append((column, [place]))
            if part:
                parts.append(part)
            leaf_before = leaf
        if not parts:
            return None
        while columns[-1][0] == _NO_HEAD:
            columns.pop()
        part = max(sorted(set(parts)), key=parts.count)
        while columns[0][0].measure is None and not self._cut(columns[0][0].head, part):
            del columns[0]
        return self._settled(part, columns, cells)

    def _column(self, texts: Sequence[str]) -> tuple[Column, str | None] | None:
        """The column under a path of texts, and its part; None where the texts belong to the labels' side."""
        for length in range(1, len(texts) + 1):
            joined = "".join(texts[-length:])
            measures = [label for label in self._index.find(joined) if label.kind is Kind.MEASURE]
            if not measures:
                continue
            above = [label for text in texts[:-length] for label in self._index.find(text)]
            items = [label for label in above if label.kind is Kind.ITEM and label.part in self._column_parts]
            if items:
                part = items[-1].part
                measures = [label for label in measures if label.part == part] or measures
                return Column(measures[0].code, joined, item=items[-1].code), part
            measures = [label for label in measures if label.part not in self._column_parts] or measures
            groups = {label.part for label in above if label.kind is Kind.GROUP}
            measures = [label for label in measures if label.part in groups] or measures
            return Column(measures[0].code, joined, unit=printed_unit(joined)), measures[0].part
        if {label.kind for label in self._index.find(texts[-1])} & _SIDE:
            return None
        return Column(None, texts[-1]), None

    def _cut(self, head: str, part: str) -> bool:
        """Whether `head` may be the beginning of a head of `part`; other heads before the known ones are of labels."""
        key = full_key(head)
        return len(key) > 1 and any(label.startswith(key) for label in self._labels.get(part, ()))

    def _settled(
        self, part: str, columns: Sequence[tuple[Column, list[int]]], cells: Sequence[Cell]
    ) -> Heads | None:
        """The heads with cut labels made whole, or in the form's order where their places are lost."""
        header = Header(part, tuple(column for column, _ in columns))
        block = self._grammar.grouped.get(part)
        if block is None and any(column.measure is None for column in header.columns):
            cut = flat_header([column.head for column in header.columns], self._grammar)
            if cut is not None and cut.complete and len(cut.columns) == len(columns):
                header = cut
        keys = [(column.item, column.measure) for column in header.columns if column.measure]
        complete = len(set(keys)) == len(keys)
        usual = True
        if block is not None:
            form = _keys(block)
            complete = complete and set(keys) == set(form)
            usual = keys == form
            complete = complete and (usual or self._under_its_group(block, columns, cells))
        if not complete and block is not None:
            # Heads that lost their spans stand over other columns; the form's order is left, for a full row.
            flat = flat_header([cell.text for cell in cells], self._grammar)
            return Heads(flat, (), usual=True) if flat is not None else None
        places = tuple(range(where[0], where[-1] + 1) for _, where in columns)
        return Heads(Header(part, header.columns, complete=complete), places, usual)

    def _under_its_group(
        self, block: Block, columns: Sequence[tuple[Column, list[int]]], cells: Sequence[Cell]
    ) -> bool:
        """Whether all columns of the group, and no others, stand under the group's head, if it is printed over them.

        A span that is too short moves the heads behind the group over other columns.
        """
        groups = [
            cell
            for cell in cells
            if any(
                label.kind is Kind.GROUP and label.part == block.part for label in self._index.find(cell.text)
            )
        ]
        if block.shape != "rows" or not groups:
            return True
        covered = {place for cell in groups for place in range(cell.column, cell.column + cell.colspan)}
        grouped = {measure.code for measure in block.measures[1:-1]}
        return all(
            covered.issuperset(places) if column.measure in grouped else covered.isdisjoint(places)
            for column, places in columns
        )


def _keys(block: Block) -> list[tuple[str | None, str | None]]:
    if block.shape == "columns":
        return [(row.code, measure.code) for row in block.items for measure in block.measures]
    return [(None, measure.code) for measure in block.measures]
