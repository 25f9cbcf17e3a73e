"""Whether all of a PDF is there: lenient libraries draw what is left of one that is cut off or damaged.

Lines are often drawn before the figures between them. Where the figures are lost, cells would pass for blank.
"""

from __future__ import annotations

import re
import zlib

from pipeline.read.blocks import ReadIssue

MOST_UNPACKED = 600_000_000  # bytes; pages of pictures unpack to some hundred megabytes

_STREAM = re.compile(rb"stream\r?\n")
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
        if data[start : start + 1] != b"x" or stop < 0:
            continue  # not packed, or in a way that begins otherwise
        size = _unpacked(data, start, stop, MOST_UNPACKED - unpacked)
        if size is None:
            return ReadIssue("damaged_document", "The PDF is damaged: a part of it cannot be unpacked.")
        unpacked += size
        if unpacked >= MOST_UNPACKED:
            message = f"The PDF unpacks to more than {MOST_UNPACKED} bytes, as no report does."
            return ReadIssue("too_complex", message)
    return None


def _unpacked(data: bytes, start: int, stop: int, most: int) -> int | None:
    """How many bytes a packed stream holds, counted up to `most`; None where it is not whole."""
    unpacker = zlib.decompressobj()
    size = 0
    rest = data[start:stop]
    try:
        while rest and not unpacker.eof and size < most:
            size += len(unpacker.decompress(rest, _STEP))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return None
    return size if unpacker.eof or size >= most else None
