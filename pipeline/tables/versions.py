"""What is known only when all reports are read: whose version each is, and which is current."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from sys import intern
from typing import NamedTuple

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.tables.carriers import Carriers
from pipeline.tables.claims import Held
from pipeline.tables.organs import Organs
from pipeline.tables.parquet import TableWriter
from pipeline.tables.reading import REPORT
from pipeline.tables.rows import Row

_BATCH = 1024  # rows of reports that are in memory at a time
# Formats that keep the looks of a text before its words.
_DRAWN = ("application/pdf", "application/ofd", "image/")
_Key = tuple[object, ...]  # an organ or one of its names, a year, a scope; or what is known of one address


class _Version(NamedTuple):
    """A report and what tells its place among others: when, how many numbers, and whether they are written."""

    held: Held
    published: date
    fetched: datetime
    numbers: int
    is_written: bool


@dataclass(slots=True)
class Versions:
    """Meets every report row once, and knows then which version of each organ, year and scope is the latest.

    A version with figures stands before one without (a page that only carries the report as a file is not its
    last word); then one that still stands at an address before one that every address of it has given up for
    another, and a file before one that its page has given up; then the later `published_on`, `fetched_at` and `url`.
    The formats of a report that one page carries are as late as the last of them, and the one with most numbers stands
    before the others, of equals that which is written before that which is drawn; what `Carriers` takes for older
    stands behind them. A report without a known organ or year is a version only of what the same address gave under the
    same name.

    Where two names that the rules take for one organ both have a report of one year and scope, and not the same, they
    are taken for two organs in all years: neither report becomes a version of the other.
    """

    _keys: dict[str, _Key] = field(default_factory=dict)
    _ranked: dict[_Key, list[_Version]] = field(default_factory=dict)
    _organs: dict[object, str] = field(default_factory=dict)  # by the id of a name
    _carriers: Carriers = field(default_factory=Carriers)
    _pages: dict[str, str] = field(default_factory=dict)  # of reports that are formats, their page
    _best: dict[_Key, Held] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)  # of reports that are not the first version
    _apart: set[str] = field(default_factory=set)
    _shared: set[object] = field(default_factory=set)  # ids of names that are of one organ with others

    def meet(self, row: Row, name_id: str | None = None) -> None:
        """Take up a report; `name_id` is that of its organ's name, the organ's own id where that is not given."""
        report_id: str = row["report_id"]
        name = row["organ_id"] and intern(name_id or row["organ_id"])
        key: _Key = (name, row["report_year"], row["scope"])
        if name is None or row["report_year"] is None:
            key = (name, (row["url"], row["organ"], row["report_year"], row["scope"]))
        self._keys[report_id] = key
        self._carriers.meet(row)
        if name:
            self._organs[name] = intern(row["organ_id"])
        self._ranked.setdefault(key, []).append(_version(row))
        self._best.clear()

    def got(self, url: str, report_id: str, run: str | None = None, *, anew: bool = True) -> None:
        """Take up that an address gave a report to a run, in the order of the ledger: its last one stands there. Not
        `anew` where the portal said that nothing had changed.
        """
        self._carriers.got(url, report_id, run, anew=anew)
        self._best.clear()

    def current(self, report_id: str) -> Held:
        """The current version of the report that this one is a version of."""
        return self._settled()[self._group(self._keys[report_id])]

    def number(self, report_id: str) -> int:
        """Which version of its report this is, counted from 1; the last is the current one."""
        self._settled()
        return self._numbers.get(report_id, 1)

    def page(self, report_id: str) -> str | None:
        """The page of the report that this one is a format of; None where it is the page itself, or no format of it."""
        self._settled()
        return self._pages.get(report_id)

    def organ(self, report_id: str, organ_id: str | None) -> str | None:
        """The organ of a report, in the end; `organ_id` is what the rules say."""
        self._settled()
        return str(self._keys[report_id][0]) if organ_id in self._apart else organ_id

    def is_apart(self, organ_id: str) -> bool:
        """Whether the names of an organ by the rules are taken for several organs."""
        self._settled()
        return organ_id in self._apart

    def all_current(self) -> Iterator[Held]:
        return iter(self._settled().values())

    def _settled(self) -> dict[_Key, Held]:
        if self._best or not self._ranked:
            return self._best
        names = Counter(self._organs.values())
        several = {name for name, organ in self._organs.items() if names[organ] > 1}
        self._apart = set(self._found_apart(several))
        self._shared = {name for name in several if self._organs[name] not in self._apart}
        standing = self._carriers.standing()
        self._numbers.clear()
        self._pages.clear()
        for group, versions in self._grouped():
            self._order(versions, standing)
            self._numbers.update((held.report_id, n) for n, (held, *_) in enumerate(versions[1:], start=2))
            last = versions[-1].held
            name = str(group[0])
            self._best[group] = replace(last, organ_id=name) if last.organ_id in self._apart else last
        return self._best

    def _grouped(self) -> Iterator[tuple[_Key, list[_Version]]]:
        """The versions of each report; only those of organs with several names are put together anew."""
        together: dict[_Key, list[_Version]] = defaultdict(list)
        for key, versions in self._ranked.items():
            if key[0] in self._shared:
                together[self._group(key)] += versions
            else:
                yield key, versions
        yield from together.items()

    def _order(self, versions: list[_Version], standing: Collection[str]) -> None:
        """Bring the versions of one report into their order, and note which of them are formats of a page."""
        carried = self._carriers.of(version.held for version in versions)
        self._pages.update((one, page) for one, page in carried.pages.items() if one in carried.formats)
        if len(versions) == 1:
            return
        pages = set(carried.pages.values())
        latest: dict[str, tuple[date, datetime]] = {}
        for held, published, fetched, *_ in versions:
            known = latest.get(carried.page(held), (date.min, fetched))
            latest[carried.page(held)] = (max(known[0], published), max(known[1], fetched))

        def place(version: _Version) -> tuple[object, ...]:
            held = version.held
            identity, page = held.report_id, carried.page(held)
            return (
                held.figure_count > 0,
                identity in standing and identity not in carried.given_up,
                *latest[page],
                identity in carried.formats or identity not in carried.pages,
                *((version.numbers, version.is_written) if page in pages else (0, False)),
                version.published,
                version.fetched,
                held.url,
                identity,
            )

        versions.sort(key=place)

    def _group(self, key: _Key) -> _Key:
        """What the versions of one report share, from what those by one name do."""
        return (self._organs[key[0]], *key[1:]) if key[0] in self._shared else key

    def _found_apart(self, several: Collection[object]) -> Iterator[str]:
        """The organs of which two names, of those that are of `several`, have a report of one year that is their own,
        or both a roll-up: a title that does not say whose it is may still be of another organ.
        """
        named: dict[tuple[str, object, bool], object] = {}
        for name, *rest in self._ranked:
            if name not in several or len(rest) < 2:  # without a year it is compared with none
                continue
            (year, scope), organ = rest, self._organs[name]
            if named.setdefault((organ, year, scope == "area"), name) != name:
                yield organ


def _version(row: Row) -> _Version:
    held = Held(
        report_id=row["report_id"],
        organ_id=_once(row["organ_id"]),
        organ=_once(row["organ"]),
        year=row["report_year"],
        scope=_once(row["scope"]),
        url=row["url"],
        figure_count=row["figure_count"],
    )
    is_written = not row["media_type"].startswith(_DRAWN)
    return _Version(
        held, row["published_on"] or date.min, row["fetched_at"], row["reported_count"], is_written
    )


def _once(text: str | None) -> str | None:
    """A text of many reports: one in memory for all of them."""
    return text if text is None else intern(text)


def settle(unsettled: Path, folder: Path, versions: Versions) -> Organs:
    """Write table `report` again with organ, version and `is_current` as they are; return the organs."""
    organs = Organs()
    with TableWriter(REPORT, folder) as writer, pq.ParquetFile(unsettled) as file:
        for batch in file.iter_batches(_BATCH):
            for row in batch.to_pylist():
                identity = row["report_id"]
                row["organ_id"] = versions.organ(identity, row["organ_id"])
                row["version"] = versions.number(identity)
                row["carrier_url"] = versions.page(identity)
                row["is_current"] = versions.current(identity).report_id == identity
                writer.add(row)
                organs.meet(row)
    return organs
