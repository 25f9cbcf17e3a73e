"""The reading back of one WARC record from the bytes of its gzip member."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from pipeline.archive.entry import Headers


@dataclass(frozen=True, slots=True)
class Stored:
    """What one record holds. `headers` are those of the HTTP response, empty for a resource record."""

    headers: Headers
    payload: bytes


def read_record(member: bytes) -> Stored:
    """The record in the bytes of one gzip member. Raises ValueError where they are no whole record with a
    payload.

    The checksum of the gzip member covers every byte of it.
    """
    unpacker = zlib.decompressobj(wbits=31)
    try:
        record = unpacker.decompress(member)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not one whole gzip member")
    head, _, rest = record.partition(b"\r\n\r\n")
    fields = {name.lower(): value for name, value in _header_pairs(head)}
    length = int(fields.get("content-length", "-1"))
    if not head.startswith(b"WARC/1.1\r\n") or length < 0 or len(rest) != length + 4:
        raise ValueError("not a WARC record")
    block = rest[:length]
    if fields.get("warc-type") == "resource":
        return Stored((), block)
    if fields.get("warc-type") != "response":
        raise ValueError(f"a WARC record of the type {fields.get('warc-type')}")
    http, end, payload = block.partition(b"\r\n\r\n")
    if not end:
        raise ValueError("an HTTP message without an end to its head")
    return Stored(_header_pairs(http), payload)


def _header_pairs(head: bytes) -> Headers:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)
