"""Tables in tables: layout is read through, data stays a grid, no text is lost."""

from __future__ import annotations

from pipeline.read import Grid, Paragraph, read_document
from tests.read.test_grid import grids_of, printed
from tests.read.test_html import lines_of

INNER = "<table><tr><td>规章<td>1<tr><td>许可<td>2</table>"


def test_a_table_around_tables_is_layout() -> None:
    markup = f"<table><tr><td>栏目<td><p>一、总体情况</p>{INNER}<p>落款</p></table>"
    document = read_document(f"<html>{markup}".encode(), prose=False)
    assert [block.text if isinstance(block, Paragraph) else printed(block) for block in document.blocks] == [
        *("栏目", "一、总体情况", [["规章", "1"], ["许可", "2"]], "落款")
    ]


def test_layout_in_layout_is_read_through() -> None:
    wrapped = INNER
    for _ in range(6):
        wrapped = f"<table><tr><td>甲<td>{wrapped}</table>"
    assert [printed(grid) for grid in grids_of(wrapped)] == [[["规章", "1"], ["许可", "2"]]]
    assert lines_of(wrapped) == ["甲"] * 6


def test_a_data_table_keeps_its_cells_beside_a_small_table() -> None:
    mini = "<table><tr><td>12</td></tr></table>"
    rows = "".join(f"<tr><td>第{number}项<td>{number}" for number in range(4))
    (grid,) = grids_of(f"<table>{rows}<tr><td>合计<td>{mini}</table>")
    assert printed(grid)[-1] == ["合计", "12"]
    assert len(grid.cells) == 10


def test_a_table_of_some_size_inside_data_is_a_grid_as_well() -> None:
    rows = "".join(f"<tr><td>第{number}项<td>{number}" for number in range(9))
    outer, inner = grids_of(f"<table>{rows}<tr><td>其中<td>{INNER}</table>")
    assert outer.cells[-1].text == "规章 | 1\n许可 | 2"
    assert printed(inner) == [["规章", "1"], ["许可", "2"]]
    assert (outer.number, inner.number) == (1, 2)


def test_one_column_and_one_long_cell_are_running_text() -> None:
    assert lines_of("<table><tr><td>甲<tr><td>乙<tr><td>丙</table>") == ["甲", "乙", "丙"]
    article = "".join(
        f"<p>本段说明第{number}件事情的经过，写得仔细一些，好让人看得明白。</p>" for number in range(20)
    )
    markup = f"<table><tr><td>栏目<td>字号<tr><td colspan=2>{article}</table>"
    assert grids_of(markup) == []
    assert len(lines_of(markup)) == 22


def test_a_long_definition_beside_figures_stays_in_the_grid() -> None:
    definition = "规章是指由规定的机关按照规定的程序制定的文件" * 30
    (grid,) = grids_of(f"<table><tr><td>信息内容<td>数量<tr><td>{definition}<td>1</table>")
    assert printed(grid)[1] == [definition, "1"]


def test_tables_nested_too_deep_are_running_text() -> None:
    depth = 3000
    document = read_document(("<html>" + "<table><tr><td>甲<td>" * depth + "乙").encode(), prose=False)
    text = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells)
        for block in document.blocks
    )
    assert text.count("甲") == depth
    assert not any(isinstance(block, Grid) and len(block.cells) > 100 for block in document.blocks)
