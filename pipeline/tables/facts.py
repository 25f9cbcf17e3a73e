"""What the archive and the tables know of each portal, gathered for the coverage of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import UTC, datetime
from sqlite3 import Connection

from pipeline.archive import Entry, Outcome, Run, Sighting
from pipeline.tables.asked import Crawled
from pipeline.tables.claims import Held, Key
from pipeline.tables.expected import CoverageRow, PortalFacts, imported_coverage, portal_coverage
from pipeline.tables.met import Noted, on_disk
from pipeline.tables.naming import UNPLACED, Naming
from pipeline.tables.reasons import DAMAGED, READER_FAILED, UNREADABLE
from pipeline.tables.registry import Portal, portals_of
from pipeline.tables.rows import Row, utc
from pipeline.tables.tracing import Fetched
from pipeline.tables.versions import Versions

_FETCHED = ("url", "kind", "outcome", "reason", "report_id", "referrer", "run_id")
_COLUMNS = "url, kind, outcome, reason, report_id, referrer, run, target"


class Gathered:
    """Fetches by portal, met one by one in the order of the ledger, as rows of table `fetch`. They are noted in `met`;
    in memory are those of one portal at a time.
    """

    def __init__(self, met: Connection | None = None) -> None:
        self._met = met or on_disk()
        self._met.execute(f"CREATE TABLE fetched (portal, {_COLUMNS})")
        self._at: dict[tuple[str, str], datetime] = {}  # when a run last asked a portal

    def meet(self, row: Row) -> None:
        target = row["note"] if row["outcome"] == Outcome.REDIRECTED else None
        self._note(row["portal_code"], *(row[name] for name in _FETCHED), target)
        if row["portal_code"] is not None and row["run_id"] is not None:
            self._at[row["portal_code"], row["run_id"]] = row["fetched_at"]

    def _note(self, *values: str | None) -> None:
        self._met.execute("INSERT INTO fetched VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def meet_unread(self, entry: Entry) -> None:
        """Take up a fetch whose body was not read."""
        if entry.portal is not None:
            target = entry.note if entry.outcome is Outcome.REDIRECTED else None
            outcome = entry.outcome.value
            self._note(
                entry.portal, entry.url, entry.kind, outcome, None, None, entry.referrer, entry.run, target
            )
            if entry.run is not None:
                self._at[entry.portal, entry.run] = utc(entry.fetched_at)

    def unread(
        self,
        runs: Iterable[Run],
        sightings: Iterable[Sighting],
        naming: Naming,
        run: str,
        portals: Collection[str],
    ) -> Iterator[tuple[str, list[CoverageRow]]]:
        """The rows of each of these portals before documents are read, with its code: what this run asked for."""
        seen: dict[str, list[Sighting]] = defaultdict(list)
        for sighting in sightings:
            seen[sighting.portal].append(sighting)
        for facts in self._portals(runs, seen, None, portals):
            yield facts.code, portal_coverage(facts, _Organs(naming, facts.code), run=run)

    def coverage(
        self,
        runs: Iterable[Run],
        sightings: Mapping[str, Sequence[Sighting]],
        versions: Versions,
        naming: Naming,
        ended: Mapping[str, int],
    ) -> Iterator[CoverageRow]:
        """The rows of table `coverage`: portal by portal, then the imported files that no portal was missing. `ended`
        is the first year in which an organ was no more, by its id.
        """
        self._met.execute("CREATE INDEX fetched_by ON fetched (portal)")
        told = Noted(self._met, "covered")  # reports with a row
        for facts in self._portals(runs, sightings, versions):
            rows = portal_coverage(facts, _Organs(naming, facts.code, versions, ended))
            for row in rows:
                if row.report_id:
                    told.add(row.report_id)
            yield from rows
        held = (versions.current(identity) for (identity,) in self._met.execute(_IMPORTED))
        last = (Fetched(*found) for *found, _ in self._met.execute(_LAST_IMPORTED))
        left = imported_coverage((one for one in held if told.add(one.report_id)), filter(_is_unread, last))
        yield from self._in_order(left)

    def _in_order(self, rows: Iterable[CoverageRow]) -> Iterator[CoverageRow]:
        """Rows as `portal_coverage` puts them in order, however many they are."""
        names = [column.name for column in fields(CoverageRow)]
        self._met.execute(f"CREATE TABLE coverage ({', '.join(names)})")
        insert = f"INSERT INTO coverage VALUES ({', '.join('?' for _ in names)})"  # noqa: S608 - names of ours
        self._met.executemany(insert, map(astuple, rows))
        return (CoverageRow(*row) for row in self._met.execute(_ORDERED))

    def _portals(
        self,
        runs: Iterable[Run],
        sightings: Mapping[str, Sequence[Sighting]],
        versions: Versions | None,
        only: Collection[str] | None = None,
    ) -> Iterator[PortalFacts]:
        """What is known of each portal, by code; without `versions`, no document was read."""
        crawls = self._crawls(runs)
        for code in sorted({*crawls, *sightings, *self._codes()} if only is None else only):
            fetched = [Fetched(*row) for row in self._met.execute(_OF_PORTAL, (code,))]
            crawl = crawls.get(code, _Crawls())
            yield PortalFacts(
                code=code,
                fetched=fetched,
                sightings=sightings.get(code, []),
                held=_held(fetched, versions) if versions is not None else {},
                runs=sorted(crawl.runs, key=lambda run: run.at),
                home=crawl.home,
                elsewhere={} if versions is None else _Elsewhere(versions),
            )

    def _codes(self) -> Iterator[str]:
        found = self._met.execute("SELECT DISTINCT portal FROM fetched WHERE portal IS NOT NULL")
        return (code for (code,) in found)

    def _crawls(self, runs: Iterable[Run]) -> dict[str, _Crawls]:
        """The runs over each portal, and its home page as the last of them was given it."""
        crawls: dict[str, _Crawls] = defaultdict(_Crawls)
        for run in runs:
            for portal in portals_of(run):
                crawl = crawls[portal.code]
                crawl.runs.append(self._crawled(run, portal))
                crawl.home = portal.home or crawl.home
        return crawls

    def _crawled(self, run: Run, portal: Portal) -> Crawled:
        given = run.settings.get("years")
        years = (
            frozenset(year for year in given if isinstance(year, int)) if isinstance(given, list) else None
        )
        told = (run.summary or {}).get(portal.code)
        counts = told if isinstance(told, Mapping) else {}
        begun = run.begun_at.astimezone(UTC).replace(tzinfo=None)
        return Crawled(
            run=run.id,
            years=years or None,
            at=self._at.get((portal.code, run.id), begun),
            finished=run.finished_at is not None,
            left_out=_count(counts.get("unasked")),
            crashed=_count(counts.get("crashed")),
        )


_OF_PORTAL = f"SELECT {_COLUMNS} FROM fetched WHERE portal = ? ORDER BY rowid"  # noqa: S608 - names of ours
_IMPORTED = "SELECT DISTINCT report_id FROM fetched WHERE portal IS NULL AND report_id IS NOT NULL"
# SQLite takes the row of which `max` is.
_LAST_IMPORTED = f"SELECT {_COLUMNS}, max(rowid) FROM fetched WHERE portal IS NULL GROUP BY url"  # noqa: S608
_ORDERED = """SELECT * FROM coverage ORDER BY coalesce(organ, ''), coalesce(organ_id, ''), coalesce(report_year, 0),
coalesce(url, ''), coalesce(reason, '')"""


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Current reports of organs whose place is known, wherever they are from."""

    versions: Versions

    def get(self, key: Key) -> Held | None:
        organ_id, year = key
        return None if organ_id.startswith(UNPLACED) else self.versions.latest(organ_id, year)


@dataclass(slots=True)
class _Crawls:
    runs: list[Crawled] = field(default_factory=list)
    home: str | None = None


@dataclass(frozen=True, slots=True)
class _Organs:
    """The organs of a portal, by the registry; `versions` are of the reports, where those are read."""

    naming: Naming
    portal: str
    versions: Versions | None = None
    ended: Mapping[str, int] = field(default_factory=dict)

    def identify(self, name: str, year: int | None) -> str | None:
        named = self.naming.name(name, self.portal, year)
        if named.is_shared:
            return None
        if self.versions is not None and self.versions.is_apart(named.organ_id):
            return named.name_id
        return named.organ_id

    def stood(self, organ_id: str, year: int) -> bool:
        if year >= self.ended.get(organ_id, year + 1):
            return False
        return self.naming.places.divisions.stood_at_end(organ_id.partition("-")[0], year)


def _held(fetched: Iterable[Fetched], versions: Versions) -> dict[str, Held]:
    return {fetch.report_id: versions.current(fetch.report_id) for fetch in fetched if fetch.report_id}


def _is_unread(file: Fetched) -> bool:
    return (file.reason or "").partition(":")[0] in (UNREADABLE, READER_FAILED, DAMAGED)


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
