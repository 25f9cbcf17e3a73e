"""CHANGES.md and the tables of changes, from the comparison of two releases."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import duckdb

from pipeline.publish.csv_files import write_rows
from pipeline.publish.diff import REASONS
from pipeline.tables.show import Format, show

TABLES = {
    "reports": "FROM report_change ORDER BY organ, report_year, change, report_id",
    "cells": "FROM cell_change ORDER BY organ, report_year, cell, report_id_before, report_id_after",
}
"""The two tables of a comparison, by what their rows are, and their order."""
_BATCH = 10_000


def changes_text(comparison: duckdb.DuckDBPyConnection, before: str, after: str) -> str:
    """How many reports and cells were added, are gone or changed, and why, as Markdown."""
    parts = [
        f"# Changes from {before} to {after}\n",
        "本版与上一版的差异：新增、消失、变动的报告和单元，以及原因。\n",
        _counted(comparison, "Reports 报告", "report_change"),
        _counted(
            comparison, "Cells of reports that both have, in their current versions 单元", "cell_change"
        ),
        "## Why 原因\n\n| word | means |\n| --- | --- |\n"
        + "".join(f"| `{word}` | {meaning} |\n" for word, meaning in REASONS.items()),
    ]
    return "\n".join(parts)


def first_text(version: str) -> str:
    """The text of a release with none before it."""
    return f"# Changes\n\n{version} is the first release: there is none to compare it with. 首次发布。\n"


def write_changes(comparison: duckdb.DuckDBPyConnection, name: str, form: Format, out: TextIO) -> None:
    """Write every row of one of TABLES to `out`, in its order."""
    result = comparison.execute(TABLES[name])
    columns = [column[0] for column in result.description or ()]
    show(columns, iter(result.fetchone, None), form, out)


def changes_files(comparison: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write `changes/reports.csv` and `changes/cells.csv`, as every CSV file of a release."""
    (folder / "changes").mkdir()
    for name, query in TABLES.items():
        rows = comparison.sql(query).to_arrow_reader(_BATCH)
        write_rows(folder / "changes", name, rows.schema, rows)


def _counted(comparison: duckdb.DuckDBPyConnection, title: str, table: str) -> str:
    rows = comparison.execute(
        f"SELECT change, why, count(*) FROM {table} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if not rows:
        return f"## {title}\n\nNone.\n"
    lines = "".join(f"| {change} | {why} | {count} |\n" for change, why, count in rows)
    return f"## {title}\n\n| change | why | how many |\n| --- | --- | ---: |\n{lines}"
