"""What is known only when all reports are read: which version is current, and the organs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.tables.claims import Held
from pipeline.tables.parquet import TableWriter
from pipeline.tables.reading import REPORT
from pipeline.tables.rows import Row

_Rank = tuple[bool, date, datetime, str, str]


@dataclass(slots=True)
class Versions:
    """Meets every report row once, and knows then which version of each organ, year and scope is the latest.

    A version with figures stands before one without (a page that only carries the report as a file is not its
    last word); then one that still stands at an address before one that every address of it has given up for
    another; then the later `published_on`, `fetched_at` and `url`. A report without a known organ or year is no
    version of another.
    """

    _keys: dict[str, tuple[object, ...]] = field(default_factory=dict)
    _ranked: dict[tuple[object, ...], list[tuple[_Rank, Held]]] = field(default_factory=dict)
    _at: dict[str, str] = field(default_factory=dict)  # by address, the report last got there
    _best: dict[tuple[object, ...], Held] = field(default_factory=dict)

    def meet(self, row: Row) -> None:
        report_id: str = row["report_id"]
        known = row["organ_id"] is not None and row["report_year"] is not None
        key = (row["organ_id"], row["report_year"], row["scope"]) if known else (report_id,)
        rank: _Rank = (
            row["figure_count"] > 0,
            row["published_on"] or date.min,
            row["fetched_at"],
            row["url"],
            report_id,
        )
        self._keys[report_id] = key
        self._ranked.setdefault(key, []).append((rank, _held(row)))
        self._best.clear()

    def got(self, url: str, report_id: str) -> None:
        """Take up that an address gave a report, in the order of the ledger: its last one stands there."""
        self._at[url] = report_id
        self._best.clear()

    def current(self, report_id: str) -> Held:
        """The current version of the report that this one is a version of."""
        return self._settled()[self._keys[report_id]]

    def all_current(self) -> Iterator[Held]:
        return iter(self._settled().values())

    def _settled(self) -> dict[tuple[object, ...], Held]:
        if not self._best:
            standing = set(self._at.values())
            for key, versions in self._ranked.items():
                ranked = {(rank[0], held.report_id in standing, *rank[1:]): held for rank, held in versions}
                self._best[key] = ranked[max(ranked)]
        return self._best


def _held(row: Row) -> Held:
    return Held(
        report_id=row["report_id"],
        organ_id=row["organ_id"],
        organ=row["organ"],
        year=row["report_year"],
        scope=row["scope"],
        url=row["url"],
        figure_count=row["figure_count"],
    )


def settle(unsettled: Path, folder: Path, versions: Versions) -> dict[str, Row]:
    """Write table `report` again with `is_current` as it is; return the rows of table `organ` by id."""
    organs: dict[str, Row] = {}
    with TableWriter(REPORT, folder) as writer, pq.ParquetFile(unsettled) as file:
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                row["is_current"] = versions.current(row["report_id"]).report_id == row["report_id"]
                writer.add(row)
                if row["is_current"] and row["organ_id"] is not None:
                    _count(organs, row)
    return organs


def _count(organs: dict[str, Row], row: Row) -> None:
    """Reports are met in the order of the archive; the name is that of the latest year."""
    known = organs.setdefault(
        row["organ_id"],
        {
            **{
                name: row[name]
                for name in ("organ_id", "organ", "division_code", "province", "city", "county")
            },
            "first_year": None,
            "last_year": None,
            "report_count": 0,
        },
    )
    known["report_count"] += 1
    year = row["report_year"]
    if year is None:
        return
    if known["last_year"] is None or year >= known["last_year"]:
        known.update(last_year=year, organ=row["organ"])
    known["first_year"] = year if known["first_year"] is None else min(year, known["first_year"])
