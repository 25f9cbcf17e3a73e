"""Which versions of a report are formats of it: what one page, itself the report's, carries now. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.tables.claims import Held

_PICTURE = "image/"  # a page may show a report in several of them


class Version(NamedTuple):
    """A report and what tells its place among others. Times are as ISO 8601 writes them.

    `stands` tells whether an address of it gave it last; `last` is the run in which its own address last gave a report,
    `page` what links to it as a file, where that gave a report too, anew last in the run `since`. Runs are numbered as
    they got something.
    """

    held: Held
    published: str
    fetched: str
    numbers: int
    media_type: str
    stands: bool
    last: int
    page: str | None
    since: int


@dataclass(frozen=True, slots=True)
class Carried:
    """The versions of one report on its pages: by report, the page of each file that stands on one. `formats` are those
    that are the page's report, `given_up` the files that the page links to no longer.
    """

    pages: Mapping[str, str]
    formats: frozenset[str]
    given_up: frozenset[str]

    def page(self, held: Held) -> str:
        """The page that a version stands on, its own address where that is one."""
        return self.pages.get(held.report_id, held.url)


def carried(versions: Iterable[Version]) -> Carried:
    """What is carried of the versions of one report.

    A list that links to reports is no report's page. Where a run got a page anew, and files of it, what it did not get
    again is linked to no longer. Of several files of one format on a page, the newest is the report and the others are
    older: the latest day printed, then the most numbers.
    """
    files: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        if version.page is not None:
            files[version.page].append(version)
    pages: dict[str, str] = {}
    formats: set[str] = set()
    given_up: set[str] = set()
    for page, on_page in files.items():
        there = [version for version in on_page if version.last >= version.since] or on_page
        given_up.update(version.held.report_id for version in on_page if version not in there)
        pages.update((version.held.report_id, page) for version in there)
        formats.update(_newest(there))
    return Carried(pages, frozenset(formats), frozenset(given_up))


def _newest(on_page: Iterable[Version]) -> Iterable[str]:
    newest: dict[str, str] = {}
    for version in sorted(on_page, key=lambda one: (one.published, one.numbers, one.held.url)):
        identity, kind = version.held.report_id, version.media_type
        newest[identity if kind.startswith(_PICTURE) else kind] = identity
    return newest.values()
