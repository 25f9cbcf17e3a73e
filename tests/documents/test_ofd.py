"""Documents in OFD: what a page shows, and what of it is no number."""

from __future__ import annotations

import pytest

from pipeline.read import Document, Grid, read_document
from pipeline.read.cell_pictures import cell_picture
from pipeline.read.sniff import OFD
from tests.documents.ofd import drawn, line, ofd, text
from tests.documents.reports import assert_true, lines_and_tables, reader, reports
from tests.documents.writing import plain

ROWS = plain(["规章", "12"], ["行政规范性文件", "3.5"])
NOTE = "样例市人民政府办公室政府信息公开工作年度报告，本表数字均为虚构，仅供核对读法之用。"


def cells(data: bytes) -> list[str]:
    document: Document = read_document(data)
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return [cell.text for cell in grid.cells]


def test_every_figure_of_a_report_is_right() -> None:
    report = reports()[0]
    data = ofd(*drawn(lines_and_tables(report)))
    reading = reader().read(data, name="年报.pdf")
    assert reading.media_type == OFD
    assert_true(reading, report, has_sections=False)
    where = reading.record.figures[0].where
    assert where.page is not None
    assert where.box is not None
    box = " ".join(map(str, where.box))
    assert cell_picture(data, where.page, box).startswith(b"\x89PNG")


# What is drawn in the second cell, and what is read: None of what is certainly no number.
AT = (150.0, 33.0)
WHITE = '<ofd:FillColor Value="255 255 255"/>'
CUT = '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 -9 3.2 20"><ofd:AbbreviatedData>M 0 0 L 3.2 0 L 3.2 20 '
CUT += "L 0 20 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
SCALED = (
    '<ofd:TextObject Boundary="150 30 9 9" CTM="0.01 0 0 0.01 0 0" Size="300"><ofd:TextCode X="0" Y="300" '
)
SCALED += 'DeltaX="g 2 150">128</ofd:TextCode></ofd:TextObject>'
CELLS = [
    (text(*AT, "12"), "12"),
    (SCALED, "128"),
    (text(*AT, "12") + text(*AT, "12"), "12"),  # twice, to look bold
    (text(*AT, "7", attributes='Visible="false"') + text(*AT, "12"), "12"),
    (text(*AT, "12", inside=WHITE), ""),
    (text(*AT, "\ue0012"), None),  # of a private area: a font in the file shows there what it likes
    (text(*AT, "\u22122"), None),
    (text(*AT, "12") + line(149, 31.9, 5, 0), None),
    (text(*AT, "129", inside=CUT), None),
]


@pytest.mark.parametrize(("content", "said"), CELLS)
def test_what_is_drawn_in_a_cell_is_read_as_it_is_seen(content: str, said: str | None) -> None:
    (page,) = drawn([NOTE, plain(["规章", ""], ["行政规范性文件", "3.5"])])
    first, found, *others = cells(ofd(page + content))
    assert [first, *others] == ["规章", "行政规范性文件", "3.5"]
    assert found == said if said is not None else "\ufffd" in found


def test_characters_that_are_not_those_of_their_glyphs_are_no_number() -> None:
    (page,) = drawn([NOTE, plain(["规章", ""], ["行政规范性文件", ""])])
    glyphs = '<ofd:CGTransform CodeCount="{}"><ofd:Glyphs>{}</ofd:Glyphs></ofd:CGTransform>'

    def both(first: str, second: str, codes: tuple[str, str]) -> list[str]:
        told = [glyphs.format(len(one.split()), one) for one in (first, second)]
        shown = [text(150, y, said, inside=one) for y, said, one in zip((33, 39), codes, told, strict=True)]
        found = cells(ofd(page + "".join(shown)))
        return [found[1], found[3]]

    assert both("18 19", "19 18", ("12", "21")) == ["12", "21"]
    for first, second, codes in (
        ("18 19", "18 20", ("12", "12")),  # one character for two glyphs
        ("18 19", "18 20", ("1 ", "1 ")),  # so of a blank
        ("18 18", "20 21", ("12", "34")),  # one glyph for two figures
        ("18 19 20", "21 22", ("12", "34")),  # more glyphs than characters
    ):
        assert "\ufffd" in both(first, second, codes)[0]


def test_templates_blocks_and_compositions_are_drawn_where_they_are_used() -> None:
    (page,) = drawn([NOTE, ROWS])
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8"><ofd:Content>{page}</ofd:Content>'
    unit += "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    used = '<ofd:PageBlock><ofd:CompositeObject ResourceID="8" Boundary="0 0 210 420"/></ofd:PageBlock>'
    assert cells(ofd(used, shared=unit)) == ["规章", "12", "行政规范性文件", "3.5"]
    itself = unit.replace(page, used * 50)
    assert [issue.code for issue in read_document(ofd(used, shared=itself)).issues] == ["too_complex"]


def test_what_cannot_be_read_is_told() -> None:
    (page,) = drawn([NOTE, ROWS])
    picture = '<ofd:MultiMedias><ofd:MultiMedia ID="7"><ofd:MediaFile>a.jb2</ofd:MediaFile></ofd:MultiMedia>'
    picture += "</ofd:MultiMedias>"
    shown = page + '<ofd:ImageObject ResourceID="7" Boundary="0 0 9 9" CTM="9 0 0 9 0 0"/>'
    data = ofd(shown, shared=picture, parts={"Doc_0/Res/a.jb2": b"x"})
    assert [issue.code for issue in read_document(data).issues] == ["pictures_not_read"]
    for damaged in (data[: len(data) // 2], ofd(page[:-30])):
        document = read_document(damaged)
        assert not document.blocks
        assert [issue.code for issue in document.issues] == ["damaged_document"]
