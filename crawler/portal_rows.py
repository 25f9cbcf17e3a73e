"""The rows of a list of portals as they stand in the file: read with all their columns, and added one by one."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

from crawler.portals import load_portals
from crawler.urls import Scope
from pipeline.problem import InputProblem, Problem

COLUMNS = ("code", "name", "home", "province", "city", "family", "group", "verified", "evidence", "access")
_BOM = "\ufeff"


def read_rows(path: Path) -> list[dict[str, str]]:
    """All columns of all rows, in the order of the file. Raises InputProblem as `load_portals` does."""
    load_portals(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def rows_of_province(path: Path, province: str | None) -> list[dict[str, str]]:
    """The rows of a province, given by name or code; all where it is None. Raises InputProblem where there is none."""
    rows = read_rows(path)
    if province is None:
        return rows
    short = province[:2] if len(province) == 6 and province.isdigit() else None
    found = [
        row
        for row in rows
        if row.get("province") == province or (short is not None and row["code"].startswith(short))
    ]
    if not found:
        raise InputProblem(
            f"{path}: no portal is of {province}. Give the full name of the province, or its code."
        )
    return found


def group_of(path: Path, code: str) -> str:
    """The group of the row with a code, blank where it has none or is not there."""
    rows = read_rows(path) if path.exists() else []
    return next((row.get("group", "") for row in rows if row["code"] == code), "")


def refuse_double(path: Path, code: str | None, home: str) -> None:
    """Raise InputProblem where a list has the code already, or a portal at this host."""
    if not path.exists():
        return
    for portal in load_portals(path):
        if portal.code == code:
            raise InputProblem(f"{path}: {code} is there already: {portal.name}, {portal.home}")
        if Scope.of(portal.home) == Scope.of(home):
            raise InputProblem(f"{path}: {home} is there already: {portal.code} {portal.name}, {portal.home}")


def add_row(path: Path, row: Mapping[str, str]) -> None:
    """Write a row into a list, before the first one with a greater code; the file is begun where there is none.

    All other rows stay as they are, byte for byte, and a row has the columns that the list has. The file is changed
    in one step or not at all. Raises InputProblem for a double, Problem where the file cannot be written.
    """
    refuse_double(path, row["code"], row["home"])
    text = path.read_bytes().decode("utf-8") if path.exists() else _line(COLUMNS, "\n")
    records = _records(text)
    head = next(csv.reader([records[0].removeprefix(_BOM)]))
    ending = "\r\n" if records[0].endswith("\r\n") else "\n"
    if not records[-1].endswith("\n"):
        records[-1] += ending
    code = head.index("code")
    place = next(
        (at for at, record in enumerate(records) if at and next(csv.reader([record]))[code] > row["code"]),
        len(records),
    )
    records.insert(place, _line([row.get(name, "") for name in head], ending))
    _write(path, "".join(records))


def _records(text: str) -> list[str]:
    """The records of a CSV text, each as it stands: one may go over several lines."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(iter(lines))
    records = []
    start = 0
    for _ in reader:
        records.append("".join(lines[start : reader.line_num]))
        start = reader.line_num
    return records


def _line(values: tuple[str, ...] | list[str], ending: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator=ending).writerow(values)
    return line.getvalue()


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Problem(f"{path} could not be written ({error.strerror}). It is as it was.") from error
