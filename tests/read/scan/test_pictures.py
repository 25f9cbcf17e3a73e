"""Reports painted as pictures, and damaged as scanners and telephones do it, give no figure that was not printed.

The large corpus of such pictures is `python -m benchmarks ocr`; these few show that the way holds.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from pipeline.check.recognised import confirmed
from pipeline.extract import Extractor, Figure, Record, Status
from pipeline.forms import load_forms
from pipeline.read import Document, read_document
from pipeline.read.blocks import Block, Grid
from pipeline.read.scan.reader import read
from pipeline.read.sniff import JPEG, PDF, PNG
from pipeline.report import ReportReader
from tests.read.pdf.drawing import Look
from tests.read.pdf.test_looks import pages
from tests.read.scan.damage import blurred, coloured, noisy, photographed, skewed, squeezed, stamped
from tests.read.scan.painting import Painting

FORMS = load_forms()
OPEN = {Status.UNREADABLE, Status.AMBIGUOUS}


@cache
def extractor() -> Extractor:
    return Extractor(FORMS)


def record_of(document: Document) -> Record:
    return confirmed(extractor().extract(document, as_report=True), FORMS)


def figures(record: Record) -> dict[str, tuple[Status, object, str | None]]:
    return {figure.cell: (figure.status, figure.value, figure.unit) for figure in record.figures}


def part(number: int, wanted: str) -> list[Block]:
    """The blocks of a sample page that make its short tables (`few`), or its title and last table (`last`)."""
    blocks = pages()[number].blocks
    grids = [block for block in blocks if isinstance(block, Grid)]
    return [*blocks[:5], *grids[:3]] if wanted == "few" else [*blocks[:5], grids[-1]]


def painted(blocks: list[Block], dpi: int = 200) -> Image.Image:

    return Painting(Look(height=460), dpi).painted(blocks)[0]


def scored(document: Document, blocks: list[Block]) -> tuple[int, int, list[Figure]]:
    """How many cells there are, how many are read right, and the figures that are wrong."""
    record = record_of(document)
    expected = figures(record_of(Document("text/html", blocks=tuple(blocks), titles=pages()[0].titles)))
    told = figures(record)
    wrong = [
        one for one in record.figures if one.status not in OPEN and told[one.cell] != expected.get(one.cell)
    ]
    return len(expected), sum(told.get(cell) == value for cell, value in expected.items()), wrong


def bytes_of(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def test_a_clean_scan_in_a_pdf_reads_as_the_page_with_pages_and_boxes() -> None:
    blocks = part(0, "few")
    data = bytes_of(painted(blocks), "PDF")
    document = read_document(data, name="report.pdf")
    assert document.media_type == PDF
    assert not document.issues
    cells, right, wrong = scored(document, blocks)
    assert not wrong
    assert right == cells > 15
    record = record_of(document)
    assert (record.organ, record.year) == ("样例甲市人民政府办公室", 2019)
    with PdfDocument(data) as pdf:
        width, height = pdf[0].get_size()
    for figure in record.figures:
        assert figure.sight is not None
        assert figure.where.page == 1
        assert figure.where.box is not None
        left, top, right_side, bottom = figure.where.box
        assert 0 < left < right_side < width
        assert 0 < top < bottom < height


def test_a_stamped_aslant_and_noisy_scan_gives_no_wrong_figure() -> None:

    blocks = part(1, "last")
    data = squeezed(skewed(noisy(stamped(coloured(painted(blocks)), 0.5, 0.25), 10), 1.8), 40)
    document = read(data, JPEG)
    cells, right, wrong = scored(document, blocks)
    assert not wrong
    assert right >= 0.6 * cells > 8  # of a table so small the seal covers a large part


def test_a_photograph_from_the_side_gives_no_wrong_figure() -> None:

    blocks = part(2, "last")
    document = read(squeezed(blurred(photographed(coloured(painted(blocks)), 0.03), 0.7), 70), JPEG)
    cells, right, wrong = scored(document, blocks)
    assert not wrong
    assert right >= 0.9 * cells > 9


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: bytes_of(Image.new("L", (90, 400), 255), "PNG"), "too_large"),
        (lambda: bytes_of(Image.new("L", (900, 400), 255), "PNG"), "empty_document"),
        (lambda: bytes_of(Image.new("L", (900, 400), 255), "PNG")[:60], "damaged_document"),
        (lambda: bytes_of(Image.new("1", (20_000, 20_000), 1), "PNG"), "too_large"),
    ],
    ids=["a button", "an empty page", "cut off", "a bomb"],
)
def test_pictures_that_are_no_pages_are_issues(data: Callable[[], bytes], code: str) -> None:
    document = read(data(), PNG)
    assert not document.blocks
    assert [issue.code for issue in document.issues] == [code]


def test_a_picture_on_its_side_without_a_title_is_what_its_page_says() -> None:
    blocks = part(0, "few")[5:]
    lying = bytes_of(painted(blocks).transpose(Image.Transpose.ROTATE_90), "PNG")
    title = "样例甲市人民政府办公室2019年政府信息公开工作年度报告"
    record = ReportReader(FORMS).read(lying, title=title).record
    assert (record.is_report, record.organ, record.year) == (True, "样例甲市人民政府办公室", 2019)
    page = Document("text/html", blocks=tuple(blocks))
    assert figures(record) == figures(extractor().extract(page, as_report=True))
    boxes = [figure.where.box for figure in record.figures if figure.where.box]
    assert len(boxes) == len(record.figures)
    assert all(bottom - top > right - left for left, top, right, bottom in boxes)
