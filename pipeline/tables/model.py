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
    def constraint(self) -> str:
        rules = [] if self.null else ["NOT NULL"]
        if self.values:
            words = ", ".join(quoted(word) for word in self.values)
            rules.append(f'CHECK ("{self.name}" IN ({words}))')
        return " ".join(rules)


def required(name: str, kind: Kind, comment: str, values: tuple[str, ...] = ()) -> Column:
    """A column that is never empty."""
    return Column(name, kind, comment, null=False, values=values)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: columns in order, the primary key the database holds, if any, and rules across columns.

    `group` is how many rows a row group of its Parquet file holds: it bounds the memory of writing."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    group: int = 122_880

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
        lines = [f'"{column.name}" {column.kind.sql} {column.constraint}'.rstrip() for column in self.columns]
        if self.key:
            lines.append(f"PRIMARY KEY ({', '.join(self.key)})")
        lines += [f"CHECK ({rule})" for rule in self.checks]
        return f'CREATE TABLE "{self.name}" (\n  ' + ",\n  ".join(lines) + "\n)"

    def comments(self) -> Iterator[str]:
        """The COMMENT ON statements of the table and of each of its columns."""
        yield f'COMMENT ON TABLE "{self.name}" IS {quoted(self.comment)}'
        for column in self.columns:
            yield f'COMMENT ON COLUMN "{self.name}"."{column.name}" IS {quoted(column.comment)}'


@dataclass(frozen=True, slots=True)
class View:
    """One view: its query, and a comment for it and for each of its columns, in the query's order."""

    name: str
    comment: str
    columns: tuple[tuple[str, str], ...]
    query: str

    @property
    def create(self) -> str:
        return f"CREATE VIEW {self.name} AS\n{self.query}"

    def comments(self) -> Iterator[str]:
        yield f"COMMENT ON VIEW {self.name} IS {quoted(self.comment)}"
        for name, comment in self.columns:
            yield f"COMMENT ON COLUMN {self.name}.{name} IS {quoted(comment)}"


def quoted(text: str) -> str:
    """A string as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
