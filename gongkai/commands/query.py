"""gongkai query: ask the database."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gongkai.data import DATA, DataPlace, reading
from pipeline.tables.show import Format


def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="A question in the SQL of DuckDB.", show_default=False)
    ],
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    data: DataPlace = DATA,
) -> None:
    """Ask the database; it is only read.

    Example: gongkai query "SELECT city, report_year, requests_received FROM city_year"

    Tables: report, figure, section, finding, issue, "fetch", coverage, organ, division, indicator, about.
    Views: city_year, quality, current_figure. What a column means stands in its comment:
    SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal
    """
    from pipeline.tables.ask import ask

    with reading(data, "database") as there:
        ask(there.folder, sql, form, sys.stdout)
