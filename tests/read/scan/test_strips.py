"""Which pictures are slices of one, and which are no pages at all; without reading a character."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.lattice import Slot
from pipeline.read.pdf.layout import Filled, Line, Table
from pipeline.read.scan.colour import Coloured
from pipeline.read.scan.dress import is_coloured, is_page, is_small
from pipeline.read.scan.strips import cut_apart, goes_on
from tests.documents.pictures import painted
from tests.read.scan.damage import coloured, photographed, squeezed
from tests.tables.making import reports

REPORT = reports("jia-sci", 2021)[0]
TOP, BOTTOM = 79, 183  # of the first of two tables on the page
LINES = (79, 105, 131, 157, 183)


@pytest.fixture(scope="module")
def page() -> Coloured:
    return coloured(painted(REPORT, 0, 1)[0])


def test_a_table_goes_on_over_a_cut_wherever_it_is_cut(page: Coloured) -> None:
    for at in range(TOP + 8, BOTTOM - 6):
        assert goes_on(page[:at], page[at:]), at


def test_a_table_goes_on_in_pictures_of_little_quality(page: Coloured) -> None:
    for at in (100, 118, 140, 150, 170):
        halves = (
            cv2.imdecode(np.frombuffer(squeezed(one, 40), np.uint8), 1) for one in (page[:at], page[at:])
        )
        assert goes_on(*(np.asarray(one, np.uint8) for one in halves)), at


def test_pages_and_tables_of_their_own_are_no_slices(page: Coloured) -> None:
    assert not goes_on(page, page)
    assert not goes_on(page[:140], np.ascontiguousarray(page[140:, :-40]))
    assert not goes_on(page[:190], page[190:])
    table = page[TOP : BOTTOM + 1]
    assert not goes_on(table, table)
    assert not goes_on(page[:140], page[BOTTOM + 30 :])


def test_a_cell_is_placed_on_the_slice_that_shows_most_of_it() -> None:
    slot = Slot(1, 1, 1, 1, Box(0, 0, 1, 1))
    cells = tuple(Filled(slot, "", 4, Box(10, top, 50, top + 20)) for top in (70, 85, 95, 150))
    table = cut_apart(Table(cells, (0, 1), 1), [0, 100, 160, 240], 4)
    assert isinstance(table, Table)
    assert [(cell.page, cell.box.top, cell.box.bottom) for cell in table.cells] == [
        (4, 70, 90),
        (4, 85, 100),
        (5, 0, 15),
        (6, 0, 10),
    ]


def test_what_is_small_or_coloured_all_over_is_no_page_and_a_scan_of_one_is(page: Coloured) -> None:
    small = [(300, 80), (430, 430), (160, 140), (900, 40)]
    for width, height in small:
        assert is_small(np.full((height, width, 3), 255, np.uint8)), (width, height)
    for width, height in [(900, 60), (600, 400), (440, 300)]:
        assert not is_small(np.full((height, width, 3), 255, np.uint8)), (width, height)
    assert is_coloured(coloured(Image.new("RGB", (700, 900), (30, 90, 220))))
    yellowed = np.clip(page * np.array([0.72, 0.9, 1.0]), 0, 255).astype(np.uint8)
    for scan in (page, yellowed, photographed(page, 0.03)):
        assert not is_coloured(scan)


def test_a_page_has_a_table_with_words_or_running_text() -> None:
    def line(text: str, size: float = 10) -> Line:
        return Line(text, Box(0, 0, 1, 1), size, 1)

    slot = Slot(1, 1, 1, 1, Box(0, 0, 1, 1))
    table = Table((Filled(slot, "行政许可", 1, slot.box),), (0, 1), 1)
    blank = Table((Filled(slot, "", 1, slot.box),), (0, 1), 1)
    text = line("本机关依法公开政府信息，" * 4)
    assert is_page([table], is_upright=False)
    assert is_page([text], is_upright=False)
    assert is_page([line("样例甲市科学技术局"), line("2022年1月12日")], is_upright=True)
    assert not is_page([line("扫一扫关注我们")], is_upright=True)
    assert not is_page([blank, line("微信公众号")], is_upright=False)
    assert not is_page([line("一图读懂年报", 30), text, text, table], is_upright=True)
    assert is_page([line("发布图解12件"), text, text, table], is_upright=True)
