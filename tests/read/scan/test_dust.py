"""Specks go from a page, and nothing goes that may be part of what is printed: points, signs, ends of thin strokes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.scan.dust import specks, strokes
from pipeline.read.scan.pixels import Picture, dark_in


def paper(*digits: int) -> Picture:
    """Paper with an upright stroke, as of a 1, at some places."""
    blank: Picture = np.full((80, 160), 245, np.uint8)
    for x in digits:
        cv2.line(blank, (x, 30), (x, 50), 30, 3)
    return blank


def told(page: Picture) -> Picture:
    ink = dark_in(np.asarray(cv2.medianBlur(page, 3), np.uint8), 10)
    return specks(page, strokes(page, ink))


@pytest.mark.parametrize(
    ("x", "y", "size", "goes"),
    [
        (100, 20, 2, True),
        (78, 48, 2, True),
        (42, 48, 3, True),
        (60, 48, 2, False),
        (60, 48, 3, False),
        (73, 40, 2, False),
        (100, 20, 5, False),
    ],
    ids=["alone", "behind", "before", "a point", "a large point", "of a stroke that broke", "too large"],
)
def test_a_speck_goes_where_it_can_be_nothing_printed(x: int, y: int, size: int, *, goes: bool) -> None:
    page = paper(52, 70)
    page[y : y + size, x : x + size] = 30
    assert bool(told(page)[y, x]) is goes
    assert not told(page)[30:51, 50:72].any()


def test_a_minus_stays() -> None:
    page = paper(52)
    page[40:42, 38:43] = 30
    assert not told(page).any()


def test_thin_ends_of_strokes_are_ink_and_lone_grain_is_none() -> None:
    page = paper(52)
    page[50, 45:60] = 60  # the foot of the 1, one pixel high
    page[20, 100] = 60
    ink = strokes(page, dark_in(np.asarray(cv2.medianBlur(page, 3), np.uint8), 10))
    assert ink[50, 45:60].all()
    assert not ink[20, 100]
