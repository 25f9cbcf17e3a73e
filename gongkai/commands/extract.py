"""`gongkai extract`: read files and print what is in them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_TOGETHER = 20  # files that are given to an office program in one start


class Format(StrEnum):
    JSON = "json"
    TABLE = "table"


def extract(
    paths: Annotated[
        list[Path], typer.Argument(help="Files to read; of a folder every file in it.", metavar="PATH…")
    ],
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.JSON,
    as_report: Annotated[
        bool,
        typer.Option("--as-report", help="Read the figures even where the document is no recognised report."),
    ] = False,
) -> None:
    """Read files and print what is in them, one JSON object a line; nothing is stored.

    Example: gongkai extract report.html --format table
    """
    import json

    from gongkai.show_reading import show_reading
    from pipeline.as_json import as_json
    from pipeline.forms import load_forms
    from pipeline.problem import InputProblem
    from pipeline.read.given import Slow, Unreadable
    from pipeline.read.office import convert_together
    from pipeline.report import ReportReader

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise InputProblem(f"There is no file or folder {', '.join(missing)}. Check the path.")
    known: dict[bytes, bytes | Unreadable] = {}
    reader = ReportReader(load_forms(), slow=Slow(known.get))
    files = _files(paths)
    for start in range(0, len(files), _TOGETHER):
        bodies = [(path, _body(path)) for path in files[start : start + _TOGETHER]]
        known.clear()
        known.update(convert_together((data, path.name) for path, data in bodies))
        for path, data in bodies:
            reading = reader.read(data, name=path.name, title=path.name, as_report=as_report)
            if format_ is Format.JSON:
                typer.echo(json.dumps(as_json(reading, str(path)), ensure_ascii=False))
            else:
                show_reading(reading, str(path))


def _body(path: Path) -> bytes:
    from pipeline.problem import InputProblem

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputProblem(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error


def _files(paths: list[Path]) -> list[Path]:
    """The files named, and for each folder the files below it in order of name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    return found
