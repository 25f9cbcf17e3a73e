"""The registry of divisions, and the portals that the crawls were given."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.archive import Run
from pipeline.datasets import dataset_file
from pipeline.problem import Problem
from pipeline.tables.places import Division, Places


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal of a run's settings; `province` and `city` where the list of portals gives them."""

    code: str
    name: str
    home: str | None
    province: str | None
    city: str | None


def load_divisions() -> tuple[Division, ...]:
    """The reviewed divisions, by code. Raises Problem where the file is not as it must be."""
    path = dataset_file("registry", "divisions.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        names = {row["code"]: row["name"] for row in rows}
        return tuple(
            Division(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"] or None,
                level=row["level"],
                province_code=row["province_code"],
                province=names[row["province_code"]],
                city=None if row["level"] == "province" else row["name"],
            )
            for row in rows
        )
    except KeyError as error:
        raise Problem(f"The registry {path} lacks {error}. Restore the file.") from error


def portals_of(run: Run) -> tuple[Portal, ...]:
    """The portals a run was given; entries that are none are left out."""
    given = run.settings.get("portals")
    if not isinstance(given, Sequence) or isinstance(given, str):
        return ()
    found = []
    for entry in given:
        if isinstance(entry, Mapping) and isinstance(entry.get("code"), str):
            fields = {name: _text(entry.get(name)) for name in ("name", "home", "province", "city")}
            found.append(Portal(entry["code"], fields["name"] or entry["code"], *list(fields.values())[1:]))
    return tuple(found)


def known_places(runs: Iterable[Run]) -> Places:
    """The divisions of the registry and those of the portals crawled; a later run's word on a portal counts.

    A portal is of the division of its code, else of its city or name; one that the registry does not know has
    a division of its own.
    """
    divisions = load_divisions()
    codes = {division.code: division for division in divisions}
    names = {division.name: division for division in divisions}
    portals: dict[str, Division] = {}
    for run in runs:
        for portal in portals_of(run):
            known = codes.get(portal.code) or names.get(portal.city or portal.name)
            portals[portal.code] = known or Division(
                code=portal.code,
                name=portal.city or portal.name,
                short_name=None,
                level="other",
                province_code=None,
                province=portal.province,
                city=portal.city or portal.name,
                source="portals",
            )
    return Places(divisions, portals)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
