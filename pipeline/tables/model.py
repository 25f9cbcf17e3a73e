"""Tables as data: what a column, a table and a view are, and what is made from them.

The pyarrow schema of a Parquet file, the CREATE TABLE of DuckDB and every comment come from here, so that
they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a column: its name in DuckDB and its type in Arrow and Parquet."""

    sql: str
    arrow: pa.DataType


TEXT = Kind("VARCHAR", pa.string())
INTEGER = Kind("INTEGER", pa.int32())
BIGINT = Kind("BIGINT", pa.int64())
BOOLEAN = Kind("BOOLEAN", pa.bool_())
DATE = Kind("DATE", pa.date32())
TIMESTAMP = Kind("TIMESTAMP", pa.timestamp("us"))  # without a zone: all are UTC, as the comments say
DECIMAL = Kind("DECIMAL(18,4)", pa.decimal128(18, 4))


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `values` lists the only words it may hold; `null` says whether it may be empty."""

    name: str
    kind: Kind
    comment: str
    null: bool = True
    values: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """Its type in the database: an ENUM where only some words are allowed."""
        return f"ENUM({', '.join(map(quoted, self.values))})" if self.values else self.kind.sql

    @property
    def definition(self) -> str:
        return f'"{self.name}" {self.type}' + ("" if self.null else " NOT NULL")


def required(name: str, kind: Kind, comment: str, values: tuple[str, ...] = ()) -> Column:
    """A column that is never empty."""
    return Column(name, kind, comment, null=False, values=values)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that the database gives to rows, and that stands in long tables for their text `columns`.

    `table` holds each number beside what it stands for, counted in the order of those columns. Where that is a table
    of the schema, that table counts its rows by it. Numbers are no part of the Parquet files, and the next database
    may count otherwise.
    """

    name: str
    table: str
    comment: str
    columns: tuple[str, ...]
    order: tuple[str, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: columns in order, the columns that no two rows share, if any, and rules across columns.

    `group` is how many rows a row group of its Parquet file holds: it bounds the memory of writing. With `numbers` in
    the place of their columns the table is short in the database, and a view shows it as it is here. `sort` is the
    order of its rows there; without one they stand as in the file.
    """

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    group: int = 122_880
    numbers: tuple[Number, ...] = ()
    sort: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The one schema of every Parquet file and batch of this table; comments travel as metadata."""
        fields = [
            pa.field(
                column.name, column.kind.arrow, nullable=column.null, metadata={"comment": column.comment}
            )
            for column in self.columns
        ]
        return pa.schema(fields, metadata={"comment": self.comment})

    @property
    def create(self) -> str:
        lines = [column.definition for column in self.columns]
        lines += [f"CHECK ({rule})" for rule in self.checks]
        return f'CREATE TABLE "{self.name}" (\n  ' + ",\n  ".join(lines) + "\n)"

    def comments(self) -> Iterator[str]:
        """The COMMENT ON statements of the table and of each of its columns."""
        yield f'COMMENT ON TABLE "{self.name}" IS {quoted(self.comment)}'
        for column in self.columns:
            yield f'COMMENT ON COLUMN "{self.name}"."{column.name}" IS {quoted(column.comment)}'

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True)
class View:
    """One view: its query, and a comment for it and for each of its columns, in the query's order.

    A `kept` view is a table: the database keeps its rows, because to find them anew would take seconds. Where all of
    them at once would not fit into memory, `parts` is a query for the parts to find them in, each a list of texts, and
    the query takes one as `$part`.
    """

    name: str
    comment: str
    columns: tuple[tuple[str, str], ...]
    query: str
    kept: bool = False
    parts: str | None = None

    @property
    def create(self) -> str:
        return f'CREATE {self._kind} "{self.name}" AS\n{self.query}'

    @property
    def add(self) -> str:
        """What adds the rows of one more part."""
        return f'INSERT INTO "{self.name}"\n{self.query}'

    @property
    def _kind(self) -> str:
        return "TABLE" if self.kept else "VIEW"

    def comments(self) -> Iterator[str]:
        yield f'COMMENT ON {self._kind} "{self.name}" IS {quoted(self.comment)}'
        for name, comment in self.columns:
            yield f'COMMENT ON COLUMN "{self.name}"."{name}" IS {quoted(comment)}'


@dataclass(frozen=True, slots=True)
class Macro:
    """One question with parameters, asked as `FROM name('…')`: a comment for each parameter and each column."""

    name: str
    comment: str
    parameters: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    query: str

    @property
    def create(self) -> str:
        names = ", ".join(name for name, _ in self.parameters)
        return f"CREATE MACRO {self.name}({names}) AS TABLE\n{self.query}"

    def comments(self) -> Iterator[str]:
        """One comment: a macro's parameters and columns can carry none of their own."""
        parts = [*(f"{name}: {comment}" for name, comment in self.parameters)]
        gives = [*(f"{name}: {comment}" for name, comment in self.columns)]
        told = f"{self.comment}. Asked with {'; '.join(parts)}. Gives {'; '.join(gives)}"
        yield f"COMMENT ON MACRO TABLE {self.name} IS {quoted(told)}"


def quoted(text: str) -> str:
    """A string as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
