"""How large figures are in one form and another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv, parquet

from pipeline.tables.database import DATABASE

SAMPLE = 20_000_000  # rows: what is only weighed is not made of more than these


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes in all and for each figure; `note` where they are reckoned from the first rows alone."""

    name: str
    total: float
    bytes_each: float
    note: str = ""


def sizes(data: Path) -> tuple[Size, ...]:
    """The Parquet files and the database, against a naive CSV and one Parquet file in no order."""
    figures = data / "tables" / "figure.parquet"
    rows = parquet.read_metadata(figures).num_rows
    tables = sum(path.stat().st_size for path in (data / "tables").glob("*.parquet"))
    taken = min(rows, SAMPLE)
    note = "" if taken == rows else f" (reckoned from the first {taken} rows)"
    return (
        _size("figures, Parquet", figures.stat().st_size, rows),
        _size("figures, Parquet in no order", _shuffled(figures, taken) / taken * rows, rows, note),
        _size("figures, naive CSV", _naive_csv(figures, taken) / taken * rows, rows, note),
        _size("all tables, Parquet", tables, rows),
        _size("all tables, DuckDB", (data / DATABASE).stat().st_size, rows),
    )


def _size(name: str, total: float, rows: int, note: str = "") -> Size:
    return Size(name, total, total / rows, note)


def _naive_csv(figures: Path, rows: int) -> int:
    """The bytes of the first rows as CSV, every column as text; nothing is kept of it."""
    count = _Count()
    with parquet.ParquetFile(figures) as file:
        text = pa.schema([pa.field(field.name, pa.string()) for field in file.schema_arrow])
        with csv.CSVWriter(pa.PythonFile(count, "w"), text) as writer:
            for batch in _first(file, rows):
                writer.write_batch(batch.cast(text))
    return count.bytes


def _shuffled(figures: Path, rows: int) -> int:
    """The bytes of the first rows in no order, written as pyarrow writes when it is told nothing."""
    with TemporaryDirectory(dir=figures.parents[1]) as folder:
        path = Path(folder) / "shuffled.parquet"
        with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": folder}) as connection:
            query = f"SELECT * FROM (FROM '{figures}' LIMIT {rows}) ORDER BY hash(report_id, cell)"
            reader = connection.sql(query).to_arrow_reader(1_000_000)
            with parquet.ParquetWriter(path, reader.schema) as writer:
                for batch in reader:
                    writer.write_batch(batch)
        return path.stat().st_size


def _first(file: parquet.ParquetFile, rows: int) -> Iterator[pa.RecordBatch]:
    left = rows
    for batch in file.iter_batches():
        yield batch.slice(0, left)
        left -= batch.num_rows
        if left <= 0:
            return


class _Count:
    """A file that only counts."""

    closed = False

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, data: bytes) -> int:
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass
