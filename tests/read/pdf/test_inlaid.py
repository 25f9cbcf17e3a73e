"""A picture of a table among the text of a page is told and, where something recognises it, read in its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.read import Grid, Paragraph
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.lattice import Slot
from pipeline.read.pdf.layout import Filled, Line, Piece, Table
from pipeline.read.pdf.pdfium import OpenPage
from pipeline.read.pdf.reader import _with_shown, read
from pipeline.read.scan.colour import Tinted
from pipeline.read.scan.frames import within
from tests.read.pdf.drawing import Drawing, Look

LEFT, TOP, WIDTH, HEIGHT = 60.0, 200.0, 460.0, 120.0


def table(lines: int, shade: int = 0) -> Image.Image:
    """A picture of so many lines across, with words between them."""
    picture = Image.new("L", (1100, 290), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(lines):
        pen.line((4, 10 + 50 * line, 1095, 10 + 50 * line), fill=shade, width=2)
        for place in range(7):
            pen.rectangle((40 + 150 * place, 25 + 50 * line, 70 + 150 * place, 45 + 50 * line), fill=60)
    return picture


def shaded() -> Image.Image:
    """A picture as a photograph, darker from top to bottom."""
    return Image.fromarray(np.repeat(np.linspace(0, 255, 290, dtype=np.uint8)[:, None], 1100, axis=1))


def page(*slices: Image.Image, over: str = "") -> bytes:
    drawing = Drawing(Look())
    drawing.text(60, 60, "样例市人民政府办公室政府信息公开工作年度报告，以下为表格，数字均为虚构。", 10)
    drawing.text(60, 190, "二、主动公开政府信息情况", 10)
    for number, picture in enumerate(slices):
        high = HEIGHT / len(slices)
        drawing.canvas.drawInlineImage(picture, LEFT, 842 - TOP - high * (number + 1), WIDTH, high)
    drawing.text(100, 250, over, 10)
    drawing.text(60, 340, "三、收到和处理政府信息公开申请情况", 10)
    return drawing.done()


@pytest.mark.parametrize("shade", [0, 120])
def test_a_picture_of_a_table_is_told(shade: int) -> None:
    document = read(page(table(5, shade)))
    assert [issue.code for issue in document.issues] == ["pictures_not_read"]
    assert "Page 1: 1 pictures" in document.issues[0].message
    assert len(document.prose) == 3


@pytest.mark.parametrize(
    "data",
    [page(shaded()), page(table(1)), page(table(5), over="规章本年制发三件")],
    ids=["a photograph", "a line", "a ground"],
)
def test_other_pictures_are_not(data: bytes) -> None:
    assert not read(data).issues


def test_a_table_that_is_recognised_stands_in_its_place() -> None:
    """Also where a printer cut its picture into slices."""
    asked: list[Box | None] = []

    def recognise(_: OpenPage, number: int, box: Box | None) -> Sequence[Piece]:
        asked.append(box)
        cells = [
            Filled(Slot(1, place, 1, 1, Box(0, 0, 9, 9)), text, number, Box(0, 0, 9, 9))
            for place, text in enumerate(("规章", "12"), 1)
        ]
        return [Line("单位：件", Box(0, 0, 9, 9), 9, number), Table(tuple(cells), (0, 9, 18), 1)]

    whole = table(5)
    document = read(page(whole.crop((0, 0, 1100, 145)), whole.crop((0, 145, 1100, 290))), recognise)
    assert [tuple(round(side) for side in box or ()) for box in asked] == [
        (LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT)
    ]
    assert not document.issues
    kinds = [
        block.text if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Paragraph | Grid)
    ]
    assert kinds[1:] == [
        "二、主动公开政府信息情况",
        "单位：件",
        ["规章", "12"],
        "三、收到和处理政府信息公开申请情况",
    ]


def test_pictures_come_to_their_places_and_nothing_else_moves() -> None:
    """The second table stands in a cell of the first, beside which a line stands above it."""

    def line(top: float) -> Line:
        return Line("样例", Box(400, top, 420, top + 10), 10.0, 1)

    def ruled(top: float) -> Table:
        box = Box(60, top, 300, top + 10)
        return Table((Filled(Slot(1, 1, 1, 1, box), "1", 1, box),), (60.0, 300.0), 1)

    outer, inner, beside, end, shown = ruled(100), ruled(150), line(120), line(300), ruled(0)
    text: list[Piece] = [outer, inner, beside, end]
    assert _with_shown(text, []) == tuple(text)
    assert _with_shown(text, [(Box(60, 200, 300, 260), [shown])]) == (outer, inner, beside, shown, end)


def test_a_picture_in_which_no_table_is_found_counts_for_nothing() -> None:
    document = read(page(table(5)), lambda _, number, __: [Line("图一", Box(0, 0, 9, 9), 9, number)])
    assert not document.issues
    assert len(document.prose) == 3


def test_around_a_box_there_is_blank_paper() -> None:
    dark = np.full((40, 60), 30, np.uint8)
    part = within(Tinted(dark, dark, dark, 0.5), Box(5, 10, 15, 15))
    assert np.argwhere(part.grey < 255).min(axis=0).tolist() == [20, 10]
    assert np.argwhere(part.grey < 255).max(axis=0).tolist() == [30, 30]
    assert np.count_nonzero(part.red) == np.count_nonzero(part.hidden) == np.count_nonzero(part.grey < 255)
