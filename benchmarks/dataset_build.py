"""Builds the tables and the database of an invented country: `python -m benchmarks.dataset_build REPORTS DATA`.

A process of its own, so that its memory is its own. All that is done from the rows on is what `gongkai build` does. The
seconds are told apart by what took them; to make the rows up is no part of a build.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.dataset_made import made_rows
from pipeline.archive import Run
from pipeline.forms import load_forms
from pipeline.organs import load_registry
from pipeline.tables.codebook import codebook
from pipeline.tables.holding import DIVISION
from pipeline.tables.model import Table
from pipeline.tables.naming import Naming
from pipeline.tables.parquet import TableWriter
from pipeline.tables.reading import REPORT
from pipeline.tables.registry import change_documents, division_rows, known_places, load_changes
from pipeline.tables.rows import Row
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import publish, staging
from pipeline.tables.versions import Versions, settle

BUILT = "built.json"  # what a build took, beside what it built


def build_made(reports: int, data: Path) -> dict[str, float]:
    """Build `data` of so many reports; return the seconds of each step, and the peak of the process in bytes."""
    spent = dict.fromkeys(("making", "parquet", "settling", "database"), 0.0)
    with staging(data) as folder:
        _write_tables(reports, folder, spent)
        start = time.perf_counter()
        publish(folder, data, {"made_by": "a benchmark"})
        spent["database"] = time.perf_counter() - start
    return {**spent, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def _write_tables(reports: int, folder: Path, spent: dict[str, float]) -> None:
    versions = _write_made(reports, folder, spent)
    start = time.perf_counter()
    organs = settle(folder.with_name("unsettled") / f"{REPORT.name}.parquet", folder, versions)
    naming = Naming(known_places([_run()]), load_registry())
    changes = load_changes()
    for table, rows in organs.tables(naming, change_documents(changes)):
        _write(folder, table, rows)
    _write(folder, DIVISION, division_rows(naming.places, changes))
    for table, rows in codebook(load_forms()):
        _write(folder, table, rows)
    for table in TABLES:
        if not (folder / f"{table.name}.parquet").exists():
            _write(folder, table, ())
    spent["settling"] += time.perf_counter() - start


def _write_made(reports: int, folder: Path, spent: dict[str, float]) -> Versions:
    """What comes from reading, in the order of the archive."""
    unsettled = folder.with_name("unsettled")
    unsettled.mkdir()
    versions = Versions()
    with ExitStack() as stack:
        writers: dict[str, TableWriter] = {}
        start = time.perf_counter()
        for made in made_rows(reports):
            ready = time.perf_counter()
            spent["making"] += ready - start
            if made.table.name not in writers:
                place = unsettled if made.table is REPORT else folder
                writers[made.table.name] = stack.enter_context(TableWriter(made.table, place))
            writers[made.table.name].add_batch(made.rows)
            start = time.perf_counter()
            spent["parquet"] += start - ready
            if made.table is REPORT:
                for row in made.rows.to_pylist():
                    versions.meet(row)
                spent["settling"] += time.perf_counter() - start
                start = time.perf_counter()
    return versions


def _run() -> Run:
    """A run over the portals of the invented cities, so that their organs have a place."""
    portals = [{"code": str(code), "name": f"样例{code - 990_000}市"} for code in range(990_000, 990_341)]
    return Run("run", datetime(2026, 1, 1, tzinfo=UTC), {"portals": portals})


def _write(folder: Path, table: Table, rows: Iterable[Row]) -> None:
    with TableWriter(table, folder) as writer:
        for row in rows:
            writer.add(row)


if __name__ == "__main__":
    made = build_made(int(sys.argv[1]), Path(sys.argv[2]))
    (Path(sys.argv[2]) / BUILT).write_text(json.dumps(made), encoding="utf-8")
