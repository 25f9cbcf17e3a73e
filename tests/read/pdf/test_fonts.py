"""Characters are what their font shows, not what it says; a page that shows its text to eyes alone is a picture."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from reportlab.pdfbase import ttfonts

from pipeline.read.pdf.geometry import LOST, Box
from pipeline.read.pdf.layout import Line
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look
from tests.read.pdf.little_table import cells, drawn


def test_a_part_to_look_characters_up_by_is_the_character(monkeypatch: pytest.MonkeyPatch) -> None:
    make = ttfonts.makeToUnicodeCMap
    radicals = {ord("行"): 0x2F8F, ord("门"): 0x2ED4, ord("民"): 0x2EA0, ord("人"): 0x2F08}

    def told(name: str, subset: list[int]) -> str:
        return str(make(name, [radicals.get(code, code) for code in subset]))

    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", told)
    assert cells(drawn([["行政部门", "12"], ["人民", "0"]])) == {
        (1, 1): "行政部门",
        (1, 2): "12",
        (2, 1): "人民",
        (2, 2): "0",
    }


def test_a_font_that_shows_other_digits_than_it_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    make = ttfonts.makeToUnicodeCMap

    def lying(name: str, subset: list[int]) -> str:
        return str(make(name, [ord("8") if code == ord("2") else code for code in subset]))

    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", lying)
    said = cells(drawn([["规章", "25", "31"], ["文件", "20", "0"]]))
    assert all(
        LOST in text and not re.search(r"\d", text) for (_, column), text in said.items() if column > 1
    )


def test_what_a_font_that_is_only_named_may_lack_is_told_from_its_blanks() -> None:
    """Blanks have no shape, and are no characters that cannot be shown; half a character is one that cannot be read."""
    drawing = Drawing(Look(named=True))
    for line in range(8):
        drawing.text(60, 60 + 20 * line, "　　样例市政府信息公开，　　𠮷市　　", 10)
    document = read(drawing.done())
    assert not document.issues
    assert "样例市政府信息公开" in document.prose[0]
    "".join(document.prose).encode()


@pytest.mark.parametrize("shift", [-0x4E00, 0x9000])
def test_a_page_whose_fonts_tell_no_characters_is_read_as_a_picture(
    monkeypatch: pytest.MonkeyPatch, shift: int
) -> None:
    make = ttfonts.makeToUnicodeCMap

    def telling_others(name: str, subset: list[int]) -> str:
        """Characters that are Latin and Greek, or none at all."""
        return str(make(name, [(code + shift) % 0x3000 or 1 if shift < 0 else 0xE000 for code in subset]))

    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", telling_others)
    drawing = Drawing(Look())
    for line in range(14):
        drawing.text(60, 60 + 30 * line, "样例市人民政府办公室政府信息公开工作年度报告，新收申请", 10)
    data = drawing.done()
    assert [issue.code for issue in read(data).issues] == ["reader_missing"]
    box = Box(60, 60, 200, 72)
    seen = read(data, lambda _, number, __: [Line("新收申请12件", box, 10, number)])
    assert seen.prose == ("新收申请12件",)
    assert not seen.issues


def read_lines(drawing: Drawing) -> None:
    for line in range(20):
        drawing.text(60, 60 + 30 * line, "一、本年新收政府信息公开申请数量 12 3", 10)


@pytest.mark.parametrize("order", ["unseen", "under", "none"])
def test_a_scan_is_a_scan_whatever_text_is_laid_under_it(order: str) -> None:
    scan = Image.new("L", (300, 420), 255)
    scan.paste(60, (30, 30, 200, 34))
    drawing = Drawing(Look(unseen=order == "unseen"))
    if order == "under":
        read_lines(drawing)
    drawing.canvas.drawInlineImage(scan, 0, 0, 595, 842)
    if order == "unseen":
        read_lines(drawing)
    document = read(drawing.done())
    assert not document.blocks
    assert [issue.code for issue in document.issues] == ["reader_missing"]


def test_a_page_drawn_without_characters_is_a_picture_too() -> None:
    drawing = Drawing(Look(unseen=True))
    for line in range(40):
        drawing.canvas.rect(60, 800 - 15 * line, 400, 4, stroke=0, fill=1)
    read_lines(drawing)
    assert [issue.code for issue in read(drawing.done()).issues] == ["reader_missing"]
