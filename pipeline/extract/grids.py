"""Rows of the forms in a grid: heads by the path of labels above a column, rows by the label beside the figures.

A grid keeps every cell in its place, so a figure is found under its head; that the row has as many cells as there are
heads confirms it. Where a row does not stand under its heads (a label cell without its span), its own order is
taken, but only when the row is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.headers import flat_header, printed_unit
from pipeline.extract.labels import Kind, Label, LabelIndex
from pipeline.extract.normalise import plain
from pipeline.extract.numerals import is_value
from pipeline.extract.record import Where
from pipeline.extract.strips import Column, Header, Mark, Printed, Strip
from pipeline.forms import Forms
from pipeline.read.blocks import Cell, Grid

_LOCAL = "local."
_HEADS = 2  # a row below the first rows is one of heads only with this many: （七）总计 is also a head


@dataclass(slots=True)
class _Heads:
    """The heads in force: their columns in order, and for each the places it covers in the grid."""

    header: Header
    places: list[range] = field(default_factory=list)


class GridReader:
    """Reads the grids of one document; heads are carried from a grid to the next that has none."""

    def __init__(self, forms: Forms, index: LabelIndex) -> None:
        self._forms = forms
        self._index = index
        self._column_parts = {b.part for form in forms.forms for b in form.blocks if b.shape == "columns"}
        self._grouped_parts = {b.part for form in forms.forms for b in form.blocks if b.group}
        self._units = {row.unit for form in forms.forms for b in form.blocks for row in b.rows if row.unit}
        self._order = {
            Label(Kind.ITEM, b.part, row.code or ""): place
            for form in forms.forms
            for b in form.blocks
            for place, row in enumerate(b.items)
        }
        self._carried: dict[str, Header] = {}
        self._last: Label | None = None

    def read(self, grid: Grid) -> list[Strip]:
        """The rows of the forms in `grid`, in order; empty for a grid that has none."""
        rows = _rows(grid)
        strips: list[Strip] = []
        heads: _Heads | None = None
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
                found = self._heads(grid, head_rows)
                heads = found or heads
                head_rows = []
            if kind == "item":
                strips.append(self._strip(grid, row, heads))
            elif kind in ("figures", "local") and heads and heads.header.part in self._column_parts:
                strips.append(self._figures_row(grid, row[kind == "local" :], heads))
            elif kind == "local" and heads and heads.header.part not in self._grouped_parts:
                strips.append(self._local(grid, row, heads))
            if heads:
                self._carried[heads.header.part] = heads.header
        return strips

    def _kind(self, row: Sequence[Cell], *, started: bool) -> str:
        """What a row is: `heads`, `caption`, `item`, `figures` (no label at all), `local` or `other`."""
        filled = [cell for cell in row if cell.text.strip()]
        labels = [self._index.find(cell.text) for cell in filled]
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
        return bool(parts) and parts <= self._column_parts

    def _heads(self, grid: Grid, rows: Sequence[Sequence[Cell]]) -> _Heads | None:
        """The heads in `rows`, each by the path of texts above its column."""
        top = min(cell.row for row in rows for cell in row)
        bottom = max(cell.row for row in rows for cell in row)
        columns: list[tuple[Column, list[int]]] = []
        leaf_before: object = None
        parts: list[str] = []
        for place in range(1, grid.width + 1):
            path = _path(grid, place, top, bottom)
            found = self._column(path)
            if found is None:
                leaf_before = None
                continue
            column, part = found
            key = (column.item, column.measure, path[-1])
            if key == leaf_before:
                columns[-1][1].append(place)
            else:
                columns.append((column, [place]))
                if part:
                    parts.append(part)
            leaf_before = key
        if not parts:
            return None
        part = max(sorted(set(parts)), key=parts.count)
        texts = [cell.text for row in rows for cell in row if cell.text.strip()]
        return self._settled(part, columns, texts)

    def _settled(
        self, part: str, columns: Sequence[tuple[Column, list[int]]], texts: Sequence[str]
    ) -> _Heads:
        header = Header(part, tuple(column for column, _ in columns))
        keys = [(column.item, column.measure) for column in header.columns]
        if None in {measure for _, measure in keys} and part not in self._grouped_parts:
            cut = flat_header([column.head for column in header.columns], self._forms, self._index)
            if cut is not None and cut.complete and len(cut.columns) == len(columns):
                header = cut
                keys = [(column.item, column.measure) for column in header.columns]
        wanted = self._wanted(part)
        doubled = len(set(keys)) < len(keys)
        missing = wanted and len([key for key in keys if key[1]]) < wanted
        complete = not doubled and not missing
        if not complete and part in self._grouped_parts:
            # Heads that lost their spans stand over other columns; the form's order is left, for a full row.
            canonical = flat_header(texts, self._forms, self._index)
            if canonical is not None and canonical.complete:
                return _Heads(canonical)
        places = [range(where[0], where[-1] + 1) for _, where in columns]
        return _Heads(Header(part, header.columns, complete=complete), places)

    def _wanted(self, part: str) -> int:
        """How many columns the heads of a part with grouped columns have; 0 where it differs by block."""
        if part not in self._grouped_parts:
            return 0
        block = next(b for form in self._forms.forms for b in form.blocks if b.part == part and b.group)
        return len(block.measures) * (len(block.items) if block.shape == "columns" else 1)

    def _column(self, path: Sequence[Cell]) -> tuple[Column, str | None] | None:
        """The column under `path` and its part; None where no head stands over it."""
        texts = [cell.text for cell in path]
        if not texts:
            return None
        for length in range(1, len(texts) + 1):
            joined = "".join(texts[-length:])
            measures = [label for label in self._index.find(joined) if label.kind is Kind.MEASURE]
            if measures:
                above = [label for text in texts[:-length] for label in self._index.find(text)]
                grouped = [a for a in above if a.kind is Kind.ITEM and a.part in self._column_parts]
                if grouped:
                    part = grouped[-1].part
                    measures = [label for label in measures if label.part == part] or measures
                    return Column(measures[0].code, joined, item=grouped[-1].code), part
                plain = [label for label in measures if label.part not in self._column_parts] or measures
                groups = {a.part for a in above if a.kind is Kind.GROUP}
                plain = [label for label in plain if label.part in groups] or plain
                return Column(plain[0].code, joined, unit=printed_unit(joined)), plain[0].part
        known = {label.kind for label in self._index.find(texts[-1])}
        if known & {Kind.CORNER, Kind.GROUP, Kind.CAPTION, Kind.HEADING, Kind.ITEM}:
            return None
        return Column(None, texts[-1]), None

    def _strip(self, grid: Grid, row: Sequence[Cell], heads: _Heads | None) -> Strip:
        """The strip of a row with a label: the last label cell before its figures is the row's own."""
        place, labels = self._row_label(row)
        label = self._choose(labels, heads)
        header = heads.header if heads and heads.header.part == label.part else self._carried.get(label.part)
        own = heads if heads and header is heads.header else None
        cells = [cell for cell in row[place + 1 :] if plain(cell.text.strip()) not in self._units]
        units = [cell.text.strip() for cell in row[place + 1 :] if cell not in cells]
        unit = plain(units[0]) if len(units) == 1 else printed_unit(row[place].text)
        self._last = label
        return Strip(
            part=label.part,
            item=label.code,
            label=row[place].text,
            unit=unit,
            header=header,
            printed=tuple(_in_place(cells, own, grid.number)),
            where=_where(row[place], grid.number),
            blanks_stand=True,
        )

    def _row_label(self, row: Sequence[Cell]) -> tuple[int, tuple[Label, ...]]:
        best: tuple[int, tuple[Label, ...]] = (0, ())
        for place, cell in enumerate(row):
            if cell.text.strip() and is_value(cell.text):
                break
            found = tuple(label for label in self._index.find(cell.text) if label.kind is Kind.ITEM)
            if found:
                best = (place, found)
        return best

    def _choose(self, labels: tuple[Label, ...], heads: _Heads | None) -> Label:
        if heads is not None:
            labels = tuple(label for label in labels if label.part == heads.header.part) or labels
        last = self._order.get(self._last, -1) if self._last else -1
        return next((label for label in labels if self._order.get(label, -1) > last), labels[0])

    def _figures_row(self, grid: Grid, row: Sequence[Cell], heads: _Heads) -> Strip:
        printed = tuple(_in_place(row, heads, grid.number))
        where = _where(row[0], grid.number)
        return Strip(heads.header.part, "", "", None, heads.header, printed, where, blanks_stand=True)

    def _local(self, grid: Grid, row: Sequence[Cell], heads: _Heads) -> Strip:
        label = next(cell for cell in row if cell.text.strip())
        printed = tuple(_in_place(row[row.index(label) + 1 :], heads, grid.number))
        name = _LOCAL + "".join(label.text.split())
        where = _where(label, grid.number)
        header = heads.header
        return Strip(
            header.part, name, label.text, None, header, printed, where, local=True, blanks_stand=True
        )


