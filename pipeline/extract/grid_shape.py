"""The rows of a grid as they are read: without columns in which nothing stands, and tables side by side one by one."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.labels import Kind, LabelIndex
from pipeline.read.blocks import Cell, Grid

Rows = list[list[Cell]]

_WIDEST_HEAD = 3  # places that one head of figures spans; a wider one is of a group
_MOST_PANELS = 3  # more tables than this were not met side by side


def rows_of(grid: Grid, index: LabelIndex) -> Rows:
    """The rows of `grid` that are shown, from top to bottom; those of tables side by side come after one another."""
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if not cell.hidden:
            rows.setdefault(cell.row, []).append(cell)
    ordered = [sorted(rows[number], key=lambda cell: cell.column) for number in sorted(rows)]
    starts = next((found for row in ordered if (found := _panels(row, index))), ())
    if not starts:
        return _without_ghosts(ordered, index)
    panels = zip(starts, (*starts[1:], grid.width + 1), strict=True)
    return [row for start, end in panels for row in _without_ghosts(_between(ordered, start, end), index)]


def _panels(row: Sequence[Cell], index: LabelIndex) -> tuple[int, ...]:
    """Where tables side by side begin, told by a row that prints the same heads for each; empty where there is one.

    Each begins with a head over labels: groups of columns repeat their heads too, and begin with one over figures.
    """
    texts = [cell.text for cell in row]
    if texts.count(next(filter(None, texts), "")) == 1:
        return ()
    filled = [cell for cell in row if cell.text.strip()]
    for panels in range(2, _MOST_PANELS + 1):
        length, rest = divmod(len(filled), panels)
        if rest or length < 2 or filled[0].text != filled[length].text:
            continue
        texts = [cell.text for cell in filled]
        if texts != texts[:length] * panels or len(set(texts)) != length:
            continue
        kinds = [{label.kind for label in index.find(cell.text)} for cell in filled[:length]]
        if Kind.MEASURE not in kinds[0] and any(Kind.MEASURE in found for found in kinds[1:]):
            return (1, *(filled[length * panel].column for panel in range(1, panels)))
    return ()


def _between(rows: Rows, start: int, end: int) -> Rows:
    kept = ([cell for cell in row if start <= cell.column < end] for row in rows)
    return [row for row in kept if row]


def _without_ghosts(rows: Rows, index: LabelIndex) -> Rows:
    """`rows` without columns that stand under the span of a neighbour's head and in which nothing is printed."""
    cells = [cell for row in rows for cell in row]
    spanned = {
        column
        for cell in cells
        if 1 < cell.colspan <= _WIDEST_HEAD
        and any(label.kind is Kind.MEASURE for label in index.find(cell.text))
        for column in range(cell.column, cell.column + cell.colspan)
    }
    if not spanned:
        return rows
    ghosts = spanned - {cell.column for cell in cells if cell.text.strip() or cell.colspan > 1}
    return [[cell for cell in row if cell.column not in ghosts] for row in rows]
