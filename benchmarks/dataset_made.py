"""The rows that reading a whole country would give, made up: the same rows for the same number of reports.

Organs, figures and prose are invented; what is meant to be true is their number and their shape. Most figures are
zero and stay zero for an organ from year to year; organs are renamed by a reform, leave out years and put out second
versions; a few reports print blanks or dashes for zero, or come as a text in which cells are uncertain. Every year has
about two hundred cells, which the real forms had only from 2019 on: the size is the point, not the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from benchmarks.dataset_sql import COVERAGE_ROWS, FIGURES, FINDINGS, ISSUES, ORGANS, REPORTS, SECTIONS
from pipeline.forms import Form, Identity, load_forms
from pipeline.tables.holding import COVERAGE, FETCH
from pipeline.tables.model import Table
from pipeline.tables.reading import FIGURE, FINDING, ISSUE, REPORT, SECTION

YEARS = 18  # report years 2008 to 2025
ORGANS_A_REPORT = 60_000 / 1_000_000
_LOT = 2_000  # reports made at a time: what bounds the memory
_MADE = {
    REPORT: "SELECT * EXCLUDE (place, size, style, layout, kind, organ_seed, cells) FROM lot ORDER BY place",
    FIGURE: FIGURES,
    SECTION: SECTIONS,
    FINDING: FINDINGS,
    ISSUE: ISSUES,
    FETCH: "SELECT place AS number, url, portal_code, 'run' AS run_id, 'report' AS kind, fetched_at, "
    "'held' AS outcome, report_id, 200 AS status, media_type, sha256, 40000 + place % 9973 AS size, "
    "1 AS attempts FROM lot ORDER BY place",
}


@dataclass(frozen=True, slots=True)
class Made:
    """Some rows of one table, in the archive's order."""

    table: Table
    rows: pa.RecordBatch


def made_rows(reports: int) -> Iterator[Made]:
    """All rows of so many reports, some thousand reports after the other, `coverage` last."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as connection:
        connection.register("given_cells", _cells(load_forms().forms))
        connection.execute("CREATE TABLE cells AS FROM given_cells")
        connection.register("given_checks", _checks(load_forms().forms))
        connection.execute("CREATE TABLE checks AS FROM given_checks")
        connection.execute(ORGANS, {"organs": max(round(reports * ORGANS_A_REPORT), 1), "years": YEARS})
        connection.execute(REPORTS, {"reports": reports})
        for start in range(0, reports, _LOT):
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE lot AS FROM reports WHERE place > ? AND place <= ?",
                [start, start + _LOT],
            )
            for table, query in _MADE.items():
                yield from _batches(connection, table, query)
        yield from _batches(connection, COVERAGE, COVERAGE_ROWS)


def _batches(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> Iterator[Made]:
    """The rows of the query in the schema of the table; a column that the query leaves out is empty."""
    found = connection.sql(query).to_arrow_table()
    columns = [
        found[field.name].cast(field.type)
        if field.name in found.column_names
        else pa.nulls(found.num_rows, field.type)
        for field in table.schema
    ]
    for field, column in zip(table.schema, columns, strict=True):
        if column.null_count and not field.nullable:
            raise ValueError(f"{table.name}.{field.name} is not made")
    for batch in pa.Table.from_arrays(columns, schema=table.schema).combine_chunks().to_batches():
        yield Made(table, batch)


def _cells(forms: Sequence[Form]) -> pa.Table:
    """The cells of each kind of report in the order in which they are printed; the annex stands with a form of 2019."""
    kinds: dict[str, list[dict[str, object]]] = {}
    for form in forms:
        for table, block in enumerate(form.blocks, start=1):
            for row, item in enumerate(block.items, start=2):
                for column, measure in enumerate(block.measures, start=2):
                    cell: dict[str, object] = {
                        "part": block.part,
                        "item": item.code,
                        "measure": measure.code,
                        "cell": f"{block.part}/{item.code}/{measure.code}",
                        "unit": measure.unit or item.unit,
                        "weight": _weight(f"{item.code}/{measure.code}"),
                        "at_table": table,
                        "at_row": row,
                        "at_column": column,
                    }
                    kinds.setdefault(form.code, []).append(cell)
    kinds["2014"] += [cell for cell in kinds["2019"] if cell["part"] == "requests"]
    return pa.Table.from_pylist(
        [
            {"kind": kind, "seed": seed, **cell}
            for kind, cells in kinds.items()
            for seed, cell in enumerate(cells)
        ]
    )


def _weight(name: str) -> float:
    """How common a figure above zero is in a cell: a few cells are filled by most organs, most by few."""
    if name in {"received/total", "received/value", "concluded/total"}:
        return 1
    return (int(sha256(name.encode()).hexdigest()[:4], 16) / 0xFFFF) ** 9


def _checks(forms: Sequence[Form]) -> pa.Table:
    """Every identity of every form at every place where it is checked."""
    rows = []
    for form in forms:
        places = [
            (identity.id, at) for identity in form.identities for at in dict.fromkeys(_places(form, identity))
        ]
        rows += [
            {"form": form.code, "seed": seed, "check_id": check, "at": at}
            for seed, (check, at) in enumerate(dict.fromkeys(places))
        ]
    return pa.Table.from_pylist(rows)


def _places(form: Form, identity: Identity) -> Iterator[str]:
    for block in form.blocks:
        if block.part == identity.part and identity.each == "measure":
            yield from (f"{block.part}/*/{measure.code}" for measure in block.measures)
        elif block.part == identity.part:
            yield from (f"{block.part}/{item.code}" for item in block.items)
