"""A PDF of pages that are drawn in millimetres downwards, with characters of a font that is only named."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.read.ofd.parts import Box
from pipeline.read.ofd.values import written

LOST_SIGN = "\u3013"
"""Drawn for a character that cannot be; it says that a character is lost, as it does in print."""
POINTS = 72 / 25.4  # of a millimetre
_FONT = b"""<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]
/ToUnicode 5 0 R>>"""
_SIGNS = b"""<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)
/Supplement 4>>/FontDescriptor 6 0 R/DW 1000/W[1 95 500 99[561] 105[894] 109[278 278 474 474] 814 939 500]>>"""
"""The widths of marks are those of the font that stands in: of others it would draw them elsewhere than it tells."""
_DESCRIPTOR = b"""<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0
/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"""
_UNICODE = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/Own def/CMapType 2 def
1 begincodespacerange<0000><FFFF>endcodespacerange
%b
endcmap CMapName currentdict/CMap defineresource pop end end"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a PDF holds it: the entries of its dictionary, and its bytes."""

    entries: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: its box in millimetres, what draws it, and its pictures by name."""

    box: Box
    content: str
    pictures: Mapping[str, Picture]


def pdf_of(pages: Iterable[Drawn], title: str) -> bytes:
    """The PDF. The same pages give the same bytes."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        _FONT,
        _SIGNS,
        _stream("", _maps()),
        _DESCRIPTOR,
    ]
    objects.append(b"<</Title<FEFF%b>>>" % title.encode("utf-16-be", "replace").hex().encode())
    kids: list[int] = []
    numbers: dict[int, int] = {}
    for page in pages:
        shown = []
        for name, picture in page.pictures.items():
            if id(picture) not in numbers:
                objects.append(_stream(f"/Type/XObject/Subtype/Image{picture.entries}", picture.data))
                numbers[id(picture)] = len(objects)
            shown.append(f"/{name} {numbers[id(picture)]} 0 R")
        left, top, width, height = page.box
        base = written((POINTS, 0, 0, -POINTS, -left * POINTS, (top + height) * POINTS))
        content = zlib.compress(f"{base} cm\n{page.content}".encode())
        objects.append(_stream("/Filter/FlateDecode", content))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {written((width * POINTS, height * POINTS))}]/Contents "
            f"{len(objects)} 0 R/Resources<</Font<</F 3 0 R>>/XObject<<{''.join(shown)}>>>>>>".encode()
        )
        kids.append(len(objects))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>".encode()
    return _file(objects)


def _maps() -> bytes:
    """Which character each code is: the same, but of the sign for what is lost."""
    high, low = divmod(ord(LOST_SIGN), 256)
    rows = [f"<{row:02X}00><{row:02X}FF><{row:02X}00>" for row in range(256) if row != high]
    rows += [
        f"<{high:02X}{start:02X}><{high:02X}{end:02X}><{told}>"
        for start, end, told in (
            (0, low - 1, f"{high:02X}00"),
            (low, low, "FFFD"),
            (low + 1, 255, f"{high:02X}{low + 1:02X}"),
        )
    ]
    groups = (rows[start : start + 100] for start in range(0, len(rows), 100))
    said = "\n".join(f"{len(group)} beginbfrange\n{chr(10).join(group)}\nendbfrange" for group in groups)
    return _UNICODE % said.encode()


def _stream(entries: str, data: bytes) -> bytes:
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _file(objects: Iterable[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += f"trailer<</Size {len(places) + 1}/Root 1 0 R/Info 7 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)
