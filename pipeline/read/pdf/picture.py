"""A cell of a page as a person sees it, for who doubts what was read there."""

from __future__ import annotations

import struct
import zlib

import pypdfium2 as pdfium

from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.pdfium import OpenPage
from pipeline.read.pdf.raster import Raster

_SCALE = 3.0  # pixels of a point
_ACROSS, _DOWN = 150.0, 40.0  # points around the cell
_INK = 0


def framed(data: bytes, page: int, box: Box) -> bytes:
    """A PNG of `box` on the page as it is shown, with a frame around it and what stands beside it."""
    document = pdfium.PdfDocument(data)
    try:
        opened = OpenPage(document, page - 1)
        width, height = opened.size
        around = Box(box.left - _ACROSS, box.top - _DOWN, box.right + _ACROSS, box.bottom + _DOWN)
        part = around.within(Box(0, 0, width, height))
        picture = opened.detail(part, _SCALE, 0)
        opened.close()
    finally:
        document.close()
    moved = Box(box.left - part.left, box.top - part.top, box.right - part.left, box.bottom - part.top)
    return _png(picture, _with_frame(picture, moved))


def _with_frame(picture: Raster, box: Box) -> bytes:
    pixels = bytearray(picture.pixels)
    left, top, right, bottom = (round(side * picture.scale) for side in box)
    for edge in range(-5, 0):
        for row in {max(top + edge, 0), min(bottom - edge, picture.height - 1)}:
            start = row * picture.width
            pixels[start + max(left, 0) : start + min(right, picture.width)] = bytes(
                [_INK] * (min(right, picture.width) - max(left, 0))
            )
        for column in {max(left + edge, 0), min(right - edge, picture.width - 1)}:
            for row in range(max(top, 0), min(bottom, picture.height)):
                pixels[row * picture.width + column] = _INK
    return bytes(pixels)


def _png(picture: Raster, pixels: bytes) -> bytes:
    width = picture.width
    rows = b"".join(b"\x00" + pixels[start : start + width] for start in range(0, len(pixels), width))
    head = struct.pack(">IIBBBBB", width, picture.height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
