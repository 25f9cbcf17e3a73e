"""CSV for spreadsheets: UTF-8 with its mark, no file longer than a sheet, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pc_csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.tables.disk import synced
from pipeline.tables.schema import TABLES

BY_YEAR = ("figure", "section", "finding", "issue")
"""Tables whose rows stand in one file for each year that their report is of."""
VIEWS = {
    "city_year": "FROM city_year ORDER BY province, city, report_year",
    "panel": "FROM panel ORDER BY report_year, province, city, organ_id, series",
}
"""Views that are given as CSV as well."""
ROWS = 1_000_000  # in one file; a sheet has room for 1,048,576
_BATCH = 262_144
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class CsvFile:
    """One file: its name in the folder, the table or view that it is of, and how many rows it has."""

    name: str
    source: str
    rows: int


def write_csv(tables: Path, database: duckdb.DuckDBPyConnection, folder: Path) -> list[CsvFile]:
    """Write every table and some views into `folder`; a long one goes on in files with -2, -3 after its name.

    Text is in quotes, an absent value is nothing without quotes, times are UTC, numbers are exact.
    """
    folder.mkdir()
    made: list[CsvFile] = []
    reports = pq.read_table(tables / "report.parquet", columns=["report_id", "report_year"])
    for table in TABLES:
        batches = pq.ParquetFile(tables / f"{table.name}.parquet").iter_batches(_BATCH)
        years = reports if table.name in BY_YEAR else None
        made += _written(folder, table.name, table.schema, batches, years)
    for name, query in VIEWS.items():
        shown = ", ".join(
            f'"{column}"::VARCHAR AS "{column}"' if kind.startswith("ENUM") else f'"{column}"'
            for column, kind, *_ in database.execute(f"DESCRIBE {name}").fetchall()
        )
        rows = database.sql(f"SELECT {shown} {query}").to_arrow_reader(_BATCH)
        made += write_rows(folder, name, rows.schema, rows)
    return made


def write_rows(folder: Path, name: str, schema: pa.Schema, rows: Iterator[pa.RecordBatch]) -> list[CsvFile]:
    """Write rows into `folder` as write_csv does."""
    return list(_written(folder, name, schema, rows, None))


def _written(
    folder: Path, name: str, schema: pa.Schema, batches: Iterator[pa.RecordBatch], reports: pa.Table | None
) -> Iterator[CsvFile]:
    parts: dict[str, _Parts] = {}
    try:
        for batch in batches:
            for suffix, rows in _by_year(batch, reports) if reports is not None else [("", batch)]:
                parts.setdefault(suffix, _Parts(folder, name, name + suffix, schema)).write(rows)
        if not parts:
            parts[""] = _Parts(folder, name, name, schema)
            parts[""].write(pa.RecordBatch.from_pylist([], schema))
    finally:
        for one in parts.values():
            one.close()
    for suffix in sorted(parts):
        yield from parts[suffix].made


def _by_year(batch: pa.RecordBatch, reports: pa.Table) -> Iterator[tuple[str, pa.RecordBatch]]:
    found = pc.index_in(batch["report_id"], value_set=reports["report_id"])
    years = pc.fill_null(reports["report_year"].combine_chunks().take(found), 0)
    for year in sorted(pc.unique(years).to_pylist()):
        yield f"-{year or 'unknown'}", batch.filter(pc.equal(years, year))


class _Parts:
    """The files of one name, one after the other."""

    def __init__(self, folder: Path, source: str, name: str, schema: pa.Schema) -> None:
        self.made: list[CsvFile] = []
        self._folder, self._source, self._name, self._schema = folder, source, name, schema
        self._file: _File | None = None

    def write(self, rows: pa.RecordBatch) -> None:
        while True:
            if self._file is None:
                self._file = _File(self._folder / self._next(), self._schema)
            taken = rows.slice(0, ROWS - self._file.rows)
            self._file.write(taken)
            rows = rows.slice(taken.num_rows)
            if not rows.num_rows:
                return
            self.close()

    def _next(self) -> str:
        return f"{self._name}-{len(self.made) + 1}.csv" if self.made else f"{self._name}.csv"

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self.made.append(CsvFile(self._next(), self._source, self._file.rows))
            self._file = None


class _File:
    """One file; its header is written at once."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.rows = 0
        self._path = path
        self._file: BinaryIO = path.open("xb")
        self._file.write(_MARK)
        self._writer = pc_csv.CSVWriter(self._file, schema)

    def write(self, rows: pa.RecordBatch) -> None:
        self._writer.write_batch(rows)
        self.rows += rows.num_rows

    def close(self) -> None:
        self._writer.close()
        self._file.close()
        synced(self._path)
