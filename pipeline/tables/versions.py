"""What is known only when all reports are read: whose version each is, and which is current."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.tables.carriers import Version, carried
from pipeline.tables.claims import Held
from pipeline.tables.met import on_disk
from pipeline.tables.organs import Organs
from pipeline.tables.parquet import TableWriter
from pipeline.tables.reading import REPORT
from pipeline.tables.rows import Row

_BATCH = 1024  # rows of reports that are in memory at a time
# Formats that keep the looks of a text before its words.
_DRAWN = ("application/pdf", "application/ofd", "image/")


class _Place(NamedTuple):
    """Where a report stands among the versions of it, and the current one of these."""

    number: int
    page: str | None
    name: str | None
    current: Held


class Versions:
    """Meets every report row once, and knows then which version of each organ, year and scope is the latest.

    A version with figures stands before one without (a page that only carries the report as a file is not its
    last word); then one that still stands at an address before one that every address of it has given up for
    another, and a file before one that its page has given up; then the later `published_on`, `fetched_at` and `url`.
    The formats of a report that one page carries are as late as the last of them, and the one with most numbers stands
    before the others, of equals that which is written before that which is drawn; what `carried` takes for older
    stands behind them. A report without a known organ or year is a version only of what the same address gave under the
    same name.

    Where two names that the rules take for one organ both have a report of one year and scope, and not the same, they
    are taken for two organs in all years: neither report becomes a version of the other.

    Reports are noted in `met`; in memory are names of organs with several.
    """

    def __init__(self, met: Connection | None = None) -> None:
        self._met = met or on_disk()
        for statement in _TABLES:
            self._met.execute(statement)
        self._runs: dict[str | None, int] = {}  # in the order in which they got something
        self._apart: set[str] = set()
        self._is_settled = False
        self._found: tuple[str, _Place] | None = None  # what was asked for last

    def meet(self, row: Row, name_id: str | None = None) -> None:
        """Take up a report; `name_id` is that of its organ's name, the organ's own id where that is not given."""
        name = row["organ_id"] and (name_id or row["organ_id"])
        is_alone = name is None or row["report_year"] is None
        self._met.execute(
            _MEET,
            {
                **{column: row[column] for column in _AS_IN_ROW},
                "name": name,
                "lone_url": row["url"] if is_alone else None,
                "lone_organ": row["organ"] if is_alone else None,
                "published": (row["published_on"] or date.min).isoformat(),
                "fetched": row["fetched_at"].isoformat(),
                "page": row["page_url"] or None,
            },
        )
        self._is_settled = False

    def got(self, url: str, report_id: str, run: str | None = None, *, anew: bool = True) -> None:
        """Take up that an address gave a report to a run, in the order of the ledger: its last one stands there. Not
        `anew` where the portal said that nothing had changed.
        """
        turn = self._runs.setdefault(run, len(self._runs))
        self._met.execute(_GOT, (url, report_id, turn, turn if anew else None))
        self._is_settled = False

    def current(self, report_id: str) -> Held:
        """The current version of the report that this one is a version of."""
        return self._place(report_id).current

    def number(self, report_id: str) -> int:
        """Which version of its report this is, counted from 1; the last is the current one."""
        return self._place(report_id).number

    def page(self, report_id: str) -> str | None:
        """The page of the report that this one is a format of; None where it is the page itself, or no format of it."""
        return self._place(report_id).page

    def organ(self, report_id: str, organ_id: str | None) -> str | None:
        """The organ of a report, in the end; `organ_id` is what the rules say."""
        return self._place(report_id).name if self.is_apart(organ_id) else organ_id

    def is_apart(self, organ_id: str | None) -> bool:
        """Whether the names of an organ by the rules are taken for several organs."""
        self._settle()
        return organ_id in self._apart

    def all_current(self) -> Iterator[Held]:
        self._settle()
        found = self._met.execute(f"SELECT {_HELD} FROM best ORDER BY is_shared, first")  # noqa: S608 - names of ours
        return (Held(*row) for row in found)

    def latest(self, organ_id: str, year: int) -> Held | None:
        """A current report of an organ and year, the last of `all_current`."""
        self._settle()
        found = self._met.execute(_LATEST, (organ_id, year)).fetchone()
        return found and Held(*found)

    def _place(self, report_id: str) -> _Place:
        self._settle()
        if self._found is None or self._found[0] != report_id:
            row = self._met.execute(_PLACE, (report_id,)).fetchone()
            if row is None:
                raise KeyError(report_id)
            number, page, name, *held = row
            self._found = report_id, _Place(number, page, name, Held(*held))
        return self._found[1]

    def _settle(self) -> None:
        if self._is_settled:
            return
        for statement in _SETTLE:
            self._met.execute(statement)
        several = dict(self._met.execute(_SEVERAL).fetchall())
        self._apart = set(self._found_apart(several))
        shared = ((name, organ) for name, organ in several.items() if organ not in self._apart)
        self._met.executemany("INSERT INTO shared VALUES (?, ?)", shared)
        for (is_shared, *_), rows in groupby(self._met.execute(_GROUPED), lambda row: row[:6]):
            found = [(row[6], row[7], _version(row[8:])) for row in rows]
            self._settle_one(is_shared, min(n for n, *_ in found), found)
        self._met.execute("CREATE INDEX best_of ON best (organ_id, year)")
        self._is_settled, self._found = True, None

    def _settle_one(self, is_shared: int, first: int, found: list[tuple[int, str | None, Version]]) -> None:
        """Note the order of the versions of one report, each with its name, and which are formats of a page."""
        names = {version.held.report_id: name for _, name, version in found}
        versions, pages = _ordered([version for *_, version in found])
        last = versions[-1].held
        for number, (held, *_) in enumerate(versions, start=1):
            identity = held.report_id
            place = (identity, number, pages.get(identity), names[identity], last.report_id)
            self._met.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?)", place)
        if last.organ_id in self._apart:
            last = replace(last, organ_id=names[last.report_id])
        best = (last.report_id, last.organ_id, last.organ, last.year, last.scope, last.url, last.figure_count)
        self._met.execute("INSERT INTO best VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (is_shared, first, *best))

    def _found_apart(self, several: Mapping[str, str]) -> Iterator[str]:
        """The organs of which two names, of those that are of `several`, have a report of one year that is their own,
        or both a roll-up: a title that does not say whose it is may still be of another organ.
        """
        named: dict[tuple[str, int, bool], str] = {}
        for name, year, scope in self._met.execute(_NAMED):
            organ = several.get(name)
            if organ is not None and named.setdefault((organ, year, scope == "area"), name) != name:
                yield organ


def _ordered(versions: Collection[Version]) -> tuple[list[Version], Mapping[str, str]]:
    """The versions of one report in their order, and the pages of those that are formats of one."""
    found = carried(versions)
    formats = {one: page for one, page in found.pages.items() if one in found.formats}
    pages = set(found.pages.values())
    latest: dict[str, tuple[str, str]] = {}
    for version in versions:
        page = found.page(version.held)
        known = latest.get(page, ("", ""))
        latest[page] = (max(known[0], version.published), max(known[1], version.fetched))

    def place(version: Version) -> tuple[object, ...]:
        held = version.held
        identity, page = held.report_id, found.page(held)
        is_written = not version.media_type.startswith(_DRAWN)
        return (
            held.figure_count > 0,
            version.stands and identity not in found.given_up,
            *latest[page],
            identity in found.formats or identity not in found.pages,
            *((version.numbers, is_written) if page in pages else (0, False)),
            version.published,
            version.fetched,
            held.url,
            identity,
        )

    return sorted(versions, key=place), formats


def _version(row: tuple[object, ...]) -> Version:
    return Version(Held(*row[:7]), *row[7:])  # type: ignore[arg-type]


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


_HELD = "report_id, organ_id, organ, year, scope, url, figure_count"

_AS_IN_ROW = (
    *("report_id", "organ_id", "organ", "report_year", "scope", "url", "figure_count"),
    *("reported_count", "media_type"),
)

# Without organ or year, `lone_url` and `lone_organ` tell what a report is a version of.
_TABLES = (
    f"""CREATE TABLE version (n INTEGER PRIMARY KEY, {_HELD}, name, lone_url, lone_organ, published, fetched, numbers,
media_type, page)""",
    "CREATE TABLE got (url TEXT PRIMARY KEY, report_id, last, anew) WITHOUT ROWID",
)

_MEET = f"""INSERT INTO version ({_HELD}, name, lone_url, lone_organ, published, fetched, numbers, media_type, page)
VALUES (:report_id, :organ_id, :organ, :report_year, :scope, :url, :figure_count, :name, :lone_url, :lone_organ,
:published, :fetched, :reported_count, :media_type, :page)"""  # noqa: S608 - names of ours

_GOT = """INSERT INTO got VALUES (?1, ?2, ?3, coalesce(?4, 0))
ON CONFLICT (url) DO UPDATE SET report_id = ?2, last = ?3, anew = coalesce(?4, anew)"""

# The organ of a name is that of the last report under it: SQLite takes the row of which `max` is.
_SETTLE = (
    *(f"DROP TABLE IF EXISTS {name}" for name in ("named", "shared", "place", "best")),
    """CREATE TABLE named AS SELECT name, organ_id, max(n) FROM version WHERE name IS NOT NULL GROUP BY name""",
    "CREATE TABLE shared (name TEXT PRIMARY KEY, organ_id) WITHOUT ROWID",
    "CREATE TABLE place (report_id TEXT PRIMARY KEY, number, page, name, current) WITHOUT ROWID",
    """CREATE TABLE best (is_shared, first, report_id TEXT PRIMARY KEY, organ_id, organ, year, scope, url, figure_count)
