"""Corrections as data: what a correction must say, and when it holds no longer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.check.corrections import parse_corrections
from pipeline.forms import load_forms

FORMS = load_forms()
CELL = "proactive/fees/amount_yuan"
GIVEN: dict[str, Any] = {
    "sha256": "ab" * 32,
    "cell": CELL,
    "expect": {"status": "reported", "raw": "134,691"},
    "value": "134691",
    "unit": "元",
    "why": "the head asks for 万元",
    "evidence": "the text of the same report",
    "by": "a person",
    "on": date(2026, 3, 31),
}


def test_a_correction_holds_only_for_what_it_expects() -> None:
    one = parse_corrections({"correction": [GIVEN]}, FORMS)["ab" * 32][0]
    assert (one.cell, one.value, one.unit) == (CELL, Decimal(134691), "元")
    assert one.stale("reported", "134,691") is None
    told = one.stale("reported", "13.4691")
    assert told is not None
    assert "correction 1" in told
    assert "'13.4691'" in told
    assert "no such cell" in (one.stale(None, None) or "")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cell": "proactive/fees/income"}, "no form has"),
        ({"why": " "}, "why"),
        ({"on": "2026-03-31"}, "which day"),
        ({"value": "many"}, "no number"),
        ({"value": "NaN"}, "cannot hold"),
        ({"value": "0.00001"}, "cannot hold"),
        ({"expect": {"status": "fine", "raw": ""}}, "fine"),
        ({"note": ""}, "note"),
    ],
)
def test_what_is_no_correction_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_corrections({"correction": [{**GIVEN, **change}]}, FORMS)


def test_a_figure_is_corrected_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        parse_corrections({"correction": [GIVEN, GIVEN]}, FORMS)
