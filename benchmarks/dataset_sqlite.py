"""The same figures in SQLite: `python -m benchmarks.dataset_sqlite DATA`; prints the seconds it took.

By number, as the rows are kept, which is the order of its clustered key, without a journal: the fastest way in, its
best form for the questions. Values are whole ten-thousandths, since SQLite has no DECIMAL.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

from pipeline.tables.database import open_database

_CREATE = """
CREATE TABLE cell_name (cell_number INTEGER PRIMARY KEY, cell TEXT);
CREATE TABLE report (report_number INTEGER PRIMARY KEY, organ_id TEXT, province TEXT, city TEXT, report_year INTEGER,
  scope TEXT, is_current INTEGER);
CREATE TABLE figure (cell_number INTEGER, report_number INTEGER, value INTEGER, status TEXT,
  PRIMARY KEY (cell_number, report_number)) WITHOUT ROWID;
"""
_FILL = {
    "cell_name": "SELECT cell_number, cell FROM cell_name ORDER BY 1",
    "report": "SELECT report_number, organ_id, province, city, report_year, scope, is_current FROM report ORDER BY 1",
    "figure": "SELECT cell_number, report_number, (value * 10000)::BIGINT, status FROM figure_stored",
}


def load_sqlite(data: Path) -> float:
    """Write `data/gongkai.sqlite` from the database; return the seconds."""
    start = time.perf_counter()
    path = data / "gongkai.sqlite"
    path.unlink(missing_ok=True)
    with open_database(data) as source:
        target = sqlite3.connect(path, isolation_level=None)
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        target.executescript(_CREATE)
        target.execute("BEGIN")
        for name, query in _FILL.items():
            for batch in source.cursor().sql(query).to_arrow_reader(100_000):
                marks = ", ".join("?" for _ in batch.schema)
                target.executemany(
                    f"INSERT INTO {name} VALUES ({marks})", zip(*batch.to_pydict().values(), strict=True)
                )
        target.execute("COMMIT")
        target.close()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.stdout.write(str(load_sqlite(Path(sys.argv[1]))))
