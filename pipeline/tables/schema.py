"""The one schema: every table, view and macro of the dataset, and its version."""

from __future__ import annotations

from pipeline.tables.comparing import SERIES, SERIES_CELL, SERIES_STEP
from pipeline.tables.holding import COVERAGE, DIVISION, FETCH, INDICATOR
from pipeline.tables.identity import ORGAN, ORGAN_KIND, ORGAN_LINK, ORGAN_NAME, ORGAN_REFORM
from pipeline.tables.macros import MACROS
from pipeline.tables.model import (
    TEXT,
    Table,
    required,
)
from pipeline.tables.panel import PANEL_STORED
from pipeline.tables.reading import FIGURE, FINDING, ISSUE, REPORT, REPORT_PAGE, SECTION
from pipeline.tables.views import VIEWS

__all__ = ["ABOUT", "KEPT", "MACROS", "SCHEMA_VERSION", "TABLES", "VIEWS"]

SCHEMA_VERSION = "10"  # counts up with every change of a table, a view, a name or a meaning

TABLES = (
    REPORT,
    FIGURE,
    SECTION,
    FINDING,
    ISSUE,
    REPORT_PAGE,
    FETCH,
    COVERAGE,
    ORGAN,
    ORGAN_NAME,
    ORGAN_LINK,
    ORGAN_KIND,
    DIVISION,
    INDICATOR,
    SERIES,
    SERIES_CELL,
    SERIES_STEP,
)

KEPT = (ORGAN_REFORM, PANEL_STORED)  # kept views that only stand behind others

ABOUT = Table(
    "about",
    "What this database is: its schema's version, who wrote it, the Parquet files it was made from",
    (
        required("key", TEXT, "What is told"),
        required("value", TEXT, "What it is"),
    ),
    key=("key",),
)
