"""From what Scrapy asked and was answered to what the archive keeps of it."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Headers, Response

from pipeline.archive import Exchange


def exchange_of(request: Request, response: Response) -> Exchange:
    """What went over the wire and has just come, as the archive keeps it."""
    return Exchange(
        url=request.url,
        method=request.method,
        request_headers=_headers(request.headers),
        status=response.status,
        reason=_reason(response.status),
        response_headers=_headers(response.headers),
        payload=response.body,
        fetched_at=datetime.now(UTC),
        posted=request.body,
    )


def _headers(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )


def _reason(status: int) -> str:
    """The phrase that belongs to a status; Scrapy does not hand on the server's own."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
