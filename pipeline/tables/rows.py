"""From a reading to rows: pure, one document at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from pipeline.archive import Entry
from pipeline.check.finding import Cause, Finding, Verdict
from pipeline.extract.record import Figure, Issue, Record, Status
from pipeline.read.sniff import HTML
from pipeline.tables.naming import Naming

Row = dict[str, Any]  # one row of a table of the schema, by column

NO_PAGES: Mapping[int, Entry | None] = MappingProxyType({})
SMALLEST = Decimal("0.0001")
_LARGEST = Decimal(10) ** 14


@dataclass(slots=True)
class ReportRows:
    """The rows one report gives; organ, `version`, `carrier_url` and `is_current` of the report row are settled once
    all reports are known. `name_id` is that of the organ's name.
    """

    report: Row
    figures: list[Row] = field(default_factory=list)
    sections: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)
    pages: list[Row] = field(default_factory=list)
    name_id: str | None = None


def report_id(body_sha256: str, ordinal: int = 1) -> str:
    """The id of a report: from its bytes, and its number where one file holds several. Of a report in several pages or
    pictures, `body_sha256` is that of all of them.
    """
    return sha256(f"{body_sha256}/{ordinal}".encode()).hexdigest()[:16]


def report_rows(
    entry: Entry,
    media_type: str,
    record: Record,
    findings: Iterable[Finding],
    naming: Naming,
    reader: str,
    pages: Mapping[int, Entry | None] = NO_PAGES,
) -> ReportRows:
    """The rows of a record that is a report; `entry` is the first to hold its bytes. Of a report in several
    pages or pictures, `pages` are these by their numbers, None of one that was not got, and `entry` is the first.

    A number that the tables cannot hold exactly is not given as one: its figure is `unreadable`, with the
    issue `value_out_of_range`. A cell read twice and differently is `ambiguous`, with the issue `cell_twice`.
    """
    if entry.sha256 is None:
        raise ValueError(f"{entry.url} has no body")
    held = [page for page in pages.values() if page is not None]
    identity = report_id("+".join((page and page.sha256) or "-" for page in pages.values()) or entry.sha256)
    got = max((page.fetched_at for page in held), default=entry.fetched_at)
    named = naming.name(record.organ, entry.portal, record.year) if record.organ else None
    place = named.place if named else naming.places.place(None, entry.portal, record.year)
    issues = list(record.issues)
    figures = _figures(record.figures, issues)
    checks = [_finding(finding, issues) for finding in findings]
    statuses = Counter(row["status"] for row in figures)
    verdicts = Counter(row["verdict"] for row in checks)
    report: Row = {
        "report_id": identity,
        "organ_id": named and named.known_id,
        "organ": record.organ,
        "division_code": place and place.division_code,
        "province": place and place.province,
        "city": place and place.city,
        "county": place and place.county,
        "report_year": record.year,
        "form": record.form,
        "scope": record.scope,
        "title": record.title,
        "published_on": record.published_on,
        "url": address(entry),
        "page_url": entry.referrer if entry.kind == "report" and media_type != HTML else None,
        "carrier_url": None,
        "media_type": media_type,
        "fetched_at": utc(got),
        "sha256": entry.sha256,
        "portal_code": entry.portal,
        "tls": entry.tls and entry.tls.value,
        "version": 1,
        "is_current": False,
        "figure_count": len(figures),
        **{f"{status.value}_count": statuses[status.value] for status in Status},
        "check_count": len(checks),
        "failed_checks": verdicts[Verdict.FAIL.value],
        "failed_by_source": sum(row["cause"] == Cause.SOURCE.value for row in checks),
        "unassessable_checks": verdicts[Verdict.UNASSESSABLE.value],
        "issue_count": len(issues),
        "reader": reader,
    }
    sections: list[Row] = [
        {"number": section.number, "title": section.title, "text": section.text}
        for section in record.sections
    ]
    noticed: list[Row] = [{"code": issue.code, "at": issue.at, "message": issue.message} for issue in issues]
    return ReportRows(
        report,
        [{"report_id": identity, **row} for row in figures],
        _placed(identity, sections),
        _placed(identity, checks),
        _placed(identity, noticed),
        [_page(identity, number, page) for number, page in pages.items() if page is not None],
        naming.name_id(named) if named and not named.is_shared else None,
    )


def _page(identity: str, number: int, page: Entry) -> Row:
    return {
        "report_id": identity,
        "position": number,
        "url": page.url,
        "sha256": page.sha256,
        "fetched_at": utc(page.fetched_at),
    }


def address(entry: Entry) -> str:
    """Where the bytes are from: their address, or the path of an imported file as it was given."""
    return entry.anchor if entry.kind == "import" and entry.anchor else entry.url


def utc(moment: datetime) -> datetime:
    """A moment as the tables hold it: UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def fits(value: Decimal) -> bool:
    """Whether DECIMAL(18,4) holds the number exactly."""
    return value.is_finite() and abs(value) < _LARGEST and value % SMALLEST == 0


