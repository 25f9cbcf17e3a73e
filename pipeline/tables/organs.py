"""The organs of all reports: gathered report by report, and told as the tables of who is who."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.tables.identity import ORGAN, ORGAN_KIND, ORGAN_LINK, ORGAN_NAME
from pipeline.tables.model import Table
from pipeline.tables.naming import Named, Naming
from pipeline.tables.organ_links import Documents, organ_links
from pipeline.tables.organ_uses import Use
from pipeline.tables.rows import Row

_PLACE = ("division_code", "province", "city", "county")


@dataclass(slots=True)
class _Printed:
    """A name as printed: the years of its reports, the first year in each division, and a portal that has it."""

    portal: str | None
    first: int | None = None
    last: int | None = None
    count: int = 0
    divisions: dict[str | None, int] = field(default_factory=dict)


class _Name(NamedTuple):
    organ_id: str
    name: str


@dataclass(slots=True)
class Organs:
    """Meets every row of table `report` once its organ is settled. It holds organs and names, no reports."""

    _organs: dict[str, Row] = field(default_factory=dict)
    _names: dict[_Name, _Printed] = field(default_factory=dict)

    def meet(self, row: Row) -> None:
        if row["organ_id"] is None:
            return
        year = row["report_year"]
        if row["is_current"]:
            self._count(row, year)
        printed = self._names.setdefault(_Name(row["organ_id"], row["organ"]), _Printed(row["portal_code"]))
        printed.count += 1
        if year is not None:
            printed.first, printed.last = min(printed.first or year, year), max(printed.last or year, year)
            code = row["division_code"]
            printed.divisions[code] = min(printed.divisions.get(code, year), year)

    def _count(self, row: Row, year: int | None) -> None:
        """Name and place are those of the latest year; reports are met in the order of the archive."""
        known = self._organs.setdefault(
            row["organ_id"], {"first_year": None, "last_year": None, "report_count": 0}
        )
        known["report_count"] += 1
        if "organ" not in known or (year is not None and year >= (known["last_year"] or year)):
            known.update({name: row[name] for name in ("organ_id", "organ", *_PLACE)})
        if year is not None:
            known["first_year"] = min(known["first_year"] or year, year)
            known["last_year"] = max(known["last_year"] or year, year)

    def tables(self, naming: Naming, documents: Documents) -> Iterator[tuple[Table, Iterable[Row]]]:
        """Each of the tables with its rows, in the order of the ids of organs."""
        named = self.named(naming)
        yield ORGAN, (self._organ(row, named) for _, row in sorted(self._organs.items()))
        yield ORGAN_NAME, (self._name(name, one) for name, one in named.items())
        yield ORGAN_KIND, _kinds(naming)
        uses = (self._use(name, one) for name, one in named.items())
        yield ORGAN_LINK, organ_links(uses, naming, documents)

    def named(self, naming: Naming) -> dict[_Name, Named]:
        """Every name of every organ, told anew."""
        return {
            name: naming.name(name.name, self._names[name].portal, self._names[name].last)
            for name in sorted(self._names)
        }

    def _organ(self, row: Row, named: dict[_Name, Named]) -> Row:
        found = named[_Name(row["organ_id"], row["organ"])]
        doubt = found.doubt and found.doubt.value
        return {**row, "canonical_name": found.name.canonical, "kind": found.name.kind, "doubt": doubt}

    def _name(self, name: _Name, named: Named) -> Row:
        printed = self._names[name]
        return {
            "organ_id": name.organ_id,
            "name": name.name,
            "canonical_name": named.name.canonical,
            "first_year": printed.first,
            "last_year": printed.last,
            "report_count": printed.count,
        }

    def _use(self, name: _Name, named: Named) -> Use:
        printed = self._names[name]
        return Use(name.organ_id, named, printed.first, printed.last, printed.divisions)


def _kinds(naming: Naming) -> Iterator[Row]:
    for position, kind in enumerate(naming.registry.vocabulary.kinds.values(), start=1):
        yield {"kind": kind.code, "position": position, "chinese": kind.chinese, "english": kind.english}
