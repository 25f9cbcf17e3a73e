"""Writing one Parquet file a table: in the order given, in bounded memory, the same bytes for same rows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.tables.model import Table


class TableWriter:
    """Streams rows of one table into `folder/<table>.parquet`; it is whole, and on the disk, after `close`.

    A row is a mapping of exactly the table's columns. A missing or unknown column, an empty value in a column
    that is never empty, or a number that does not fit exactly raises: a mistake of the program.
    """

    def __init__(self, table: Table, folder: Path) -> None:
        self.table = table
        self.path = folder / f"{table.name}.parquet"
        self._schema = table.schema
        self._names = frozenset(self._schema.names)
        self._columns: dict[str, list[object]] = {name: [] for name in self._schema.names}
        self._rows = 0
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
        if row.keys() != self._names:
            odd = ", ".join(sorted(row.keys() ^ self._names))
            raise ValueError(f"A row of {self.table.name} does not have the table's columns: {odd}")
        for name, values in self._columns.items():
            values.append(row[name])
        self._rows += 1
        if self._rows == self.table.group:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        arrays = []
        for field in self._schema:
            array = pa.array(self._columns[field.name], field.type)
            if array.null_count and not field.nullable:
                raise ValueError(f"{self.table.name}.{field.name} is empty in a row")
            arrays.append(array)
        batch = pa.RecordBatch.from_arrays(arrays, schema=self._schema)
        self._writer.write_batch(batch, row_group_size=self.table.group)
        for values in self._columns.values():
            values.clear()
        self._rows = 0

    def close(self) -> None:
        self._flush()
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


def synced(path: Path) -> None:
    """Return when the file, or the folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
