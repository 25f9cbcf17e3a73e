"""A minus or a digit drawn as a line beside a number, and what is set aslant, leave a doubt."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.numerals import read_count
from pipeline.extract.record import Status
from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.pdfium import OpenPage
from tests.read.pdf.drawing import CHINESE, LATIN
from tests.read.pdf.little_table import ROWS, Draw, cells, drawn, place


@pytest.mark.parametrize("width", [0.3, 0.5, 1.0])
@pytest.mark.parametrize("tenths", [0, 3, 6])
@pytest.mark.parametrize("filled", [False, True])
def test_a_minus_drawn_as_a_line_is_not_passed_over(width: float, tenths: int, *, filled: bool) -> None:
    def minus(canvas: Canvas) -> None:
        x, y = place(2, 2)
        middle = y + 10.6 + tenths / 10
        canvas.setLineWidth(width)
        if filled:
            canvas.rect(x + 15, middle - width / 2, 4, width, stroke=0, fill=1)
        else:
            canvas.line(x + 15, middle, x + 19, middle)
        canvas.setFont(LATIN, 9)
        canvas.drawString(x + 20, y + 8, "5")

    said = cells(drawn(ROWS, minus))
    assert read_count(said.pop((2, 2))).status is Status.UNREADABLE
    assert said.items() <= cells(drawn(ROWS)).items()


@pytest.mark.parametrize("beside", [-3.0, 8.5])
def test_a_one_drawn_as_a_line_is_not_passed_over(beside: float) -> None:
    def one(canvas: Canvas) -> None:
        x, y = place(2, 2)
        canvas.line(x + 20 + beside, y + 8, x + 20 + beside, y + 14.5)
        canvas.setFont(LATIN, 9)
        canvas.drawString(x + 20, y + 8, "5")

    assert read_count(cells(drawn(ROWS, one))[2, 2]).status is Status.UNREADABLE


def underline(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.line(x + 10, y + 7.2, x + 36, y + 7.2)


def box(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.rect(x + 15, y + 4, 22, 15)


@pytest.mark.parametrize("line", [underline, box])
def test_lines_below_and_around_a_number_are_no_part_of_it(line: Draw) -> None:
    def number(canvas: Canvas) -> None:
        x, y = place(2, 2)
        canvas.setLineWidth(0.5)
        line(canvas)
        canvas.setFont(LATIN, 9)
        canvas.drawString(x + 20, y + 8, "57")

    assert cells(drawn(ROWS, number))[2, 2] == "57"


def aslant(canvas: Canvas, text: str, font: str, grey: float, across: float = 20) -> None:
    x, y = place(2, 2)
    canvas.saveState()
    canvas.translate(x + across, y + 8)
    canvas.rotate(8)
    canvas.setFillGray(grey)
    canvas.setFont(font, 9)
    canvas.drawString(0, 0, text)
    canvas.restoreState()


def test_a_dark_number_set_aslant_is_no_blank() -> None:
    said = cells(drawn(ROWS, lambda canvas: aslant(canvas, "57", LATIN, 0)))
    assert said == cells(drawn(ROWS)) | {(2, 2): LOST}


def test_a_number_that_goes_on_aslant_is_none() -> None:
    rows = [["规章", "12", "3"], ["文件", "6", "0"]]
    said = cells(drawn(rows, lambda canvas: aslant(canvas, "7", LATIN, 0, 12.5)))
    assert read_count(said.pop((2, 2))).status is Status.UNREADABLE
    assert said.items() <= cells(drawn(rows)).items()


def test_pale_words_set_aslant_are_a_watermark() -> None:
    said = cells(drawn(ROWS, lambda canvas: aslant(canvas, "样例", CHINESE, 0.8)))
    assert said == cells(drawn(ROWS))


@pytest.mark.parametrize("grey", [0.0, 0.6])
def test_text_that_is_drawn_and_not_told_is_no_blank(monkeypatch: pytest.MonkeyPatch, grey: float) -> None:
    """As where the library puts characters elsewhere than they are drawn."""

    def dash(canvas: Canvas) -> None:
        x, y = place(2, 2)
        canvas.setFillGray(grey)
        canvas.setFont(LATIN, 5)
        canvas.drawString(x + 20, y + 8, "_")

    told = OpenPage.characters
    monkeypatch.setattr(OpenPage, "characters", lambda page: [one for one in told(page) if one.text != "_"])
    assert cells(drawn(ROWS, dash)) == cells(drawn(ROWS)) | {(2, 2): LOST}
