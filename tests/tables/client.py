"""What one client of DuckDB sees in a database: run by the Python of that client, with nothing but duckdb.

    python client.py DATABASE < QUERIES    (a JSON list of SQL)

Prints JSON: the client's version, every comment, and the rows of each query as text.
"""

from __future__ import annotations

import json
import sys

import duckdb

COMMENTS = """SELECT 'table', table_name, NULL, comment FROM duckdb_tables()
UNION ALL SELECT 'view', view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT 'column', table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal
UNION ALL SELECT 'macro', function_name, parameters::VARCHAR, comment FROM duckdb_functions() WHERE NOT internal
ORDER BY ALL"""


def seen(path: str, queries: list[str]) -> dict[str, object]:
    with duckdb.connect(path, read_only=True) as connection:
        return {
            "version": duckdb.__version__,
            "comments": connection.execute(COMMENTS).fetchall(),
            "rows": [[list(map(str, row)) for row in connection.execute(sql).fetchall()] for sql in queries],
        }


if __name__ == "__main__":
    json.dump(seen(sys.argv[1], json.load(sys.stdin)), sys.stdout)
