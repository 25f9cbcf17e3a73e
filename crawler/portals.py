"""The portals to crawl, as a person lists them in a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.families.registry import NAMES
from crawler.urls import absolute
from pipeline.datasets import dataset_file
from pipeline.problem import InputProblem

_NEEDED = ("code", "name", "home")
_CODE = re.compile(r"[\w.-]{1,64}")


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal; `code` is its division's code, `home` the address of its home page. `family` pins the
    platform family, which is recognised where it is None. Portals of one `group` stand behind one firewall.
    """

    code: str
    name: str
    home: str
    province: str | None = None
    city: str | None = None
    family: str | None = None
    group: str | None = None


def registered_portals() -> Path:
    """The reviewed list of the portals of provinces and prefectures."""
    return dataset_file("registry", "portals.csv")


def load_portals(path: Path, only: Sequence[str] = ()) -> tuple[Portal, ...]:
    """The portals of a CSV file with at least the columns code, name and home, in its order.

    With `only`, those with these codes. Raises InputProblem, naming file, line and what is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            portals = _rows(path, csv.DictReader(file, strict=True))
    except OSError as error:
        raise InputProblem(f"{path}: the list of portals cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputProblem(f"{path}: not UTF-8 (byte {error.start}). Save the list as UTF-8.") from error
    except csv.Error as error:
        raise InputProblem(f"{path}: not a CSV file ({error}).") from error
    unknown = [code for code in only if code not in portals]
    if unknown:
        raise InputProblem(f"{path}: no portal has the code {', '.join(unknown)}.")
    return tuple(portal for portal in portals.values() if not only or portal.code in only)


def _rows(path: Path, reader: csv.DictReader[str]) -> dict[str, Portal]:
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise InputProblem(
            f"{path}, line 1: the column {' and '.join(missing)} is missing. "
            f"The first line must name at least {','.join(_NEEDED)}."
        )
    portals: dict[str, Portal] = {}
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if any(row.get(name) is None for name in _NEEDED) or None in row:
            raise InputProblem(f"{where}: it has not as many columns as the first line.")
        portal = _portal(where, {name: value.strip() for name, value in row.items() if value is not None})
        if portal.code in portals:
            raise InputProblem(f"{where}: the code {portal.code} is given twice.")
        portals[portal.code] = portal
    if not portals:
        raise InputProblem(f"{path}: it lists no portal.")
    return portals


def _portal(where: str, row: dict[str, str]) -> Portal:
    if not _CODE.fullmatch(row["code"]):
        raise InputProblem(f"{where}: the code {row['code']!r} is not one (letters, digits, . - _).")
    if not row["name"]:
        raise InputProblem(f"{where}: the name of {row['code']} is blank.")
    home = absolute(row["home"], row["home"])
    if home is None or not urlsplit(row["home"]).scheme:
        raise InputProblem(f"{where}: the home page {row['home']!r} is not an http or https address.")
    family = row.get("family") or None
    if family is not None and family not in NAMES:
        raise InputProblem(f"{where}: the family {family!r} is none of {', '.join(sorted(NAMES))}.")
    return Portal(
        row["code"],
        row["name"],
        home,
        row.get("province") or None,
        row.get("city") or None,
        family,
        row.get("group") or None,
    )
