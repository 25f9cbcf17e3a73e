"""The words by which a server can be asked whether a document has changed (RFC 9110, 8.8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{1,200}"')
# a document that changed within the minute may change again within the second
_SETTLED = timedelta(seconds=60)


def validators(headers: Iterable[tuple[str, str]]) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of a response, each None where it cannot be used.

    An ETag must have its prescribed form. Last-Modified must be a minute before the response's own Date: one that
    is as young as the answer, or from the future, is the clock's and not the document's.
    """
    given = {name.lower(): value.strip() for name, value in headers}
    etag = given.get("etag", "")
    changed, answered = _moment(given.get("last-modified")), _moment(given.get("date"))
    settled = changed is not None and answered is not None and changed <= answered - _SETTLED
    return etag if _ETAG.fullmatch(etag) else None, given["last-modified"] if settled else None


def _moment(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
