"""The gate: nothing silently wrong in the corpus, right at least as often as the floor, and neither sinks unseen."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from pipeline.check import Verdict
from pipeline.extract import Figure
from pipeline.report import Reading, ReportReader
from tests.corpus.goldens import FORMS, HERE, Golden, corpus_digest, load_goldens

GOLDENS = load_goldens()
PINS: list[dict[str, Any]] = tomllib.loads((HERE / "pins.toml").read_text(encoding="utf-8"))["pin"]
READER = ReportReader(FORMS)
_MONEY = frozenset({"annex/request_fees/value", "annex/capacity.budget/value"})
MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell: `right`, `missed` (no value where one is printed), `status` (none, for another reason), `wrong`."""

    golden: Golden
    cell: str
    score: str
    read: str

    def __str__(self) -> str:
        expected = " or ".join(map(str, self.golden.cells.get(self.cell, ("no such cell",))))
        return f"{self.golden.id} ({self.golden.layout}): {self.cell}: printed {expected}, read {self.read}"


@cache
def reading(path_id: str) -> Reading:
    golden = next(golden for golden in GOLDENS if golden.id == path_id)
    media_type = MEDIA_TYPES[golden.path.suffix]
    as_report = "is_report" not in golden.page
    return READER.read(
        golden.path.read_bytes(),
        media_type=media_type,
        name=golden.path.name,
        as_report=as_report,
        prose=False,
    )


@cache
def judged(path_id: str) -> tuple[Judged, ...]:
    golden = next(golden for golden in GOLDENS if golden.id == path_id)
    return tuple(_judge(golden, reading(path_id).record.figures))


def _judge(golden: Golden, figures: tuple[Figure, ...]) -> Iterator[Judged]:
    read = {figure.cell: figure for figure in figures}
    for cell, answers in golden.cells.items():
        figure = read.get(cell)
        status = str(figure.status) if figure else "absent"
        yield Judged(golden, cell, _score(golden, cell, answers, figure, status), _shown(figure))
    twice = [cell for cell, count in Counter(figure.cell for figure in figures).items() if count > 1]
    made_up = [cell for cell, figure in read.items() if figure.value is not None and cell not in golden.cells]
    for cell in twice + made_up:
        yield Judged(golden, cell, "wrong", _shown(read[cell]))


def _score(
    golden: Golden, cell: str, answers: tuple[Decimal | str, ...], figure: Figure | None, status: str
) -> str:
    if figure is not None and figure.value is not None:
        return "right" if figure.value in answers and _unit_is_right(golden, cell, figure) else "wrong"
    if "none" in answers or status in answers:
        return "right"
    return "missed" if all(isinstance(answer, Decimal) for answer in answers) else "status"


def _unit_is_right(golden: Golden, cell: str, figure: Figure) -> bool:
    """Money is in yuan where its unit is printed, and has no unit where none is."""
    if not (cell.endswith("/amount_yuan") or cell in _MONEY):
        return True
    return figure.unit == (None if cell in golden.unit_not_printed else "元")


def _shown(figure: Figure | None) -> str:
    return (
        "nothing"
        if figure is None
        else f"{figure.value} {figure.unit or ''} {figure.status} ({figure.raw!r})"
    )


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.id)
def test_no_number_is_silently_wrong(golden: Golden) -> None:
    wrong = [str(one) for one in judged(golden.id) if one.score == "wrong"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.id)
def test_a_cell_without_a_number_says_why(golden: Golden) -> None:
    odd = [str(one) for one in judged(golden.id) if one.score == "status"]
    assert not odd, "\n".join(odd)


def test_figures_are_read_at_least_as_often_as_the_floor_says() -> None:
    asked = [one for golden in GOLDENS for one in judged(golden.id) if one.cell in golden.figures]
    right = Counter(one.score == "right" for one in asked)
    missed = [str(one) for one in asked if one.score != "right"]
    assert right[True] >= Decimal(PINS[-1]["floor"]) * len(asked), "\n".join(
        [f"{right[True]} right of {len(asked)}", *_by_group(asked), *missed]
    )


def _by_group(asked: list[Judged]) -> Iterator[str]:
    """The share read right by form, layout and part."""
    groups: dict[str, Callable[[Judged], str]] = {
        "form": lambda one: one.golden.form,
        "layout": lambda one: one.golden.layout,
        "part": lambda one: one.cell.partition("/")[0],
    }
    for name, group_of in groups.items():
        total = Counter(group_of(one) for one in asked)
        right = Counter(group_of(one) for one in asked if one.score == "right")
        yield from (f"{name} {group}: {right[group]} of {count}" for group, count in sorted(total.items()))


@pytest.mark.parametrize("golden", [one for one in GOLDENS if one.page], ids=lambda golden: golden.id)
def test_whole_pages_are_known_for_what_they_are(golden: Golden) -> None:
    record = reading(golden.id).record
    assert {key: getattr(record, key) for key in golden.page} == golden.page


@pytest.mark.parametrize(
    "golden", [one for one in GOLDENS if one.fails is not None], ids=lambda golden: golden.id
)
def test_a_source_that_contradicts_itself_is_found_out(golden: Golden) -> None:
    fails = [one for one in reading(golden.id).findings if one.verdict is Verdict.FAIL]
    assert frozenset((one.check, one.at, one.left, one.right) for one in fails) == golden.fails
    assert {str(one.cause) for one in fails} == {"source"}


def test_the_corpus_is_the_one_that_was_pinned() -> None:
    seen = (corpus_digest(), len(GOLDENS), sum(len(golden.figures) for golden in GOLDENS))
    pinned = tuple(PINS[-1][key] for key in ("sha256", "cases", "figures"))
    assert seen == pinned, "the corpus changed: add a pin to pins.toml that says why, with these three"


def test_no_pin_asks_for_less_than_the_one_before() -> None:
    for before, after in pairwise(PINS):
        less = [key for key in ("floor", "cases", "figures") if Decimal(after[key]) < Decimal(before[key])]
        assert not less or after.get("lowered_because"), f"{less} fell, and no reason is given: {after}"
