"""What the archive and the tables know of each portal, gathered for the coverage of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pipeline.archive import Entry, Outcome, Run, Sighting
from pipeline.tables.asked import Crawled
from pipeline.tables.claims import Held, Key
from pipeline.tables.expected import CoverageRow, PortalFacts, imported_coverage, portal_coverage
from pipeline.tables.naming import UNPLACED, Naming
from pipeline.tables.reasons import DAMAGED, READER_FAILED, UNREADABLE
from pipeline.tables.registry import Portal, portals_of
from pipeline.tables.rows import Row, utc
from pipeline.tables.tracing import Fetched
from pipeline.tables.versions import Versions

_FETCHED = ("url", "kind", "outcome", "reason", "report_id", "referrer", "run_id")


@dataclass(slots=True)
class Gathered:
    """Fetches by portal, met one by one in the order of the ledger, as rows of table `fetch`."""

    _fetched: dict[str, list[Fetched]] = field(default_factory=lambda: defaultdict(list))
    _at: dict[tuple[str, str], datetime] = field(default_factory=dict)  # when a run last asked a portal
    _imported: list[Fetched] = field(default_factory=list)

    def meet(self, row: Row) -> None:
        target = row["note"] if row["outcome"] == Outcome.REDIRECTED else None
        fetched = replace(Fetched(*(row[name] for name in _FETCHED)), target=target)
        if row["portal_code"] is None:
            self._imported.append(fetched)
            return
        self._fetched[row["portal_code"]].append(fetched)
        if fetched.run is not None:
            self._at[row["portal_code"], fetched.run] = row["fetched_at"]

    def meet_unread(self, entry: Entry) -> None:
        """Take up a fetch whose body was not read."""
        if entry.portal is not None:
            target = entry.note if entry.outcome is Outcome.REDIRECTED else None
            fetched = Fetched(
                entry.url, entry.kind, entry.outcome, None, None, entry.referrer, entry.run, target
            )
            self._fetched[entry.portal].append(fetched)
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
        for facts in self._portals(runs, sightings, None, {}, portals):
            yield facts.code, portal_coverage(facts, _Organs(naming, facts.code), run=run)

    def coverage(
        self,
        runs: Iterable[Run],
        sightings: Iterable[Sighting],
        versions: Versions,
        naming: Naming,
        ended: Mapping[str, int],
    ) -> Iterator[CoverageRow]:
        """The rows of table `coverage`: portal by portal, then the imported files that no portal was missing. `ended`
        is the first year in which an organ was no more, by its id.
        """
        current = {
            (held.organ_id, held.year): held
            for held in versions.all_current()
            if held.organ_id is not None and held.year is not None and not held.organ_id.startswith(UNPLACED)
        }
        got: set[str] = set()
        for facts in self._portals(runs, sightings, versions, current):
            rows = portal_coverage(facts, _Organs(naming, facts.code, versions, ended))
            got.update(row.report_id for row in rows if row.report_id)
            yield from rows
        imported = {versions.current(file.report_id) for file in self._imported if file.report_id}
        unread = (file for file in {file.url: file for file in self._imported}.values() if _is_unread(file))
        yield from imported_coverage((held for held in imported if held.report_id not in got), unread)

    def _portals(
        self,
        runs: Iterable[Run],
        sightings: Iterable[Sighting],
        versions: Versions | None,
        elsewhere: Mapping[Key, Held],
        only: Collection[str] | None = None,
    ) -> Iterator[PortalFacts]:
        """What is known of each portal, by code; without `versions`, no document was read."""
        seen: dict[str, list[Sighting]] = defaultdict(list)
        for sighting in sightings:
            seen[sighting.portal].append(sighting)
        crawls = self._crawls(runs)
        for code in sorted({*crawls, *seen, *self._fetched} if only is None else only):
            fetched = self._fetched.get(code, [])
            crawl = crawls.get(code, _Crawls())
            yield PortalFacts(
                code=code,
                fetched=fetched,
                sightings=seen.get(code, []),
                held=_held(fetched, versions) if versions is not None else {},
                runs=sorted(crawl.runs, key=lambda run: run.at),
                home=crawl.home,
                elsewhere=elsewhere,
            )

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
