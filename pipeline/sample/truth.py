"""The truth of the sample: the reviewed data files in `datasets/sample`, as values.

The pages are rendered from these values and from nothing else, so whatever is read out of a page can be
compared with what was meant. `datasets/sample/README.md` explains every column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pipeline.datasets import dataset_file


@dataclass(frozen=True, slots=True)
class City:
    """An invented city, its loopback address and the structure of its column: years, organs or list."""

    code: str
    name: str
    province: str
    address: str
    structure: str
    column: str


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ of a sample city; `folder` is its folder where the column is laid out by organs."""

    key: str
    city: str
    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One version of a report as it is announced. `answer` says what its address does when asked."""

    organ: str
    year: int
    version: int
    form: str
    published_on: date
    path: str
    title: str
    style: str  # plain | word
    charset: str  # utf-8 | gb18030
    answer: str  # ok | not_found | error_twice


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A page that stands among the reports and is none."""

    city: str
    kind: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in one cell: the text as printed, and the status and value a careful reader gives it.

    Money is in yuan where its unit is printed. `value` is None unless the status is `reported`.
    """

    text: str
    status: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A check that fails because the page is printed so, with both sides of the equation.

    `earlier` is the year of the report that it is compared with, None for a check within the report.
    """

    organ: str
    year: int
    version: int
    check: str
    at: str
    left: Decimal
    right: Decimal
    earlier: int | None


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything the sample is made from. `figures` holds the cells that are not a plain 0."""

    cities: tuple[City, ...]
    organs: tuple[Organ, ...]
    publications: tuple[Publication, ...]
    lookalikes: tuple[Lookalike, ...]
    contradictions: tuple[Contradiction, ...]
    figures: Mapping[tuple[str, int, int], Mapping[str, Printed]]

    @property
    def years(self) -> frozenset[int]:
        """The years that reports are of."""
        return frozenset(publication.year for publication in self.publications)

    def city(self, code: str) -> City:
        """The city with this code; KeyError where there is none."""
        return {city.code: city for city in self.cities}[code]

    def organ(self, key: str) -> Organ:
        """The organ with this key; KeyError where there is none."""
        return {organ.key: organ for organ in self.organs}[key]

    def organs_of(self, city: City) -> tuple[Organ, ...]:
        """The organs of a city, in the order of the file."""
        return tuple(organ for organ in self.organs if organ.city == city.code)

    def publications_of(self, city: City) -> tuple[Publication, ...]:
        """All that is announced as a report on a city's portal, in the order of the file."""
        keys = {organ.key for organ in self.organs_of(city)}
        return tuple(publication for publication in self.publications if publication.organ in keys)

    def printed(self, publication: Publication) -> Mapping[str, Printed]:
        """The listed cells of one version of a report; every other cell of its form is printed as 0."""
        return self.figures.get((publication.organ, publication.year, publication.version), {})


@cache
def load_truth() -> Truth:
    """Read the data files of the sample."""
    figures: dict[tuple[str, int, int], dict[str, Printed]] = {}
    for row in _rows("figures.csv"):
        report = (row["organ"], int(row["year"]), int(row["version"]))
        value = Decimal(row["value"]) if row["value"] else None
        figures.setdefault(report, {})[row["cell"]] = Printed(row["printed"], row["status"], value)
    return Truth(
        cities=tuple(City(**row) for row in _rows("cities.csv")),
        organs=tuple(
            Organ(row["organ"], row["city"], row["name"], row["folder"]) for row in _rows("organs.csv")
        ),
        publications=tuple(_publication(row) for row in _rows("reports.csv")),
        lookalikes=tuple(
            Lookalike(row["city"], row["kind"], row["address"], row["title"])
            for row in _rows("lookalikes.csv")
        ),
        contradictions=tuple(_contradiction(row) for row in _rows("findings.csv")),
        figures=MappingProxyType(figures),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with dataset_file("sample", name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _publication(row: Mapping[str, str]) -> Publication:
    return Publication(
        organ=row["organ"],
        year=int(row["year"]),
        version=int(row["version"]),
        form=row["form"],
        published_on=date.fromisoformat(row["published_on"]),
        path=row["address"],
        title=row["title"],
        style=row["style"],
        charset=row["charset"],
        answer=row["answer"],
    )


def _contradiction(row: Mapping[str, str]) -> Contradiction:
    return Contradiction(
        organ=row["organ"],
        year=int(row["year"]),
        version=int(row["version"]),
        check=row["check"],
        at=row["at"],
        left=Decimal(row["left"]),
        right=Decimal(row["right"]),
        earlier=int(row["earlier"]) if row["earlier"] else None,
    )