def _rows(grid: Grid) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if not cell.hidden:
            rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[number], key=lambda cell: cell.column) for number in sorted(rows)]


def _path(grid: Grid, place: int, top: int, bottom: int) -> list[Cell]:
    """The printed cells over column `place` in the rows from `top` to `bottom`, from the top down."""
    path = [
        cell
        for cell in grid.cells
        if not cell.hidden
        and cell.text.strip()
        and top <= cell.row <= bottom
        and cell.column <= place < cell.column + cell.colspan
    ]
    return sorted(path, key=lambda cell: cell.row)


def _in_place(cells: Sequence[Cell], heads: _Heads | None, table: int) -> list[Printed]:
    """The cells of a row, one for each head where they stand under the heads one for one; else as they come."""
    if heads is not None and heads.places:
        under: list[list[Cell]] = [
            [cell for cell in cells if cell.column <= places[-1] and cell.column + cell.colspan > places[0]]
            for places in heads.places
        ]
        chosen = [found[0] for found in under if len(found) == 1]
        strangers = [cell for cell in cells if cell.text.strip() and cell not in chosen]
        if len(chosen) == len(under) == len(set(map(id, chosen))) and not strangers:
            return [_printed(cell, table) for cell in chosen]
    return [_printed(cell, table) for cell in cells]


def _printed(cell: Cell, table: int) -> Printed:
    text = cell.text.strip()
    mark = Mark.BLANK if not text else Mark.VALUE if is_value(text) else Mark.TEXT
    return Printed(mark, cell.text, _where(cell, table))


def _where(cell: Cell, table: int) -> Where:
    return Where(table=table, row=cell.row, column=cell.column)
