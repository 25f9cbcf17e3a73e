"""Making tables from pages of organs, and asking them which organs are one and where their lines break."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.build import build
from tests.tables.making import Crawl

Page = tuple[str, int]


def made(folder: Path, portal: str, pages: list[str]) -> Path:
    with Crawl(folder, portal) as crawl:
        for number, page in enumerate(pages):
            crawl.fetch(f"{crawl.home}{number}.html", page)
    build(folder)
    return folder


def organs(connection: duckdb.DuckDBPyConnection, *names: str) -> list[tuple[str, int, int]]:
    return connection.execute(
        "SELECT canonical_name, first_year, last_year FROM organ "
        "WHERE list_contains(?, canonical_name) ORDER BY ALL",
        [names],
    ).fetchall()


def links(connection: duckdb.DuckDBPyConnection, *names: str) -> list[tuple[object, ...]]:
    """The links of these organs, the last whether both ends are one."""
    return connection.execute(
        "SELECT name, successor_name, kind::VARCHAR, report_year, until_year, doubt::VARCHAR, "
        "organ_id = successor_id FROM organ_link "
        "WHERE list_contains($1, name) OR list_contains($1, successor_name) ORDER BY ALL",
        [names],
    ).fetchall()


def line(connection: duckdb.DuckDBPyConnection, organ: str) -> list[tuple[object, ...]]:
    """Year, break, segment, and whether there is a change, of one series of the organ by its last name."""
    return connection.execute(
        "SELECT report_year, organ_break, segment, change IS NOT NULL FROM series('requests_received') AS s "
        "JOIN organ AS o USING (organ_id) WHERE o.organ = ? ORDER BY 1",
        [organ],
    ).fetchall()
