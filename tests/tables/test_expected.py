"""Whatever a portal did, every announcement and every gap has a row with a state, and a reason where it is needed."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Outcome, Sighting
from pipeline.tables.expected import CoverageRow, Held, PortalFacts, portal_coverage
from pipeline.tables.holding import STATES
from pipeline.tables.reasons import REASONS, UNEXPLAINED
from pipeline.tables.tracing import Fetched

_URLS = [f"http://a.gov.cn/{n}" for n in range(6)]
_HELD = {f"r{n}": Held(f"r{n}", f"o{n % 2}", f"O{n % 2}", 2018 + n, "own", _URLS[n], n) for n in range(4)}
_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

fetches = st.builds(
    Fetched,
    url=st.sampled_from(_URLS),
    kind=st.sampled_from(["page", "list", "report"]),
    outcome=st.sampled_from([outcome.value for outcome in Outcome]),
    reason=st.sampled_from([None, "not_a_report:notice", "unreadable:reader_missing"]),
    report_id=st.sampled_from([None, None, *_HELD]),
    referrer=st.sampled_from([None, *_URLS]),
)
sightings = st.builds(
    Sighting,
    portal=st.just("p"),
    run=st.just("1"),
    listed_on=st.just(_URLS[0]),
    url=st.sampled_from(_URLS),
    text=st.just("年报"),
    organ_hint=st.sampled_from([None, "o0", "o1", "o2"]),
    year_hint=st.one_of(st.none(), st.integers(2017, 2022)),
    seen_at=st.just(_NOON),
    verdict=st.sampled_from(["report", "report", "notice"]),
)


@st.composite
def portals(draw: st.DrawFn) -> PortalFacts:
    fetched = draw(st.lists(fetches, max_size=8))
    years = draw(st.frozensets(st.integers(2017, 2022), max_size=3))
    return PortalFacts(
        code="p",
        fetched=fetched,
        sightings=draw(st.lists(sightings, max_size=8)),
        held={fetch.report_id: _HELD[fetch.report_id] for fetch in fetched if fetch.report_id},
        years=years,
        open_years=not years or draw(st.booleans()),
        finished=draw(st.booleans()),
    )


class Names:
    """Organs whose ids are their names; that of o2 stood to the end of 2019."""

    def identify(self, name: str, year: int | None) -> str:  # noqa: ARG002
        return name

    def stood(self, organ_id: str, year: int) -> bool:
        return organ_id != "o2" or year <= 2019


def rows_of(facts: PortalFacts) -> list[CoverageRow]:
    return portal_coverage(facts, Names())


@given(portals())
def test_every_row_has_a_state_and_a_reason_where_it_is_not_held(facts: PortalFacts) -> None:
    rows = rows_of(facts)
    assert rows
    outcomes = {outcome.value for outcome in Outcome}
    for row in rows:
        assert row.state in STATES
        assert (row.reason is None) == (row.state == "held") == (row.report_id is not None)
        assert row.reason is None or row.reason in outcomes or row.reason.partition(":")[0] in REASONS
    pairs = [(row.organ_id, row.report_year) for row in rows if row.organ_id and row.report_year]
    assert len(pairs) == len(set(pairs))


@given(portals())
def test_every_report_held_is_held_in_the_rows(facts: PortalFacts) -> None:
    held = {(row.organ_id, row.report_year) for row in rows_of(facts) if row.state == "held"}
    assert held == {(report.organ_id, report.year) for report in facts.held.values()}


@given(portals())
def test_every_announcement_that_was_asked_for_has_a_row(facts: PortalFacts) -> None:
    rows = rows_of(facts)
    fetched = {fetch.url: fetch for fetch in facts.fetched}
    for sighting in facts.sightings:
        asked = facts.open_years or sighting.year_hint is None or sighting.year_hint in facts.years
        if sighting.verdict == "report" and sighting.url not in fetched and asked:
            near = [row for row in rows if row.report_year == sighting.year_hint and row.state != "held"]
            covered = any(row.report_year == sighting.year_hint and row.state == "held" for row in rows)
            assert covered or any(row.reason == UNEXPLAINED for row in near)


def test_nothing_is_expected_of_an_organ_whose_division_was_abolished_but_what_is_announced() -> None:
    def sighting(url: str, organ: str, year: int) -> Sighting:
        return Sighting("p", "1", _URLS[0], url, "年报", organ, year, _NOON, "report")

    facts = PortalFacts(
        code="p",
        fetched=[],
        sightings=[
            sighting(_URLS[1], "o1", 2022),
            sighting(_URLS[2], "o2", 2018),
            sighting(_URLS[3], "o2", 2021),
        ],
        held={},
        years=frozenset(),
        open_years=True,
        finished=True,
    )
    years = [(row.organ_id, row.report_year) for row in rows_of(facts)]
    assert years == [*(("o1", year) for year in range(2018, 2023)), ("o2", 2018), ("o2", 2019), ("o2", 2021)]
