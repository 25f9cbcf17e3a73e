"""A cell on which a note writes, whose look the file leaves to whoever shows it, is neither blank nor read."""

from __future__ import annotations

import ctypes
import io

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.reader import read
from tests.read.pdf.little_table import HIGH, WIDE, cells, drawing, place

WITH_NOTE = {(1, 2): "12", (1, 3): "3", (2, 2): LOST, (2, 3): "5"}
WITHOUT = {**WITH_NOTE, (2, 2): ""}


@pytest.mark.parametrize(
    ("text", "flags", "expected"),
    [
        ("40", raw.FPDF_ANNOT_FLAG_PRINT, WITH_NOTE),
        ("40", raw.FPDF_ANNOT_FLAG_HIDDEN, WITHOUT),
        ("", raw.FPDF_ANNOT_FLAG_PRINT, WITHOUT),
    ],
)
def test_a_note_without_a_look_of_its_own(
    text: str, flags: int, expected: dict[tuple[int, int], str]
) -> None:
    document = pdfium.PdfDocument(drawing([["规章", "12", "3"], ["文件", "", "5"]]).done())
    x, y = place(2, 2)
    note = raw.FPDFPage_CreateAnnot(document[0], raw.FPDF_ANNOT_FREETEXT)
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(x + 10, y + HIGH - 6, x + WIDE - 10, y + 6))
    raw.FPDFAnnot_SetFlags(note, flags)
    contents = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    raw.FPDFAnnot_SetStringValue(note, b"Contents", ctypes.cast(contents, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPage_CloseAnnot(note)
    out = io.BytesIO()
    document.save(out)
    said = cells(read(out.getvalue()))
    assert {key: LOST if LOST in said[key] else said[key] for key in expected} == expected
