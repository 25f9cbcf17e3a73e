"""How the database keeps the tables: long ones by numbers, sorted, behind views with the columns of the schema.

A country has some two hundred million figures. With the names of report and cell as text on every row the file is
twice as large, and one cell over all reports is read two to four times slower (with ENUMs as well: clients before
DuckDB 2.0 compare them as text). By number and sorted by cell, one cell is a few row groups in each client since 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.tables.model import INTEGER, Number, Table, View, required

SOURCE = "$source"  # in `fill`: the Parquet file


@dataclass(frozen=True, slots=True)
class Laid:
    """One table of the database: how it is declared, filled from a Parquet file, and shown where not as it is.

    `source` names the table of the schema whose file that is. `twice` finds rows of a key that is there twice.
    """

    table: Table
    source: str
    fill: str
    twice: str | None
    view: View | None = None


def lay_out(tables: Iterable[Table]) -> Iterator[Laid]:
    """What the database is to hold for these tables, in the order in which it can be filled."""
    schema = tuple(tables)
    names = {table.name for table in schema}
    numbers = dict.fromkeys(number for table in schema for number in table.numbers)
    own = {number.table: number for number in numbers if number.table in names}
    yield from (_counted(table, own[table.name]) for table in schema if table.name in own)
    for table in schema:
        if table.name in own:
            continue
        yield from (_names(table, number) for number in table.numbers if number.table not in names)
        yield _stored(table) if table.numbers else _as_it_is(table)


def _as_it_is(table: Table) -> Laid:
    fill = f'INSERT INTO "{table.name}" BY NAME FROM read_parquet({SOURCE})'
    return Laid(table, table.name, fill, _twice(table, table.key))


def _counted(table: Table, number: Number) -> Laid:
    """A table of the schema with a number of its own."""
    counted = replace(table, columns=(*table.columns, required(number.name, INTEGER, number.comment)))
    fill = f'INSERT INTO "{table.name}" BY NAME {_count(number)} FROM read_parquet({SOURCE}) ORDER BY "{number.name}"'
    return Laid(counted, table.name, fill, _twice(table, table.key))


def _names(table: Table, number: Number) -> Laid:
    """The table of what a number stands for."""
    named = Table(
        number.table,
        f"What {number.name} stands for in {stored_name(table)}; only in the database",
        (required(number.name, INTEGER, number.comment), *map(table.column, number.columns)),
        checks=number.checks,
    )
    found = f"SELECT DISTINCT {_listed(number.columns)} FROM read_parquet({SOURCE})"
    fill = f'INSERT INTO "{number.table}" BY NAME {_count(number)} FROM ({found}) ORDER BY "{number.name}"'
    return Laid(named, table.name, fill, None)


def _stored(table: Table) -> Laid:
    away = {name: number for number in table.numbers for name in number.columns}
    columns = tuple(column for column in table.columns if column.name not in away)
    stored = replace(
        table,
        name=stored_name(table),
        comment=f"Table {table.name} as it is kept, by numbers and sorted: ask {table.name}, which shows it whole",
        columns=(*(required(number.name, INTEGER, number.comment) for number in table.numbers), *columns),
    )
    joins = [f'LEFT JOIN "{number.table}" USING ({_listed(number.columns)})' for number in table.numbers]
    taken = (
        *(f'"{number.table}"."{number.name}"' for number in table.numbers),
        *(f'f."{c.name}"' for c in columns),
    )
    fill = f'INSERT INTO "{stored.name}" SELECT {", ".join(taken)} FROM read_parquet({SOURCE}) AS f {" ".join(joins)}'
    if table.sort:
        fill += f" ORDER BY {_listed(table.sort)}"
    key = tuple(dict.fromkeys(away[name].name if name in away else name for name in table.key))
    return Laid(stored, table.name, fill, _twice(stored, key), _view(table, stored))


def stored_name(table: Table) -> str:
    return f"{table.name}_stored"


def _view(table: Table, stored: Table) -> View:
    joins = "\n".join(f'JOIN "{number.table}" USING ("{number.name}")' for number in table.numbers)
    own = {column.name for column in stored.columns}
    sources = {name: number.table for number in table.numbers for name in number.columns}
    shown = ", ".join(
        f's."{column.name}"' if column.name in own else f'"{sources[column.name]}"."{column.name}"'
        for column in table.columns
    )
    return View(
        table.name,
        table.comment,
        tuple((column.name, column.comment) for column in table.columns),
        f'SELECT {shown}\nFROM "{stored.name}" AS s\n{joins}',
    )


def _count(number: Number) -> str:
    return f'SELECT row_number() OVER (ORDER BY {_listed(number.order)})::INTEGER AS "{number.name}", *'


def _twice(table: Table, key: tuple[str, ...]) -> str | None:
    """A query for rows with a key that another row has too: it looks at neighbours where the table is sorted by it,
    in no memory to speak of, and groups where it is not. An index would cost memory for every row."""
    if not key:
        return None
    if set(key) != set(table.sort):
        return f'SELECT {_listed(key)} FROM "{table.name}" GROUP BY ALL HAVING count(*) > 1 LIMIT 1'
    before = ", ".join(f'lag("{name}") OVER () AS "{name}_before"' for name in key)
    same = " AND ".join(f'"{name}" = "{name}_before"' for name in key)
    return f'SELECT {_listed(key)} FROM (SELECT {_listed(key)}, {before} FROM "{table.name}") WHERE {same} LIMIT 1'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
