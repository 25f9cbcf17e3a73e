"""Pieces of lines that a scan has lost are put back where nothing else can be meant, and not in cells that span."""

from __future__ import annotations

import random

import numpy as np
import pytest

from pipeline.read.pdf.geometry import Rule
from pipeline.read.pdf.lattice import lattice
from pipeline.read.scan.pixels import POINT
from pipeline.read.scan.walls import Walled, walled

EDGES = [20.0 * place for place in range(6)]  # five rows and columns
NO_INK = np.zeros((round(100 * POINT), round(100 * POINT)), np.uint8)


def made(
    missing: set[tuple[bool, int, int]],
    ink: np.ndarray[tuple[int, int], np.dtype[np.uint8]] = NO_INK,
    seed: int | None = None,
) -> Walled:
    """A table without some pieces of its lines, each upright or not, its line and its place along it, from 0. With a
    seed the pieces are a little out of line.
    """
    dice = random.Random(seed)  # noqa: S311 - for lines out of line
    rules = [
        Rule(upright, EDGES[line] + (dice.random() if seed else 0.0), EDGES[piece], EDGES[piece + 1])
        for upright in (True, False)
        for line in range(6)
        for piece in range(5)
        if (upright, line, piece) not in missing
    ]
    found = lattice(rules, 3.0)
    assert found is not None
    return walled(rules, found, 3.0, ink)


def test_a_piece_between_others_is_put_back_and_remembered() -> None:
    whole = made({(True, 2, 2)})
    assert len(whole.lattice.slots) == 25
    assert whole.beside == {(3, 2), (3, 3)}


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_piece_is_put_back_also_where_the_others_are_a_little_out_of_line(seed: int) -> None:
    assert len(made({(True, 2, 2)}, seed=seed).lattice.slots) == 25


def test_two_pieces_above_each_other_and_the_last_one_are_put_back() -> None:
    assert len(made({(True, 2, 2), (True, 2, 3)}).lattice.slots) == 25
    assert len(made({(False, 3, 4)}).lattice.slots) == 25


def test_a_row_that_spans_all_stays_one_cell() -> None:
    whole = made({(True, line, 2) for line in range(1, 5)})
    assert len(whole.lattice.slots) == 21
    assert not whole.beside


def test_what_is_written_across_keeps_its_cell_whole() -> None:
    ink = NO_INK.copy()
    ink[round(45 * POINT) : round(55 * POINT), round(30 * POINT) : round(50 * POINT)] = 255
    assert len(made({(True, 2, 2)}, ink).lattice.slots) == 24


def written(*places: tuple[int, int], low: float = 0.0) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Ink in the middle of places, each its row and column from 1; `low` points lower in the second row."""
    ink = NO_INK.copy()
    for row, column in places:
        x, y = EDGES[column - 1] + 7, EDGES[row - 1] + 7 + (low if row == 2 and column == 1 else 0)
        ink[round(y * POINT) : round((y + 6) * POINT), round(x * POINT) : round((x + 6) * POINT)] = 255
    return ink


EVERYWHERE = [(row, column) for row in range(1, 6) for column in range(1, 6)]
LOST_INSIDE = (True, 2, 2)  # tells that lines of the table are lost


def test_in_a_damaged_table_a_piece_at_its_edge_is_put_back_between_what_is_written_in_one_row() -> None:
    assert len(made({(True, 2, 0), LOST_INSIDE}, written(*EVERYWHERE)).lattice.slots) == 25
    assert len(made({(False, 2, 0), LOST_INSIDE}, written(*EVERYWHERE)).lattice.slots) == 25


def test_a_piece_at_the_edge_stays_out_where_nothing_tells_that_it_is_lost() -> None:
    first = {(True, 2, 0)}
    assert len(made(first, written(*EVERYWHERE)).lattice.slots) == 24
    one_side = [place for place in EVERYWHERE if place != (1, 3)]
    assert len(made({*first, LOST_INSIDE}, written(*one_side)).lattice.slots) == 24
    two_lines = written(*EVERYWHERE, low=2.5)  # of one label over two rows
    assert len(made({(False, 2, 0), LOST_INSIDE}, two_lines).lattice.slots) == 24


def test_a_cell_that_is_no_rectangle_is_cut_where_lines_are_lost() -> None:
    corner = {(True, 2, 2), (False, 2, 2), (False, 2, 1)}
    whole = made(corner, written(*EVERYWHERE)).lattice.slots
    assert len(whole) == 25
    assert all(slot.whole for slot in whole)


def test_what_is_left_of_a_wall_is_not_written_across_it() -> None:
    ink = NO_INK.copy()
    ink[round(22 * POINT) : round(32 * POINT), round(40 * POINT) - 1 : round(40 * POINT) + 1] = 255
    assert len(made({(True, 2, 1)}, ink).lattice.slots) == 25
