"""Why a report is neither held nor announced: what may have announced it, and did not come. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.archive import Outcome
from pipeline.tables.asked import Asked, Crawled, newest_due
from pipeline.tables.claims import Part
from pipeline.tables.reasons import (
    NO_COLUMN,
    NOT_ANNOUNCED,
    NOT_DUE,
    NOT_UNDERSTOOD,
    SEARCH_LIMIT,
    UNEXPLAINED,
)
from pipeline.tables.tracing import GOOD, Fetched, Verdict

_GONE = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404})
_NO_LIST = frozenset({*_GONE, Outcome.OFFSITE_REDIRECT, Outcome.WRONG_TYPE})
_NOWHERE = Part(None, None, None)
_STEPS = 50  # pages of one list, back to the one that a link names


@dataclass(frozen=True, slots=True)
class Broken:
    """What did not come whole in one run: a list or page, or what the search left out; `part` is the part of the
    column that it is of.
    """

    verdict: Verdict
    url: str | None = None
    part: Part = _NOWHERE

    def explains(self, organ_id: str | None, year: int | None) -> bool:
        """Whether it may have announced the report of an organ and year; a folder may name the year of posting."""
        if self.part.organ_id and self.part.organ_id != organ_id:
            return False
        if self.part == _NOWHERE and self.verdict.state == "missing":
            return False  # a list beside the others that is empty
        return self.part.year is None or year is None or self.part.year - year in (0, 1)


class Gaps:
    """The pages of one portal that did not come, by run; a page that came at last in the same run is none.

    `parts` are the lists that links name, by address.
    """

    def __init__(
        self, asked: Asked, home: str | None, fetched: Iterable[Fetched], parts: Mapping[str, Part]
    ) -> None:
        self._asked = asked
        self._home = home
        self._parts = dict(parts)
        self._pages: dict[str, dict[str, Fetched]] = defaultdict(dict)
        for fetch in fetched:
            if fetch.kind in ("page", "list"):
                self._pages[fetch.run or ""][fetch.url] = fetch
                if fetch.target and fetch.url in self._parts:
                    self._parts.setdefault(fetch.target, self._parts[fetch.url])
        self._broken = {run.run: tuple(self._all_broken(run)) for run in asked.runs}
        self._told: set[Broken] = set()

    def why(self, organ_id: str | None, year: int) -> Verdict:
        """What explains that a report is neither held nor announced, the most particular reason first."""
        run = self._asked.last(year)
        if run is None or not run.finished:
            return Verdict("missing", UNEXPLAINED)
        broken = self._nearest(organ_id, year)
        if broken is not None:
            return broken.verdict
        return Verdict("missing", NOT_DUE if year > newest_due(run.at) else NOT_ANNOUNCED)

    def told(self, organ_id: str | None, year: int) -> tuple[Verdict, str | None]:
        """As `why`, with the address that did not come; it is told then, and not left over."""
        broken = self._nearest(organ_id, year)
        if broken is not None:
            self._told.add(broken)
        return self.why(organ_id, year), None if broken is None else broken.url

    def nothing(self, year: int | None) -> Verdict:
        """Why a portal announces no report at all, as far as a year asks."""
        run = self._asked.last(year)
        pages = self._pages.get(run.run) if run is not None else None
        if run is None or not run.finished or not pages:
            return Verdict("missing", UNEXPLAINED)
        home = pages.get(self._home or "") or next(iter(pages.values()))
        if not _came(home) and not any(fetch.outcome in GOOD for fetch in pages.values()):
            return Verdict("failed", home.outcome)
        gone = (_of_list(fetch, _NOWHERE) for fetch in pages.values() if fetch.outcome in _GONE)
        dead = (
            broken for broken in gone if broken.verdict.reason and broken.verdict.reason.startswith("list")
        )
        broken = next(iter((*self._broken[run.run], *dead)), None)
        return broken.verdict if broken is not None else Verdict("missing", NO_COLUMN)

    def left_over(self, years: Iterable[int], *, last: bool) -> Iterator[Broken]:
        """What did not come in the runs whose word counts for these years, or was the `last`, and was not told of."""
        runs = [self._asked.last() if last else None, *(self._asked.last(year) for year in sorted(years))]
        for run in {run.run: run for run in runs if run is not None and run.finished}.values():
            yield from (broken for broken in self._broken[run.run] if broken not in self._told)

    def _nearest(self, organ_id: str | None, year: int) -> Broken | None:
        run = self._asked.last(year)
        if run is None or not run.finished:
            return None
        fitting = (broken for broken in self._broken[run.run] if broken.explains(organ_id, year))
        return max(fitting, key=_particular, default=None)

    def _all_broken(self, run: Crawled) -> Iterator[Broken]:
        """Lists, then what the search left out, then pages on the way: of equals the first explains most."""
        pages = self._pages[run.run]
        yield from (
            _of_list(fetch, self._part(fetch, pages))
            for fetch in pages.values()
            if fetch.kind == "list" and self._is_broken_list(fetch)
        )
        if run.left_out:
            yield Broken(Verdict("failed", SEARCH_LIMIT))
        if run.crashed:
            yield Broken(Verdict("failed", NOT_UNDERSTOOD))
        some = any(fetch.outcome in GOOD for fetch in pages.values())
        for fetch in pages.values():
            spared = fetch.url == self._home and some  # found at another of its addresses
            if fetch.kind == "page" and not _came(fetch) and fetch.outcome not in _NO_LIST and not spared:
                yield _of_list(fetch, _NOWHERE)

    def _is_broken_list(self, fetch: Fetched) -> bool:
        """Whether a list is missed: the page behind the last of a list is not, unless a link names it."""
        return not _came(fetch) and (fetch.outcome not in _GONE or fetch.url in self._parts)

    def _part(self, fetch: Fetched, pages: Mapping[str, Fetched]) -> Part:
        """The part of the column that a page of a list is of, back to the link that names it."""
        for _ in range(_STEPS):
            if fetch.url in self._parts:
                return self._parts[fetch.url]
            before = pages.get(fetch.referrer or "")
            if before is None or before.kind != "list":
                return _NOWHERE
            fetch = before
        return _NOWHERE


def _came(fetch: Fetched) -> bool:
    return fetch.outcome in GOOD or fetch.outcome == Outcome.REDIRECTED


def _of_list(fetch: Fetched, part: Part) -> Broken:
    state = "missing" if fetch.outcome == Outcome.EMPTY_LIST else "failed"
    return Broken(Verdict(state, f"{fetch.kind}:{fetch.outcome}"), fetch.url, part)


def _particular(broken: Broken) -> int:
    return 2 * (broken.part.organ_id is not None) + (broken.part.year is not None)
