"""What the pixels of a cell tell of it: nothing, dust, a dash, or strokes that suit some digits and not others."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.pdf.geometry import Box
from pipeline.read.scan.ink import Drawn, Ink, ink_in
from pipeline.read.scan.pixels import Picture

CELL = Box(0, 0, 90, 44)


def drawn(*strokes: tuple[tuple[int, int], tuple[int, int]], shade: int = 30, width: int = 3) -> Ink:
    """What is told of a cell with straight strokes in it."""
    paper: Picture = np.full((44, 90), 245, np.uint8)
    for start, end in strokes:
        cv2.line(paper, start, end, shade, width)
    dark = np.where(paper < 180, np.uint8(255), np.uint8(0))
    return ink_in(CELL, paper, dark)


UPRIGHT = ((20, 12), (20, 30))
BESIDE = ((32, 12), (32, 30))


def test_paper_is_nothing_and_a_speck_or_a_shade_is_doubtful() -> None:
    assert drawn().drawn is Drawn.NOTHING
    assert drawn(((40, 20), (41, 21)), width=4).drawn is Drawn.DOUBTFUL
    assert drawn(((40, 12), (40, 30)), shade=190, width=5).drawn is Drawn.DOUBTFUL


def test_a_flat_stroke_is_a_dash_and_one_along_the_wall_or_with_a_trace_around_it_is_not() -> None:
    assert drawn(((30, 21), (44, 21))).drawn is Drawn.DASH
    assert drawn(((30, 1), (80, 1))).drawn is Drawn.STROKES
    assert drawn(((30, 21), (70, 21)), width=16).drawn is Drawn.STROKES  # words whose strokes run together
    paper: Picture = np.full((44, 90), 245, np.uint8)
    cv2.rectangle(paper, (30, 10), (44, 34), 190, 4)
    cv2.line(paper, (30, 21), (44, 21), 30, 3)
    dark = np.where(paper < 180, np.uint8(255), np.uint8(0))
    assert ink_in(CELL, paper, dark).drawn is Drawn.STROKES


def test_a_small_minus_is_part_of_what_is_cut_out() -> None:
    assert drawn(UPRIGHT, ((10, 21), (13, 21))).box.left < 11


@pytest.mark.parametrize(
    ("ink", "text", "suits"),
    [
        (drawn(UPRIGHT), "1", True),
        (drawn(UPRIGHT), "/", False),
        (drawn(UPRIGHT, BESIDE), "1", False),
        (drawn(UPRIGHT, BESIDE), "11", True),
        (drawn(UPRIGHT, ((70, 12), (70, 30))), "11", False),
        (drawn(((16, 30), (24, 12))), "1", False),
        (drawn(((16, 30), (24, 12))), "/", True),
        (drawn(UPRIGHT), "1111111", False),
        (drawn(UPRIGHT, BESIDE, ((26, 29), (26, 30))), "11", False),
        (drawn(UPRIGHT, BESIDE, ((26, 29), (26, 30))), "1.1", True),
        (drawn(UPRIGHT, BESIDE), "1.1", False),
        (drawn(UPRIGHT, ((10, 21), (13, 21))), "1", False),
        (drawn(UPRIGHT, ((10, 21), (13, 21))), "-1", True),
        (drawn(((20, 4), (20, 14)), ((20, 28), (20, 38))), "11", False),
    ],
    ids=[
        "one",
        "a one is no slash",
        "a digit too few",
        "two",
        "far apart",
        "a slash is no 1",
        "a slash",
        "too many digits",
        "a point is lost",
        "a point",
        "no point is there",
        "a minus is lost",
        "a minus",
        "on two lines",
    ],
)
def test_strokes_suit_a_number_or_not(ink: Ink, text: str, suits: bool) -> None:
    assert ink.suits(text) is suits
