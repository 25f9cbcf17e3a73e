"""Characters are told from what they stand on: white ones on a dark ground are read, drawn shapes are a picture."""

from __future__ import annotations

import ctypes
import io
import random

import pypdfium2 as pdfium
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import LATIN, Drawing, Look
from tests.read.pdf.little_table import HIGH, WIDE, cells, drawing, drawn, place


def dark(canvas: Canvas) -> None:
    """Every digit, white on a dark cell."""
    x, y = place(2, 2)
    canvas.setFillColorRGB(0.1, 0.3, 0.5)
    canvas.rect(x, y, WIDE, HIGH, fill=1)
    canvas.setFillGray(1)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 3, y + 8, "9876543")
    canvas.setFillColorRGB(0.1, 0.3, 0.5)
    canvas.rect(x + WIDE, y, WIDE, HIGH, fill=1)
    canvas.setFillGray(1)
    canvas.drawString(x + WIDE + 3, y + 8, "8888210")


def test_white_digits_on_a_dark_ground_are_believed() -> None:
    said = cells(drawn([["规章", "12", "3"], ["文件", "", ""]], dark))
    assert (said[2, 2], said[2, 3], said[1, 2]) == ("9876543", "8888210", "12")


def test_a_page_whose_characters_are_drawn_as_strokes_is_a_picture() -> None:
    """However many the strokes: they are too short to be lines of a table."""
    chance = random.Random(5)  # noqa: S311 - no secret
    canvas = (made := Drawing(Look())).canvas
    for line in range(40):
        for column in range(30):
            x, y = 60 + 15 * column, 60 + 18 * line
            for step in sorted(chance.sample(range(0, 12, 2), 4)):
                canvas.rect(x, y + step, 11, 0.8, stroke=0, fill=1)
                canvas.rect(x + step, y, 0.8, 11, stroke=0, fill=1)
    assert [issue.code for issue in read(made.done()).issues] == ["reader_missing"]


def test_a_number_under_a_note_is_neither_read_nor_blank() -> None:
    document = pdfium.PdfDocument(drawing([["规章", "12", "3"], ["文件", "4", ""]]).done())
    x, y = place(1, 2)
    page = document[0]
    note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_SQUARE)
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(x + 2, y + HIGH - 2, x + WIDE - 2, y + 2))
    raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_PRINT)
    paint = f"1 1 0.7 rg {x + 2} {y + 2} {WIDE - 4} {HIGH - 4} re f".encode("utf-16-le") + b"\0\0"
    text = ctypes.cast(ctypes.create_string_buffer(paint), ctypes.POINTER(ctypes.c_ushort))
    assert raw.FPDFAnnot_SetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, text)
    raw.FPDFPage_CloseAnnot(note)
    out = io.BytesIO()
    document.save(out)
    said = cells(read(out.getvalue()))
    assert set(said[1, 2]) == {LOST}
    assert (said[1, 3], said[2, 2], said[2, 3]) == ("3", "4", "")
