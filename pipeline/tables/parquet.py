"""Writing one Parquet file a table: in the order given, in bounded memory, the same bytes for same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.tables.disk import synced
from pipeline.tables.model import Table

_BATCH = 1024
_SMALL = 64  # batches that are made one: each takes kilobytes beside its rows, be they few or none


class TableWriter:
    """Streams rows of one table into `folder/<table>.parquet`; it is whole, and on the disk, after `close`.

    Rows come one by one or `packed`; how they come does not show in the file.
    """

    def __init__(self, table: Table, folder: Path) -> None:
        self.table = table
        self.path = folder / f"{table.name}.parquet"
        self._schema = table.schema
        self._names = frozenset(self._schema.names)
        self._loose: list[Mapping[str, object]] = []  # rows, not yet a batch
        self._small: list[pa.RecordBatch] = []  # as they came, not yet one
        self._batches: list[pa.RecordBatch] = []  # with those, less than a row group
        self._rows = 0  # of all batches
        self._writer = pq.ParquetWriter(
            self.path,
            self._schema,
            version="2.6",
            compression="zstd",
            compression_level=3,
            data_page_version="1.0",  # what every reader of the last ten years can read
            write_statistics=True,
        )

    def add(self, row: Mapping[str, object]) -> None:
        _refuse_odd(self.table.name, self._names, row)
        self._loose.append(row)
        if len(self._loose) == _BATCH:
            self._gather()

    def add_packed(self, rows: bytes) -> None:
        """Add rows that `packed` made for this table."""
        self.add_batch(pa.ipc.read_record_batch(pa.py_buffer(rows), self._schema))

    def add_batch(self, rows: pa.RecordBatch) -> None:
        """Add rows that are in the table's schema."""
        self._gather()
        self._hold(rows)

    def _gather(self) -> None:
        if self._loose:
            self._hold(_batch(self.table.name, self._schema, self._loose))
            self._loose.clear()

    def _hold(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        self._small.append(batch)
        self._rows += batch.num_rows
        if len(self._small) == _SMALL:
            self._join()
        while self._rows >= self.table.group:
            self._flush(self.table.group)

    def _join(self) -> None:
        """Copy the small batches into one, and let go of the memory that they hold."""
        joined = pa.Table.from_batches(self._small, self._schema).combine_chunks()
        self._batches += joined.to_batches()
        self._small.clear()

    def _flush(self, count: int) -> None:
        """Write the first `count` rows that are held as one row group. Each column is let go of as soon as its rows are
        in one piece, so that what is held is there once and not twice.
        """
        self._join()
        held = pa.Table.from_batches(self._batches, self._schema)
        self._batches.clear()
        ready, left = [], []
        for _ in self._schema:
            column = held.column(0)
            held = held.remove_column(0)
            ready.append(pa.concat_arrays(column.slice(0, count).chunks))
            left.append(column.slice(count))
        del column
        self._writer.write_table(
            pa.Table.from_arrays(ready, schema=self._schema), row_group_size=self.table.group
        )
        self._batches = pa.Table.from_arrays(left, schema=self._schema).to_batches()
        self._rows -= count

    def close(self) -> None:
        self._gather()
        if self._rows:
            self._flush(self._rows)
        self._writer.close()
        synced(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._writer.close()


@contextmanager
def one_allocator() -> Iterator[None]:
    """Arrow takes its memory meanwhile where Python and DuckDB do. An allocator of its own keeps for a while what it
    was given back, and that would be held beside what the others take next.
    """
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def packed(table: Table, rows: Sequence[Mapping[str, object]]) -> bytes:
    """Rows as bytes, for a TableWriter in this or another process.

    A row is a mapping of exactly the table's columns. A missing or unknown column, an empty value in a column
    that is never empty, or a number that does not fit exactly raises: a mistake of the program.
    """
    schema = table.schema
    names = frozenset(schema.names)
    for row in rows:
        _refuse_odd(table.name, names, row)
    return _batch(table.name, schema, rows).serialize().to_pybytes()  # type: ignore[no-any-return]


def _refuse_odd(name: str, names: frozenset[str], row: Mapping[str, object]) -> None:
    if row.keys() != names:
        odd = ", ".join(sorted(row.keys() ^ names))
        raise ValueError(f"A row of {name} does not have the table's columns: {odd}")


def _batch(name: str, schema: pa.Schema, rows: Sequence[Mapping[str, object]]) -> pa.RecordBatch:
    arrays = []
    for field in schema:
        array = pa.array([row[field.name] for row in rows], field.type)
        if array.null_count and not field.nullable:
            raise ValueError(f"{name}.{field.name} is empty in a row")
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
