"""A page that is not read ends the tables before it: what comes behind it may be of other rows."""

from __future__ import annotations

import pytest

from pipeline.extract import Extractor
from pipeline.forms import load_forms
from pipeline.read import Grid
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.lattice import Slot
from pipeline.read.pdf.layout import Filled, Table
from pipeline.read.pdf.reader import PageRead, document_of


def page(number: int, *texts: str) -> PageRead:
    """A page with rows of a table, each of a label and a value."""
    cells = []
    for place, text in enumerate(texts):
        row, column = divmod(place, 2)
        box = Box(60 + 100 * column, 80 + 24 * row, 160 + 100 * column, 104 + 24 * row)
        cells.append(Filled(Slot(row + 1, column + 1, 1, 1, box), text, number, box))
    return PageRead(number, (Table(tuple(cells), (60.0, 160.0, 260.0), len(texts) // 2),), 842.0)


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


HEADS = ("统计指标", "统计数")
REVIEW = (
    "五、行政复议数量",
    "9",
    "（一）维持具体行政行为数",
    "4",
    "（二）被依法纠错数",
    "3",
    "（三）其他情形数",
    "2",
)
LITIGATION = (
    "六、行政诉讼数量",
    "6",
    "（一）维持具体行政行为或者驳回原告诉讼请求数",
    "1",
    "（二）被依法纠错数",
    "0",
    "（三）其他情形数",
    "5",
)
ROWS = (*REVIEW, *LITIGATION)


LOST = [(before, after) for before in range(0, 8, 2) for after in range(max(4, before), len(ROWS) - 2, 2)]


@pytest.mark.parametrize(("before", "after"), LOST)
def test_a_label_that_stands_twice_is_of_no_group_behind_a_lost_page(before: int, after: int) -> None:
    pages = (page(1, *HEADS, *ROWS[:before]), PageRead(2, told="it is damaged"), page(3, *ROWS[after:]))
    whole = figures(page(1, *HEADS, *ROWS))
    assert len(whole) == len(ROWS) // 2
    assert figures(*pages).items() <= whole.items()


def figures(*pages: PageRead) -> dict[str, object]:
    document = document_of("application/pdf", "", pages, ())
    record = Extractor(load_forms()).extract(document, as_report=True)
    assert sum(issue.code == "ambiguous_row" for issue in record.issues) == nameless(pages)
    return {figure.cell: figure.value for figure in record.figures}


def nameless(pages: tuple[PageRead, ...]) -> int:
    """How many labels that stand twice begin the last page, if the one before it is lost."""
    labels = [cell.text for piece in pages[-1].pieces if isinstance(piece, Table) for cell in piece.cells][
        ::2
    ]
    first = next((place for place, label in enumerate(labels) if label[1] not in "二三"), len(labels))
    return first if len(pages) > 1 else 0
