"""One way of asking two questions of the same data, in a process of its own.

    python dataset_contender.py WAY DATA ROUNDS

Nothing of the project is imported: pandas and Polars live in an environment without it. Prints JSON: for each question
the seconds of every round after a first that is not counted, how many values of the answer are above zero, and their
sum; all ways must have the same answer. The files have been read before, so that the disk plays no part.

city_year: requests received by city and year, 2019 to 2025, with the change to the year before, over current reports
that are no roll-ups. panel: the same cell of all current reports by organ and year, with the change to the row before.
graded_panel: the series of the dataset, joined over forms only where it may be; only the database has it.
"""

from __future__ import annotations

import importlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CELL = "requests/received/total"
CITY = ["province", "city"]
ORGAN = ["organ_id", "scope"]
REPORT = ["report_id", "organ_id", "report_year", "scope", "is_current", *CITY]
NEEDED = {"city_year": ["report_number", "report_year", "scope", "is_current", *CITY]}
NEEDED["panel"] = ["report_number", "report_year", "scope", "is_current", "organ_id"]
SUMMED = """SELECT province, city, report_year, received, received - lag(received) OVER (
  PARTITION BY province, city ORDER BY report_year) AS change
FROM (SELECT province, city, report_year, sum(value) AS received FROM {found}
  WHERE cell = 'requests/received/total' AND is_current AND (scope IS NULL OR scope <> 'area')
    AND report_year BETWEEN 2019 AND 2025
  GROUP BY province, city, report_year)
ORDER BY province, city, report_year"""
LISTED = """SELECT organ_id, scope, report_year, value, value - lag(value) OVER (
  PARTITION BY organ_id, scope ORDER BY report_year) AS change
FROM {found} WHERE cell = 'requests/received/total' AND is_current
ORDER BY organ_id, scope, report_year"""

Ask = Callable[[], Any]
Told = Callable[[Any], tuple[int, float]]


def duckdb_file(data: Path) -> tuple[Mapping[str, Ask], Told]:
    """The database, as its users ask it: by the view and the macro that are there for it."""
    return _duckdb(
        str(data / "gongkai.duckdb"),
        {
            "city_year": "SELECT province, city, report_year, requests_received, requests_received - "
            "lag(requests_received) OVER (PARTITION BY province, city ORDER BY report_year) AS change "
            "FROM city_year WHERE report_year BETWEEN 2019 AND 2025 ORDER BY province, city, report_year",
            "panel": "SELECT organ_id, scope, report_year, value, value - lag(value) OVER ("
            "PARTITION BY organ_id, scope ORDER BY report_year) AS change "
            f"FROM cell_by_organ('{CELL}') ORDER BY organ_id, scope, report_year",
            "graded_panel": "SELECT organ_id, scope, report_year, value, change, grade, segment "
            "FROM series('requests_received')",
        },
    )


def duckdb_parquet(data: Path) -> tuple[Mapping[str, Ask], Told]:
    """DuckDB over the Parquet files."""
    found = f"'{data}/tables/figure.parquet' JOIN '{data}/tables/report.parquet' USING (report_id)"
    return _duckdb(":memory:", {"city_year": SUMMED.format(found=found), "panel": LISTED.format(found=found)})


def _duckdb(path: str, queries: Mapping[str, str]) -> tuple[Mapping[str, Ask], Told]:
    connection = importlib.import_module("duckdb").connect(path, read_only=path != ":memory:")
    asks = {name: lambda sql=sql: connection.sql(sql).to_arrow_table() for name, sql in queries.items()}
    return asks, lambda table: _told(table.column(3).to_pylist())


def _told(values: list[Any]) -> tuple[int, float]:
    above = [float(value) for value in values if value]
    return len(above), sum(above)


def sqlite(data: Path) -> tuple[Mapping[str, Ask], Told]:
    """SQLite with figures by number, clustered by cell and report: the best it can do for these questions."""
    connection = sqlite3.connect(f"file:{data / 'gongkai.sqlite'}?mode=ro", uri=True)
    found = "cell_name CROSS JOIN figure USING (cell_number) CROSS JOIN report USING (report_number)"
    queries = {"city_year": SUMMED.format(found=found), "panel": LISTED.format(found=found)}
    asks = {name: lambda sql=sql: connection.execute(sql).fetchall() for name, sql in queries.items()}
    return asks, lambda rows: _told([row[3] and row[3] / 10_000 for row in rows])


