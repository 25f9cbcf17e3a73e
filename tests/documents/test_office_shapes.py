"""Documents as programs and people really write them, by way of LibreOffice: each figure is right, and none is wrong.

The documents are written by hand with true figures; LibreOffice makes the other formats of them, and reads them back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

import pytest

from pipeline.forms import load_forms
from pipeline.read.given import Slow
from pipeline.read.office import soffice
from pipeline.read.office.soffice import Source, convert
from pipeline.report import ReportReader
from tests.documents.edges import Shift, straight
from tests.documents.opendocument import odt
from tests.documents.reports import assert_true, lines_and_tables, reports
from tests.documents.writing import cell, docx, paragraph, spanned, table

pytestmark = pytest.mark.skipif(
    soffice.program() is None, reason=f"LibreOffice is not here: {soffice.INSTALL}"
)
REPORT = max(reports(), key=lambda one: len({figure.text for figure in one.figures.values()}))
RUN = re.compile(r'<w:r><w:t xml:space="preserve">([0-9０-９][0-9０-９.,]*)</w:t></w:r>')
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def written(change: Callable[[str], str] = str, shift: Shift = straight, *, lines: bool = False) -> bytes:
    """The report with its tables changed."""
    drawn = (
        paragraph(item) if isinstance(item, str) else change(spanned(item, shift=shift, lines=lines))
        for item in lines_and_tables(REPORT)
    )
    return docx("".join(drawn))


def boxed(drawn: str) -> str:
    """A table in a text box."""
    size = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="6000000" cy="9000000"/></a:xfrm>'
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:inline xmlns:wp="{DRAWING}"><wp:extent cx="6000000" cy="9000000"/><wp:docPr id="1" name="b"/>'
        f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr>{size}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{drawn}{paragraph('')}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )


def reworked(ids: Iterator[int], drawn: str) -> str:
    """A table in a layout table, its figures retyped with the changes tracked, and hidden figures beside them."""

    def figure(run: re.Match[str]) -> str:
        who = f'w:id="{next(ids)}" w:author="a" w:date="2022-01-01T00:00:00Z"'
        deleted = f"<w:del {who}><w:r><w:delText>77</w:delText></w:r></w:del>"
        control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run[0]}</w:sdtContent></w:sdt>"
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
        return [f"{deleted}<w:ins {who}>{run[0]}</w:ins>", control, run[0] + hidden][next(ids) % 3]

    return table([cell(RUN.sub(figure, drawn) + paragraph(""))], widths=[9000])


def headed(drawn: str) -> str:
    """A table whose first rows are repeated on each page, in full-width figures of several runs."""

    def figure(run: re.Match[str]) -> str:
        wide = run[1].translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
        return "".join(
            bold.format(one) if place % 2 else f"<w:r><w:t>{one}</w:t></w:r>"
            for place, one in enumerate(wide)
        )

    return RUN.sub(figure, drawn.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 2))


def uneven(row: int, edge: int) -> int:
    """Edges that people drew by hand for some rows together."""
    return (0, 30, -40)[row // 5 % 3] if edge else 0


def rounded(row: int, edge: int) -> int:
    """Edges that a program rounded."""
    return (7919 * row + 104729 * edge) % 3 - 1 if edge else 0


def ragged(row: int, edge: int) -> int:
    """Rows that begin and end where no other does."""
    return (7919 * (row // 2) + 104729 * edge) % 81 - 40


def narrowed(row: int, edge: int) -> int:
    """Every other row ends far before its neighbours."""
    return -120 * edge * (row % 2)


def values(data: bytes, slow: Slow) -> dict[str, object]:
    record = ReportReader(load_forms(), slow=slow).read(data, name="年报.wps").record
    return {figure.cell: figure.value for figure in record.figures}


def test_figures_are_right_in_whatever_shape() -> None:
    shapes = {
        "boxed": written(boxed),
        "reworked": written(partial(reworked, count(1))),
        "headed": written(headed),
        "uneven": written(shift=uneven),
        "ragged": written(shift=ragged, lines=True),
        "narrowed": written(shift=narrowed, lines=True),
    }
    endings = ("doc", "odt", "rtf")
    asked = [(name, ending) for ending in endings for name in shapes]
    made = convert([Source(shapes[name], "docx", ending) for name, ending in asked])
    texts = [odt(lines_and_tables(REPORT), shift=shift) for shift in (uneven, rounded)]
    bodies = [*(one for one in made if isinstance(one, bytes)), *texts]
    names = [*asked, ("uneven text", "odt"), ("rounded text", "odt")]
    assert len(bodies) == len(names)
    ways = [Source(data, of, "docx") for data, (_, of) in zip(bodies, names, strict=True) if of != "odt"]
    back = convert(ways)
    slow = Slow({way.data: made for way, made in zip(ways, back, strict=True)}.get)
    true = {name: one.value for name, one in REPORT.figures.items()}
    for name, data in shapes.items():
        assert values(data, slow) == true, name
    for which, data in zip(names, bodies, strict=True):
        assert values(data, slow) == true, which
    assert_true(ReportReader(load_forms(), slow=slow).read(texts[0]), REPORT)
