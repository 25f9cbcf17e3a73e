"""Characters of a page that a program drew smaller, or two to a sheet, are read at their places."""

from __future__ import annotations

import pytest

from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.matrices import IDENTITY, Matrix
from pipeline.read.pdf.pens import Pens
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look
from tests.read.pdf.little_table import HIGH, LEFT, TOP, WIDE, cells

ROWS = [["一、行政许可", "12", "3"], ["人民建议", "4", "567"], ["二、工作", "0", "89"]]
RADICALS = frozenset("一二人行工")
LAID = {
    "smaller": (0.7, 0, 0, 0.7, 20, 30),
    "a little smaller": (0.96, 0, 0, 0.96, 12, 17),
    "moved aside": (1, 0, 0, 1, 70, 0),
    "moved up": (1, 0, 0, 1, 0, 21),
    "lying": (0, 0.7, -0.7, 0, 590, 10),
}


@pytest.mark.parametrize("laid", LAID)
def test_a_table_of_a_page_that_is_laid_on_another(laid: str) -> None:
    made = Drawing(Look())
    made.canvas.beginForm("page", upperx=595, uppery=842)
    made.text(
        LEFT, 40, "样例市人民政府办公室政府信息公开工作年度报告，本表数字均为虚构，仅供核对读法之用。", 10
    )
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            made.canvas.rect(LEFT + column * WIDE, 842 - TOP - (row + 1) * HIGH, WIDE, HIGH)
            for place, run in enumerate([text] if column else text):
                to_copy(made, LEFT + column * WIDE + 6 + 8 * place, TOP + row * HIGH + 16, run)
    made.canvas.endForm()
    made.canvas.transform(*LAID[laid])
    made.canvas.doForm("page")
    assert cells(read(made.done())) == {
        (row, column): text for row, texts in enumerate(ROWS, 1) for column, text in enumerate(texts, 1)
    }


def to_copy(made: Drawing, x: float, baseline: float, text: str) -> None:
    """Text that says once more what is to be copied, if it is one that browsers do so with."""
    if text not in RADICALS:
        made.text(x, baseline, text, 8)
        return
    made.canvas.addLiteral(f"/Span <</ActualText <FEFF{ord(text):04X}>>> BDC")
    made.text(x, baseline, text, 8)
    made.canvas.addLiteral("EMC")


def test_a_character_that_is_told_in_places_of_its_form_is_brought_to_the_page() -> None:
    form: Matrix = (0.5, 0, 0, 0.5, 10, 20)
    own: Matrix = (0.5, 0, 0, 0.5, 60, 70)
    pens = Pens({7: form})
    found = [
        pens.to_page(7, own, (box.left, box.top), box)
        for box in (Box(60, 70, 65, 75), Box(110, 100, 120, 110), Box(70, 70, 75, 75))
    ]
    assert found == [IDENTITY, form, IDENTITY]
