"""A page that is not read ends the tables before it: what comes behind it may be of other rows."""

from __future__ import annotations

from pipeline.read import Grid
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.lattice import Slot
from pipeline.read.pdf.layout import Filled, Table
from pipeline.read.pdf.reader import PageRead, document_of


def page(number: int, label: str, value: str) -> PageRead:
    """A page with one row of a table."""
    left, right = Box(60, 80, 160, 104), Box(160, 80, 260, 104)
    cells = (
        Filled(Slot(1, 1, 1, 1, left), label, number, left),
        Filled(Slot(1, 2, 1, 1, right), value, number, right),
    )
    return PageRead(number, (Table(cells, (60.0, 160.0, 260.0), 1),), 842.0)


def tables(*pages: PageRead) -> list[list[str]]:
    blocks = document_of("application/pdf", "", pages, ()).blocks
    return [[cell.text for cell in block.cells] for block in blocks if isinstance(block, Grid)]


def test_a_table_goes_on_over_a_page_break() -> None:
    assert tables(page(1, "（一）收到申请数", "7"), page(2, "（二）申请办结数", "5")) == [
        ["（一）收到申请数", "7", "（二）申请办结数", "5"]
    ]


def test_a_table_does_not_go_on_over_a_page_that_was_not_read() -> None:
    first, last = page(1, "（二）申请办结数", ""), page(3, "", "45")
    parts = [["（二）申请办结数", ""], ["", "45"]]
    assert tables(first, PageRead(2, told="it is damaged"), last) == parts
    assert tables(first, PageRead(2), last) == parts
