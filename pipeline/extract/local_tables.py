"""Statistical tables of the local forms of 2008 to 2013, kept under their own labels.

Provinces and cities had forms of their own before the national annex of 2014: an indicator's name, its unit, a code,
and figures of one or several periods. The same code means different indicators in different places, so a figure is
named by the printed label and head alone: `local/<label>/<head>`. None of them is forced into a national cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.normalise import full_key, plain
from pipeline.extract.numerals import SYMBOL, read_count, read_money
from pipeline.extract.place import where_of
from pipeline.extract.record import Figure, Status
from pipeline.extract.units import is_money, yuan
from pipeline.forms import LocalHeads
from pipeline.read.blocks import Cell, Grid

_PART = "local"
_FEWEST_ROWS = 3  # a table of fewer rows is no statistical form


@dataclass(frozen=True, slots=True)
class LocalTable:
    """The figures of one table. It is `certain` to be local where it has a head that no national form has."""

    certain: bool
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Heads:
    name: range
    unit: range
    values: tuple[tuple[str, range], ...]
    certain: bool


def read_local(grid: Grid, local: LocalHeads) -> LocalTable | None:
    """What `grid` says where it is a statistical table with columns of names and units; else None.

    Only rows with one cell under every head are taken.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if not cell.hidden:
            rows.setdefault(cell.row, []).append(cell)
    heads: _Heads | None = None
    figures: list[Figure] = []
    taken = 0
    for _, row in sorted(rows.items()):
        found = _heads(row, local)
        if found is not None:
            heads = found
        elif heads is not None:
            read = _row(row, heads, grid.number)
            taken += bool(read)
            figures += read
    return LocalTable(heads.certain, tuple(figures)) if heads and taken >= _FEWEST_ROWS else None


def _heads(row: Sequence[Cell], local: LocalHeads) -> _Heads | None:
    """The heads in `row` if it names a column of indicators and one of units, which no figure's row does."""
    name = unit = None
    certain = False
    values: list[tuple[str, range]] = []
    for cell in row:
        text = "".join(plain(cell.text).split())
        places = range(cell.column, cell.column + cell.colspan)
        certain = certain or text in local.own
        if text in local.units:
            unit = places
        elif text in local.names:
            name = places
        elif text and text not in local.codes:
            values.append((full_key(text), places))
    return _Heads(name, unit, tuple(values), certain) if name and unit and values else None


def _row(row: Sequence[Cell], heads: _Heads, table: int) -> list[Figure]:
    label = _under(row, heads.name)
    unit = _under(row, heads.unit)
    cells = [_under(row, places) for _, places in heads.values]
    if label is None or unit is None or not full_key(label.text):
        return []
    figures = []
    for (head, _), cell in zip(heads.values, cells, strict=True):
        if cell is None:
            return []
        figures.append(_figure(full_key(label.text), head, cell, plain(unit.text.strip()), table))
    return figures if any(figure.status is not Status.BLANK for figure in figures) else []


def _under(row: Sequence[Cell], places: range) -> Cell | None:
    found = [cell for cell in row if cell.column < places.stop and cell.column + cell.colspan > places.start]
    return found[0] if len(found) == 1 else None


def _figure(item: str, measure: str, cell: Cell, unit: str, table: int) -> Figure:
    where = where_of(cell, table)
    printed: str | None = unit or None
    if not is_money(unit):
        reading = read_count(cell.text)
        return Figure(
            _PART, item, measure, reading.value, printed, reading.status, cell.text, where, sight=cell.sight
        )
    reading = read_money(cell.text)
    value = reading.value
    status = reading.status
    if reading.unit == SYMBOL and unit != "元":
        value, status = None, Status.UNREADABLE
    elif value is not None and reading.unit in (None, SYMBOL):
        value = yuan(value, unit)
    return Figure(_PART, item, measure, value, "元", status, cell.text, where, sight=cell.sight)
