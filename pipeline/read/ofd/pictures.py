"""Pictures as a PDF holds them, without being decoded: JPEG as it is, PNG without transparency by its rows."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.read.ofd.pdf import Picture
from pipeline.read.sniff import JPEG, PNG, sniff

_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # marks before the size of a JPEG
_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_CHANNELS = {0: 1, 2: 3, 3: 1}  # of the kinds of PNG


def picture_of(data: bytes) -> Picture | None:
    """The picture; None of a kind that is not taken over."""
    kind = sniff(data)
    try:
        return _of_jpeg(data) if kind == JPEG else _of_png(data) if kind == PNG else None
    except (struct.error, IndexError):
        return None


def _of_jpeg(data: bytes) -> Picture | None:
    place = 2
    while data[place] == 0xFF:
        mark, length = data[place + 1], struct.unpack_from(">H", data, place + 2)[0]
        if mark in _SIZES:
            depth, height, width, channels = struct.unpack_from(">BHHB", data, place + 4)
            if channels not in _SPACES:
                return None
            inverted = "/Decode[1 0 1 0 1 0 1 0]" if channels == 4 else ""
            return Picture(
                f"{_size(width, height, depth, _SPACES[channels])}{inverted}/Filter/DCTDecode", data
            )
        place += 2 + length
    return None


def _of_png(data: bytes) -> Picture | None:
    parts = list(_chunks(data))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1][:13])
    channels = _CHANNELS.get(kind)
    if channels is None or interlaced or any(name == b"tRNS" for name, _ in parts):
        return None
    space = _SPACES[channels]
    if kind == 3:
        palette = next((body for name, body in parts if name == b"PLTE"), b"")
        space = f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]"
    rows = f"/DecodeParms<</Predictor 15/Colors {channels}/BitsPerComponent {depth}/Columns {width}>>"
    body = b"".join(body for name, body in parts if name == b"IDAT")
    return Picture(f"{_size(width, height, depth, space)}/Filter/FlateDecode{rows}", body)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 12 <= len(data):
        length = struct.unpack_from(">I", data, place)[0]
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def _size(width: int, height: int, depth: int, space: str) -> str:
    return f"/Width {width}/Height {height}/BitsPerComponent {depth}/ColorSpace{space}"