def _figures(figures: Iterable[Figure], issues: list[Issue]) -> list[Row]:
    rows: dict[str, Row] = {}
    for figure in figures:
        row = _figure(figure, issues)
        first = rows.setdefault(figure.cell, row)
        if first is row:
            continue
        issues.append(
            Issue("cell_twice", figure.cell, f"The cell is read twice; the second time: {figure.raw!r}")
        )
        if any(first[name] != row[name] for name in ("value", "unit", "status", "raw")):
            first.update(value=None, status=Status.AMBIGUOUS.value)
    return sorted(rows.values(), key=_order)


def _figure(figure: Figure, issues: list[Issue]) -> Row:
    value, status = figure.value, figure.status
    if value is not None and not fits(value):
        issues.append(
            Issue("value_out_of_range", figure.cell, f"The tables cannot hold this number: {figure.raw}")
        )
        value, status = None, Status.UNREADABLE
    if value is not None:
        value = value.quantize(SMALLEST)
    return {
        "part": figure.part,
        "item": figure.item,
        "measure": figure.measure,
        "cell": figure.cell,
        "value": value,
        "unit": figure.unit,
        "status": status.value,
        "raw": figure.raw,
        "corrected_value": None,
        "corrected_unit": None,
        "where_table": figure.where.table,
        "where_row": figure.where.row,
        "where_column": figure.where.column,
        "where_line": figure.where.line,
        "where_page": figure.where.page,
        "where_box": figure.where.box and " ".join(f"{side:g}" for side in figure.where.box),
        "method": figure.method,
        "confidence": figure.sight and Decimal(str(figure.sight.confidence)).quantize(SMALLEST),
    }


def _order(row: Row) -> tuple[object, ...]:
    """As the cells stand in the document; the name decides where the place does not."""
    return (*(row[f"where_{place}"] or 0 for place in ("line", "table", "row", "column")), row["cell"])


def _finding(finding: Finding, issues: list[Issue]) -> Row:
    sides = (finding.left, finding.right)
    verdict, cause = finding.verdict, finding.cause
    if any(side is not None and not fits(side) for side in sides):
        message = f"The tables cannot hold the sides of {finding.check}: {finding.left} and {finding.right}"
        issues.append(Issue("value_out_of_range", finding.at, message))
        sides, verdict, cause = (None, None), Verdict.UNASSESSABLE, None
    return {
        "check_id": finding.check,
        "at": finding.at,
        "verdict": verdict.value,
        "left_value": sides[0] if sides[0] is None else sides[0].quantize(SMALLEST),
        "right_value": sides[1] if sides[1] is None else sides[1].quantize(SMALLEST),
        "cause": cause and cause.value,
        "other_report_id": None,
    }


def _placed(identity: str, rows: Iterable[Row]) -> list[Row]:
    return [{"report_id": identity, "position": place, **row} for place, row in enumerate(rows, start=1)]
