"""The tables of documents of Word: what a person sees, cell by cell. Every golden is written from the markup by eye."""

from __future__ import annotations

import io

import docx as python_docx
from hypothesis import given

from pipeline.read import Grid, Paragraph, read_document
from tests.documents.grids import grids, places
from tests.documents.seen import read, shown
from tests.documents.writing import cell, docx, paragraph, plain, spanned, table
from tests.extract.rendering import Table


def test_a_deleted_row_is_gone_and_a_hidden_one_is_hidden() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    rows = (
        row.format("", "甲"),
        row.format("<w:trPr><w:del/></w:trPr>", "乙"),
        row.format("<w:trPr><w:hidden/></w:trPr>", "丙"),
    )
    (grid,) = read(f"<w:tbl>{''.join(rows)}</w:tbl>").blocks
    assert isinstance(grid, Grid)
    assert [(one.text, one.row, one.hidden) for one in grid.cells if one.text] == [
        ("甲", 1, False),
        ("丙", 2, True),
    ]


def test_edges_a_hair_apart_are_one_edge() -> None:
    """The second row's edge lies 20 twentieths of a point beside the first's; a person sees two columns."""

    def spans(first: int, second: int) -> list[str]:
        return [
            cell(paragraph(str(first)), f'<w:gridSpan w:val="{first}"/>'),
            cell(paragraph(str(second)), f'<w:gridSpan w:val="{second}"/>'),
        ]

    (grid,) = read(table(spans(1, 2), spans(2, 1), widths=[2000, 20, 1980])).blocks
    assert shown(grid) == [("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1), ("2", 2, 1, 1, 1), ("1", 2, 2, 1, 1)]
    (grid,) = read(table(spans(1, 2), spans(2, 1), widths=[2000, 500, 1500])).blocks
    assert isinstance(grid, Grid)
    assert grid.width == 3


def test_a_narrow_cell_that_fills_up_a_row_is_none() -> None:
    """LibreOffice ends every row where the longest ends."""

    def row(*texts: tuple[str, int]) -> list[str]:
        return [cell(paragraph(text), f'<w:gridSpan w:val="{span}"/>') for text, span in texts]

    rows = (row(("规章", 1), ("3", 1), ("", 1)), row(("甲", 1), ("7", 2)), row(("乙", 2), ("", 1)))
    (grid,) = read(table(*rows, widths=[1400, 1400, 150])).blocks
    assert shown(grid) == [
        ("规章", 1, 1, 1, 1),
        ("3", 1, 2, 1, 1),
        ("甲", 2, 1, 1, 1),
        ("7", 2, 2, 1, 2),
        ("乙", 3, 1, 1, 2),
    ]
    (grid,) = read(table(*rows, widths=[1400, 1400, 700])).blocks
    assert [one[0] for one in shown(grid)] == ["规章", "3", "", "甲", "7", "乙", ""]
    (grid,) = read(table(*rows, row(("丙", 1), ("1", 1), ("2", 1)), widths=[1400, 1400, 150])).blocks
    assert [one[0] for one in shown(grid)] == ["规章", "3", "", "甲", "7", "乙", "", "丙", "1", "2"]


LINES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right"))


def framed(text: str, across: int = 1) -> str:
    return cell(paragraph(text), f'<w:gridSpan w:val="{across}"/><w:tcBorders>{LINES}</w:tcBorders>')


def test_cells_outside_the_lines_of_their_row_are_none() -> None:
    """LibreOffice fills up rows with cells that have no lines, where a row begins behind others or ends before them."""
    nil = '<w:left w:val="nil"/><w:right w:val="none"/>'
    outside = [cell(paragraph(""), f"<w:tcBorders>{lines}</w:tcBorders>") for lines in ("", nil)]
    rows = (
        [framed("信息内容"), framed("制作数"), framed("公开数"), *outside],
        [outside[0], framed("规章"), framed("3"), framed(""), outside[1]],
        [framed("甲", 3), framed("乙", 2)],
    )
    (grid,) = read(table(*rows, widths=[900] * 5)).blocks
    assert shown(grid) == [
        *(("信息内容", 1, 1, 1, 1), ("制作数", 1, 2, 1, 1), ("公开数", 1, 3, 1, 1)),
        *(("", 2, 1, 1, 1), ("规章", 2, 2, 1, 1), ("3", 2, 3, 1, 1), ("", 2, 4, 1, 1)),
        *(("甲", 3, 1, 1, 3), ("乙", 3, 4, 1, 2)),
    ]


def test_an_empty_cell_is_one_where_its_row_does_not_tell_its_lines() -> None:
    own = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
    rows = ([cell(paragraph("规章")), framed("3"), cell(paragraph(""), own)], [framed("甲", 3)])
    (grid,) = read(table(*rows, widths=[900] * 3)).blocks
    assert [one[0] for one in shown(grid)] == ["规章", "3", "", "甲"]
    rows = ([framed("规章"), framed("3"), cell(paragraph(""))], [framed("甲", 3)])
    (grid,) = read(table(*rows, widths=[900] * 3)).blocks
    assert [one[0] for one in shown(grid)] == ["规章", "3", "", "甲"]
    bare = cell(paragraph(""), "<w:tcBorders/>")
    (grid,) = read(table([framed("结果"), framed("总计")], [bare, bare], widths=[900] * 2)).blocks
    assert [one[0] for one in shown(grid)] == ["结果", "总计", "", ""]
    goes_on = cell(paragraph(""), "<w:vMerge/><w:tcBorders/>")
    opens = cell(paragraph("总计"), f'<w:vMerge w:val="restart"/><w:tcBorders>{LINES}</w:tcBorders>')
    (grid,) = read(table([framed("规章"), opens], [framed("3"), goes_on], widths=[900] * 2)).blocks
    assert shown(grid) == [("规章", 1, 1, 1, 1), ("总计", 1, 2, 2, 1), ("3", 2, 1, 1, 1)]


def test_what_claims_to_go_on_a_cell_that_is_not_above_it_stands_alone() -> None:
    wide = cell(paragraph("甲"), '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
    rows = table([wide], [cell(paragraph("1"), "<w:vMerge/>"), cell(paragraph("2"))])
    (grid,) = read(rows).blocks
    assert shown(grid) == [("甲", 1, 1, 1, 2), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1)]


def test_rows_that_begin_later_keep_their_columns() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell(paragraph("乙"))}</w:tr>'
    rows = table([cell(paragraph("甲")), cell(paragraph("1"))], widths=[900, 900]).replace(
        "</w:tbl>", late + "</w:tbl>"
    )
    (grid,) = read(rows).blocks
    assert shown(grid) == [("甲", 1, 1, 1, 1), ("1", 1, 2, 1, 1), ("", 2, 1, 1, 1), ("乙", 2, 2, 1, 1)]


def test_a_table_in_a_layout_table_is_a_grid_and_the_text_around_it_runs_on() -> None:
    inner = spanned(plain(["规章", "1"], ["行政规范性文件", "2"]))
    outer = table([cell(paragraph("甲局年度报告") + inner + paragraph("落款"))])
    first, grid, last = read(outer).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert (first.text, last.text) == ("甲局年度报告", "落款")
    assert [text for text, *_ in shown(grid)] == ["规章", "1", "行政规范性文件", "2"]


def test_figures_parted_from_their_heads_are_one_table_with_them() -> None:
    heads, figures = spanned(plain(["维持", "总计"])), spanned(plain(["1", "2"]))
    (grid,) = read(heads + paragraph("") + figures).blocks
    assert [(text, row) for text, row, *_ in shown(grid)] == [("维持", 1), ("总计", 1), ("1", 2), ("2", 2)]
    for apart in (
        heads + paragraph("说明") + figures,
        figures + figures,
        heads + spanned(plain(["1", "2", "3"])),
        heads + spanned(plain(["规章", "2"])),
    ):
        assert sum(isinstance(block, Grid) for block in read(apart).blocks) == 2


@given(grids())
def test_a_table_with_spans_comes_back_as_another_reader_sees_it(rows: Table) -> None:
    data = docx(spanned(rows))
    (grid,) = read_document(data).blocks
    assert isinstance(grid, Grid)
    theirs = python_docx.Document(io.BytesIO(data)).tables[0]
    assert places(grid) == [[one.text for one in row.cells] for row in theirs.rows]
    assert sorted((one.rowspan, one.colspan) for one in grid.cells) == sorted(
        (one.rowspan, one.colspan) for row in rows for one in row
    )
