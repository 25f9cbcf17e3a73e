"""`gongkai evaluate`: score the reading against cases with known figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    cases: Annotated[Path, typer.Argument(help="A file with one case a line, as JSON.", metavar="CASES")],
    misses: Annotated[
        bool, typer.Option("--misses", help="Name every cell that was missed or wrong.")
    ] = False,
) -> None:
    """Score the reading against cases with known figures: right, missed, silently wrong.

    Exit code 1 where any figure is silently wrong. Example: gongkai evaluate cases.jsonl --misses
    """
    import json

    from gongkai.show_scores import show_misses, show_scores
    from pipeline.evaluate import Judgement, Score, judge, parse_case
    from pipeline.forms import load_forms
    from pipeline.problem import InputProblem
    from pipeline.report import ReportReader

    try:
        lines = cases.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputProblem(
            f"The cases {cases} cannot be read: {error}. Give a UTF-8 file of JSON lines."
        ) from error
    reader = ReportReader(load_forms())
    judgements: list[Judgement] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"Line {number} of {cases}"
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputProblem(f"{where} is not JSON: {error}.") from error
        judgements += judge(parse_case(data, where), reader)
    if not judgements:
        raise InputProblem(f"{cases} holds no case. Give one JSON object a line.")
    show_scores(judgements)
    if misses:
        show_misses(judgements)
    if any(judgement.score is Score.WRONG for judgement in judgements):
        raise typer.Exit(1)
