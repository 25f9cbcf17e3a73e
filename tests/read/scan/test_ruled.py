"""Lines of tables are found though they are one pixel wide, and strokes of characters are no lines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.pdf.joined import whole
from pipeline.read.scan.pixels import POINT, Picture
from pipeline.read.scan.ruled import ruled

LEFT, RIGHT, TOP, LOW, BOTTOM = 40, 640, 40, 72, 227  # pixels; the first row is low
MIDDLE = 340


def table(width: int = 1) -> Picture:
    """A table of two rows and columns; the first row is one cell."""
    paper: Picture = np.full((360, 700), 245, np.uint8)
    for y in (TOP, LOW, BOTTOM):
        cv2.line(paper, (LEFT, y), (RIGHT, y), 60, width)
    for x, y in ((LEFT, TOP), (RIGHT, TOP), (MIDDLE, LOW)):
        cv2.line(paper, (x, y), (x, BOTTOM), 60, width)
    return paper


def lines(paper: Picture, red: Picture | None = None) -> set[tuple[int, ...]]:
    """The whole lines: upright or not, their place, and where they begin and end, to ten pixels."""
    return {
        (rule.upright, *(round(side * POINT / 10) for side in (rule.at, rule.start, rule.end)))
        for rule in whole(ruled(paper, red).rules, 2.5)
    }


ALL = {
    (False, 4, 4, 64),
    (False, 7, 4, 64),
    (False, 23, 4, 64),
    (True, 4, 4, 23),
    (True, 64, 4, 23),
    (True, 34, 7, 23),
}


def test_hair_lines_are_found_as_thick_ones_are_also_in_grain() -> None:
    assert lines(table()) == lines(table(3)) == lines(table(7)) == ALL
    grain = np.random.default_rng(1).normal(0, 12, table().shape)
    assert lines(np.clip(table() + grain, 0, 255).astype(np.uint8)) == ALL


@pytest.mark.parametrize("gap", [3, 9], ids=["bridged", "beyond what is bridged"])
def test_a_stroke_below_a_table_does_not_make_its_line_longer(gap: int) -> None:
    paper = table()
    cv2.line(paper, (MIDDLE, BOTTOM + gap), (MIDDLE, BOTTOM + gap + 30), 30, 2)
    assert lines(paper) == ALL
    assert not ruled(paper).lines[BOTTOM + 3 :].any()


def test_a_stroke_that_nearly_fills_a_low_row_is_no_wall_and_a_line_is() -> None:
    paper = table()
    cv2.line(paper, (200, TOP + 5), (200, LOW - 6), 30, 2)
    assert lines(paper) == ALL
    cv2.line(paper, (200, TOP), (200, LOW), 60, 1)
    assert lines(paper) == {*ALL, (True, 20, 4, 7)}


def test_where_all_lines_go_on_without_an_end_the_table_does() -> None:
    paper = table()
    for x in (LEFT, MIDDLE, RIGHT):
        cv2.line(paper, (x, BOTTOM), (x, BOTTOM + 53), 60, 1)
    assert {line for line in lines(paper) if line[0]} == {
        (True, 4, 4, 28),
        (True, 64, 4, 28),
        (True, 34, 7, 28),
    }


def test_what_a_seal_takes_of_a_line_is_put_back_and_no_other_gap_is() -> None:
    paper = table()
    paper[LOW, 200:240] = 245
    red = np.zeros_like(paper)
    red[LOW - 20 : LOW + 20, 200:225] = 255
    assert lines(paper, red) != ALL
    red[LOW - 20 : LOW + 20, 225:240] = 255
    assert lines(paper) != ALL
    assert lines(paper, red) == ALL


def test_a_line_close_to_figures_on_one_side_is_found_and_a_row_of_strokes_is_no_line() -> None:
    paper = table()
    for y in range(LOW + 10, BOTTOM - 20, 30):
        cv2.rectangle(paper, (MIDDLE - 30, y), (MIDDLE - 5, y + 19), 30, -1)  # figures set right
    assert lines(paper) == ALL
    row = table()
    for x in range(100, 240, 23):
        cv2.line(row, (x, 150), (x + 19, 150), 30, 2)
        cv2.rectangle(row, (x, 155), (x + 14, 170), 30, -1)
    assert lines(row) == ALL