def pandas(data: Path) -> tuple[Mapping[str, Ask], Told]:
    """pandas over the Parquet files, with the columns and rows that are asked for."""
    library = importlib.import_module("pandas")

    def found() -> Any:
        figures = library.read_parquet(
            data / "tables" / "figure.parquet", columns=["report_id", "value"], filters=[("cell", "==", CELL)]
        )
        reports = library.read_parquet(
            data / "tables" / "report.parquet", columns=REPORT, filters=[("is_current", "==", True)]
        )
        frame = figures.merge(reports, on="report_id")
        return frame.assign(value=frame["value"].astype(float))

    def city_year() -> Any:
        frame = found()
        frame = frame[(frame["scope"] != "area") & frame["report_year"].between(2019, 2025)]
        sums = frame.groupby([*CITY, "report_year"], as_index=False, dropna=False)["value"].sum(min_count=1)
        return sums.assign(change=sums.groupby(CITY, dropna=False)["value"].diff())

    def panel() -> Any:
        frame = found()[[*ORGAN, "report_year", "value"]].sort_values([*ORGAN, "report_year"])
        return frame.assign(change=frame.groupby(ORGAN, dropna=False)["value"].diff())

    return {"city_year": city_year, "panel": panel}, lambda frame: _told(frame["value"].dropna().tolist())


def polars(data: Path) -> tuple[Mapping[str, Ask], Told]:
    """Polars over the Parquet files, asked lazily."""
    library = importlib.import_module("polars")
    column = library.col

    def found() -> Any:
        figures = library.scan_parquet(data / "tables" / "figure.parquet").filter(column("cell") == CELL)
        reports = library.scan_parquet(data / "tables" / "report.parquet").filter(column("is_current"))
        return figures.select("report_id", "value").join(reports.select(REPORT), on="report_id")

    def city_year() -> Any:
        kept = found().filter(
            column("scope").ne_missing("area") & column("report_year").is_between(2019, 2025)
        )
        sums = kept.group_by([*CITY, "report_year"]).agg(column("value").sum()).sort([*CITY, "report_year"])
        return sums.with_columns(change=column("value").diff().over(CITY)).collect()

    def panel() -> Any:
        rows = found().select([*ORGAN, "report_year", "value"]).sort([*ORGAN, "report_year"])
        return rows.with_columns(change=column("value").diff().over(ORGAN)).collect()

    return {"city_year": city_year, "panel": panel}, lambda frame: _told(frame["value"].to_list())


def read_once(data: Path) -> tuple[Mapping[str, Ask], Told]:
    """No question at all: the blocks of the database that hold what the questions need, read once."""
    path = data / "gongkai.duckdb"
    connection = importlib.import_module("duckdb").connect(str(path), read_only=True)
    size = connection.execute("SELECT block_size FROM pragma_database_size()").fetchone()[0]
    blocks = {name: _blocks(connection, columns) for name, columns in NEEDED.items()}
    connection.close()

    def read(places: list[int]) -> int:
        with path.open("rb", buffering=0) as file:
            return sum(len(file.read(size)) for place in places if file.seek(3 * 4096 + place * size) >= 0)

    return {name: lambda places=places: read(places) for name, places in blocks.items()}, lambda count: (
        0,
        count,
    )


def _blocks(connection: Any, columns: list[str]) -> list[int]:
    """The blocks of these columns of table report, and of the figures of the cell."""
    first, last = connection.execute(
        "SELECT min(f.rowid) // 122880, max(f.rowid) // 122880 "
        "FROM figure_stored AS f JOIN cell_name USING (cell_number) WHERE cell = ?",
        [CELL],
    ).fetchone()
    found = connection.execute(
        "SELECT DISTINCT unnest(list_prepend(block_id, additional_block_ids)) FROM ("
        "SELECT block_id, additional_block_ids FROM pragma_storage_info('report') WHERE list_contains(?, column_name) "
        "UNION ALL SELECT block_id, additional_block_ids FROM pragma_storage_info('figure_stored') "
        "WHERE column_name IN ('cell_number', 'report_number', 'value') AND row_group_id BETWEEN ? AND ?)",
        [columns, first, last],
    ).fetchall()
    return sorted(block for (block,) in found if block >= 0)


WAYS = {way.__name__: way for way in (duckdb_file, duckdb_parquet, sqlite, pandas, polars, read_once)}


def main(way: str, data: Path, rounds: int) -> dict[str, dict[str, object]]:
    asks, told = WAYS[way](data)
    results: dict[str, dict[str, object]] = {}
    for question, ask in asks.items():
        above, total = told(ask())
        seconds = []
        for _ in range(rounds):
            start = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - start)
        results[question] = {"above_zero": above, "total": total, "seconds": seconds}
    return results


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
