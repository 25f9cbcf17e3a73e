"""`gongkai identify`: what titles alone say."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer


def _titles(arguments: Iterable[str]) -> Iterator[str]:
    """The titles as given; `-` stands for the lines of standard input, in UTF-8, blank ones among them."""
    for argument in arguments:
        if argument != "-":
            yield argument
            continue
        for number, line in enumerate(sys.stdin.buffer):
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            yield text.removeprefix("\ufeff") if number == 0 else text


def identify(
    titles: Annotated[
        list[str],
        typer.Argument(metavar="TITLE...|-", help="Titles; - reads them from standard input, one a line."),
    ],
) -> None:
    """Say of each title whether it is a report's, and whose and of which year, as one JSON object a line.

    A blank line of standard input gives a line too, with the reason no_title, so that input and output stay aligned.

    Example: gongkai identify "2020年义乌市交通运输局政府信息公开工作年度报告"
    """
    from pipeline.identify import identify_title

    for title in _titles(titles):
        identity = identify_title(title)
        answer = {
            "title": title,
            "is_report": identity.is_report,
            "reason": identity.reason,
            "organ": identity.organ,
            "year": identity.year,
        }
        line = json.dumps(answer, ensure_ascii=False)
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
