"""Reading a release again from its files before it is given its name."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.problem import Problem
from pipeline.publish.csv_files import CsvFile
from pipeline.publish.edition import Edition
from pipeline.tables.model import Table, quoted
from pipeline.tables.schema import TABLES

_LINE = 64 * 1024 * 1024  # bytes: no document that was read is longer


def reread(folder: Path, edition: Edition, csv: list[CsvFile]) -> None:
    """Raise Problem where a Parquet file has not the schema or not the rows that the database has, where a table's
    CSV files do not hold the same rows as its Parquet file, value by value, or where metadata cannot be parsed."""
    for name in ("datapackage.json", "croissant.json", "dcat.jsonld"):
        json.loads((folder / name).read_text(encoding="utf-8"))
    with duckdb.connect() as memory:
        for table in TABLES:
            parquet = folder / "tables" / f"{table.name}.parquet"
            if not pq.read_schema(parquet).equals(table.schema, check_metadata=True):
                raise Problem(f"{parquet.name} has not the schema of table {table.name}. Build again.")
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            rows, digest = _told(memory, names, f"read_parquet({quoted(str(parquet))})")
            files = [folder / "csv" / file.name for file in csv if file.source == table.name]
            found = _told(memory, names, _csv(table, files))
            if not rows == edition.rows[table.name] == sum(f.rows for f in csv if f.source == table.name):
                raise Problem(f"{parquet.name} has {rows} rows, the database {edition.rows[table.name]}.")
            if found != (rows, digest):
                raise Problem(f"The CSV files of {table.name} do not hold the rows of {parquet.name}.")


def _told(memory: duckdb.DuckDBPyConnection, names: str, source: str) -> tuple[int, int | None]:
    """The number of rows, and a sum over all of them that hangs on every value but not on the order of rows."""
    sql = f"SELECT count(*), sum(hash({names})::HUGEINT) FROM {source}"
    row = memory.execute(sql).fetchone()
    return (0, None) if row is None else (row[0], row[1])


def _csv(table: Table, files: list[Path]) -> str:
    """The rows of CSV files; their mark is no part of the first name, and only what has no quotes is absent."""
    columns = ", ".join(f"{quoted(column.name)}: {quoted(column.kind.sql)}" for column in table.columns)
    paths = ", ".join(quoted(str(path)) for path in files)
    return (
        f"read_csv([{paths}], columns = {{{columns}}}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', allow_quoted_nulls = false, parallel = false, max_line_size = {_LINE}, "
        "timestampformat = '%Y-%m-%d %H:%M:%S.%f')"
    )
