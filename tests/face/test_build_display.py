"""The display of a build tells what is under way before the first document is read."""

from __future__ import annotations

import pytest

from gongkai.show_build import BuildDisplay


def test_a_log_tells_of_slow_work(capsys: pytest.CaptureFixture[str]) -> None:
    with BuildDisplay(log_every=0) as display:
        display.slowly.converted(20, 52)
        display.slowly.recognised()
        display.read(3, 400)
        display.slowly.recognised()
    assert capsys.readouterr().err.splitlines() == [
        "20 of 52 documents converted",
        "1 page of scans recognised",
        "3 of 400 fetches read",
        "3 of 400 fetches read, 2 pages of scans recognised",
    ]


def test_a_log_is_not_flooded(capsys: pytest.CaptureFixture[str]) -> None:
    with BuildDisplay(log_every=60) as display:
        for number in range(100):
            display.slowly.recognised()
            display.read(number, 100)
    assert capsys.readouterr().err == ""
