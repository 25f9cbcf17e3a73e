"""gongkai explain: one figure back to its bytes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongkai.data import DATA, DataPlace, reading


class Shape(StrEnum):
    """How the lineage is printed."""

    TEXT = "text"
    JSON = "json"


def explain(
    report: Annotated[
        str,
        typer.Argument(help="A report: its report_id or the beginning of it, its address, or 'ORGAN YEAR'."),
    ],
    cell: Annotated[str, typer.Argument(help="A cell, part/item/measure, or as much of it as names one.")],
    form: Annotated[Shape, typer.Option("--format", help="How to print it.")] = Shape.TEXT,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--picture", help="Of a document with pages: write the cell as it is printed to this PNG file."
        ),
    ] = None,
    data: DataPlace = DATA,
) -> None:
    """Show one figure with its checks, its place in the archived document and the rows around it, its address, hash and
    time.

    Example: gongkai explain "样例甲市科学技术局 2022" requests/received/total --data demo
    """
    from gongkai.show_lineage import show_json, show_lineage
    from pipeline.lineage import lineage
    from pipeline.lineage import picture as drawn

    with reading(data, "archive", "database") as there:
        found = lineage(there.folder, report, cell)
        if picture is not None:
            picture.write_bytes(drawn(there.folder, found))
    (show_json if form is Shape.JSON else show_lineage)(found, sys.stdout)
