"""What is handed to the archive, and what its ledger says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.archive.fields import Fields, line_of
from pipeline.archive.outcome import Outcome
from pipeline.archive.tls import Tls

Headers = tuple[tuple[str, str], ...]

_CONTENT_TYPE = re.compile(r"\s*([\w!#$&^.+-]+/[\w!#$&^.+-]+)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"',]+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange as it went over the wire.

    `payload` is the body as received, after transfer-encoding and before content-encoding is undone. Header
    values are the received bytes read as Latin-1. `posted` is what was sent as the body of the request. `fetched_at`
    is aware.
    """

    url: str
    method: str
    request_headers: Headers
    status: int
    reason: str
    response_headers: Headers
    payload: bytes
    fetched_at: datetime
    posted: bytes = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: one fetch of one address, or one imported file.

    `kind` is robots, page, list, report or import. `sha256` and `size` are of the body with its
    content-encoding undone; None where there is no body or it cannot be undone. `payload_sha256` is of the
    bytes as received. `warc`, `offset` and `length` say where the bytes lie (a file of the folder `warc`, and
    the place of one gzip member in it), None where nothing was stored. Where `revisit` is true the same bytes
    were held before, and the place is that of the record which holds them; with `status` 304 the portal said so,
    and what is told of the bytes is told from that record. `anchor` is the text of the link that led here; of
    an imported file, its path as given. `etag` and `last_modified` are the portal's own words by which it can
    be asked whether the document has changed, None where it gave none that can be used. `tls` is None where
    the answer did not come over https, and in lines from before it was kept. Where `left_until` is set, the
    host is left alone until then because of this fetch. `waited_ms` are the milliseconds for which manners held
    the request back, before it and between its attempts; None where it was not sent.
    """

    url: str
    fetched_at: datetime
    outcome: Outcome
    portal: str | None = None
    run: str | None = None
    kind: str | None = None
    status: int | None = None
    media_type: str | None = None
    charset_declared: str | None = None
    sha256: str | None = None
    size: int | None = None
    warc: str | None = None
    offset: int | None = None
    length: int | None = None
    referrer: str | None = None
    anchor: str | None = None
    note: str | None = None
    attempts: int = 1
    payload_sha256: str | None = None
    revisit: bool = False
    etag: str | None = None
    last_modified: str | None = None
    tls: Tls | None = None
    left_until: datetime | None = None
    waited_ms: int | None = None

    def to_line(self) -> dict[str, object]:
        """The entry as a JSON object; what is None or false is left out."""
        return line_of(self)

    @classmethod
    def from_line(cls, line: Mapping[str, object]) -> Entry:
        """The entry of a ledger line. Raises ValueError where the line is not one."""
        read = Fields(line)
        entry = cls(
            url=read.text("url"),
            fetched_at=read.time("fetched_at"),
            outcome=Outcome(read.text("outcome")),
            portal=read.maybe_often("portal"),
            run=read.maybe_often("run"),
            kind=read.maybe_often("kind"),
            status=read.maybe_number("status"),
            media_type=read.maybe_text("media_type"),
            charset_declared=read.maybe_text("charset_declared"),
            sha256=read.maybe_text("sha256"),
            size=read.maybe_number("size"),
            warc=read.maybe_text("warc"),
            offset=read.maybe_number("offset"),
            length=read.maybe_number("length"),
            referrer=read.maybe_often("referrer"),
            anchor=read.maybe_text("anchor"),
            note=read.maybe_text("note"),
            attempts=read.number("attempts"),
            payload_sha256=read.maybe_text("payload_sha256"),
            revisit=read.flag("revisit"),
            etag=read.maybe_text("etag"),
            last_modified=read.maybe_text("last_modified"),
            tls=Tls(tls) if (tls := read.maybe_text("tls")) is not None else None,
            left_until=read.maybe_time("left_until"),
            waited_ms=read.maybe_number("waited_ms"),
        )
        read.finish()
        return entry


def declared(headers: Headers) -> tuple[str | None, str | None]:
    """Media type and charset as the headers of a response declare them, None where they do not."""
    value = next((value for name, value in headers if name.lower() == "content-type"), "")
    media_type = _CONTENT_TYPE.match(value)
    charset = _CHARSET.search(value)
    return media_type and media_type[1].lower(), charset and charset[1]
