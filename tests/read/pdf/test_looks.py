"""Reports drawn as PDF in many ways give the figures that the same report gives as a page."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.extract import Extractor, Record, Status
from pipeline.forms import load_forms
from pipeline.read import Document, Grid, read_document
from pipeline.read.pdf.reader import read
from pipeline.sample import sample_reports
from tests.read.pdf.drawing import MARGIN, PADDING, PITCH, Drawing, Look

LOOKS = {
    "strokes, page numbers": Look(numbered=True),
    "lines as thin boxes, on wide pages": Look(rules="thin", width=842, height=595, numbered=True),
    "a border of its own around every cell": Look(rules="cells"),
    "no outer lines": Look(rules="open", numbered=True),
    "dashed lines": Look(rules="dashed"),
    "dotted lines": Look(rules="dots"),
    "double lines": Look(rules="double"),
    "heads repeated, running heads": Look(
        width=842, height=420, heads=3, numbered=True, running="某市政府文件"
    ),
    "rows cut in two": Look(height=500, cut_rows=True, numbered=True),
    "rows cut in two, borders around cells": Look(height=537, rules="cells", cut_rows=True),
    "page turned by its own entry": Look(rotate=90),
    "page on its head": Look(rotate=180),
    "contents turned": Look(turned=True, cut_rows=True),
    "contents turned and turned back": Look(width=842, height=595, turned=True, rotate=90),
    "two pages side by side": Look(side_by_side=True, cut_rows=True, numbered=True),
    "a font that is only named": Look(named=True, turned=True),
    "bold by printing twice": Look(bold=True),
}


@cache
def pages() -> list[Document]:
    """One report of either form and style of page."""
    kinds: dict[tuple[str, str], bytes] = {}
    for report in sample_reports():
        kinds.setdefault((report.publication.form, report.publication.style), report.html)
    return [read_document(html) for html in kinds.values()]


@cache
def extractor() -> Extractor:
    return Extractor(load_forms())


def told(record: Record) -> dict[str, tuple[Status, object, str | None]]:
    return {figure.cell: (figure.status, figure.value, figure.unit) for figure in record.figures}


@pytest.mark.parametrize("look", LOOKS)
def test_a_report_reads_alike_however_it_is_drawn(look: str) -> None:
    page = pages()[list(LOOKS).index(look) % len(pages())]
    document = read(Drawing(LOOKS[look]).blocks(page.blocks))
    record, expected = extractor().extract(document), extractor().extract(page)
    assert len(expected.figures) > 190
    assert told(record) == told(expected)
    assert not document.issues
    assert (record.organ, record.year, record.form) == (expected.organ, expected.year, expected.form)
    assert [section.title for section in record.sections] == [section.title for section in expected.sections]


@pytest.mark.parametrize("rows", range(1, 5))
@pytest.mark.parametrize("number", range(2))
def test_heads_that_a_page_ends_within_are_still_heads(number: int, rows: int) -> None:
    """The tables begin so far down that a few of their rows are on their first page."""
    page = pages()[number]
    drawing = Drawing(Look(height=700))
    for block in page.blocks:
        if isinstance(block, Grid) and drawing.down < 500:
            drawing.down = 700 - MARGIN - 6 - rows * (PITCH + 2 * PADDING) - 30
        drawing.add(block)
    assert told(extractor().extract(read(drawing.done()))) == told(extractor().extract(page))


def test_every_figure_has_its_page_and_its_box() -> None:
    look = Look(height=500, numbered=True)
    record = extractor().extract(read(Drawing(look).blocks(pages()[0].blocks)))
    assert {figure.where.page for figure in record.figures} > {2, 3}
    for figure in record.figures:
        assert figure.where.box is not None
        left, top, right, bottom = figure.where.box
        assert 0 < left < right < look.width
        assert 0 < top < bottom < look.height
