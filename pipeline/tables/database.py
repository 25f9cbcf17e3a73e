"""The DuckDB file: made from the Parquet files, and opened for reading."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.problem import Problem
from pipeline.tables.model import quoted
from pipeline.tables.parquet import synced
from pipeline.tables.schema import ABOUT, SCHEMA_VERSION, TABLES, VIEWS

DATABASE = "gongkai.duckdb"


def make_database(tables: Path, target: Path, about: Mapping[str, str]) -> None:
    """Write the database of all Parquet files in the folder `tables` to the new file `target`.

    `about` is added to what table `about` says by itself: the schema's version, the SHA-256 of each Parquet
    file. The storage is that of DuckDB 1.0.0, which every later client and the one in browsers open. Raises
    duckdb.Error where the rows break a rule of the schema or the disk is full; `target` is then of no use.
    """
    told = {"schema_version": SCHEMA_VERSION, **about}
    with duckdb.connect(config={"temp_directory": str(target.with_suffix(".spill"))}) as connection:
        connection.execute(f"ATTACH {quoted(str(target))} AS made (STORAGE_VERSION 'v1.0.0')")
        connection.execute("USE made")
        connection.execute("BEGIN")
        for table in TABLES:
            source = tables / f"{table.name}.parquet"
            with source.open("rb") as file:
                told[f"sha256 of tables/{source.name}"] = hashlib.file_digest(file, "sha256").hexdigest()
            connection.execute(table.create)
            connection.execute(f'INSERT INTO "{table.name}" BY NAME FROM read_parquet(?)', [str(source)])
        connection.execute(ABOUT.create)
        connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(told.items()))
        for view in VIEWS:
            connection.execute(view.create)
        for part in (*TABLES, ABOUT, *VIEWS):
            for statement in part.comments():
                connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH made")
    synced(target)


def open_database(data: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the database of the data folder.

    Nothing is looked up on the network. Raises Problem where there is no database, where it cannot be opened,
    or where it was made with another version of the schema.
    """
    path = data / DATABASE
    again = f"Run: gongkai build --data {data}"
    if not path.is_file():
        raise Problem(f"There is no database at {path}. {again}")
    try:
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
