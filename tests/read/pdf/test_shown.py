"""What a page shows decides: a cell with ink is not blank, and text that nobody sees is not read."""

from __future__ import annotations

import ctypes
import io
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.numerals import read_count
from pipeline.extract.record import Status
from pipeline.read import Grid
from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import CHINESE, LATIN
from tests.read.pdf.little_table import HIGH, ROWS, WIDE, Draw, cells, drawing, drawn, place


def test_a_plain_table_reads_as_drawn() -> None:
    document = drawn(ROWS)
    assert cells(document) == {
        (1, 1): "规章",
        (1, 2): "12",
        (1, 3): "3",
        (2, 1): "文件",
        (2, 2): "",
        (2, 3): "0",
    }
    assert not document.issues


def outline(canvas: Canvas) -> None:
    x, y = place(2, 2)
    path = canvas.beginPath()
    path.moveTo(x + 20, y + 6)
    path.lineTo(x + 24, y + 18)
    path.lineTo(x + 27, y + 6)
    canvas.drawPath(path)


def picture(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFillGray(0.4)
    canvas.circle(x + 25, y + 12, 4, stroke=0, fill=1)


@pytest.mark.parametrize("extra", [outline, picture])
def test_a_cell_with_ink_and_no_character_is_not_blank(extra: Draw) -> None:
    assert cells(drawn(ROWS, extra))[2, 2] == LOST


def shaded(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFillGray(0.8)
    canvas.rect(x, y, WIDE, HIGH, fill=1)


def test_a_shaded_cell_is_blank() -> None:
    assert cells(drawn(ROWS, shaded))[2, 2] == ""


def white(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFillGray(1)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 20, y + 8, "77")


def covered(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 20, y + 8, "77")
    canvas.setFillGray(1)
    canvas.rect(x + 3, y + 3, WIDE - 6, HIGH - 6, stroke=0, fill=1)


def covered_in_a_font_that_is_only_named(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(x + 20, y + 8, "77")
    canvas.setFillGray(1)
    canvas.rect(x + 3, y + 3, WIDE - 6, HIGH - 6, stroke=0, fill=1)


def beside_a_number(canvas: Canvas) -> None:
    x, y = place(1, 2)
    canvas.setFillGray(1)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 6 + canvas.stringWidth("12", LATIN, 9), y + 8, "7")


def half_of_a_number_covered(canvas: Canvas) -> None:
    x, y = place(1, 2)
    canvas.setFillGray(1)
    canvas.rect(x + 12, y + 3, 20, 16, stroke=0, fill=1)


def line_cut_off(canvas: Canvas) -> None:
    """The second line of a number in a row whose height is fixed."""
    x, y = place(1, 2)
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, WIDE, HIGH)
    canvas.clipPath(path, stroke=0)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 6, y - 4, "7")
    canvas.restoreState()


@pytest.mark.parametrize("extra", [beside_a_number, half_of_a_number_covered, line_cut_off])
def test_a_number_of_which_a_part_is_hidden_is_none(extra: Draw) -> None:
    said = cells(drawn(ROWS, extra))
    assert read_count(said.pop((1, 2))).status is Status.UNREADABLE
    assert said.items() <= cells(drawn(ROWS)).items()


@pytest.mark.parametrize("cut", range(10, 34, 3))
def test_a_number_that_the_edge_of_the_page_cuts_is_none(cut: int) -> None:
    made = drawing([["规章", "12", "34567"], ["文件", "", "8"]])
    x, _ = place(1, 3)
    made.canvas.setCropBox((0, 0, x + cut, 842))
    said = cells(read(made.done()))
    assert read_count(said[1, 3]).value in {None, Decimal(34567)}
    assert read_count(said[1, 2]).value in {None, Decimal(12)}


def test_a_line_that_a_reader_drew_rules_no_table() -> None:
    document = pdfium.PdfDocument(drawing(ROWS).done())
    x, y = place(2, 1)
    page = document[0]
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_SQUARE)
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(x, y + HIGH, x + 3 * WIDE, y))
    raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    stroke = f"1 0 0 RG {x} {y + 5} m {x + 3 * WIDE} {y + 5} l S".encode("utf-16-le") + b"\0\0"
    text = ctypes.cast(ctypes.create_string_buffer(stroke), ctypes.POINTER(ctypes.c_ushort))
    assert raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, text)
    raw.FPDFPage_CloseAnnot(annotation)
    out = io.BytesIO()
    document.save(out)
    said = cells(read(out.getvalue()))
    assert set(said) == set(cells(drawn(ROWS)))
    assert said[1, 2] == "12"
    assert said[2, 2] == LOST


def off_the_page(canvas: Canvas) -> None:
    canvas.setFont(LATIN, 9)
    canvas.drawString(-40, 500, "77")


@pytest.mark.parametrize("extra", [white, covered, covered_in_a_font_that_is_only_named, off_the_page])
def test_text_that_nobody_sees_is_not_read(extra: Draw) -> None:
    document = drawn(ROWS, extra)
    assert cells(document)[2, 2] == ""
    assert not any("77" in block.text for block in document.blocks if not isinstance(block, Grid))


def slanted(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillGray(0.7)
    canvas.translate(70, 740)
    canvas.rotate(30)
    canvas.setFont(CHINESE, 20)
    canvas.drawString(0, 0, "样例公开2024")
    canvas.restoreState()


def test_a_watermark_across_the_page_is_no_text() -> None:
    assert cells(drawn(ROWS, slanted))[1, 2] == "12"


def straight(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.15)
    canvas.setFont(CHINESE, 40)
    canvas.drawString(60, 720, "样例公开")


def pale(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFillGray(0.85)
    canvas.circle(x + 25, y + 12, 8, stroke=0, fill=1)


@pytest.mark.parametrize("extra", [straight, pale])
def test_a_pale_watermark_is_no_content(extra: Draw) -> None:
    assert cells(drawn(ROWS, extra)) == cells(drawn(ROWS))


def filled_in(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.acroForm.textfield(
        name="made", value="57", x=x + 3, y=y + 3, width=40, height=16, fontSize=9, borderWidth=0
    )


def marked(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFillGray(0.8)
    canvas.rect(x + 4, y + 5, 30, 13, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 6, y + 8, "57")


def boxed(canvas: Canvas) -> None:
    marked(canvas)
    x, y = place(2, 2)
    canvas.rect(x + 3, y + 4, 34, 15)


@pytest.mark.parametrize("extra", [marked, boxed])
def test_a_shade_or_a_box_around_a_word_is_no_cell(extra: Draw) -> None:
    assert cells(drawn(ROWS, extra)) == cells(drawn(ROWS)) | {(2, 2): "57"}


def test_what_is_entered_into_a_form_is_read() -> None:
    assert cells(drawn(ROWS, filled_in))[2, 2] == "57"
