"""What is not certainly a number in a cell of a PDF is none."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.numerals import read_count
from pipeline.extract.record import Status
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import LATIN
from tests.read.pdf.little_table import HIGH, LEFT, ROWS, TOP, WIDE, Draw, cells, drawing, drawn, place


def struck(canvas: Canvas) -> None:
    x, y = place(1, 2)
    canvas.setLineWidth(1)
    canvas.line(x + 4, y + 11, x + 30, y + 11)


def test_a_number_crossed_out_is_none() -> None:
    assert read_count(cells(drawn(ROWS, struck))[1, 2]).status is Status.UNREADABLE


@pytest.mark.parametrize("tenths", range(0, 10, 3))
@pytest.mark.parametrize("width", [0.25, 0.72])
def test_a_thin_line_through_a_number_is_seen_wherever_it_lies(width: float, tenths: int) -> None:
    def line(canvas: Canvas) -> None:
        x, y = place(1, 2)
        canvas.setLineWidth(width)
        canvas.line(x + 4, y + 10.5 + tenths / 10, x + 30, y + 10.5 + tenths / 10)

    assert read_count(cells(drawn(ROWS, line))[1, 2]).status is Status.UNREADABLE


@pytest.mark.parametrize("size", [8, 9])
def test_a_point_is_seen_wherever_it_falls_between_pixels(size: int) -> None:
    made = drawing([["", "", ""] for _ in range(12)])
    for number in range(36):
        column, row = number % 3, number // 3
        across, down = LEFT + column * WIDE + 6 + number % 12 / 9, TOP + row * HIGH + 15 + number % 7 / 7
        made.text(across, down, "62.1097", size)
    assert set(cells(read(made.done())).values()) == {"62.1097"}


def underlined(canvas: Canvas) -> None:
    x, y = place(1, 2)
    canvas.setLineWidth(0.5)
    canvas.line(x + 6, y + 7.5, x + 18, y + 7.5)


def test_a_number_underlined_is_one() -> None:
    assert cells(drawn(ROWS, underlined))[1, 2] == "12"


def running_over(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + WIDE - 14, y + 8, "123456")


def test_a_number_that_runs_over_a_line_is_none() -> None:
    said = cells(drawn([["规章", "12", "3"], ["文件", "", ""]], running_over))
    assert {read_count(said[2, column]).status for column in (2, 3)} == {Status.UNREADABLE}


def running_out_of_the_table(canvas: Canvas) -> None:
    x, y = place(2, 3)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + WIDE - 14, y + 8, "123")


def test_a_number_that_runs_out_of_the_table_is_none() -> None:
    said = cells(drawn([["规章", "12", "3"], ["文件", "", ""]], running_out_of_the_table))
    assert read_count(said[2, 3]).status is Status.UNREADABLE


def running_into_another(canvas: Canvas) -> None:
    x, y = place(2, 3)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x - 12 - 0.3, y + 8, "123")
    canvas.drawString(x + 1, y + 8, "45")


def test_a_number_that_runs_into_another_is_none() -> None:
    said = cells(drawn([["规章", "12", "3"], ["文件", "", ""]], running_into_another))
    assert {read_count(said[2, column]).status for column in (2, 3)} == {Status.UNREADABLE}


def broken(first: str, second: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        x, y = place(2, 2)
        canvas.setFont(LATIN, 9)
        canvas.drawString(x + 5, y + 14, first)
        canvas.drawString(x + 5, y + 4, second)

    return draw


def test_a_number_broken_for_want_of_room_is_joined() -> None:
    assert cells(drawn(ROWS, broken("12345678", "9")))[2, 2] == "123456789"


def test_two_numbers_below_each_other_are_not_joined() -> None:
    assert read_count(cells(drawn(ROWS, broken("12", "34")))[2, 2]).status is Status.UNREADABLE


def apart(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 10, y + 8, "1")
    canvas.drawString(x + 18, y + 8, "2")


def test_two_numbers_beside_each_other_are_not_joined() -> None:
    assert read_count(cells(drawn(ROWS, apart))[2, 2]).status is Status.UNREADABLE


def raised(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 10, y + 8, "5")
    canvas.setFont(LATIN, 6)
    canvas.drawString(x + 16, y + 11, "1")


def written_over(canvas: Canvas) -> None:
    x, y = place(1, 2)
    canvas.setFillGray(1)
    canvas.rect(x + 3, y + 3, 30, 14, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 7, y + 8, "45")


def small(canvas: Canvas) -> None:
    x, y = place(2, 2)
    canvas.setFont(LATIN, 9)
    canvas.drawString(x + 10, y + 8, "5")
    canvas.setFont(LATIN, 4)
    canvas.drawString(x + 16, y + 8, "1")


@pytest.mark.parametrize(("extra", "at"), [(written_over, (1, 2)), (small, (2, 2))])
def test_figures_over_and_unlike_one_another_are_no_number(extra: Draw, at: tuple[int, int]) -> None:
    assert read_count(cells(drawn(ROWS, extra))[at]).status is Status.UNREADABLE


def test_dashes_stay_dashes() -> None:
    said = cells(drawn([["规章", "-", "12"], ["文件", "—", "-"], ["许可", "/", "-3"]]))
    assert [said[row, column] for row in (1, 2, 3) for column in (2, 3)] == ["-", "12", "—", "-", "/", "-3"]


def test_a_raised_figure_is_a_mark() -> None:
    assert read_count(cells(drawn(ROWS, raised))[2, 2]).status is Status.UNREADABLE
