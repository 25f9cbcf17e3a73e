"""Expected minus held: which organ and year should be there, and what explains that it is not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.archive import Sighting
from pipeline.tables.reasons import LEFT_ALONE, NO_COLUMN, NOT_ANNOUNCED, UNEXPLAINED
from pipeline.tables.tracing import Fetched, Trace, Verdict

FIRST_YEAR = 2008  # the year of the first reports; what claims to be older gives no expectation


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One organ and year that is expected; the columns are those of table `coverage`."""

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


@dataclass(frozen=True, slots=True)
class Held:
    """A current report, as far as coverage asks."""

    report_id: str
    organ_id: str | None
    organ: str | None
    year: int | None
    scope: str | None
    url: str
    figure_count: int


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """What is known of one portal.

    `held` has the reports got from it, by the id of any of their versions. `years` are those runs asked for,
    `open_years` whether some run asked for all. `finished` is whether the last run over it came to its end.
    """

    code: str
    fetched: Sequence[Fetched]
    sightings: Sequence[Sighting]
    held: Mapping[str, Held]
    years: frozenset[int]
    open_years: bool
    finished: bool
    home: str | None = None


class Organs(Protocol):
    """Who is who on a portal."""

    def identify(self, name: str, year: int | None) -> str:
        """The id of an organ by the name that a list gives it, in a year."""

    def stood(self, organ_id: str, year: int) -> bool:
        """Whether the division of an organ stood at the end of a year: else no report of that year is expected."""


@dataclass(slots=True)
class _Claims:
    """What the sightings say: the organs and years announced, and how the announced addresses ended."""

    organs: dict[str, str] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    ended: dict[tuple[str, int], list[tuple[Verdict, Sighting]]] = field(default_factory=dict)
    left_alone: dict[tuple[str, int], Sighting] = field(default_factory=dict)
    loose: list[tuple[Verdict, Sighting]] = field(default_factory=list)


def portal_coverage(facts: PortalFacts, organs: Organs) -> list[CoverageRow]:
    """Every organ and year that is expected on a portal: organs announced or held in any year, in every year
    between the first and the last or asked for in which their division stood.

    Something is always said: `reason` is `unexplained` where nothing that was recorded explains the gap.
    """
    trace = Trace(facts.fetched)
    claims = _claims(facts, trace, organs)
    held: dict[tuple[str, int], Held] = {}
    rows: list[CoverageRow] = []
    for report in sorted(set(facts.held.values()), key=_own_first):
        if report.organ_id is None or report.year is None:
            rows.append(_held_row(facts.code, report))
            continue
        held.setdefault((report.organ_id, report.year), report)
        claims.organs[report.organ_id] = report.organ or ""
        claims.years.add(report.year)
    gap = _gap(facts, trace)
    years = _expected_years(facts, claims.years)
    expected = {(organ, year) for organ in claims.organs for year in years if organs.stood(organ, year)}
    expected |= {(organ, year) for organ, year in claims.ended if year in years}
    for key in expected | held.keys():
        if key in held:
            rows.append(_held_row(facts.code, held[key]))
        else:
            rows.append(_missing_row(facts.code, key, claims, gap))
    rows += [_row(facts.code, None, verdict, sighting) for verdict, sighting in claims.loose]
    return sorted(rows or _nothing(facts, trace), key=_order)


def imported_coverage(held: Iterable[Held]) -> list[CoverageRow]:
    """Imported reports are there; nothing more is expected of them."""
    return sorted((_held_row(None, report) for report in held), key=_order)


def _claims(facts: PortalFacts, trace: Trace, organs: Organs) -> _Claims:
    claims = _Claims()
    ended = {sighting.url: trace.end(sighting.url) for sighting in facts.sightings}
    alias = _aliases(facts, ended, organs)
    for sighting in {(s.url, s.organ_hint, s.year_hint, s.verdict): s for s in facts.sightings}.values():
        organ = sighting.organ_hint and organs.identify(sighting.organ_hint, sighting.year_hint)
        organ = alias.get(organ or "", organ)
        year = sighting.year_hint
        verdict = ended[sighting.url]
        if sighting.verdict != "report":
            if organ and year:
                claims.left_alone[organ, year] = sighting
            continue
        if verdict.report_id in facts.held or verdict.is_column or not _asked(facts, year):
            continue
        if organ and year:
            claims.organs.setdefault(organ, sighting.organ_hint or "")
            claims.years.add(year)
            claims.ended.setdefault((organ, year), []).append((verdict, sighting))
        else:
            claims.loose.append((verdict, sighting))
    return claims


def _aliases(facts: PortalFacts, ended: Mapping[str, Verdict], organs: Organs) -> dict[str, str]:
    """From the id of an organ as lists name it to its id as its own reports name it, where that is one organ."""
    found: dict[str, set[str]] = {}
    for sighting in facts.sightings:
        report = facts.held.get(ended[sighting.url].report_id or "")
        if sighting.organ_hint and report and report.organ_id:
            listed = organs.identify(sighting.organ_hint, sighting.year_hint)
            found.setdefault(listed, set()).add(report.organ_id)
    return {listed: ids.pop() for listed, ids in found.items() if len(ids) == 1}


def _asked(facts: PortalFacts, year: int | None) -> bool:
    return facts.open_years or year is None or year in facts.years


def _expected_years(facts: PortalFacts, seen: set[int]) -> set[int]:
    years = {year for year in seen if year >= FIRST_YEAR}
    if facts.open_years and years:
        return {*facts.years, *range(min(years), max(years) + 1)}
    return set(facts.years)


def _gap(facts: PortalFacts, trace: Trace) -> Verdict:
    """What explains an organ and year that no list announces."""
    if not facts.finished:
        return Verdict("missing", UNEXPLAINED)
    return trace.broken_list() or Verdict("missing", NOT_ANNOUNCED)


def _nothing(facts: PortalFacts, trace: Trace) -> list[CoverageRow]:
    """The rows of a portal where no report is announced and none held: one a year asked for."""
    if not facts.fetched or not facts.finished:
        verdict = Verdict("missing", UNEXPLAINED)
    else:
        verdict = trace.refused(facts.home) or trace.broken_list() or Verdict("missing", NO_COLUMN)
    years = [None] if facts.open_years or not facts.years else sorted(facts.years)
    return [CoverageRow(facts.code, None, None, year, verdict.state, verdict.reason) for year in years]


def _missing_row(portal: str, key: tuple[str, int], claims: _Claims, gap: Verdict) -> CoverageRow:
    organ_id, year = key
    organ = (organ_id, claims.organs[organ_id], year)
    if key in claims.ended:
        verdict, sighting = min(claims.ended[key], key=lambda claim: claim[0].rank)
        return _row(portal, organ, verdict, sighting)
    if key in claims.left_alone:
        sighting = claims.left_alone[key]
        return _row(portal, organ, Verdict("missing", f"{LEFT_ALONE}:{sighting.verdict}"), sighting)
    return CoverageRow(portal, *organ, gap.state, gap.reason)


def _row(
    portal: str, organ: tuple[str, str, int] | None, verdict: Verdict, sighting: Sighting
) -> CoverageRow:
    organ_id, name, year = organ or (None, sighting.organ_hint, sighting.year_hint)
    return CoverageRow(
        portal,
        organ_id,
        name,
        year,
        verdict.state,
        verdict.reason,
        url=sighting.url,
        announced_as=sighting.text,
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


def _order(row: CoverageRow) -> tuple[str, str, int, str]:
    return row.organ or "", row.organ_id or "", row.report_year or 0, row.url or ""
