"""datapackage.json of Frictionless Data (Data Package 1): every file with its sum, every CSV with its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.publish import edition as facts
from pipeline.publish.csv_files import CsvFile
from pipeline.publish.edition import Edition
from pipeline.tables.model import BOOLEAN, DATE, DECIMAL, INTEGER, TEXT, TIMESTAMP, Column, Table
from pipeline.tables.schema import TABLES, VIEWS

_TYPES: Mapping[str, Mapping[str, object]] = {
    TEXT.sql: {"type": "string"},
    INTEGER.sql: {"type": "integer"},
    "BIGINT": {"type": "integer"},
    BOOLEAN.sql: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    DATE.sql: {"type": "date"},
    TIMESTAMP.sql: {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S.%f"},
    DECIMAL.sql: {"type": "number"},
}


def datapackage(
    edition: Edition, csv: Sequence[CsvFile], sums: Mapping[str, tuple[str, int]]
) -> dict[str, object]:
    """The descriptor; `sums` gives the SHA-256 and size of every file that it names."""
    tables = {table.name: table for table in TABLES}
    views = {view.name: view for view in VIEWS}
    resources = [_parquet(table, sums) for table in TABLES]
    for file in csv:
        path = f"csv/{file.name}"
        table = tables.get(file.source)
        resources.append(
            {
                "name": file.name.removesuffix(".csv"),
                "path": path,
                "profile": "tabular-data-resource",
                "title": (table or views[file.source]).comment,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "hash": f"sha256:{sums[path][0]}",
                "bytes": sums[path][1],
                "schema": {"fields": [_field(c) for c in table.columns], "missingValues": [""]}
                if table
                else {
                    "fields": [
                        {"name": name, "description": text} for name, text in views[file.source].columns
                    ]
                },
            }
        )
    return {
        "profile": "data-package",
        "name": "gongkai",
        "title": facts.TITLE,
        "description": f"{facts.DESCRIPTION}\n\n{facts.DESCRIPTION_ZH}",
        "version": edition.version.text,
        "created": f"{edition.date.isoformat()}T00:00:00Z",
        "licenses": [{"name": facts.LICENCE, "path": facts.LICENCE_URL}],
        "contributors": [{"title": facts.CREATOR, "role": "author"}],
        "keywords": list(facts.KEYWORDS),
        "resources": resources,
    }


def _parquet(table: Table, sums: Mapping[str, tuple[str, int]]) -> dict[str, object]:
    path = f"tables/{table.name}.parquet"
    return {
        "name": f"{table.name}-parquet",
        "path": path,
        "type": "file",  # else frictionless reads it as a table by way of pandas, and fails on absent dates and numbers
        "profile": "data-resource",
        "title": table.comment,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{sums[path][0]}",
        "bytes": sums[path][1],
    }


def _field(column: Column) -> dict[str, object]:
    """A text that is never absent can still be empty, which CSV readers take for absent: it is not `required`."""
    field: dict[str, object] = {"name": column.name, "description": column.comment, **_TYPES[column.kind.sql]}
    constraints: dict[str, object] = {}
    if not column.null and (column.kind is not TEXT or column.values):
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    return {**field, "constraints": constraints} if constraints else field
