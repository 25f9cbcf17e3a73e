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
