"""Whether a document is whole and open, told before a program that mends what is broken gets to see it.

LibreOffice opens what is cut off and shows what is left of it: a figure may be what is left of another.
"""

from __future__ import annotations

import struct

from pipeline.read.given import Unreadable
from pipeline.read.opendocument.reader import check_open
from pipeline.read.packed import Package
from pipeline.read.xml import parse_xml

_FREE = 0xFFFFFFFA  # sector numbers from here on are marks
_IN_HEADER = 109  # sectors of the table of sectors that the header itself names
_WORD = b"\xec\xa5"
_WORD_BACK = (0x00BF, 0x00C1)  # stands in every header of Word, and hardly in a picture that begins like one
_ENCRYPTED = 0x0100


def check_ole(data: bytes) -> None:
    """Of a compound file (MS-CFB). Raises Unreadable where bytes are missing, or Word's header says it is locked."""
    damaged = Unreadable("damaged_document", "The file is cut off or damaged.")
    if len(data) < 1536:
        raise damaged
    size = 1 << struct.unpack_from("<H", data, 0x1E)[0] if data[0x1E] in {9, 12} else 0
    if not size:
        raise damaged
    last = max(_used(data, size), default=-1)
    # The last sector need not be filled up; it begins in the file.
    if last < 0 or (last + 1) * size >= len(data):
        raise damaged
    for start in range(512, len(data) - 14, 512):
        if data[start : start + 2] == _WORD:
            flags, back = struct.unpack_from("<HH", data, start + 10)
            if flags & _ENCRYPTED and back in _WORD_BACK:
                raise Unreadable(
                    "encrypted_document", "The document is locked with a password. Save it without one."
                )


def _used(data: bytes, size: int) -> list[int]:
    """The sectors that are in use, by the table of sectors."""
    tables = [one for one in struct.unpack_from(f"<{_IN_HEADER}I", data, 0x4C) if one < _FREE]
    further, seen = struct.unpack_from("<I", data, 0x44)[0], 0
    each = size // 4
    while further < _FREE and seen < 1000:
        at = (further + 1) * size
        if at + size > len(data):
            return [further]
        *named, further = struct.unpack_from(f"<{each}I", data, at)
        tables += [one for one in named if one < _FREE]
        seen += 1
    used = []
    for number, table in enumerate(tables):
        at = (table + 1) * size
        if at + size > len(data):
            return [table]
        entries = struct.unpack_from(f"<{each}I", data, at)
        used += [number * each + place for place, entry in enumerate(entries) if entry != 0xFFFFFFFF]
    return used


def check_rtf(data: bytes) -> None:
    """Of a file in RTF. Raises Unreadable where its last group is not closed."""
    if not data.rstrip(b"\x00\r\n\t \x1a").endswith(b"}"):
        raise Unreadable("damaged_document", "The file is cut off: its last group is not closed.")


def check_zip(data: bytes) -> None:
    """Of a packed file (OpenDocument). Raises Unreadable where it is not whole, locked, or unpacks beyond bounds."""
    package = Package(data)
    check_open(package)
    package.read("content.xml", 40_000_000)


def check_xml(data: bytes) -> None:
    """Of a document in one XML file. Raises Unreadable where it is cut off, or declares what could reach out."""
    parse_xml(data, "The file")
