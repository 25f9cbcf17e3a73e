"""Pages to blocks: the text of cells, of running text and of preformatted text, and what is no text."""

from __future__ import annotations

import pytest

from pipeline.read import Grid, Paragraph, read_document
from tests.read import pages
from tests.read.test_grid import grid_of, printed


def lines_of(markup: str) -> list[str]:
    document = read_document(f"<html><body>{markup}</body></html>".encode(), prose=False)
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("&nbsp;0&nbsp;", "0"),
        ("  本年新\n  制作数量 ", "本年新 制作数量"),
        ("本年新<br>制作数量", "本年新\n制作数量"),
        ("<p>商业</p>\n<p>企业</p>", "商业\n企业"),
        ("<p><br></p>", ""),
        ("1\u200b2\ufeff", "12"),
        ("&#8203;3", "3"),
        ("１２", "１２"),
        ("　自　然　人　", "自 然 人"),
        ("&lt;5&gt; &amp; 6", "<5> & 6"),
        ("<span>1</span><span>2</span>", "12"),
        ("<input value=' 7 '>", "7"),
        ("<INPUT TYPE=TEXT VALUE=8 disabled>", "8"),
        ("<input type=hidden value=9>4", "4"),
        ("<textarea>\n10</textarea>", "10"),
        ("<select><option>1<option selected>2</select>", "2"),
        ("12<sup>1</sup>", "12^1"),
        ("12<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>1</span>", "12^1"),
        ("12<span style='position:relative;top:1.0pt;mso-text-raise:1.0pt'>1</span>", "121"),
        ("<s>5</s>6", "~5~6"),
        ("<script>document.write(9)</script>3<!-- 4 --><style>b{}</style>", "3"),
        ("<noscript>1</noscript><template>2</template>", ""),
        ("2<o:p></o:p>", "2"),
    ],
)
def test_the_text_of_a_cell(cell: str, text: str) -> None:
    grid = grid_of(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>")
    assert grid.cells[1].text == text


def test_running_text_is_split_where_lines_are() -> None:
    assert lines_of("甲<div>乙<b>丙</b>\n 丁<p>戊<br>己</div>庚<hr>辛<ul><li>壬<li>癸</ul>") == [
        *("甲", "乙丙 丁", "戊", "己", "庚", "辛", "壬", "癸")
    ]


def test_flattened_rows_keep_their_tabs_and_bars() -> None:
    assert lines_of("<p>规章\t0\t1<br>\n\t\t| 行政许可 | 3 |&nbsp;&nbsp;|<br>处罚 &nbsp; 4</p>") == [
        *("规章\t0\t1", "| 行政许可 | 3 |  |", "处罚   4")
    ]


def test_preformatted_text_is_line_by_line_as_it_stands() -> None:
    assert lines_of("<pre>\n规章\t0  1\n\n  行政许可\t2\n</pre>") == ["规章\t0  1", "", "  行政许可\t2"]


def test_headings_have_levels_and_blocks_count_from_one() -> None:
    document = read_document(
        b"<html><h1>a</h1><table><tr><td>1<td>2</table><h3>b<br>c</h3>d</html>", prose=False
    )
    assert [
        (block.number, block.level) if isinstance(block, Paragraph) else block.number
        for block in document.blocks
    ] == [(1, 1), 1, (3, 3), (4, 3), (5, None)]


def test_a_caption_stands_before_its_table() -> None:
    document = read_document("<html><table><caption>表一<tr><td>1<td>2</table>".encode(), prose=False)
    assert [type(block) for block in document.blocks] == [Paragraph, Grid]


@pytest.mark.parametrize("dress", [pages.clean, pages.word_export, pages.in_layout_tables])
def test_one_report_in_any_dress_gives_the_same_grids(dress: object) -> None:
    assert callable(dress)
    document = read_document(dress().encode())
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [grid.number for grid in grids] == [1, 2, 3]
    for grid, rows in zip(grids, (rows() for rows in pages.TABLES.values()), strict=True):
        assert [cell.text for cell in grid.cells] == [text for row in rows for text, _, _ in row]
        assert all("·" not in row for row in printed(grid)), "a place of the form is left uncovered"
    assert [(grid.height, grid.width) for grid in grids] == [(14, 4), (28, 10), (4, 15)]


def test_a_page_that_shows_nothing_is_told() -> None:
    document = read_document(b"<html><body><script>location='/x'</script></body></html>")
    assert document.blocks == ()
    assert [issue.code for issue in document.issues] == ["empty_document"]
