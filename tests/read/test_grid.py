"""Span expansion: what was printed comes back, whatever stands in the span attributes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import Cell, Grid, read_document
from pipeline.read.grid import MAX_COLSPAN, RawCell, expand, span


def grid_of(markup: str) -> Grid:
    grids = grids_of(markup)
    assert len(grids) == 1
    return grids[0]


def grids_of(markup: str) -> list[Grid]:
    document = read_document(f"<html><body>{markup}</body></html>".encode(), prose=False)
    return [block for block in document.blocks if isinstance(block, Grid)]


def printed(grid: Grid) -> list[list[str]]:
    """The text at each place, `·` where no cell covers it."""
    places = [["·"] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                assert places[row - 1][column - 1] == "·", "two cells over one place"
                places[row - 1][column - 1] = cell.text
    return places


@st.composite
def true_grids(draw: st.DrawFn) -> list[list[Cell]]:
    """A full grid cut at random into rectangles, as the rows of cells that a page would write."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 7))
    taken: set[tuple[int, int]] = set()
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            free = 1
            while column + free < width and (row, column + free) not in taken:
                free += 1
            colspan = draw(st.integers(1, free))
            rowspan = draw(st.integers(1, height - row))
            taken |= {(row + down, column + right) for down in range(rowspan) for right in range(colspan)}
            text = draw(st.sampled_from(["", "0", "12", "规章", "一、本年新收"])) + f"@{row},{column}"
            rows[row].append(Cell(text, row + 1, column + 1, rowspan, colspan))
    return rows


def written(rows: list[list[Cell]], overflow: int, tag: str) -> str:
    """The grid as markup; a span that ends at the last row may be written longer than it is."""
    markup = []
    for row in rows:
        cells = []
        for cell in row:
            last = cell.row + cell.rowspan - 1 == len(rows)
            cells.append(
                f"<{tag} rowspan=' {cell.rowspan + overflow * last}' colspan={cell.colspan}>{cell.text}</{tag}>"
            )
        markup.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(markup)}</table>"


@given(true_grids(), st.sampled_from([0, 3, 99_999_999]), st.sampled_from(["td", "th", "TD"]))
def test_a_grid_written_with_spans_comes_back(rows: list[list[Cell]], overflow: int, tag: str) -> None:
    cells = [cell for row in rows for cell in row]
    if all(len(row) < 2 for row in rows):
        return  # a table without two cells in any row is layout
    grid = grid_of(written(rows, overflow, tag))
    assert list(grid.cells) == cells
    assert (grid.height, grid.width) == (
        len(rows),
        max(cell.column + cell.colspan - 1 for cell in cells),
    )


raw_cells = st.builds(RawCell, st.just("x"), st.integers(0, 9), st.integers(1, 9), st.booleans())


@given(st.lists(st.lists(st.lists(raw_cells, max_size=6), max_size=5), max_size=3))
def test_every_place_is_covered_at_most_once(groups: list[list[list[RawCell]]]) -> None:
    expansion = expand(groups)
    printed(Grid(1, expansion.cells, expansion.height, expansion.width))
    assert expansion.height == sum(map(len, groups))
    assert len(expansion.cells) == sum(len(row) for group in groups for row in group)
    ends: list[int] = []
    for group in groups:
        ends += [(ends[-1] if ends else 0) + len(group)]
    for cell in expansion.cells:
        end = next(end for end in ends if cell.row <= end)
        assert cell.row + cell.rowspan - 1 <= end, "a cell runs over the end of its row group"


def test_span_attributes_as_they_are_written() -> None:
    assert [span(value) for value in (None, "", " 2 ", "3px", "+4", "junk", "-2", "1.9", "0", "２")] == [
        *(1, 1, 2, 3, 4, 1, 1, 1, 1, 1)
    ]
    assert span("0", zero=0) == 0
    assert span("9" * 5000) == 999_999_999


def test_rowspan_zero_reaches_to_the_end_of_its_row_group() -> None:
    grid = grid_of(
        "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</tbody><tbody><tr><td>乙<td>4</table>"
    )
    assert printed(grid) == [["甲", "1"], ["甲", "2"], ["甲", "3"], ["乙", "4"]]


def test_huge_spans_are_clipped() -> None:
    grid = grid_of('<table><tr><td rowspan="99999999">甲<td colspan="99999999">乙<tr><td>丙</table>')
    assert grid.height == 2
    assert grid.width == 1 + MAX_COLSPAN
    assert grid.cells[0] == Cell("甲", 1, 1, rowspan=2)


def test_a_table_of_endless_places_is_cut_and_told() -> None:
    markup = "<table>" + ("<tr>" + "<td rowspan=9 colspan=1000>1" * 300) * 10 + "</table>"
    document = read_document(f"<html>{markup}".encode(), prose=False)
    assert [issue.code for issue in document.issues] == ["grid_cut"]


def test_a_colspan_that_meets_a_rowspan_stops_before_it() -> None:
    grid = grid_of("<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>")
    assert printed(grid) == [["a", "b", "·"], ["c", "b", "d"]]


def test_cells_without_rows_unclosed_and_upper_case() -> None:
    assert printed(grid_of("<TABLE><TD>a<TD>b<TR><TD COLSPAN=' 2 '>c</TABLE>")) == [["a", "b"], ["c", "c"]]


def test_a_form_or_a_div_inside_a_row_loses_no_cell() -> None:
    assert printed(grid_of("<table><tr><form><td>a</td><td>b</td></form></tr></table>")) == [["a", "b"]]
    document = read_document(b"<html><table><tr><div>x</div><td>a</td><td>b</td></tr></table>", prose=False)
    assert [block.text for block in document.blocks if not isinstance(block, Grid)] == ["x"]
    assert [printed(block) for block in document.blocks if isinstance(block, Grid)] == [[["a", "b"]]]


def test_head_and_foot_stand_where_the_document_has_them() -> None:
    grid = grid_of(
        "<table><tfoot><tr><td>f<td>1</tfoot><tbody><tr><td>b<td>2</tbody><thead><tr><th>h<th>3</thead></table>"
    )
    assert [row[0] for row in printed(grid)] == ["f", "b", "h"]


def test_hidden_rows_and_cells_are_kept_and_marked() -> None:
    grid = grid_of(
        "<table><tr><td>a<td hidden>b<tr style='color:red; DISPLAY : none'><td>c<td>d"
        "<tbody hidden><tr><td>e<td>f</tbody></table>"
    )
    assert [(cell.text, cell.hidden) for cell in grid.cells] == [
        *(("a", False), ("b", True), ("c", True), ("d", True), ("e", True), ("f", True))
    ]


def test_a_row_without_cells_is_a_row() -> None:
    grid = grid_of("<table><tr><td>a<td>b<tr></tr><tr><td>c<td>d</table>")
    assert [cell.row for cell in grid.cells] == [1, 1, 3, 3]
