"""The DuckDB file: made from the Parquet files, and opened for reading."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.problem import Problem
from pipeline.tables.apart import Step, run_apart
from pipeline.tables.disk import synced
from pipeline.tables.layout import Laid, lay_out
from pipeline.tables.model import Macro, Table, View, quoted
from pipeline.tables.reading import FIGURE
from pipeline.tables.schema import ABOUT, KEPT, MACROS, SCHEMA_VERSION, TABLES, VIEWS

DATABASE = "gongkai.duckdb"
_MOST = 2 * 10**9  # bytes
_BASE = 64 * 10**6
_CORE = 32 * 10**6  # each sorts blocks of its own
_FIGURE = 10  # what is sorted of them comes from the disk in few and long pieces
BUILT = "built.json"
"""Of a working copy: which build was last, and where it lies."""


def make_database(tables: Path, target: Path, about: Mapping[str, str]) -> None:
    """Write the database of all Parquet files in the folder `tables` to the new file `target`.

    `about` is added to what table `about` says by itself, the schema's version. The storage is that of DuckDB 1.0.0,
    which every later client and the one in browsers open. A process of its own makes it, which takes memory as
    `within_bounds` says, and room on the disk beside `target` for what does not fit. Raises duckdb.Error where the
    rows break a rule of the schema, where two rows have the same key, or where the disk is full; `target` is then of
    no use.
    """
    told = {"schema_version": SCHEMA_VERSION, **about}
    run_apart([*_steps(tables, target, told)], within_bounds(target, figures_in(tables)))
    synced(target)


def _steps(tables: Path, target: Path, told: Mapping[str, str]) -> Iterator[Step]:
    yield Step(f"ATTACH {quoted(str(target))} AS made (STORAGE_VERSION 'v1.0.0')")
    yield Step("USE made")
    yield Step("BEGIN")
    shown: list[Table | View | Macro] = []
    for laid in lay_out(TABLES):
        yield from _filled(laid, tables / f"{laid.source}.parquet")
        shown += [laid.table] if laid.view is None else [laid.table, laid.view]
    yield Step(ABOUT.create)
    about = [{"key": key, "value": value} for key, value in sorted(told.items())]
    yield Step("INSERT INTO about VALUES ($key, $value)", about)
    for view in (*KEPT, *VIEWS):
        yield Step(view.create, parts=view.parts, more=view.add if view.parts else None)
    yield from (Step(macro.create) for macro in MACROS)
    for part in (*shown, ABOUT, *KEPT, *VIEWS, *MACROS):
        yield from map(Step, part.comments())
    yield from map(Step, ("COMMIT", "USE memory", "DETACH made"))


def _filled(laid: Laid, source: Path) -> Iterator[Step]:
    yield Step(laid.table.create)
    yield Step(laid.fill, [{"source": str(source)}])
    if laid.view is not None:
        yield Step(laid.view.create)
    if laid.twice:
        yield Step(laid.twice, refused=f"Two rows of {laid.table.name} have the same key")


def figures_in(tables: Path) -> int:
    """How many figures the folder of Parquet files has, which are most of its rows."""
    return int(pq.read_metadata(tables / f"{FIGURE.name}.parquet").num_rows)


def within_bounds(
    target: Path, figures: int | None = None
) -> dict[str, str | bool | int | float | list[str]]:
    """What a build may take: some memory for each core, or a few bytes for each of so many figures where that is
    more; half of the machine's and never more than 2 GB. The rest goes to the disk beside `target`.
    """
    memory = min(_MOST, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)
    if figures is not None:
        memory = min(memory, max(_BASE + _CORE * (os.cpu_count() or 1), _FIGURE * figures))
    return {"memory_limit": f"{memory}B", "temp_directory": str(target.with_suffix(".spill"))}


def open_database(data: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the database of the data folder; of a working copy without one, to that of the last
    build where it lies: what a question needs is read from there.

    Nothing else is looked up on the network. Raises Problem where there is no database, where it cannot be opened,
    or where it was made with another version of the schema.
    """
    here = data / DATABASE
    again = f"Run: gongkai build --data {data}"
    url = None if here.is_file() else _elsewhere(data)
    path = str(here) if url is None else f"{url}/{DATABASE}"
    if url is None and not here.is_file():
        raise Problem(f"There is no database at {path}. {again}")
    try:
        if url is not None:
            connection = _attached(url)
        else:
            connection = duckdb.connect(path, read_only=True, config={"autoinstall_known_extensions": False})
    except duckdb.Error as error:
        raise Problem(f"The database {path} cannot be opened: {error}\nIf it is damaged: {again}") from error
    try:
        found = connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchone()
    except duckdb.CatalogException:
        found = None
    if found is None or found[0] != SCHEMA_VERSION:
        connection.close()
        had = f"version {found[0]} of the schema" if found else "a schema without a version"
        raise Problem(f"The database {path} has {had}, this program needs version {SCHEMA_VERSION}. {again}")
    return connection


def database_of(data: Path) -> str:
    """The path of the database of a data folder; of a working copy, the address of that of the last build."""
    url = _elsewhere(data)
    return str(data / DATABASE) if url is None else f"{url}/{DATABASE}"


def _elsewhere(data: Path) -> str | None:
    """The address below which the last build lies that a working copy is of."""
    try:
        return str(json.loads((data / BUILT).read_text(encoding="utf-8"))["url"])
    except FileNotFoundError:
        return None


def _attached(url: str) -> duckdb.DuckDBPyConnection:
    from pipeline.storage.store import Store  # noqa: PLC0415 - what lies in a folder needs none of it

    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    try:
        connection.register_filesystem(Store(url).filesystem(""))
        connection.execute(f"ATTACH 'dir://{DATABASE}' AS {DATABASE.partition('.')[0]} (READ_ONLY)")
        connection.execute(f"USE {DATABASE.partition('.')[0]}")
    except BaseException:
        connection.close()
        raise
    return connection
