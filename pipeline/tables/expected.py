"""Expected minus held: which organ and year should be there, and what explains that it is not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pipeline.archive import Sighting
from pipeline.tables.asked import Asked, Crawled
from pipeline.tables.claims import Held, Key, Organs, read_claims
from pipeline.tables.gaps import Gaps
from pipeline.tables.lives import expected_years
from pipeline.tables.reasons import LEFT_ALONE, NOT_ANNOUNCED
from pipeline.tables.tracing import Fetched, Trace, Verdict


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One organ and year that is expected; the columns are those of table `coverage`. The state is `came` only
    where documents are not read yet.
    """

    portal_code: str | None
    organ_id: str | None
    organ: str | None
    report_year: int | None
    state: str
    reason: str | None
    report_id: str | None = None
    url: str | None = None
    announced_as: str | None = None
    figure_count: int | None = None


class Elsewhere(Protocol):
    """Reports by organ and year."""

    def get(self, key: Key, /) -> Held | None: ...


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """What is known of one portal.

    `held` has the reports got from it, by the id of any of their versions, `elsewhere` all current reports of
    known organs and years, wherever they are from. `runs` are those over it, in the order in which they were last
    at work.
    """

    code: str
    fetched: Sequence[Fetched]
    sightings: Sequence[Sighting]
    held: Mapping[str, Held]
    runs: Sequence[Crawled]
    home: str | None = None
    elsewhere: Elsewhere = field(default_factory=dict[Key, Held])


def portal_coverage(facts: PortalFacts, organs: Organs, *, run: str | None = None) -> list[CoverageRow]:
    """Every organ and year that is expected on a portal: organs announced, held or named by a part of the column, in
    the years that were asked for, as long as they are taken to exist. A year in which no organ is expected, and a
    list that did not come and explains no gap, have a row of their own.

    Something is always said: `reason` is `unexplained` where nothing that was recorded explains the gap. With `run`,
    only what that run asked for and no later one is told.
    """
    return _Coverage(facts, organs, run).rows()


def imported_coverage(held: Iterable[Held], unread: Iterable[Fetched]) -> Iterator[CoverageRow]:
    """Imported reports are there, and files that could not be read are named; nothing more is expected. In no order."""
    yield from (_held_row(None, report) for report in held)
    for file in unread:
        yield CoverageRow(None, None, None, None, "unreadable", file.reason, url=file.url)


