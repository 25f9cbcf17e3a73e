"""Whether all of a PDF is there: lenient libraries draw what is left of one that is cut off or damaged.

Lines are often drawn before the figures between them. Where the figures are lost, cells would pass for blank.
"""

from __future__ import annotations

import re
import zlib

from pipeline.read.blocks import ReadIssue

MOST_UNPACKED = 600_000_000  # bytes; pages of pictures unpack to some hundred megabytes

_STREAM = re.compile(rb"stream\r?\n")
_ENTRIES = 600  # bytes before a stream in which its filter is named
_STEP = 1 << 16


def damage(data: bytes) -> ReadIssue | None:
    """What is wrong with the file as a whole; None where nothing is."""
    end = data.rfind(b"%%EOF")
    if end < data.rfind(b"endobj"):
        return ReadIssue("damaged_document", "The PDF is cut off: its end is missing.")
    if b"/Encrypt" in data:
        return None  # what is enciphered cannot be looked into from here
    unpacked = 0
    for stream in _STREAM.finditer(data):
        start = stream.end()
        stop = data.find(b"endstream", start)
        if stop < 0 or not _is_packed(data, stream.start(), start):
            continue
        size = _unpacked(data, start, stop, MOST_UNPACKED - unpacked)
        if size is None:
            return ReadIssue("damaged_document", "The PDF is damaged: a part of it cannot be unpacked.")
        unpacked += size
        if unpacked >= MOST_UNPACKED:
            message = f"The PDF unpacks to more than {MOST_UNPACKED} bytes, as no report does."
            return ReadIssue("too_complex", message)
    return None


def _is_packed(data: bytes, end: int, start: int) -> bool:
    """Whether the stream that begins at `start`, behind its entries that end at `end`, is one of zlib."""
    entries = data[max(0, end - _ENTRIES) : end]
    head = data[start : start + 2]
    return b"FlateDecode" in entries[entries.rfind(b"obj") + 1 :] and head[:1] == b"x" and _checks(head)


def _checks(head: bytes) -> bool:
    return len(head) == 2 and int.from_bytes(head) % 31 == 0


def _unpacked(data: bytes, start: int, stop: int, most: int) -> int | None:
    """How many bytes a packed stream holds, counted up to `most`; None where it is not whole.

    Some writers leave the checksum at its end out; where it is there it has to be right.
    """
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    size, checksum = 0, 1
    rest = data[start + 2 : stop]
    try:
        while rest and not unpacker.eof and size < most:
            part = unpacker.decompress(rest, _STEP)
            size += len(part)
            checksum = zlib.adler32(part, checksum)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return None
    if size >= most:
        return size
    printed = unpacker.unused_data[:4]
    whole = unpacker.eof and (len(printed) < 4 or int.from_bytes(printed) == checksum)
    return size if whole else None
