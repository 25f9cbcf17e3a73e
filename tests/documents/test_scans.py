"""Pictures inside files: page scans in a zip, documents of Word whose tables are pictures."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from pipeline.extract import Record
from pipeline.read import Document, read_document, readers
from pipeline.read.blocks import Grid
from pipeline.read.cell_pictures import cell_picture
from pipeline.read.packs.scans import numbered
from pipeline.report import ReportReader
from tests.documents.pictures import painted, png
from tests.documents.reports import lines_and_tables, reader, reports
from tests.documents.writing import paragraph, picture, spanned, with_pictures, zipped

REPORT = reports()[0]


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["10.jpg", "2.jpg", "1.jpg"], [("1.jpg", "2.jpg", None, "10.jpg")]),
        (["a/p1.png", "b/p2.png", "a/p2.PNG", "a/P3.png"], [("a/p1.png", "a/p2.PNG")]),
        (["正文第1页.jpg", "正文第2页.jpeg", "附件1.jpg"], [("正文第1页.jpg", "正文第2页.jpeg")]),
        (["IMG_0412_101500.jpg", "IMG_0412_101733.jpg"], [("IMG_0412_101500.jpg", "IMG_0412_101733.jpg")]),
        (["财政局1.jpg", "民政局2.jpg", "1.jpg"], []),
        (["年报2022.jpg", "年报2023.jpg"], []),
        (["2022年报1.jpg", "2023年报2.jpg"], []),
        (["1.jpg", "1.png", "封面.jpg"], []),
    ],
)
def test_pictures_belong_together_that_are_numbered_alike(
    names: list[str], groups: list[tuple[str | None, ...]]
) -> None:
    assert numbered(names) == groups


def test_pages_of_several_reports_are_never_one() -> None:
    """A page that carries the title of one organ, and a table of another one behind it."""
    other = next(one for one in reports() if one.organ.name != REPORT.organ.name)
    pages = [read_document(one.html) for one in (REPORT, other)]
    words = [block for block in pages[0].blocks if not isinstance(block, Grid)]
    tables = [block for block in pages[1].blocks if isinstance(block, Grid)]
    titles = tuple((one.publication.title,) for one in (REPORT, other))
    mixed = Document("image/png", titles=titles[0], blocks=(*words, *tables), page_titles=titles)
    record = reader()._record(mixed, None, as_report=False)
    assert (record.is_report, record.reason, record.figures) == (False, "several_reports", ())
    again = replace(mixed, page_titles=(titles[0], ("续表",), titles[0]))
    assert isinstance(reader(), ReportReader)
    assert reader()._record(again, None, as_report=False).is_report


def assert_read(record: Record, pages: set[int | None], count: int) -> None:
    """Every figure of the tables shown is right, and they stand on these pages."""
    assert (record.organ, record.year) == (REPORT.organ.name, REPORT.publication.year)
    for figure in record.figures:
        printed = REPORT.figures[figure.cell]
        assert (figure.status, figure.value) == (printed.status, printed.value), figure.cell
    assert {figure.where.page for figure in record.figures} == pages
    assert len(record.figures) == count


def test_page_scans_in_a_zip_are_one_report_in_the_order_of_their_numbers() -> None:
    """The table on the first page goes on over the second; the third shows a code to be scanned."""
    (first, second), (last,) = painted(REPORT, 0, height=150), painted(REPORT, 1, height=180)
    code = Image.effect_noise((300, 300), 120)
    pages = {"4.png": last, "3.png": code, "2.png": second, "1.png": first}
    data = zipped({f"年报/{name}": png(page) for name, page in pages.items()})
    reading = reader().read(data, title=f"{REPORT.publication.title}.zip")
    assert_read(reading.record, {1, 2, 4}, 12)
    assert [issue.at for issue in reading.record.issues] == ["年报/1.png–4.png"]
    place = next(figure.where for figure in reading.record.figures if figure.where.page == 2)
    drawn = cell_picture(data, 2, " ".join(map(str, place.box or ())), member="年报/1.png–4.png")
    assert Image.open(io.BytesIO(drawn)).width > 100


def test_pictures_in_a_document_of_word_are_read_in_their_places() -> None:
    (table,) = painted(REPORT, 1, height=180)
    slices = table.crop((0, 0, table.width, 120)), table.crop((0, 120, table.width, table.height))
    last = [item for item in lines_and_tables(REPORT) if not isinstance(item, str)][-1]
    body = paragraph(REPORT.publication.title) + spanned(last) + picture(1) + picture(2) + paragraph("五、")
    data = with_pictures(body, [png(one) for one in slices])
    document = read_document(data)
    assert_read(reader()._record(document, None, as_report=False), {None, 2}, 21)
    assert [block.number for block in document.blocks if isinstance(block, Grid)] == [1, 2]
    assert [block.text for block in document.blocks if not isinstance(block, Grid)][-1] == "五、"


def test_pictures_in_a_document_without_the_recogniser_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "find_spec", lambda _package: None)
    scan = png(Image.effect_noise((300, 300), 120))
    alone = read_document(with_pictures(picture(1), [scan]))
    assert [issue.code for issue in alone.issues] == ["reader_missing"]
    assert "pip install 'gongkai[ocr]'" in alone.issues[0].message
    beside = read_document(with_pictures(paragraph("年度报告") + picture(1), [scan]))
    assert [issue.code for issue in beside.issues] == ["pictures_not_read"]
