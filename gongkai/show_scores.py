"""Printing the scores of an evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from pipeline.evaluate import Judgement, Score

_WIDTH = 110


def show_scores(judgements: Sequence[Judgement]) -> None:
    """A table of figures right, missed and silently wrong: all, then by form, layout and part."""
    table = Table(title="Figures read", title_justify="left")
    for name in ("by", "group"):
        table.add_column(name)
    for name in ("figures", "right", "missed", "wrong", "right %"):
        table.add_column(name, justify="right")
    _group(table, "all", judgements, lambda _: "")
    _group(table, "form", judgements, lambda judgement: judgement.case.form)
    _group(table, "layout", judgements, lambda judgement: judgement.case.layout)
    _group(table, "part", judgements, lambda judgement: judgement.cell.split("/")[0])
    _console().print(table)


def show_misses(judgements: Sequence[Judgement]) -> None:
    """A line for every cell that was missed or wrong: the case, the cell, what was expected and what was read."""
    console = _console()
    for judgement in judgements:
        if judgement.score is Score.RIGHT:
            continue
        figure = judgement.figure
        read = (
            f"{figure.status} {figure.value if figure.value is not None else figure.raw!r}"
            if figure
            else "absent"
        )
        expected = " or ".join(str(value) for value in judgement.expected) or "no value"
        line = f"{judgement.score} {judgement.case.id} {judgement.cell}: expected {expected}, read {read}"
        console.print(line, markup=False, soft_wrap=True)


def _group(table: Table, name: str, judgements: Sequence[Judgement], key: Callable[[Judgement], str]) -> None:
    counts: dict[str, Counter[Score]] = {}
    for judgement in judgements:
        counts.setdefault(key(judgement), Counter())[judgement.score] += 1
    for group, scores in sorted(counts.items()):
        total = scores.total()
        numbers = [total, scores[Score.RIGHT], scores[Score.MISSED], scores[Score.WRONG]]
        table.add_row(name, group, *map(str, numbers), f"{100 * scores[Score.RIGHT] / total:.2f}")
    table.add_section()


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)
