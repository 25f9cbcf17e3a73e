"""The making of WARC/1.1 records, each a gzip member of its own."""

from __future__ import annotations

import base64
import re
import string
from contextlib import suppress
from datetime import datetime
from importlib import metadata
from io import BytesIO
from urllib.parse import quote

from warcio.recordbuilder import RecordBuilder  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]
from zlib_ng import zlib_ng

from pipeline.archive.entry import Entry, Exchange, Headers
from pipeline.archive.fields import time_text

_VERSION = "1.1"
_LEVEL = 6
_GZIP = 31  # zlib's number for its largest window in an envelope of gzip
_URI_SAFE = "".join(set(string.punctuation) - set('<>"'))
_TARGET = re.compile(r"[^:/?#]+://[^/?#]*([^#]*)")
_NO_BODY_BY_RULE = frozenset({204, 304})
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class _Head:
    """The head of an HTTP message, written byte for byte.

    Stands in for warcio's own class, which percent-encodes headers that are not ASCII.
    """

    def __init__(self, first_line: str, headers: Headers) -> None:
        lines = [first_line, *(f"{name}: {value}" for name, value in headers)]
        self.headers_buff = b"".join(_header_bytes(line) + b"\r\n" for line in lines) + b"\r\n"

    def compute_headers_buffer(self, _header_filter: object = None) -> None:
        """What warcio calls before it writes; the bytes stand already."""


def warcinfo_record(name: str) -> bytes:
    """The first record of every file: who wrote it, in which format."""
    software = "gongkai"
    with suppress(metadata.PackageNotFoundError):  # a checkout that is not installed has no version to name
        software += f"/{metadata.version('gongkai')}"
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    return _member(_builder().create_warcinfo_record(name, info))


def exchange_records(exchange: Exchange, digest: bytes, original: Entry | None) -> tuple[bytes, bytes]:
    """The response record and the request record of an exchange, linked by WARC-Concurrent-To.

    With an `original`, the entry whose record holds the payload, the response is a revisit record that names
    it and holds the head alone. `digest` is the SHA-256 of the payload.
    """
    head = _Head(
        f"HTTP/1.1 {exchange.status} {exchange.reason}".rstrip(),
        _replayable(exchange),
    )
    uri = _uri(exchange.url)
    if original is None:
        response = _builder().create_warc_record(
            uri,
            "response",
            payload=BytesIO(exchange.payload),
            length=len(exchange.payload),
            warc_headers_dict={
                "WARC-Date": time_text(exchange.fetched_at),
                "WARC-Payload-Digest": _digest_text(digest),
            },
            http_headers=head,
        )
    else:
        response = _revisit(uri, exchange.fetched_at, digest, original, head)
    return _member(response), _member(_request(exchange, response))


def not_modified_records(exchange: Exchange, original: Entry) -> tuple[bytes, bytes]:
    """The revisit record and the request record of an answer 304: the portal says that the document is still that
    of `original`, the entry whose record holds it.

    The revisit has no block, as its profile allows, so that a player shows the document as of that day; the head
    of the answer would make it show nothing. Its payload has no digest here: no bytes came that have one.
    """
    revisit = _builder().create_warc_record(
        _uri(exchange.url),
        "revisit",
        warc_headers_dict={
            "WARC-Date": time_text(exchange.fetched_at),
            "WARC-Profile": _NOT_MODIFIED,
            "WARC-Refers-To-Target-URI": _uri(original.url),
            "WARC-Refers-To-Date": time_text(original.fetched_at),
        },
    )
    return _member(revisit), _member(_request(exchange, revisit))


def _request(exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    """The request record of an exchange, linked to that of the response."""
    return _builder().create_warc_record(
        _uri(exchange.url),
        "request",
        payload=BytesIO(exchange.posted),
        length=len(exchange.posted),
        warc_headers_dict={
            "WARC-Date": time_text(exchange.fetched_at),
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
        http_headers=_Head(_request_line(exchange), exchange.request_headers),
    )


def resource_record(
    url: str, body: bytes, media_type: str, fetched_at: datetime, digest: bytes, original: Entry | None
) -> bytes:
    """The record of a file that was not fetched; a revisit record without a block where it is held."""
    uri = _uri(url)
    content_type = _header_bytes(media_type).decode("latin-1")
    if original is not None:
        revisit = _revisit(uri, fetched_at, digest, original, None)
        revisit.content_type = content_type
        return _member(revisit)
    record = _builder().create_warc_record(
        uri,
        "resource",
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=content_type,
        warc_headers_dict={"WARC-Date": time_text(fetched_at), "WARC-Payload-Digest": _digest_text(digest)},
    )
    return _member(record)


def _builder() -> RecordBuilder:
    return RecordBuilder(warc_version=_VERSION)


def _revisit(
    uri: str, fetched_at: datetime, digest: bytes, original: Entry, head: _Head | None
) -> ArcWarcRecord:
    return _builder().create_revisit_record(
        uri,
        _digest_text(digest),
        _uri(original.url),
        time_text(original.fetched_at),
        http_headers=head,
        warc_headers_dict={"WARC-Date": time_text(fetched_at)},
    )


def _member(record: ArcWarcRecord) -> bytes:
    out = BytesIO()
    WARCWriter(out, gzip=False, warc_version=_VERSION).write_record(record)
    return zlib_ng.compress(out.getbuffer(), _LEVEL, _GZIP)  # as small as zlib's in a third of its time


def _replayable(exchange: Exchange) -> Headers:
    """The response's headers, true for the payload as stored: no transfer-encoding, the length of these
    bytes.

    The answer to HEAD and the answers 204 and 304 have no body by rule; their length speaks of another one,
    and stands.
    """
    kept = tuple(pair for pair in exchange.response_headers if pair[0].lower() != "transfer-encoding")
    if exchange.method.upper() == "HEAD" or exchange.status in _NO_BODY_BY_RULE:
        return kept
    kept = tuple(pair for pair in kept if pair[0].lower() != "content-length")
    return (*kept, ("Content-Length", str(len(exchange.payload))))


def _request_line(exchange: Exchange) -> str:
    found = _TARGET.match(_uri(exchange.url))
    target = found[1] if found else ""
    if not target.startswith("/"):
        target = f"/{target}"
    return f"{exchange.method} {target} HTTP/1.1"


def _digest_text(digest: bytes) -> str:
    return "sha256:" + base64.b32encode(digest).decode("ascii")


def _uri(url: str) -> str:
    """The address as WARC headers can carry it: blanks, controls and non-ASCII percent-encoded."""
    return quote(url, safe=_URI_SAFE, errors="surrogatepass")


def _header_bytes(line: str) -> bytes:
    """A header line as bytes: Latin-1 gives back what was received, UTF-8 takes what was not received so."""
    flat = line.translate({0: " ", 10: " ", 13: " "})
    try:
        return flat.encode("latin-1")
    except UnicodeEncodeError:
        return flat.encode("utf-8", errors="surrogatepass")
