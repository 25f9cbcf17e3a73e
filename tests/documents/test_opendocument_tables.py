"""The tables of OpenDocument: what a person sees, cell by cell. Every golden is written from the markup by eye."""

from __future__ import annotations

from hypothesis import given

from pipeline.read import Grid, read_document
from tests.documents.grids import grids, places
from tests.documents.opendocument import cell, column_styles, odt, opendocument, table
from tests.documents.seen import shown, texts
from tests.extract.rendering import Table

LINES = (
    '<style:style style:name="{}" style:family="table-cell"><style:table-cell-properties fo:border="{}"/>'
    "</style:style>"
)
STYLES = LINES.format("on", "0.5pt solid #000000") + LINES.format("off", "none")
COVERED = "<table:covered-table-cell/>"


def read(drawn: str, widths: tuple[int, ...] = ()) -> object:
    document = read_document(opendocument(drawn, styles=STYLES + column_styles(widths)))
    assert document.issues == ()
    (grid,) = document.blocks
    return grid


def test_repeated_cells_and_rows_are_printed_each_time() -> None:
    zero = '<table:table-cell table:number-columns-repeated="3"><text:p>0</text:p></table:table-cell>'
    rows = table([cell("规章"), zero, cell("1")]).replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="2">'
    )
    assert [one[0] for one in shown(read(rows))] == ["规章", "0", "0", "0", "1"] * 2


def test_head_rows_and_groups_are_rows_and_what_is_not_shown_is_hidden() -> None:
    row = "<table:table-row {}>" + cell("甲") + cell("1") + "</table:table-row>"
    body = (
        f"<table:table-header-rows>{row.format('')}</table:table-header-rows><text:soft-page-break/>"
        f"<table:table-row-group><table:table-rows>{row.format('')}</table:table-rows></table:table-row-group>"
        + row.format('table:visibility="collapse"')
    )
    grid = read(f"<table:table>{body}</table:table>")
    assert isinstance(grid, Grid)
    assert [(one.row, one.hidden) for one in grid.cells if one.column == 1] == [
        (1, False),
        (2, False),
        (3, True),
    ]
    properties = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="t" style:family="table">{properties}</style:style>'
    hidden = table([cell("甲"), cell("1")]).replace("<table:table>", '<table:table table:style-name="t">')
    (grid,) = read_document(opendocument(hidden, styles=style)).blocks
    assert isinstance(grid, Grid)
    assert all(one.hidden for one in grid.cells)


def test_edges_a_hair_apart_are_one_edge() -> None:
    rows = ([cell("1"), cell("2", across=2)], [cell("3", across=2), cell("4")])
    assert shown(read(table(*rows, widths=(2000, 20, 1980)), (2000, 20, 1980))) == [
        *(("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1), ("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1)),
    ]
    grid = read(table(*rows, widths=(2000, 500, 1500)), (2000, 500, 1500))
    assert isinstance(grid, Grid)
    assert grid.width == 3


def test_cells_outside_the_lines_of_their_row_are_none() -> None:
    off = cell("", style="off")
    rows = (
        [cell("信息内容", style="on"), cell("制作数", style="on"), cell("", style="on"), off],
        [off, cell("规章", style="on"), cell("3", style="on"), off],
        [cell("甲", style="on", across=4)],
    )
    assert shown(read(table(*rows, widths=(900,) * 4), (900,))) == [
        *(("信息内容", 1, 1, 1, 1), ("制作数", 1, 2, 1, 1), ("", 1, 3, 1, 1)),
        *(("", 2, 1, 1, 1), ("规章", 2, 2, 1, 1), ("3", 2, 3, 1, 1), ("甲", 3, 1, 1, 4)),
    ]


def test_a_cell_covers_what_says_so_and_nothing_else() -> None:
    rows = (
        [cell("总计", down=3), cell("1")],
        [COVERED, cell("2")],
        [cell("规章"), cell("3")],
        [COVERED, cell("4")],
    )
    assert shown(read(table(*rows))) == [
        *(
            ("总计", 1, 1, 2, 1),
            ("1", 1, 2, 1, 1),
            ("2", 2, 2, 1, 1),
            ("规章", 3, 1, 1, 1),
            ("3", 3, 2, 1, 1),
        ),
        *(("", 4, 1, 1, 1), ("4", 4, 2, 1, 1)),
    ]


def test_a_table_with_more_cells_in_a_row_than_columns_is_not_read() -> None:
    """Such tables come of cells of no width, which LibreOffice writes: 1 is not under B, where it stands in its row."""
    rows = ([cell("甲"), cell("A"), cell("B")], [cell(""), cell("规章"), cell("1"), cell("2")])
    drawn = table(*rows, widths=(700,) * 3)
    document = read_document(
        opendocument(f"<text:p>前</text:p>{drawn}<text:p>后</text:p>", styles=column_styles((700,)))
    )
    assert texts(document) == ["前", "后"]
    assert [one.code for one in document.issues] == ["grid_cut"]
    assert not any(isinstance(one, Grid) for one in document.blocks)
    rows = ([cell("规章"), cell("1"), cell("2")], [cell("文件"), cell("3"), cell("4"), cell("")])
    assert [one[0] for one in shown(read(table(*rows, widths=(700,) * 3), (700,)))] == [
        "规章",
        "1",
        "2",
        "文件",
        "3",
        "4",
    ]


def test_a_table_in_a_cell_is_a_grid_of_its_own() -> None:
    inner = table([cell("规章"), cell("1")], [cell("文件"), cell("2")])
    body = table(
        [f"<table:table-cell><text:p>甲局年度报告</text:p>{inner}<text:p>落款</text:p></table:table-cell>"]
    )
    document = read_document(opendocument(body))
    assert texts(document) == ["甲局年度报告", "落款"]
    assert [text for text, *_ in shown(document.blocks[1])] == ["规章", "1", "文件", "2"]


@given(grids())
def test_a_table_with_spans_comes_back_as_it_was_drawn(rows: Table) -> None:
    (grid,) = read_document(odt([rows])).blocks
    assert isinstance(grid, Grid)
    wanted = [[""] * grid.width for _ in rows]
    taken: set[tuple[int, int]] = set()
    for row, printed in enumerate(rows):
        column = 0
        for one in printed:
            while (row, column) in taken:
                column += 1
            covered = [
                (row + down, column + across) for down in range(one.rowspan) for across in range(one.colspan)
            ]
            taken.update(covered)
            for down, across in covered:
                wanted[down][across] = one.text
    assert places(grid) == wanted
    assert len(taken) == grid.width * grid.height
