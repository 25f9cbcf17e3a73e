"""Whether the dataset built from the sample says what the sample pages print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal

import duckdb

from pipeline.sample.site import SampleReport, sample_reports
from pipeline.sample.truth import load_truth

_Cell = tuple[str, Decimal | None, str]  # status, value, text


def differences(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A sentence for each report, cell and failed check that is not as meant; none where all is well.

    Every cell of every report is compared, with its status, value and text, and so is every failed check.
    """
    reports = {_sha256(report): report for report in sample_reports()}
    found = dict(
        connection.execute("SELECT sha256, (report_id, organ, report_year, form) FROM report").fetchall()
    )
    for sha256 in set(found) - set(reports):
        yield f"{found[sha256]} is held and is no report of the sample."
    for sha256, report in reports.items():
        name = f"{report.organ.name} {report.publication.year} version {report.publication.version}"
        if sha256 not in found:
            yield f"{name} is not held."
            continue
        report_id, *identity = found[sha256]
        meant = [report.organ.name, report.publication.year, report.publication.form]
        if identity != meant:
            yield f"{name} is read as {identity}."
        yield from (f"{name} {text}" for text in _cells(connection, report_id, report))
        yield from (f"{name} {text}" for text in _checks(connection, report_id, report))


def _sha256(report: SampleReport) -> str:
    return hashlib.sha256(report.html).hexdigest()


def _cells(connection: duckdb.DuckDBPyConnection, report_id: str, report: SampleReport) -> Iterator[str]:
    rows = connection.execute(
        "SELECT cell, status, value, raw FROM figure WHERE report_id = ?", [report_id]
    ).fetchall()
    read: dict[str, _Cell] = {cell: (status, value, raw) for cell, status, value, raw in rows}
    meant = {cell: (item.status, item.value, item.text) for cell, item in report.figures.items()}
    for cell in sorted(set(read) | set(meant)):
        if read.get(cell) != meant.get(cell):
            yield f"{cell}: read {read.get(cell)}, meant {meant.get(cell)}."


def _checks(connection: duckdb.DuckDBPyConnection, report_id: str, report: SampleReport) -> Iterator[str]:
    rows = connection.execute(
        'SELECT check_id, "at", left_value, right_value, cause FROM finding '
        "WHERE report_id = ? AND verdict = 'fail'",
        [report_id],
    ).fetchall()
    key = (report.publication.organ, report.publication.year, report.publication.version)
    meant = {
        (item.check, item.at, item.left, item.right, "source")
        for item in load_truth().contradictions
        if (item.organ, item.year, item.version) == key
    }
    for finding in sorted(set(rows) ^ meant, key=str):
        yield f"{finding}: {'fails, and is not meant to' if finding in rows else 'is meant to fail'}."
