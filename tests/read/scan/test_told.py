"""What a cell says, of what two ways read in it and of the ink there."""

from __future__ import annotations

import pytest

from pipeline.read.pdf.geometry import LOST, Box, Rule
from pipeline.read.pdf.lattice import Slot, lattice
from pipeline.read.scan.cells import Seen, _is_at_wall, _told
from pipeline.read.scan.ink import Drawn, Ink
from pipeline.read.scan.pixels import POINT
from pipeline.read.scan.recognise import Said

BOX = Box(0, 0, 30, 20)
STROKES = Ink(Drawn.STROKES, BOX, ((0, 12), (15, 30)))


def told(
    page: str,
    *alone: str,
    ink: Ink = STROKES,
    whole: bool = True,
    doubtful: bool = False,
    in_part: bool = False,
) -> Seen:
    found = [(BOX, Said(page, 0.98))] if page else []
    slot = Slot(1, 1, 1, 1, BOX, whole=whole)
    return _told(slot, ink, found, [Said(text, 0.97) for text in alone], doubtful=doubtful, in_part=in_part)


def test_what_both_ways_read_alike_is_certain() -> None:
    seen = told("12", "１2")
    assert (seen.text, seen.sight.certain, seen.sight.confidence) == ("12", True, 0.97)


@pytest.mark.parametrize(
    "seen",
    [
        told("12", "17"),
        told("12"),
        told("1", "1"),
        told("12", "12", whole=False),
        told("", "12", "72"),
        told("12", ""),
        told("12", "12", in_part=True),
    ],
    ids=[
        "unlike",
        "one way",
        "more ink",
        "no rectangle",
        "unlike by itself",
        "one way blank",
        "in part",
    ],
)
def test_what_is_not_certain_says_so_and_keeps_what_was_seen(seen: Seen) -> None:
    assert not seen.sight.certain
    assert seen.text
    assert seen.sight.seen


def test_a_cell_without_ink_is_blank_only_where_nothing_speaks_against_it() -> None:
    nothing = Ink(Drawn.NOTHING, BOX)
    assert (told("", ink=nothing).text, told("", ink=nothing).sight.certain) == ("", True)
    assert told("", ink=nothing, doubtful=True).text == LOST
    assert told("", ink=Ink(Drawn.DOUBTFUL, BOX)).text == LOST
    assert not told("3", ink=nothing).sight.certain


def test_a_dash_is_one_by_its_shape_whatever_is_read() -> None:
    dash = Ink(Drawn.DASH, BOX)
    assert (told("一", ink=dash).text, told("", ink=dash).sight.certain) == ("-", True)
    assert not told("1", ink=dash).sight.certain


def test_words_whose_strokes_run_together_are_no_dash() -> None:
    assert told("规章", ink=Ink(Drawn.DASH, BOX)).text == "规章"


def test_a_unit_of_money_read_otherwise_the_second_time_is_none() -> None:
    label = "本年收费金额（单位：万元）"
    assert told(label, "本年收费金额(单位：万元)").text == label
    assert told(label, "本年收费金额(单位：元)").text == label.replace("元", LOST)


def test_the_slash_of_a_label_read_as_a_digit_is_a_slash() -> None:
    assert told("本年增1减").text == "本年增/减"
    assert told("本年增\n1减").text == "本年增\n/减"
    assert told("增12减").text == "增12减"


@pytest.mark.parametrize(
    ("words", "gap", "lost"),
    [(("政府集中采购", "3"), 60, True), (("政府集中采购", "3"), 12, False), (("行政", "复议"), 60, False)],
    ids=["a figure far away", "a figure close by", "words far away"],
)
def test_a_figure_far_from_words_in_one_line_makes_the_cell_doubtful(
    words: tuple[str, str], gap: int, *, lost: bool
) -> None:
    boxes = Box(0, 0, 90, 20), Box(90 + gap, 0, 102 + gap, 20)
    found = [(box, Said(text, 0.98)) for box, text in zip(boxes, words, strict=True)]
    seen = _told(Slot(1, 1, 1, 2, Box(0, 0, 200, 20)), STROKES, found, [], doubtful=False)
    assert (LOST in seen.text) is lost


@pytest.mark.parametrize(
    ("line", "left", "doubtful"),
    [(1, 104, True), (1, 140, False), (3, 104, False), (0, 104, False)],
    ids=["of one row", "of one row, far away", "of all rows", "none"],
)
def test_a_wall_of_one_row_close_beside_a_number_may_cut_it(
    line: int, left: float, *, doubtful: bool
) -> None:
    """Of three rows, the second has a number in its last cell, which begins at 100 pixels where there is a line."""
    drawn = {0: [], 1: [(100, 40, 80)], 3: [(100, 0, 120)]}[line]
    rules = [Rule(False, at / POINT, 0, 200 / POINT) for at in (0, 40, 80, 120)]
    rules += [
        Rule(True, at / POINT, top / POINT, end / POINT)
        for at, top, end in [(0, 0, 120), (200, 0, 120), *drawn]
    ]
    made = lattice(rules, 2.5)
    assert made is not None
    slot = max((slot for slot in made.slots if slot.row == 2), key=lambda slot: slot.column)
    number = Ink(Drawn.STROKES, Box(left, 50, left + 30, 70), ())
    assert _is_at_wall(made, slot, number) is doubtful
