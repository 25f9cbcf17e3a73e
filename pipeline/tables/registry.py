"""The registry of divisions, and the portals that the crawls were given."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.archive import Run
from pipeline.datasets import dataset_file
from pipeline.divisions.changes import BEGUN, ENDED, Change, read_changes
from pipeline.problem import Problem
from pipeline.tables.divisions import Division
from pipeline.tables.places import Places


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
        return tuple(
            Division(
                code=row["code"],
                name=row["name"],
                level=row["level"],
                parent_code=row["parent_code"] or None,
                province=row["province"],
                city=row["city"] or None,
                short_name=row["short_name"] or None,
                alias=row["alias"] or None,
                valid_from=int(row["valid_from"]) if row["valid_from"] else None,
                valid_to=int(row["valid_to"]) if row["valid_to"] else None,
                successors=tuple(row["successors"].split()),
            )
            for row in rows
        )
    except (KeyError, ValueError) as error:
        raise Problem(f"The registry {path} is damaged ({error!r}). Restore the file.") from error


def load_changes() -> tuple[Change, ...]:
    """The reviewed changes of divisions. Raises Problem where the file is not as it must be."""
    with dataset_file("registry", "changes.csv").open(encoding="utf-8", newline="") as file:
        return read_changes(csv.DictReader(file))


def change_documents(changes: Iterable[Change]) -> dict[tuple[str, int], str]:
    """The documents on changes of divisions, by the code that began or ended and the year; where one is known."""
    return {(change.code, change.year): change.document for change in changes if change.document}


def _parted(changes: Sequence[Change]) -> dict[str, list[str]]:
    """The years in which another division was made of a part of one that stayed, by the code of that."""
    ended = {(change.code, change.year) for change in changes if change.change == ENDED}
    parted: dict[str, list[str]] = {}
    for change in changes:
        if change.change == BEGUN:
            for code in change.related:
                if (code, change.year) not in ended:
                    parted.setdefault(code, []).append(str(change.year))
    return parted


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

    A portal is of the division of its code, else of the only one of its city's or its own name; one that the
    registry does not know has a division of its own.
    """
    divisions = load_divisions()
    codes = {division.code: division for division in divisions}
    names: dict[str, list[Division]] = {}
    for division in divisions:
        if division.is_current:
            names.setdefault(division.name, []).append(division)
    portals: dict[str, Division] = {}
    for run in runs:
        for portal in portals_of(run):
            known = codes.get(portal.code) or _only(names.get(portal.city or portal.name, ()))
            portals[portal.code] = known or Division(
                code=portal.code,
                name=portal.city or portal.name,
                level="other",
                province=portal.province,
                city=portal.city or portal.name,
                source="portals",
            )
    return Places(divisions, portals)


def division_rows(places: Places, changes: Sequence[Change]) -> Iterator[dict[str, object]]:
    """The rows of table `division`: one a code, under its latest name, the others with the year that they ended."""
    named: dict[str, list[Division]] = {}
    for division in places.divisions.all:
        named.setdefault(division.code, []).append(division)
    parted = _parted(changes)
    for code in sorted(named):
        *former, last = named[code]
        yield {
            "code": code,
            "name": last.name,
            "former_names": "; ".join(f"{one.name} ({one.valid_to or 'unknown'})" for one in former) or None,
            "short_name": last.short_name,
            "level": last.level,
            "parent_code": last.parent_code,
            "province_code": None if last.level == "other" else code[:2] + "0000",
            "province": last.province,
            "city": last.city,
            "valid_from": None if former else last.valid_from,
            "valid_to": last.valid_to,
            "successors": " ".join(last.successors) or None,
            "parted": " ".join(dict.fromkeys(parted.get(code, ()))) or None,
            "source": last.source,
        }


def _only(divisions: Sequence[Division]) -> Division | None:
    return divisions[0] if len(divisions) == 1 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
