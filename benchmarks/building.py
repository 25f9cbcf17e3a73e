"""How many rows are built in a second, from an archive to the tables and the database, by one process and more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pyarrow import parquet  # type: ignore[import-untyped]

from pipeline.archive import Archive
from pipeline.build import build


@dataclass(frozen=True, slots=True)
class Build:
    """Builds with so many workers: the documents one read, the rows of all its tables, the median of the seconds."""

    workers: int
    documents: int
    rows: int
    seconds: float


def timed_builds(
    pages: Sequence[bytes], *, copies: int, workers: Sequence[int] = (1,), rounds: int = 1
) -> list[Build]:
    """Archive every page `copies` times, each time with other words, and build from that, once a round with each number
    of workers. They take turns in every round, so that a busy machine slows all.
    """
    taken: dict[int, list[float]] = {number: [] for number in workers}
    with archived(pages, copies) as data:
        for _ in range(rounds):
            for number, seconds in taken.items():
                start = time.perf_counter()
                summary = build(data, workers=number)
                seconds.append(time.perf_counter() - start)
        rows = sum(parquet.read_metadata(path).num_rows for path in (data / "tables").glob("*.parquet"))
    return [Build(number, summary.reports, rows, median(seconds)) for number, seconds in taken.items()]


@contextmanager
def archived(pages: Sequence[bytes], copies: int) -> Iterator[Path]:
    """A data folder with an archive that has every page `copies` times, each time with other words."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        with Archive.open(data / "archive") as archive:
            for copy in range(copies):
                for number, page in enumerate(pages):
                    body = page.replace(b"<table", f"<p>{copy}</p><table".encode(), 1)
                    archive.store_resource(f"file:{copy}/{number}.html", body, "text/html", datetime.now(UTC))
        yield data
