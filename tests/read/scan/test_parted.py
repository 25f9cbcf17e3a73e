"""A cell is parted where all that stands in it stands where other cells of its rows or columns are written."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.pdf.geometry import Rule
from pipeline.read.pdf.lattice import Lattice, lattice
from pipeline.read.scan.parted import parted
from pipeline.read.scan.pixels import POINT, Picture

COLUMNS = (0.0, 30.0, 60.0, 90.0, 120.0, 150.0)
ROWS = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
BOTH_LABELS = {(False, 2, 0), (False, 2, 1)}  # the line between the second and the third row, of two columns
WIDE = {(True, 1, row) for row in (1, 2)}  # labels over the first two columns


def made(missing: set[tuple[bool, int, int]]) -> Lattice:
    """Five rows and columns without pieces of lines, each upright or not, its line and its place along it, from 0."""
    rules = [
        Rule(upright, stops[line], along[piece], along[piece + 1])
        for upright, stops, along in ((True, COLUMNS, ROWS), (False, ROWS, COLUMNS))
        for line in range(6)
        for piece in range(5)
        if (upright, line, piece) not in missing
    ]
    found = lattice(rules, 3.0)
    assert found is not None
    return found


def written(
    *labels: tuple[float, float, float], figures: range = range(2, 5), rows: range = range(5)
) -> Picture:
    """A figure in the middle of each place, and labels six points high: where each begins, ends, and its middle."""
    ink = np.zeros((round(100 * POINT), round(150 * POINT)), np.uint8)
    own = [(30.0 * column + 13, 30.0 * column + 17, 20.0 * row + 10) for column in figures for row in rows]
    for left, right, middle in [*own, *labels]:
        rows_of, columns_of = ((middle - 3, middle + 3), (left, right))
        ink[slice(*(round(y * POINT) for y in rows_of)), slice(*(round(x * POINT) for x in columns_of))] = 255
    return ink


def test_a_wide_label_is_two_where_each_stands_in_its_row() -> None:
    (gap,) = parted(made(WIDE | BOTH_LABELS), written((5, 50, 30), (20, 40, 50)))
    assert gap.rule == Rule(upright=False, at=40.0, start=0.0, end=60.0)
    assert gap.beside == {(2, 1), (2, 2), (3, 1), (3, 2)}


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param([(5, 50, 36), (20, 40, 44)], id="two lines around the line"),
        pytest.param([(5, 50, 40)], id="across the line"),
        pytest.param([(5, 50, 30)], id="in one row alone"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_label_over_two_rows_stays_one(labels: list[tuple[float, float, float]]) -> None:
    assert not parted(made(WIDE | BOTH_LABELS), written(*labels))


def test_a_label_of_a_group_of_rows_stays_one_even_if_its_lines_stand_as_rows_do() -> None:
    groups = {(False, line, 0) for line in (1, 2, 4)}  # three rows, and two
    lines = written((5, 25, 10), (5, 25, 30), (5, 25, 50), (5, 25, 70), (5, 25, 90), figures=range(1, 5))
    assert not parted(made(groups), lines)


def test_a_row_without_upright_walls_is_parted_where_its_figures_stand_as_in_other_rows() -> None:
    gaps = parted(made({(True, line, 2) for line in range(1, 5)}), written(figures=range(5)))
    assert [gap.rule.at for gap in gaps] == [30.0, 60.0, 90.0, 120.0]


def test_a_row_of_one_text_is_not_parted() -> None:
    lost = {(True, line, 2) for line in range(1, 5)}
    others = [
        (30.0 * column + 13, 30.0 * column + 17, 20.0 * row + 10)
        for column in range(5)
        for row in (0, 1, 3, 4)
    ]
    assert not parted(made(lost), written(*others, (40, 110, 50), rows=range(0)))
    spaced = [(30.0 * column + 4, 30.0 * column + 8, 50.0) for column in range(5)]
    assert not parted(made(lost), written(*others, *spaced, rows=range(0)))
