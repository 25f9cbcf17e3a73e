"""Which release the last build is, and which version a candidate of it gets. The releases themselves are the memory."""

from __future__ import annotations

from pathlib import Path

from pipeline.problem import Problem
from pipeline.publish.sums import sums_in
from pipeline.publish.version import RELEASES, Version, released
from pipeline.tables.database import open_database

_WORD = "candidate"
_TABLES = "tables/"


def release_of_build(data: Path, version: Version | None = None) -> Version | None:
    """The release whose tables are those of the last build, byte for byte: this one alone, if one is named. A final one
    stands before candidates, and a later one before earlier ones; None where there is none.
    """
    built = {f"{_TABLES}{name}": digest for name, digest in sums_in(data / "tables").items()}
    same = [
        one
        for one in released(data)
        if version in (None, one)
        and built
        and {
            name: digest
            for name, digest in sums_in(data / RELEASES / one.text).items()
            if name.startswith(_TABLES)
        }
        == built
    ]
    return max(same, key=lambda one: (not one.candidate, one.order), default=None)


def next_candidate(data: Path) -> Version:
    """The candidate for the next number of the year in which last something was fetched: 2026.1-candidate where nothing
    of 2026 is released yet, then 2026.1-candidate2. No clock is asked, as for the date of a release.

    Raises Problem where nothing was fetched.
    """
    with open_database(data) as database:
        found = database.execute("SELECT year(max(fetched_at)) FROM main.fetch").fetchone()
    if found is None or found[0] is None:
        raise Problem(f"Nothing was fetched into {data}, so there is nothing to release.")
    there = released(data)
    year = int(found[0])
    number = 1 + max((one.number for one in there if one.year == year and not one.candidate), default=0)
    names = {one.text for one in there}
    text, attempt = f"{year}.{number}-{_WORD}", 1
    while text in names:
        attempt += 1
        text = f"{year}.{number}-{_WORD}{attempt}"
    return Version.of(text)
