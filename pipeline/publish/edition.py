"""What one release is: its version and date, and the figures about it that its texts tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from pipeline.problem import Problem
from pipeline.publish.version import Version
from pipeline.tables.schema import TABLES

TITLE = (
    "gongkai: an open, longitudinal dataset of Chinese local governments' yearly reports on open government "
    "information"
)
TITLE_ZH = "公开：中国地方政府信息公开工作年度报告开放数据集"
DESCRIPTION = (
    "Every figure of the yearly reports on open government information that Chinese government organs publish, as "
    "printed, with what each cell says (a number, a blank, a dash, something unreadable), the checks that each report "
    "passes or fails, what is missing and why, and the page and bytes that every figure was read from."
)
DESCRIPTION_ZH = (
    "中国政府机关政府信息公开工作年度报告中的全部数据，按原文收录：每个单元是数字、空白、不适用还是无法识别，"
    "每份报告的勾稽核对结果，缺少哪些报告及其原因，以及每个数据出自哪个网页、哪份原始文件。"
)
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CREATOR = "The gongkai developers"
KEYWORDS = ("open government information", "China", "local government", "政府信息公开", "年度报告")


@dataclass(frozen=True, slots=True)
class Edition:
    """One release. `rows` counts the rows of every table, `reports` the current reports by province and year."""

    version: Version
    date: date
    made_by: str
    rows: Mapping[str, int]
    reports: Mapping[tuple[str | None, int | None], int]

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and last year that is reported on; None where no report tells its year."""
        known = [year for _, year in self.reports if year is not None]
        return (min(known), max(known)) if known else None


def edition_of(
    database: duckdb.DuckDBPyConnection, version: Version, made_by: str, given: date | None
) -> Edition:
    """The figures of a release from its database.

    Its date is the day of the last fetch, unless one is given: never that of the clock, so that the same archive
    gives the same release. Raises Problem where neither is there.
    """
    day = given or _value(database, "SELECT max(fetched_at)::DATE FROM main.fetch")
    if not isinstance(day, date):
        raise Problem("Nothing was fetched, so the release has no date. Give one with --date YYYY-MM-DD.")
    rows = {table.name: _count(database, table.name) for table in TABLES}
    reports = database.execute(
        "SELECT province, report_year, count(*) FROM report WHERE is_current GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return Edition(version, day, made_by, rows, {(place, year): count for place, year, count in reports})


def _value(database: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = database.execute(sql).fetchone()
    return row[0] if row else None


def _count(database: duckdb.DuckDBPyConnection, table: str) -> int:
    row = database.execute(f'SELECT count(*) FROM main."{table}"').fetchone()
    return int(row[0]) if row else 0
