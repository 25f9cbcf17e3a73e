"""A reading as the JSON object that is printed for one document."""

from __future__ import annotations

from decimal import Decimal

from pipeline.extract import Figure, Where
from pipeline.report import Reading

Json = dict[str, object]


def as_json(reading: Reading, source: str) -> Json:
    """The object for one document. Numbers are exact: whole ones as integers, others with their decimals."""
    record = reading.record
    return {
        "source": source,
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "is_report": record.is_report,
        "reason": record.reason,
        "title": record.title,
        "organ": record.organ,
        "year": record.year,
        "form": record.form,
        "published_on": record.published_on.isoformat() if record.published_on else None,
        "scope": record.scope,
        "figures": [_figure(figure) for figure in record.figures],
        "sections": [{"number": s.number, "title": s.title, "text": s.text} for s in record.sections],
        "findings": [
            {
                "check": finding.check,
                "at": finding.at,
                "verdict": finding.verdict.value,
                "left": exact(finding.left),
                "right": exact(finding.right),
                "cause": finding.cause.value if finding.cause else None,
            }
            for finding in reading.findings
        ],
        "issues": [{"code": i.code, "at": i.at, "message": i.message} for i in record.issues],
    }


def _figure(figure: Figure) -> Json:
    return {
        "part": figure.part,
        "item": figure.item,
        "measure": figure.measure,
        "value": exact(figure.value),
        "unit": figure.unit,
        "status": figure.status.value,
        "raw": figure.raw,
        "where": _where(figure.where),
        **({"method": figure.method, "confidence": figure.sight.confidence} if figure.sight else {}),
    }


def _where(where: Where) -> Json:
    places = {
        "table": where.table,
        "row": where.row,
        "line": where.line,
        "column": where.column,
        "page": where.page,
        "box": where.box,
    }
    return {name: place for name, place in places.items() if place is not None}


def exact(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    # The shortest decimal of a float with up to 15 digits is the decimal it was made from.
    return int(value) if value == value.to_integral_value() else float(value)
