"""How many rows are built in a second, from an archive to the tables and the database."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pyarrow import parquet  # type: ignore[import-untyped]

from pipeline.archive import Archive
from pipeline.build import build


@dataclass(frozen=True, slots=True)
class Build:
    """One build: the documents it read, the rows of all its tables, and the seconds it took."""

    documents: int
    rows: int
    seconds: float


def timed_build(pages: Sequence[bytes], *, copies: int) -> Build:
    """Archive every page `copies` times, each time as other bytes, and build from that."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        with Archive.open(data / "archive") as archive:
            for copy in range(copies):
                for number, page in enumerate(pages):
                    body = page + f"<!-- {copy} -->".encode()
                    archive.store_resource(f"file:{copy}/{number}.html", body, "text/html", datetime.now(UTC))
        start = time.perf_counter()
        summary = build(data)
        seconds = time.perf_counter() - start
        rows = sum(parquet.read_metadata(path).num_rows for path in (data / "tables").glob("*.parquet"))
    return Build(summary.reports, rows, seconds)