WITHOUT ROWID""",
)

_SEVERAL = """SELECT name, organ_id FROM named
WHERE organ_id IN (SELECT organ_id FROM named GROUP BY organ_id HAVING count(*) > 1)"""

_NAMED = "SELECT DISTINCT name, year, scope FROM version WHERE name IS NOT NULL AND year IS NOT NULL"

_GROUPED = """SELECT shared.name IS NOT NULL AS is_shared, coalesce(shared.organ_id, v.name) AS of, v.year, v.scope,
  v.lone_url, v.lone_organ, v.n, v.name,
  v.report_id, v.organ_id, v.organ, v.year, v.scope, v.url, v.figure_count, v.published, v.fetched, v.numbers,
  v.media_type, v.report_id IN (SELECT report_id FROM got), coalesce(own.last, 0), page.url, coalesce(page.anew, 0)
FROM version AS v LEFT JOIN shared ON shared.name = v.name LEFT JOIN got AS own ON own.url = v.url
LEFT JOIN got AS page ON page.url = v.page ORDER BY 1, 2, 3, 4, 5, 6, v.n"""

_PLACE = """SELECT number, page, name, best.report_id, organ_id, organ, year, scope, url, figure_count
FROM place JOIN best ON best.report_id = current WHERE place.report_id = ?"""

_LATEST = f"""SELECT {_HELD} FROM best WHERE organ_id = ? AND year = ?
ORDER BY is_shared DESC, first DESC LIMIT 1"""  # noqa: S608 - names of ours
