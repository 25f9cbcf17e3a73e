"""What stands in for LibreOffice and for the documents that need it."""

from __future__ import annotations

import struct
from pathlib import Path

OPENING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The beginning of a script: its files are its arguments then, and the folder for what it makes is there.
COPY = 'while [ "$1" != --outdir ]; do shift; done; out=$2; shift 2; mkdir -p "$out"\n'


def compound(*, sectors: int = 4, locked: bool = False) -> bytes:
    """A compound file of some sectors with the header of a document of Word in the second."""
    header = bytearray(512)
    header[:8] = OPENING
    struct.pack_into("<HH", header, 0x1E, 9, 6)
    struct.pack_into("<I", header, 0x44, 0xFFFFFFFE)
    struct.pack_into("<109I", header, 0x4C, 0, *[0xFFFFFFFF] * 108)
    tables = struct.pack("<128I", 0xFFFFFFFD, *range(2, sectors), 0xFFFFFFFE, *[0xFFFFFFFF] * (128 - sectors))
    word = bytearray(512)
    word[:2] = b"\xec\xa5"
    struct.pack_into("<HH", word, 10, 0x0100 if locked else 0, 0x00BF)
    word[100:124] = "WordDocument".encode("utf-16-le")
    return bytes(header) + tables + bytes(word) + b"\x01" * 512 * (sectors - 2)


def program(folder: Path, text: str) -> None:
    """A stand-in for LibreOffice, which is a script."""
    path = folder / "soffice"
    path.write_text("#!/bin/sh\n" + text, encoding="utf-8")
    path.chmod(0o755)
