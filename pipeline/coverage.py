"""Expected × held: which organ and year is there, and why not."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from pipeline.archive import Archive
from pipeline.organs import load_registry
from pipeline.tables.database import open_database
from pipeline.tables.expected import CoverageRow
from pipeline.tables.facts import Gathered
from pipeline.tables.naming import Naming
from pipeline.tables.reasons import NEVER_CRAWLED, OPEN, UNEXPLAINED, is_settled
from pipeline.tables.registry import known_places, portals_of

__all__ = ["OPEN", "UNEXPLAINED", "CoverageRow", "announced", "behind", "coverage", "is_settled", "is_whole"]

_TOGETHER = 5000  # lines of portals whose coverage is told together


def coverage(
    data: Path,
    *,
    portals: Collection[str] = (),
    years: Collection[int | None] = (),
    listed: Collection[str] = (),
) -> list[CoverageRow]:
    """The coverage as of the last build of `data`, by portal, organ and year; of these portals and years alone, where
    some are given, None being what has no year. Portals that are `listed` and were never crawled have a row each.
    Raises Problem where there is no usable database.
    """
    names = ", ".join(field.name for field in fields(CoverageRow))
    order = "portal_code NULLS LAST, organ NULLS LAST, organ_id, report_year, url, reason"
    kept = {"portals": [*portals], "years": [year for year in years if year is not None]}
    with open_database(data) as connection:
        found = connection.execute(
            f"SELECT {names} FROM coverage WHERE ($all_portals OR portal_code IN $portals) AND ($all_years "  # noqa: S608 - names of ours
            f"OR report_year IN $years OR ($without AND report_year IS NULL)) ORDER BY {order}",
            {**kept, "all_portals": not portals, "all_years": not years, "without": None in years},
        ).fetchall()
        crawled = {
            code for (code,) in connection.execute("SELECT DISTINCT portal_code FROM coverage").fetchall()
        }
    never = [
        _never_crawled(code)
        for code in sorted({*listed} - crawled)
        if (not portals or code in portals) and (not years or None in years)
    ]
    return [CoverageRow(*row) for row in found] + never


def announced(data: Path, run_id: str) -> Iterator[tuple[str, list[CoverageRow]]]:
    """The coverage of each portal of a run, with its code, for what that run asked for: as far as the archive alone
    tells it, before documents are read. What came as a report has the state `came`.

    Where all is settled here, a build finds nothing that did not come, but documents that cannot be read. What is not
    settled may be after reading: an organ's report may have come under another name, or with all its figures and
    without the file that is missing.
    """
    with Archive.open(data / "archive", writable=False) as archive:
        runs = archive.runs()
        naming = Naming(known_places(runs), load_registry())
        asked = {portal.code for run in runs if run.id == run_id for portal in portals_of(run)}
        fetched = _by_portal(asked, ((place, entry.portal) for place, entry in archive.places()))
        noted = _by_portal(asked, ((place, link.portal) for place, link in archive.sighting_places()))
        for codes in _together(asked, {code: len(fetched[code]) + len(noted[code]) for code in asked}):
            gathered = Gathered()
            for code in codes:
                for entry in archive.entries_at(fetched[code]):
                    gathered.meet_unread(entry)
            sightings = (one for code in codes for one in archive.sightings_at(noted[code]))
            yield from gathered.unread(runs, sightings, naming, run_id, codes)


def _by_portal(portals: Iterable[str], places: Iterable[tuple[int, str | None]]) -> Mapping[str, array[int]]:
    """Where the lines of each portal begin: they are many, and are kept in memory for few portals at a time."""
    found = {code: array("Q") for code in portals}
    for place, portal in places:
        if portal in found:
            found[portal].append(place)
    return found


def _together(portals: Iterable[str], lines: Mapping[str, int]) -> Iterator[frozenset[str]]:
    """The portals in their order, as many at a time as have some thousands of lines."""
    batch: list[str] = []
    for code in sorted(portals):
        if batch and sum(lines[one] for one in (*batch, code)) > _TOGETHER:
            yield frozenset(batch)
            batch = []
        batch.append(code)
    if batch:
        yield frozenset(batch)


def is_whole(rows: Iterable[CoverageRow]) -> bool:
    """Whether everything came that is expected of a portal, and everything that may have announced more."""
    return all(is_settled(row.reason) for row in rows)


def behind(data: Path) -> int:
    """How many fetches were archived since the last build; 0 where only the database was handed on."""
    with open_database(data) as connection:
        built = connection.execute("SELECT count(*) FROM main.fetch").fetchone()
    root = data / "archive"
    if built is None or not root.is_dir():
        return 0
    with Archive.open(root, writable=False) as archive:
        return sum(1 for _ in archive.entries()) - int(built[0])


def _never_crawled(code: str) -> CoverageRow:
    return CoverageRow(code, None, None, None, "missing", NEVER_CRAWLED)
