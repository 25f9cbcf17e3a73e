"""Parquet, DuckDB and every comment say the same, because they are made from one schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from pipeline.check.finding import Cause, Verdict
from pipeline.extract.record import Status
from pipeline.tables.database import DATABASE, make_database, open_database
from pipeline.tables.layout import lay_out
from pipeline.tables.parquet import TableWriter, packed
from pipeline.tables.reading import CAUSES, STATUSES, VERDICTS
from pipeline.tables.schema import ABOUT, KEPT, MACROS, SCHEMA_VERSION, TABLES, VIEWS

_FILLED = {"VARCHAR": "x", "INTEGER": 0, "BOOLEAN": True, "TIMESTAMP": datetime(2026, 1, 1)}  # noqa: DTZ001 - as stored
FIGURE: dict[str, object] = {
    **{column.name: None for table in TABLES if table.name == "figure" for column in table.columns},
    "report_id": "r1",
    "part": "requests",
    "item": "received",
    "measure": "total",
    "cell": "requests/received/total",
    "value": Decimal(3),
    "unit": "件",
    "status": "reported",
    "raw": "3",
    "where_table": 2,
    "where_row": 4,
    "where_column": 9,
}


OTHER = {"item": "granted", "cell": "requests/granted/total"}
REPORT: dict[str, object] = {
    column.name: None if column.null else _FILLED[column.kind.sql]
    for table in TABLES
    if table.name == "report"
    for column in table.columns
} | {"report_id": "r1"}
ISSUE: dict[str, object] = {
    "report_id": "r1",
    "position": 1,
    "code": "cell_twice",
    "at": None,
    "message": "It is there twice.",
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every table, without a row."""
    folder = tmp_path_factory.mktemp("empty")
    for table in TABLES:
        TableWriter(table, folder).close()
    make_database(folder, folder / DATABASE, {"made_by": "a test"})
    return folder


@pytest.fixture
def connection(empty: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(empty) as opened:
        yield opened


def test_database_has_the_columns_types_and_comments_of_the_schema(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    laid = [*(laid.table for laid in lay_out(TABLES)), ABOUT]
    names = [table.name for table in laid]
    rows = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE list_contains(?, table_name) ORDER BY table_name, column_index",
        [names],
    ).fetchall()
    assert [(*row[:2], row[2].replace(", ", ","), *row[3:]) for row in rows] == [
        (table.name, column.name, column.type.replace(", ", ","), column.null, column.comment)
        for table in sorted(laid, key=lambda table: table.name)
        for column in table.columns
    ]
    kept = [view for view in (*KEPT, *VIEWS) if view.kept]
    comments = connection.execute("SELECT table_name, comment FROM duckdb_tables() ORDER BY 1").fetchall()
    expected = [(table.name, table.comment) for table in laid] + [(view.name, view.comment) for view in kept]
    assert comments == sorted(expected)


def test_every_table_of_the_schema_is_asked_by_its_name(connection: duckdb.DuckDBPyConnection) -> None:
    """Also the long ones, which are kept by numbers: a view shows their columns in order."""
    for table in TABLES:
        described = connection.execute(f'DESCRIBE "{table.name}"').fetchall()
        assert [row[0] for row in described][: len(table.columns)] == [
            column.name for column in table.columns
        ]


def test_views_have_the_columns_and_comments_of_the_schema(connection: duckdb.DuckDBPyConnection) -> None:
    shown = [laid.view for laid in lay_out(TABLES) if laid.view is not None]
    assert {view.name for view in shown} == {"figure", "section", "finding", "issue"}
    for view in (*KEPT, *VIEWS, *shown):
        described = connection.execute(f'DESCRIBE "{view.name}"').fetchall()
        assert [row[0] for row in described] == [name for name, _ in view.columns]
        comments = connection.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [view.name],
        ).fetchall()
        assert tuple(comments) == view.columns
        told = connection.execute(
            "SELECT comment FROM duckdb_tables() WHERE table_name = $1 UNION ALL "
            "SELECT comment FROM duckdb_views() WHERE view_name = $1",
            [view.name],
        )
        assert told.fetchall() == [(view.comment,)]


def test_macros_have_the_columns_of_the_schema_and_tell_them(connection: duckdb.DuckDBPyConnection) -> None:
    for macro in MACROS:
        given = ", ".join("'x'" for _ in macro.parameters)
        described = connection.execute(f"DESCRIBE FROM {macro.name}({given})").fetchall()
        assert [row[0] for row in described] == [name for name, _ in macro.columns]
        told = connection.execute(
            "SELECT parameters, comment FROM duckdb_functions() WHERE function_name = ?", [macro.name]
        ).fetchall()
        assert [parameters for parameters, _ in told] == [[name for name, _ in macro.parameters]]
        assert told[0][1].startswith(macro.comment)
        assert all(
            f"{name}: {comment}" in told[0][1] for name, comment in (*macro.parameters, *macro.columns)
        )


def test_parquet_has_the_columns_types_and_comments_of_the_schema(empty: Path) -> None:
    for table in TABLES:
        schema = pq.read_schema(empty / f"{table.name}.parquet")
        assert schema.equals(table.schema, check_metadata=True)
        assert schema.metadata[b"comment"].decode() == table.comment


def test_a_comment_stands_everywhere() -> None:
    for table in (*TABLES, ABOUT):
        assert table.comment
        assert all(column.comment for column in table.columns)


def test_words_of_the_schema_are_the_words_of_the_rooms() -> None:
    assert tuple(status.value for status in Status) == STATUSES
    assert tuple(verdict.value for verdict in Verdict) == VERDICTS
    assert tuple(cause.value for cause in Cause) == CAUSES


