from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.identify import MAY_BE_REPORT, Reason, identify_title


def _corpus() -> list[dict[str, str]]:
    with (Path(__file__).parent / "titles.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CORPUS = _corpus()


@pytest.mark.parametrize("row", CORPUS, ids=lambda row: row["title"][:40])
def test_a_title_is_judged_as_by_eye(row: dict[str, str]) -> None:
    identity = identify_title(row["title"])
    seen = {
        "is_report": "yes" if identity.is_report else "no",
        "reason": identity.reason or "",
        "organ": identity.organ or "",
        "year": str(identity.year or ""),
    }
    assert seen == {name: row[name] for name in seen}


def test_every_reason_is_described_and_met_in_the_corpus() -> None:
    assert {row["reason"] for row in CORPUS} == {*Reason, ""}
    assert all(reason.description.endswith(".") for reason in Reason)
    assert set(Reason) > MAY_BE_REPORT
