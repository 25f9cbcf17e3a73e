"""What changed between two releases: reports and cells added, gone or changed, each with why.

A report is one set of bytes, by report_id. The cells of a report that is in both are compared; where an organ, year and
scope has other bytes now, the cells of the current reports are compared, and new bytes are the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.problem import InputProblem, Problem
from pipeline.tables.database import within_bounds
from pipeline.tables.model import quoted
from pipeline.tables.reading import FIGURE, REPORT
from pipeline.tables.schema import TABLES

_NEEDED = ("report", "figure", "fetch")
_SCHEMA = {table.name: table for table in TABLES}
_PLACED = ("organ_id", "organ", "division_code", "province", "city", "county")
_APART = frozenset({"report_id", "reader", *_PLACED, "is_current", "version", "form"})
_SAID = tuple(
    column.name
    for column in FIGURE.columns
    if column.name not in {"report_id", "part", "item", "measure", "cell"}
)
_CORRECTED = tuple(name for name in _SAID if name.startswith("corrected_"))
_TOLD = tuple(name for name in _SAID if not name.startswith("where_"))

REASONS = {
    "new_report": "no report of this organ, year and scope was there before",
    "new_bytes": "other bytes of the same organ, year and scope are there: the portal gives another version",
    "recognised": "the bytes were there before and were not taken for a report",
    "not_recognised": "the bytes are still there and are not taken for a report any more",
    "same_report": "the figures and words are those of another report, which has the address as well",
    "not_held": "the bytes are not in the archive of the later release",
    "correction": "a reviewed correction came, went or changed",
    "reader": "another version of the program read the bytes",
    "form": "the tables of the report are taken for another form",
    "registry": "the organ is placed elsewhere, or named otherwise",
    "version": "another version of the report is the current one now",
    "unexplained": "none of these: the same version of the program reads the same bytes otherwise",
}
"""Why something changed: every word of the column `why`, and what it means."""


@contextmanager
def compared(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables `report_change` and `cell_change` between two folders of Parquet files.

    Memory is bounded however large they are: cells are only looked at in reports where their sum differs. Raises
    InputProblem for a folder without the tables. A column that an older schema has not is empty there.
    """
    with ExitStack() as stack:
        spill = stack.enter_context(TemporaryDirectory(prefix="gongkai-diff-"))
        memory = stack.enter_context(duckdb.connect(config=within_bounds(Path(spill) / "diff")))
        for side, folder in (("a", before), ("b", after)):
            for table in _NEEDED:
                path = folder / f"{table}.parquet"
                if not path.is_file():
                    raise InputProblem(
                        f"{path} is not there: {folder} is no release and no folder of tables."
                    )
                source = f"read_parquet({quoted(str(path))})"
                there = {name for name, *_ in memory.execute(f"DESCRIBE FROM {source}").fetchall()}
                later = [c for c in _SCHEMA[table].columns if c.name not in there]
                lacking = "".join(f', NULL::{c.kind.sql} AS "{c.name}"' for c in later)
                memory.execute(f"CREATE VIEW {side}_{table} AS SELECT *{lacking} FROM {source}")
        try:
            for statement in _steps():
                memory.execute(statement)
        except duckdb.BinderException as error:
            raise Problem(
                f"{before} and {after} cannot be compared, their columns differ: {error}"
            ) from error
        yield memory


def _steps() -> Iterator[str]:
    """Statements that make the tables, each from those before it; side `a` is the earlier release."""
    placed = _differ(_PLACED)
    said = ", ".join(_SAID)
    others = tuple(
        column.name
        for column in REPORT.columns
        if column.name not in _APART and not column.name.endswith(("_count", "_checks"))
    )
    yield """CREATE TABLE met AS
SELECT report_id AS a_id, report_id AS b_id FROM a_report JOIN b_report USING (report_id)
UNION ALL
SELECT a.report_id, b.report_id FROM a_report AS a JOIN b_report AS b USING (organ_id, report_year)
WHERE a.scope IS NOT DISTINCT FROM b.scope AND a.is_current AND b.is_current AND a.report_id <> b.report_id"""
    yield f"""CREATE TABLE report_change AS
SELECT 'added' AS change, CASE WHEN report_id IN (SELECT b_id FROM met) THEN 'new_bytes'
    WHEN sha256 IN (SELECT sha256 FROM a_fetch) THEN 'recognised' ELSE 'new_report' END AS why,
  report_id, organ, report_year, title
FROM b_report ANTI JOIN a_report USING (report_id)
UNION ALL
SELECT 'gone', CASE WHEN sha256 IN (SELECT sha256 FROM b_fetch WHERE report_id IS NOT NULL) THEN 'same_report'
    WHEN sha256 IN (SELECT sha256 FROM b_fetch) THEN 'not_recognised' ELSE 'not_held' END,
  report_id, organ, report_year, title
FROM a_report ANTI JOIN b_report USING (report_id)
UNION ALL
SELECT 'changed', CASE WHEN a.reader <> b.reader THEN 'reader' WHEN {_differ(("form",))} THEN 'form'
    WHEN {placed} THEN 'registry' WHEN a.is_current <> b.is_current THEN 'version' ELSE 'unexplained' END,
  report_id, b.organ, b.report_year, b.title
FROM a_report AS a JOIN b_report AS b USING (report_id)
WHERE {placed} OR {_differ(("form", "is_current", *others))}"""
    for side in ("a", "b"):
        yield f"""CREATE TABLE {side}_sum AS
SELECT report_id AS {side}_id, count(*) AS {side}_n, bit_xor(hash(cell, {said})) AS {side}_xor
FROM {side}_figure GROUP BY report_id"""
    yield f"""CREATE TABLE pair AS
SELECT a_id, b_id, b.organ, b.report_year, CASE WHEN a_id <> b_id THEN 'new_bytes'
  WHEN a.reader <> b.reader THEN 'reader' WHEN {_differ(("form",))} THEN 'form' ELSE 'unexplained' END AS why
FROM met JOIN a_report AS a ON a.report_id = a_id JOIN b_report AS b ON b.report_id = b_id
LEFT JOIN a_sum USING (a_id) LEFT JOIN b_sum USING (b_id)
WHERE a_n IS DISTINCT FROM b_n OR a_xor IS DISTINCT FROM b_xor"""
    told = ", ".join(f"a.{name} AS {name}_before, b.{name} AS {name}_after" for name in _TOLD)
    yield f"""CREATE TABLE cell_change AS
SELECT CASE WHEN a.status IS NULL THEN 'added' WHEN b.status IS NULL THEN 'gone' ELSE 'changed' END AS change,
  CASE WHEN a_id = b_id AND ({_differ(_CORRECTED)}) THEN 'correction' ELSE why END AS why,
  organ, report_year, cell, {told}, a_id AS report_id_before, b_id AS report_id_after
FROM (SELECT pair.*, f.* FROM pair JOIN a_figure AS f ON report_id = a_id) AS a
FULL JOIN (SELECT pair.*, f.* FROM pair JOIN b_figure AS f ON report_id = b_id) AS b
  USING (a_id, b_id, cell, organ, report_year, why)
WHERE a.status IS NULL OR b.status IS NULL OR (a_id = b_id AND ({_differ(_SAID)})) OR {_differ(_TOLD)}"""


def _differ(names: tuple[str, ...]) -> str:
    return " OR ".join(f'a."{name}" IS DISTINCT FROM b."{name}"' for name in names)
