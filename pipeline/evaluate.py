"""Scoring what was read against cases with known figures.

A case has a text, and for each cell what a careful reader sees there: a number, None where no number is printed, or
a list where either reading is right. A cell beyond the case's list is judged only where the case is `lossy`: there
any value is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from pipeline.extract import Figure
from pipeline.problem import InputProblem
from pipeline.report import ReportReader


class Score(StrEnum):
    """How one cell was read: right, missed (no value where one is printed) or wrong (another value than printed)."""

    RIGHT = "right"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Case:
    """A text with the cells that a careful reader sees in it."""

    id: str
    text: str
    form: str
    layout: str
    lossy: bool
    expected: Mapping[str, tuple[Decimal | None, ...]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One cell of one case: what was expected, what was read, and the score."""

    case: Case
    cell: str
    expected: tuple[Decimal | None, ...]
    figure: Figure | None
    score: Score


def parse_case(data: object, where: str) -> Case:
    """A case from one parsed JSON line. Raises InputProblem that names `where` for anything that is not a case."""
    if not isinstance(data, Mapping):
        raise InputProblem(f"{where} is not a JSON object. Give one case a line.")
    missing = [key for key in ("id", "table_text", "expected") if key not in data]
    if missing or not isinstance(data["expected"], Mapping):
        raise InputProblem(
            f"{where} has no {', '.join(missing) or 'table of expected cells'}. A case needs all three."
        )
    try:
        expected = {str(cell): _values(value) for cell, value in data["expected"].items()}
    except (InvalidOperation, TypeError) as error:
        raise InputProblem(f"{where} expects something that is no number: {error}.") from error
    return Case(
        str(data["id"]),
        str(data["table_text"]),
        str(data.get("template_vintage") or "unknown"),
        str(data.get("layout") or "unknown"),
        bool(data.get("lossy")),
        expected,
    )


def judge(case: Case, reader: ReportReader) -> Iterator[Judgement]:
    """The judgement of every cell that `case` expects, and of every value made up in a lossy one."""
    reading = reader.read(
        case.text.encode(), media_type="text/plain", name=f"{case.id}.txt", as_report=True, prose=False
    )
    figures = {figure.cell: figure for figure in reading.record.figures}
    for cell, expected in case.expected.items():
        figure = figures.get(cell)
        value = figure.value if figure else None
        score = Score.RIGHT if value in expected else Score.MISSED if value is None else Score.WRONG
        yield Judgement(case, cell, expected, figure, score)
    for cell, figure in figures.items():
        if case.lossy and cell not in case.expected and figure.value is not None:
            yield Judgement(case, cell, (), figure, Score.WRONG)


def _values(value: object) -> tuple[Decimal | None, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(None if one is None else Decimal(str(one)) for one in values)
