"""Rows of a query as text: an aligned table, CSV or JSON. Exact numbers stay exact."""

from __future__ import annotations

import csv
import json
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TextIO

from rich.cells import cell_len


class Format(StrEnum):
    """How rows are shown."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Row = Sequence[object]


def show(columns: Sequence[str], rows: Iterable[Row], form: Format, out: TextIO) -> None:
    """Write rows to `out`. CSV and JSON (one array of objects) are streamed, a table is not.

    Decimal numbers are written exactly, without zeros at the end that say nothing. An absent value is `NULL`
    in a table, nothing in CSV and `null` in JSON.
    """
    if form is Format.JSON:
        _json(columns, rows, out)
    elif form is Format.CSV:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if value is None else _plain(value) for value in row] for row in rows)
    else:
        _table(columns, list(rows), out)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | Mapping):
        return _encoded(value)
    return str(value)


def _encoded(value: object) -> str:
    """A value as JSON; what JSON has no word for (dates, bytes, NaN) as the string that shows it."""
    if value is None or isinstance(value, bool | int | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, float) and math.isfinite(value):
        return json.dumps(value)
    if isinstance(value, Mapping):
        pairs = (
            f"{json.dumps(str(key), ensure_ascii=False)}: {_encoded(item)}" for key, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_encoded(item) for item in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def _json(columns: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    names = _distinct(columns)
    out.write("[")
    before = "\n"
    for row in rows:
        out.write(before + _encoded(dict(zip(names, row, strict=True))))
        before = ",\n"
    out.write("\n]\n" if before != "\n" else "]\n")


def _distinct(columns: Sequence[str]) -> list[str]:
    """Names that differ, as the keys of one object must: a, a_1, a_2."""
    names: list[str] = []
    for column in columns:
        name, count = column, 0
        while name in names:
            count += 1
            name = f"{column}_{count}"
        names.append(name)
    return names


def _table(columns: Sequence[str], rows: Sequence[Row], out: TextIO) -> None:
    cells = [["NULL" if value is None else _one_line(_plain(value)) for value in row] for row in rows]
    widths = [
        max(cell_len(text) for text in (name, *(row[place] for row in cells)))
        for place, name in enumerate(columns)
    ]
    right = [
        any(
            isinstance(row[place], int | float | Decimal) and not isinstance(row[place], bool) for row in rows
        )
        for place in range(len(columns))
    ]
    out.write(_line(columns, widths, right))
    out.write("  ".join("─" * width for width in widths) + "\n")
    out.writelines(_line(row, widths, right) for row in cells)


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    """One line of the table; a Chinese character is two columns of the screen wide."""
    padded = []
    for text, width, to_the_right in zip(texts, widths, right, strict=True):
        blanks = " " * (width - cell_len(text))
        padded.append(blanks + text if to_the_right else text + blanks)
    return "  ".join(padded).rstrip() + "\n"


def _one_line(text: str) -> str:
    """Line breaks as a sign, and no control character of a foreign page to the terminal."""
    shown = text.replace("\r\n", "↵").replace("\n", "↵")
    return "".join("·" if unicodedata.category(sign) == "Cc" else sign for sign in shown)
