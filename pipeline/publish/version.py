"""Versions of releases, the folders they lie in, and which of them is the latest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.problem import InputProblem
from pipeline.tables.disk import synced

RELEASES = "releases"
LATEST = "latest"
_FORM = re.compile(r"(\d{4})\.(\d{1,3})(?:\.(\d{1,3}))?(?:-([a-z][a-z0-9]{0,30}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """The year of a release, its number in that year, and the number of a repair; a `candidate` is not yet one."""

    text: str
    year: int
    number: int
    repair: int
    candidate: str

    @classmethod
    def of(cls, text: str) -> Version:
        """Raises InputProblem for what is no version."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise InputProblem(
                f"{text!r} is no version of a release. Give the year and a number, as in 2026.1 or 2026.1.2, and "
                "a word after a dash for a candidate, as in 2026.1-candidate."
            )
        year, number, repair, candidate = found.groups()
        return cls(text, int(year), int(number), int(repair or 0), candidate or "")

    @property
    def order(self) -> tuple[int, int, int, bool, str]:
        """Later versions are greater; a candidate comes before the version that it is of."""
        return (self.year, self.number, self.repair, not self.candidate, self.candidate)


def released(data: Path) -> list[Version]:
    """The releases of a data folder, oldest first, candidates among them."""
    return sorted(_found(data / RELEASES), key=lambda version: version.order)


def _found(folder: Path) -> Iterator[Version]:
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink() and _FORM.fullmatch(path.name):
                yield Version.of(path.name)


def before(data: Path, version: Version) -> Version | None:
    """The release that came before this one by its number, no candidate; None where this is the first."""
    earlier = [one for one in released(data) if one.order < version.order and not one.candidate]
    return earlier[-1] if earlier else None


def point_to_latest(data: Path) -> Version | None:
    """Let `releases/latest` lead to the release of the highest version, in one step; candidates do not count."""
    final = [version for version in released(data) if not version.candidate]
    if not final:
        return None
    folder = data / RELEASES
    link = folder / LATEST
    if not link.is_symlink() or link.readlink() != Path(final[-1].text):
        aside = folder / f".{LATEST}"
        aside.unlink(missing_ok=True)
        aside.symlink_to(final[-1].text)
        aside.replace(link)
        synced(folder)
    return final[-1]