def test_columns_that_others_rely_on_are_there() -> None:
    promised = {
        "report": "report_id organ_id organ division_code province city county report_year form scope title "
        "published_on url media_type fetched_at sha256 is_current",
        "figure": "report_id part item measure value unit status raw",
        "section": "report_id number title text",
        "finding": "report_id check_id at verdict left_value right_value cause",
        "issue": "report_id code at message",
        "fetch": "url portal_code fetched_at outcome status sha256 size",
        "coverage": "portal_code organ report_year state reason",
    }
    for table in TABLES:
        names = {column.name for column in table.columns}
        assert set(promised.get(table.name, "").split()) <= names


def test_file_opens_with_storage_of_the_first_stable_version(empty: Path) -> None:
    with duckdb.connect(empty / DATABASE, read_only=True) as opened:
        tags = opened.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.0.0")


def test_about_tells_the_schema_and_what_it_is_given(connection: duckdb.DuckDBPyConnection) -> None:
    told = dict(connection.execute("SELECT key, value FROM about").fetchall())
    assert told["schema_version"] == SCHEMA_VERSION
    assert told["made_by"] == "a test"


def database_of(folder: Path, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Make a database in `folder` of these rows by table, the other tables without a row."""
    for table in TABLES:
        with TableWriter(table, folder) as writer:
            for row in rows.get(table.name, ()):
                writer.add(row)
    make_database(folder, folder / DATABASE, {})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "blank"}, "CHECK"),  # a value without a number printed
        ({"value": None}, "CHECK"),  # a number printed without a value
        ({"status": "guessed"}, "guessed"),
        ({"cell": "requests/received/natural_person"}, "CHECK"),
        ({"report_id": "nowhere"}, "NOT NULL"),  # a figure of no report
    ],
)
def test_database_refuses_what_the_schema_forbids(
    tmp_path: Path, change: dict[str, object], why: str
) -> None:
    with pytest.raises(duckdb.Error, match=why):
        database_of(tmp_path, {"report": [REPORT], "figure": [{**FIGURE, **change}]})


@pytest.mark.parametrize(
    "rows",
    [
        {"report": [REPORT, REPORT]},
        {"report": [REPORT], "figure": [FIGURE, FIGURE]},
        {
            "report": [REPORT],
            "figure": [FIGURE, {**FIGURE, **OTHER}, {**FIGURE, "raw": "4", "value": Decimal(4)}],
        },
        {"report": [REPORT], "issue": [ISSUE, ISSUE]},
    ],
)
def test_database_refuses_the_same_key_twice(
    tmp_path: Path, rows: dict[str, list[dict[str, object]]]
) -> None:
    with pytest.raises(duckdb.ConstraintException, match="same key"):
        database_of(tmp_path, rows)


def test_long_tables_are_sorted_in_the_database_and_whole(tmp_path: Path) -> None:
    """More rows than a row group has, two reports in an order that is not that of their places."""
    reports = [
        {**REPORT, "report_id": name, "division_code": code} for name, code in (("r2", "2"), ("r1", "1"))
    ]
    figures = [
        {
            **FIGURE,
            "report_id": report["report_id"],
            "item": f"{n:06}",
            "cell": f"requests/{n:06}/total",
            "raw": str(n),
        }
        for report in reports
        for n in range(70_000)
    ]
    database_of(tmp_path, {"report": reports, "figure": figures})
    with duckdb.connect(tmp_path / DATABASE, read_only=True) as opened:
        assert opened.execute("SELECT report_id, report_number FROM report ORDER BY 2").fetchall() == [
            ("r1", 1),
            ("r2", 2),
        ]
        stored = opened.execute(
            "SELECT cell_number, report_number FROM figure_stored ORDER BY rowid"
        ).fetchall()
        assert stored == [(n + 1, report) for n in range(70_000) for report in (1, 2)]
        shown = opened.execute("SELECT report_id, cell, raw FROM figure").fetchall()
        assert sorted(shown) == sorted((row["report_id"], row["cell"], row["raw"]) for row in figures)


def test_writer_refuses_rows_that_are_not_of_the_table(tmp_path: Path) -> None:
    figures = next(table for table in TABLES if table.name == "figure")
    writer = TableWriter(figures, tmp_path)
    with pytest.raises(ValueError, match="cell"):
        writer.add({name: value for name, value in FIGURE.items() if name != "cell"})
    with pytest.raises(ValueError, match="odd"):
        writer.add({**FIGURE, "odd": 1})
    writer.add({**FIGURE, "raw": None})
    with pytest.raises(ValueError, match=r"figure\.raw"):
        writer.close()


def test_rows_packed_or_one_by_one_give_the_same_file(tmp_path: Path) -> None:
    """Across the ends of row groups, with packs of any size, among them none and more than a group."""
    figures = replace(next(table for table in TABLES if table.name == "figure"), group=10)
    rows = [{**FIGURE, "report_id": str(number), "raw": "x" * (number % 7)} for number in range(53)]
    files = []
    for sizes in ([], [3] * 17, [0, 25, 1, 10, 0, 17]):
        folder = tmp_path / str(len(sizes))
        folder.mkdir()
        left = iter(rows)
        with TableWriter(figures, folder) as writer:
            for size in sizes:
                writer.add_packed(packed(figures, list(islice(left, size))))
            for row in left:
                writer.add(row)
        files.append(writer.path.read_bytes())
        assert pq.read_table(writer.path)["report_id"].to_pylist() == [row["report_id"] for row in rows]
        assert pq.read_metadata(writer.path).num_row_groups == 6
    assert files[0] == files[1] == files[2]
