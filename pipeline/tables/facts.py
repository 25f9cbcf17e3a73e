"""What the archive and the tables know of each portal, gathered for the coverage of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.archive import Run, Sighting
from pipeline.tables.expected import CoverageRow, PortalFacts, imported_coverage, portal_coverage
from pipeline.tables.places import Places, organ_id
from pipeline.tables.registry import portals_of
from pipeline.tables.rows import Row
from pipeline.tables.tracing import Fetched
from pipeline.tables.versions import Versions


@dataclass(slots=True)
class Gathered:
    """Fetches by portal, met one by one in the order of the ledger, as rows of table `fetch`."""

    _fetched: dict[str, list[Fetched]] = field(default_factory=lambda: defaultdict(list))
    _imported: set[str] = field(default_factory=set)

    def meet(self, row: Row) -> None:
        if row["portal_code"] is None:
            if row["report_id"] is not None:
                self._imported.add(row["report_id"])
            return
        self._fetched[row["portal_code"]].append(
            Fetched(*(row[name] for name in ("url", "kind", "outcome", "reason", "report_id", "referrer")))
        )

    def coverage(
        self, runs: Iterable[Run], sightings: Iterable[Sighting], versions: Versions, places: Places
    ) -> Iterator[CoverageRow]:
        """The rows of table `coverage`: portal by portal, then the imported files."""
        seen: dict[str, list[Sighting]] = defaultdict(list)
        for sighting in sightings:
            seen[sighting.portal].append(sighting)
        crawls = _crawls(runs)
        fetched_reports: set[str] = set()
        for code in sorted({*crawls, *seen, *self._fetched}):
            crawl = crawls.get(code, _Crawl())
            fetched = self._fetched.get(code, [])
            held = {row.report_id: versions.current(row.report_id) for row in fetched if row.report_id}
            fetched_reports.update(report.report_id for report in held.values())
            facts = PortalFacts(
                code=code,
                fetched=fetched,
                sightings=seen.get(code, []),
                held=held,
                years=frozenset(crawl.years),
                open_years=crawl.open_years,
                finished=crawl.finished,
                home=crawl.home,
            )
            yield from portal_coverage(facts, _Organs(places, code))
        imported = {versions.current(report_id) for report_id in self._imported}
        yield from imported_coverage(held for held in imported if held.report_id not in fetched_reports)


@dataclass(frozen=True, slots=True)
class _Organs:
    """The organs of a portal, by the registry of divisions."""

    places: Places
    portal: str

    def identify(self, name: str, year: int | None) -> str:
        return organ_id(name, self.places.place(name, self.portal, year))

    def stood(self, organ_id: str, year: int) -> bool:
        return self.places.divisions.stood_at_end(organ_id.partition("-")[0], year)


@dataclass(slots=True)
class _Crawl:
    """What the runs over one portal were asked; without any run, nothing is known to be finished."""

    years: set[int] = field(default_factory=set)
    open_years: bool = True
    finished: bool = False
    home: str | None = None


def _crawls(runs: Iterable[Run]) -> dict[str, _Crawl]:
    """By portal. The last run over a portal says whether it is finished; years asked for add up."""
    crawls: dict[str, _Crawl] = {}
    for run in runs:
        given = run.settings.get("years")
        years = (
            {year for year in given if isinstance(year, int)} if isinstance(given, list | tuple) else set()
        )
        for portal in portals_of(run):
            crawl = crawls.setdefault(portal.code, _Crawl(open_years=False))
            crawl.years |= years
            crawl.open_years = crawl.open_years or not years
            crawl.finished = run.finished_at is not None
            crawl.home = portal.home or crawl.home
    return crawls
