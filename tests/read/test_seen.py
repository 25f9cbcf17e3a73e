"""What of a cell a person sees on a page: white figures, hidden ones, and those turned round. Goldens by eye."""

from __future__ import annotations

import pytest

from pipeline.extract.numerals import read_count
from pipeline.extract.record import Status
from pipeline.read import Grid, read_document

SHEET = """<style><!-- .h, p.gone {display:none} .w{color:#FFF} .g td{background:#369} .up{vertical-align:super}
.sq{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)} .o{display:none} .o.on{display:inline}
@media print{.p{display:none}} .q:hover{display:none} td.b{background-color:navy} .strong{display:none !important}
--></style>"""


def cells(cell: str, *, sheet: str = "", table: str = "", row: str = "") -> list[str]:
    """The texts of a row of a label and `cell`."""
    cell = cell if cell.startswith("<td") else f"<td>{cell}</td>"
    page = (
        f"<html><head>{sheet}</head><body><table {table}><tr {row}><td>规章</td>{cell}</tr>"
        "<tr><td>规范性文件</td><td>0</td></tr></table></body></html>"
    )
    (grid,) = [block for block in read_document(page.encode()).blocks if isinstance(block, Grid)]
    return [one.text for one in grid.cells if one.row == 1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('1<span style="color:#fff">2</span>', "1\ufffd2"),
        ('<span style="COLOR: White">12件</span>', "\ufffd12件"),
        ('<span style="color:rgb(255, 255, 255)">2</span>', "\ufffd2"),
        ('<span style="color:#fff;color:#333">2</span>', "2"),
        ('<span style="background-color:#fff">2</span>', "2"),
        ("<font color=#ffffff>3</font>", "\ufffd3"),
        ("<font color=#ffffff>数量</font>", "数量"),
        ('<td style="color:#fff"><span style="color:black">2</span></td>', "2"),
        ('<td style="color:#fff" bgcolor="#336699">2</td>', "2"),
        ('<td style="color:#fff" bgcolor="#ffffff">2</td>', "\ufffd2"),
        ('<td style="color:#fff;background:#369 url(a.gif) no-repeat">2</td>', "2"),
        ('<td style="color:#fff;background:url(a.gif) no-repeat">2</td>', "\ufffd2"),
        ('<bdo dir="RTL">12</bdo>', "\ufffd12"),
        ('<span style="unicode-bidi:bidi-override;direction:rtl">12</span>', "\ufffd12"),
        ("\u202e12\u202c", "\ufffd12"),
        ("\u202d12\u202c", "12"),
        ('<span class="sr-only">1</span>5', "5"),
        ('<span style="display:inline-block;width:0px;overflow:hidden">1</span>5', "5"),
        ('<span style="width:0;overflow:hidden">1</span>5', "~1~5"),  # words in a line take no width
        ('<div style="overflow:hidden;height:0">1</div>5', "5"),
        ('<td style="width:0;overflow:hidden">5</td>', "5"),  # cells grow with what stands in them
        ('<span style="display:none;display:inline">5</span>', "5"),
    ],
)
def test_by_styles_of_its_own(cell: str, text: str) -> None:
    assert cells(cell) == ["规章", text]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<span class="h">1</span>5', "5"),
        ('<p class="gone">1</p><p>5</p>', "5"),
        ('<span class="gone">1</span>5', "15"),
        ('<span class="sq">1</span>5', "5"),
        ('5<i class="up">1</i>', "5^1"),
        ('<b class="o">1</b>5', "5"),
        ('<b class="o on">1</b>5', "15"),
        ('<b class="h" style="display:inline">1</b>5', "15"),
        ('<b class="strong" style="display:inline">1</b>5', "5"),
        ('<b class="p">1</b><b class="q">5</b>', "15"),
        ('<td class="w">5</td>', "\ufffd5"),
        ('<td class="b w">5</td>', "5"),
    ],
)
def test_by_rules_of_the_page(cell: str, text: str) -> None:
    assert cells(cell, sheet=SHEET) == ["规章", text]


def test_white_of_rows_and_tables_is_of_their_cells() -> None:
    for white in ("table", "row"):
        assert cells("2", **{white: 'style="color:#fff"'}) == ["规章", "\ufffd2"]
        assert cells("2", **{white: 'style="color:#fff;background:#00f"'}) == ["规章", "2"]
        assert cells('<span class="w">2</span>', sheet=SHEET, **{white: 'class="g"'}) == ["规章", "2"]


def test_a_table_in_a_hidden_part_of_a_layout_is_there_but_known_as_hidden() -> None:
    inner = "<table><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>4</td></tr></table>"
    page = (
        f"<html><body><table><tr><td><div style='display:none'>{inner}</div></td></tr></table></body></html>"
    )
    (grid,) = [block for block in read_document(page.encode()).blocks if isinstance(block, Grid)]
    assert grid.veiled


def test_no_such_figure_is_a_number() -> None:
    for _, text in (cells('<td style="color:#fff"><p>2</p></td>'), cells("\u202e12\u202c")):
        assert read_count(text).status is Status.UNREADABLE
