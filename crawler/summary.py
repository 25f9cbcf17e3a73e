"""What a crawl came to, told from the archive: the same for a run that was taken up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.keys import Keys
from crawler.outcomes import GONE
from crawler.portals import Portal
from crawler.urls import page_key
from pipeline.archive import Archive, Entry, Outcome, Sighting

_GOOD = frozenset({Outcome.HELD, Outcome.UNCHANGED})


@dataclass(slots=True)
class PortalSummary:
    """One portal. `pages` counts home, menu and list pages that came, `reports` reports and their files got in
    this run, `unchanged` how many of all these are as they were, `known` reports that were held before,
    `left_alone` links by the reason. `lost` counts reports that were announced and could not be had, and `broken`
    pages on the way to them, but such as do not exist, both by outcome. `unasked` counts lists that the bounds of a
    search left out, `crashed` pages that could not be understood.
    """

    portal: Portal
    pages: int = 0
    reports: int = 0
    unchanged: int = 0
    known: int = 0
    announced: int = 0
    crashed: int = 0
    unasked: int = 0
    family: str | None = None  # of the platform, as recognised
    left_alone: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the crawl of one portal counted that the archive does not keep."""

    known: int
    unasked: int
    crashed: int
    family: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """One crawl; `resumed` tells whether it went on with a run begun before."""

    run: str
    resumed: bool
    portals: tuple[PortalSummary, ...]

    def to_json(self) -> dict[str, object]:
        """The summary as the archive keeps it with the run."""
        return {
            summary.portal.code: {
                "pages": summary.pages,
                "reports": summary.reports,
                "unchanged": summary.unchanged,
                "known": summary.known,
                "announced": summary.announced,
                "lost": dict(summary.lost),
                "broken": dict(summary.broken),
                "unasked": summary.unasked,
                "crashed": summary.crashed,
                "family": summary.family,
            }
            for summary in self.portals
        }


def summarise(
    archive: Archive,
    run: str,
    portals: Iterable[Portal],
    *,
    resumed: bool,
    tallies: Mapping[str, Tally],
) -> CrawlSummary:
    """Read the run's part of the archive, and add what only the crawl itself knows, by code of portal."""
    told = {portal.code: PortalSummary(portal) for portal in portals}
    _count_fetches(archive, run, told)
    seen = Keys()
    for sighting in archive.sightings():
        key = f"{sighting.portal} {page_key(sighting.url)}"
        if sighting.run == run and sighting.portal in told and key not in seen:
            seen.add(key)
            _count_sighting(told[sighting.portal], sighting)
    for code, tally in tallies.items():
        told[code].known, told[code].unasked, told[code].crashed = tally.known, tally.unasked, tally.crashed
        told[code].family = tally.family
    return CrawlSummary(run, resumed, tuple(told.values()))


def _count_fetches(archive: Archive, run: str, told: Mapping[str, PortalSummary]) -> None:
    failed: dict[tuple[str, str], Entry] = {}  # a page that comes at last, or elsewhere, is not lost
    for entry in archive.entries():
        summary = told.get(entry.portal or "")
        if entry.run != run or summary is None or entry.kind == "robots":
            continue
        page = (summary.portal.code, page_key(entry.url))
        if entry.outcome not in (*_GOOD, Outcome.REDIRECTED):
            if page not in failed or failed[page].url == entry.url:
                failed[page] = entry
            continue
        failed.pop(page, None)
        if entry.outcome in _GOOD:
            summary.unchanged += entry.outcome is Outcome.UNCHANGED
            summary.reports += entry.kind == "report"
            summary.pages += entry.kind != "report"
    for (code, key), entry in failed.items():
        if entry.kind == "page" and entry.outcome in GONE and key != page_key(told[code].portal.home):
            continue
        counted = told[code].lost if entry.kind == "report" else told[code].broken
        counted[entry.outcome] += 1


def _count_sighting(summary: PortalSummary, sighting: Sighting) -> None:
    if sighting.verdict == "report":
        summary.announced += 1
    elif sighting.verdict != "list":
        summary.left_alone[sighting.verdict] += 1