class _Coverage:
    def __init__(self, facts: PortalFacts, organs: Organs, run: str | None) -> None:
        self._facts = facts
        self._run = run
        self._organs = organs
        self._asked = Asked(facts.runs)
        self._trace = Trace(facts.fetched)
        self._claims = read_claims(facts.sightings, facts.held, self._asked, self._trace, organs)
        self._held: dict[Key, Held] = {}
        self._unnamed: list[Held] = []
        for report in sorted(set(facts.held.values()), key=_own_first):
            if report.organ_id is None or report.year is None:
                self._unnamed.append(report)
            else:
                self._held.setdefault((report.organ_id, report.year), report)
                self._claims.tell(report.organ_id, report.organ or "", report.year)
        self._years = self._asked.years(self._claims.seen)
        self._gaps = Gaps(self._asked, facts.home, facts.fetched, self._claims.parts)

    def rows(self) -> list[CoverageRow]:
        rows = [self._report_row(report) for report in self._unnamed if self._is_told(report.year)]
        rows += [
            self._row(key) for key in sorted(self._expected() | self._held.keys()) if self._is_told(key[1])
        ]
        rows += [self._announced_row(None, *claim) for claim in self._claims.loose if self._is_told(claim[1])]
        nothing = not (self._claims.organs or self._claims.loose or self._facts.held)
        if nothing:
            return sorted(self._nothing(), key=_order)
        rows += self._quiet_years({row.report_year for row in rows})
        rows += self._left_over({(row.organ_id, row.report_year) for row in rows})
        return sorted(rows or self._nothing(), key=_order)

    def _is_told(self, of: int | Sighting | None) -> bool:
        """Whether the word of the run that is asked about counts for a year, or for a link without one."""
        if self._run is None:
            return True
        if isinstance(of, Sighting):
            return of.run == self._run
        last = self._asked.last(of)
        return last is not None and last.run == self._run

    def _expected(self) -> set[Key]:
        """The organs and years of which a report is expected; what is announced is, whatever is known of the organ."""
        found = set(self._claims.ended)
        for organ in self._claims.organs:

            def is_silent(year: int, organ: str = organ) -> bool:
                return self._gaps.why(organ, year).reason == NOT_ANNOUNCED

            years = expected_years(self._claims.told.get(organ, ()), self._years, is_silent)
            found |= {(organ, year) for year in years if self._organs.stood(organ, year)}
        return found

    def _row(self, key: Key) -> CoverageRow:
        """How an expectation ended, by the most particular thing that is known."""
        claims, report = self._claims, self._held.get(key)
        if report is not None:
            return self._report_row(report)
        came = [claim for claim in claims.ended.get(key, ()) if claim[0].state == "came"]
        if came:
            return self._announced_row(key, *came[0])
        elsewhere = self._facts.elsewhere.get(key)
        if elsewhere is not None:
            return _held_row(self._facts.code, elsewhere)
        if key in claims.ended:
            return self._announced_row(key, *min(claims.ended[key], key=lambda claim: claim[0].rank))
        if key in claims.other:
            return self._announced_row(key, *claims.other[key])
        if key in claims.left_alone:
            link = claims.left_alone[key]
            return self._announced_row(key, Verdict("missing", f"{LEFT_ALONE}:{link.verdict}"), link)
        verdict, url = self._gaps.told(*key)
        name = claims.organs[key[0]]
        return CoverageRow(self._facts.code, key[0], name, key[1], verdict.state, verdict.reason, url=url)

    def _report_row(self, report: Held) -> CoverageRow:
        """A report that was got. One without a figure is not all there while a file of its page is not."""
        row = _held_row(self._facts.code, report)
        lost = None if report.figure_count else self._trace.lost_file(report.url)
        return row if lost is None else replace(row, state=lost.state, reason=lost.reason)

    def _announced_row(self, key: Key | None, verdict: Verdict, link: Sighting) -> CoverageRow:
        organ, year = key or (None, link.year_hint)
        name = self._claims.organs[organ] if organ else link.organ_hint
        return CoverageRow(
            self._facts.code,
            organ,
            name,
            year,
            verdict.state,
            verdict.reason,
            url=link.url,
            announced_as=link.text,
        )

    def _quiet_years(self, told: set[int | None]) -> Iterator[CoverageRow]:
        """A row for each year expected in which nothing is expected of any organ."""
        for year in sorted(year for year in self._years - told if self._is_told(year)):
            verdict, url = self._gaps.told(None, year)
            yield CoverageRow(self._facts.code, None, None, year, verdict.state, verdict.reason, url=url)

    def _nothing(self) -> Iterator[CoverageRow]:
        """The rows of a portal where no report is announced and none held: one a year asked for."""
        years = [year for year in sorted(self._years) if self._is_told(year)]
        for year in years or (None,):
            verdict = self._gaps.nothing(year)
            yield CoverageRow(self._facts.code, None, None, year, verdict.state, verdict.reason)

    def _left_over(self, told: set[tuple[str | None, int | None]]) -> Iterator[CoverageRow]:
        """A row for each list that did not come and explains no gap: what it would have announced is not known."""
        years = [year for year in self._years if self._is_told(year)]
        for broken in self._gaps.left_over(years, last=self._is_told(None)):
            part, verdict = broken.part, broken.verdict
            if None in (part.organ_id, part.year) or (part.organ_id, part.year) not in told:
                yield CoverageRow(
                    self._facts.code,
                    part.organ_id,
                    part.organ,
                    part.year,
                    verdict.state,
                    verdict.reason,
                    url=broken.url,
                )


def _held_row(portal: str | None, report: Held) -> CoverageRow:
    return CoverageRow(
        portal,
        report.organ_id,
        report.organ,
        report.year,
        "held",
        None,
        report_id=report.report_id,
        url=report.url,
        figure_count=report.figure_count,
    )


def _own_first(report: Held) -> tuple[bool, str]:
    """An organ's own report stands for its year before the roll-up of its area."""
    return report.scope == "area", report.report_id


def _order(row: CoverageRow) -> tuple[str, str, int, str, str]:
    return row.organ or "", row.organ_id or "", row.report_year or 0, row.url or "", row.reason or ""
