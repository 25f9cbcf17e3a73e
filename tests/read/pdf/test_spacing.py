"""Numbers set with wide letters are read where only the letters' space parts them; marks stay with their words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract.numerals import read_count
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import CHINESE, LATIN
from tests.read.pdf.little_table import HIGH, LEFT, ROWS, TOP, WIDE, cells, drawing

NUMBERS = [["12", "345"], ["60", "7"], ["", "8901"]]


def spaced(
    numbers: Sequence[Sequence[str]], gap: float, label_gap: float | None = None
) -> dict[tuple[int, int], str]:
    """A table of numbers with `gap` points behind each of their digits, and behind the letters of its labels."""
    made = drawing([["", "", ""] for _ in numbers])
    for row, texts in enumerate(numbers):
        for column, text in enumerate(["现有规章", *texts]):
            pen = made.canvas.beginText(LEFT + column * WIDE + 5, 842 - TOP - row * HIGH - 16)
            pen.setFont(LATIN if column else CHINESE, 9)
            pen.setCharSpace(gap if column or label_gap is None else label_gap)
            pen.textOut(text)
            made.canvas.drawText(pen)
    return cells(read(made.done()))


@pytest.mark.parametrize("gap", [1.0, 1.5, 2.25, 3.5])
def test_wide_letters_are_no_blanks(gap: float) -> None:
    said = spaced(NUMBERS, gap)
    assert [[said[row, column] for column in (2, 3)] for row in (1, 2, 3)] == NUMBERS


@pytest.mark.parametrize("gap", [1.5, 2.25, 3.5])
def test_figures_apart_beside_labels_that_stand_together_are_numbers_of_their_own(gap: float) -> None:
    assert read_count(spaced(NUMBERS, gap, label_gap=0)[1, 3]).value is None


def test_a_point_inside_a_number_tells_that_its_figures_are_wide_letters() -> None:
    said = spaced([*NUMBERS[:2], ["3.14", "8901"]], 2.25, label_gap=0)
    assert (said[1, 3], said[3, 2]) == ("345", "3.14")


@pytest.mark.parametrize(("first", "expected"), [("11", "345"), ("01", None)])
def test_many_numbers_of_which_none_begins_with_nought_tell_of_wide_letters(
    first: str, expected: str | None
) -> None:
    numbers = [[first, "345"], *([str(number), str(number + 7)] for number in range(12, 17))]
    said = spaced(numbers, 2.25, label_gap=0)
    assert (said[1, 3] if read_count(said[1, 3]).value is not None else None) == expected


@pytest.mark.parametrize("gap", [5.0, 8.0])
def test_figures_so_far_apart_as_columns_are_numbers_of_their_own(gap: float) -> None:
    assert read_count(spaced(NUMBERS, gap)[1, 3]).value is None


def test_figures_apart_where_others_stand_together_are_numbers_of_their_own() -> None:
    made = drawing([["规章", "12", "3456"], ["文件", "789", ""]])
    made.text(LEFT + 2 * WIDE + 6, TOP + HIGH + 16, "1", 9)
    made.text(LEFT + 2 * WIDE + 15, TOP + HIGH + 16, "2", 9)
    said = cells(read(made.done()))
    assert said[1, 3] == "3456"
    assert read_count(said[2, 3]).value is None


def test_two_figures_alone_are_numbers_of_their_own() -> None:
    assert read_count(spaced([["1", "23"], ["4", "5"]], 2.25)[1, 3]).value is None


def test_a_mark_that_hangs_over_an_edge_stays_with_its_word() -> None:
    made = drawing(ROWS)
    made.canvas.setFont(CHINESE, 9)
    made.canvas.drawString(LEFT + WIDE - 11, 842 - TOP - HIGH + 4, "一）")
    said = cells(read(made.done()))
    assert said[1, 1].endswith("一）")
    assert said[1, 2] == "12"
