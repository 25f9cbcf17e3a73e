"""Asking the database a question in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import duckdb

from pipeline.problem import InputProblem, Problem
from pipeline.tables.database import open_database
from pipeline.tables.show import Format, Row, show

_BATCH = 10_000


def ask(data: Path, sql: str, form: Format, out: TextIO) -> None:
    """Write the rows of the last statement of `sql` to `out`; the database is never changed.

    Raises InputProblem for SQL that is wrong, Problem where there is no usable database or memory runs out.
    """
    with open_database(data) as connection:
        try:
            result = connection.execute(sql)
            if result is None or result.description is None:
                raise InputProblem(
                    'The query is empty. For instance: gongkai query "SELECT * FROM city_year"'
                )
            show([column[0] for column in result.description], _rows(result), form, out)
        except (duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.InternalException) as error:
            raise Problem(f"The query could not be finished: {error}") from error
        except duckdb.ParserException as error:
            raise InputProblem(f"The query is not right. {error}{_hint(sql)}") from error
        except duckdb.Error as error:
            raise InputProblem(f"The query is not right. {error}") from error


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    while batch := result.fetchmany(_BATCH):
        yield from batch


def _hint(sql: str) -> str:
    """Two names of the dataset are words of SQL as well, and the database's own message does not say so."""
    hints = [
        f'\n{name} is a word of SQL too: where the {part} is meant, write "{name}", in double quotes.'
        for name, part in (("fetch", "table"), ("at", "column"))
        if re.search(rf'(?<![".\w]){name}(?![".\w])', sql, re.IGNORECASE)
    ]
    return "".join(hints)
