"""Real titles and look-alikes, where the folder with them lies beside the checkout."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.identify import identify_page, identify_title
from pipeline.identify.normalise import folded_key

SHARED = Path(__file__).resolve().parents[3] / "shared"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no folder shared/ beside the checkout")


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "real" / name).read_text(encoding="utf-8").splitlines()]


def test_real_titles() -> None:
    wrong = []
    for row in _rows("titles.jsonl"):
        identity = identify_title(row["title"])
        printed = re.search(r"20\d\d", row["title"]) is not None
        year = row["year"] if printed else None
        named = folded_key(identity.organ or "") in folded_key(row["title"])
        if not identity.is_report or identity.year != year or not named:
            wrong.append((row["title"], identity))
    assert wrong == []


def test_real_look_alikes() -> None:
    assert [row["title"] for row in _rows("negatives.jsonl") if identify_title(row["title"]).is_report] == []


@pytest.mark.parametrize(
    ("name", "organ", "year", "scope"),
    [
        ("000.txt", "济宁市科学技术局", 2020, "own"),
        ("001.txt", "鹤岗市科学技术局", 2020, "own"),
        ("002.txt", "威海市科学技术局", 2019, "own"),
        ("003.txt", "济宁经济技术开发区", 2020, "area"),
        ("004.txt", "濮阳市科学技术局", 2022, "own"),
    ],
)
def test_real_texts(name: str, organ: str, year: int, scope: str) -> None:
    lines = (SHARED / "seeds" / name).read_text(encoding="utf-8").splitlines()
    identity = identify_page([], lines, {})
    assert (identity.is_report, identity.organ, identity.year, identity.scope) == (True, organ, year, scope)
