"""Lines that may tell a year are read twice; what is read otherwise then has no digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from pipeline.read.pdf.geometry import LOST
from pipeline.read.scan.page import _twice
from pipeline.read.scan.pixels import Picture
from pipeline.read.scan.recognise import Recogniser, Said

LINE: Picture = np.full((30, 200), 245, np.uint8)


class Scripted(Recogniser):
    """Says what it is told to say, whatever it is shown."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = iter(texts)

    def read(self, pieces: Sequence[Picture]) -> list[Said]:
        """The next texts, one for each piece."""
        return [Said(next(self.texts), 0.9) for _ in pieces]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2023年年度报告", "2023年年度报告", "2023年年度报告"),
        ("2023年年度报告", "2028年年度报告", LOST * 4 + "年年度报告"),
        ("二〇二三年报告", "二○二三年报告", "二〇二三年报告"),
        ("二〇二三年报告", "二〇二五年报告", f"{LOST}{LOST}{LOST}{LOST}年报告"),
    ],
)
def test_a_year_read_otherwise_the_second_time_is_lost(first: str, second: str, told: str) -> None:
    (said,) = _twice([LINE], Scripted([first, second]))
    assert said.text == told


def test_other_lines_are_read_once() -> None:
    said = _twice([LINE, LINE], Scripted(["一、总体情况", "受理12件"]))
    assert [one.text for one in said] == ["一、总体情况", "受理12件"]
