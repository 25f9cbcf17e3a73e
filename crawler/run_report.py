"""The report of a run, gathered from the archive alone: the ledger says what came, the sightings what was announced.
So it can be told again at any time, of a run that was taken up again as of any other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.keys import Keys
from crawler.outcomes import GONE
from crawler.run_facts import GOOD, Gap, PortalReport, RunReport, SessionReport, take_fetch
from crawler.urls import page_key
from crawler.wanted import may_hold
from pipeline.archive import Archive, Entry, Outcome, Run, RunSession, Sighting
from pipeline.problem import InputProblem

_MOST_HOPS = 8


def report_run(archive: Archive, run_id: str | None = None) -> RunReport:
    """The report of a run, of the last one where none is named. It reads the ledger and the sightings once.

    Raises InputProblem where the archive has no such run.
    """
    runs = archive.runs()
    run = next((run for run in reversed(runs) if run_id in (run.id, None)), None)
    if run is None:
        known = f" It has {', '.join(run.id for run in runs[-5:])}." if runs else ""
        raise InputProblem(f"The archive {archive.root} has no run {run_id or 'at all'}.{known}")
    gathering = _Gathering(run)
    for entry in archive.entries():
        gathering.take_entry(entry)
    for sighting in archive.sightings():
        gathering.take_sighting(sighting)
    return gathering.report()


class _Gathering:
    """Entries first, in the order of the ledger, then sightings."""

    def __init__(self, run: Run) -> None:
        self._run = run
        settings: Mapping[str, Any] = run.settings
        self._portals = {
            each["code"]: PortalReport(each["code"], each["name"], each["home"])
            for each in settings.get("portals", ())
        }
        self._years = frozenset(settings["years"]) if settings.get("years") else None
        self._ends = [session.begun_at for session in run.sessions]
        self._came = Keys()  # pages that this run got, be it for another portal
        self._held = Keys()  # reports that earlier runs got
        self._onward: dict[str, str] = {}
        self._failures: list[Entry] = []
        self._failed: set[str] = set()
        self._missed: set[tuple[str, str, bool]] = set()
        # the hash of each page with a report or file
        self._documents = {code: array("q") for code in self._portals}
        self._announced = Keys()
        self._reports = Keys()  # pages that are announced as reports, and where these moved to

    def take_entry(self, entry: Entry) -> None:
        key = _key(entry.url)
        if entry.outcome is Outcome.REDIRECTED and entry.note and _key(entry.note) != key:
            self._onward[key] = _key(entry.note)
        if entry.run != self._run.id:
            if entry.kind == "report" and entry.outcome in GOOD:
                self._held.add(key)
            return
        portal = self._portals.get(entry.portal or "")
        if portal is None:
            return
        self._work_goes_on(entry.fetched_at)
        take_fetch(portal, entry)
        if entry.kind == "robots" or entry.outcome is Outcome.REDIRECTED:
            return
        if entry.outcome not in GOOD:
            self._failed.add(key)
            self._failures.append(entry)
            return
        self._came.add(key)
        portal.unchanged += entry.outcome is Outcome.UNCHANGED
        if entry.kind == "report":
            self._documents[portal.code].append(hash(key))
        else:
            portal.pages += 1

    def take_sighting(self, sighting: Sighting) -> None:
        portal = self._portals.get(sighting.portal)
        key = _key(sighting.url)
        link = f"{sighting.portal} {key}"
        known = link in self._announced
        if sighting.run != self._run.id or sighting.verdict == "list" or portal is None or known:
            return
        self._announced.add(link)
        if sighting.verdict != "report":
            portal.look_alikes[sighting.verdict] += 1
            return
        way = list(self._way(key))
        self._reports.update(way)
        portal.announced += 1
        if any(step in self._came for step in way):
            portal.held += 1
        elif any(step in self._held for step in way):
            portal.held += 1
            portal.before += not any(step in self._failed for step in way)
        elif not any(step in self._failed for step in way):
            self._not_asked(portal, sighting)

    def _not_asked(self, portal: PortalReport, sighting: Sighting) -> None:
        """A report that nothing was heard of: wanted and not reached, or of a year that was not asked for."""
        hint = sighting.year_hint  # that of the link, or else of the column, which may be the year of posting
        may_be_wanted = self._run.finished_at is None and may_hold(self._years, None, hint)
        if may_hold(self._years, hint) or may_be_wanted:
            portal.not_reached += 1
        else:
            portal.other_years += 1

    def _work_goes_on(self, moment: datetime) -> None:
        """Lengthen the session in which something was fetched."""
        begun = [number for number, one in enumerate(self._run.sessions) if one.begun_at <= moment]
        if begun:
            self._ends[begun[-1]] = max(self._ends[begun[-1]], moment)

    def report(self) -> RunReport:
        for code, documents in self._documents.items():
            self._portals[code].files = sum(not self._reports.has(key) for key in documents)
        for entry in self._failures:
            self._settle(self._portals[entry.portal or ""], entry)
        for portal in self._portals.values():
            self._end(portal)
        if self._ends and self._run.finished_at is not None:
            self._ends[-1] = self._run.finished_at
        return RunReport(
            run=self._run.id,
            begun_at=self._run.begun_at,
            finished_at=self._run.finished_at,
            years=tuple(sorted(self._years)) if self._years is not None else None,
            refetch=bool(self._run.settings.get("refetch")),
            sessions=tuple(
                _session(one, end) for one, end in zip(self._run.sessions, self._ends, strict=True)
            ),
            portals=tuple(self._portals.values()),
        )

    def _settle(self, portal: PortalReport, entry: Entry) -> None:
        """Keep what failed as a gap, unless it came at another address of the page, or is not missed."""
        key, kind = _key(entry.url), entry.kind or "page"
        fell_short = entry.outcome in (Outcome.EMPTY_LIST, Outcome.SHORT_LIST)
        dead_end = kind == "page" and entry.outcome in GONE and key not in self._way(_key(portal.home))
        if dead_end or (key in self._came and not fell_short):
            return
        if kind == "report" and key not in self._reports:
            kind = "file"
        if (portal.code, key, fell_short) in self._missed:  # at another address of the page
            return
        self._missed.add((portal.code, key, fell_short))
        asked = entry.attempts > 0 or fell_short
        portal.gaps.append(
            Gap(kind, entry.outcome, entry.url, entry.anchor, entry.referrer, entry.note, asked)
        )

    def _end(self, portal: PortalReport) -> None:
        portal.came = any(step in self._came for step in self._way(_key(portal.home)))
        told = (self._run.summary or {}).get(portal.code)
        if isinstance(told, Mapping):
            family = told.get("family")
            portal.family = family if isinstance(family, str) else None
            portal.unasked_lists = int(told.get("unasked", 0))
            portal.crashed_pages = int(told.get("crashed", 0))

    def _way(self, key: str) -> Iterable[str]:
        """A page, and where it moved to, step by step."""
        for _ in range(_MOST_HOPS):
            yield key
            if key not in self._onward:
                return
            key = self._onward[key]


def _session(session: RunSession, end: datetime) -> SessionReport:
    told: Mapping[str, Any] = session.details
    return SessionReport(session.begun_at, end, told.get("contact"), told.get("delay"), told.get("off_peak"))


def _key(url: str) -> str:
    """What all addresses of a page share; what is posted stands behind `#`."""
    return page_key(url) + urlsplit(url).fragment
