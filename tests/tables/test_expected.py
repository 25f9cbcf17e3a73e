"""Whatever a portal did, every announcement and every gap has a row with a state, and a reason where it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Outcome, Sighting
from pipeline.tables.asked import Asked, Crawled
from pipeline.tables.claims import Held
from pipeline.tables.expected import CoverageRow, PortalFacts, portal_coverage
from pipeline.tables.holding import STATES
from pipeline.tables.reasons import REASONS, UNEXPLAINED, is_settled
from pipeline.tables.tracing import Fetched

_URLS = [f"http://a.gov.cn/{n}" for n in range(6)]
_HELD = {f"r{n}": Held(f"r{n}", f"o{n % 2}", f"O{n % 2}", 2018 + n, "own", _URLS[n], n) for n in range(4)}
_ORGANS = ("o0", "o1", "o2")
NOON = datetime(2024, 6, 1, 12)  # noqa: DTZ001 - UTC without saying so, as the tables hold it
READ = ("not_a_report:notice", "unreadable:reader_missing")


@st.composite
def fetches(draw: st.DrawFn) -> Fetched:
    outcome = draw(st.sampled_from([outcome.value for outcome in Outcome if outcome != Outcome.IMPORTED]))
    kind = draw(st.sampled_from(["page", "list", "report"]))
    good = outcome in (Outcome.HELD, Outcome.UNCHANGED)
    told = draw(st.sampled_from([*READ, *_HELD])) if kind == "report" and good else None
    return Fetched(
        url=draw(st.sampled_from(_URLS)),
        kind=kind,
        outcome=outcome,
        reason=told if told in READ else None,
        report_id=told if told in _HELD else None,
        referrer=draw(st.sampled_from([None, *_URLS])),
        run=draw(st.sampled_from(["1", "2"])),
    )


sightings = st.builds(
    Sighting,
    portal=st.just("p"),
    run=st.sampled_from(["1", "2"]),
    listed_on=st.just(_URLS[0]),
    url=st.sampled_from(_URLS),
    text=st.sampled_from(["年报", "2020年报告"]),
    organ_hint=st.sampled_from([None, *_ORGANS]),
    year_hint=st.one_of(st.none(), st.integers(2017, 2022)),
    seen_at=st.just(NOON),
    verdict=st.sampled_from(["report", "report", "list", "notice"]),
)
runs = st.builds(
    Crawled,
    run=st.just("1"),
    years=st.one_of(st.none(), st.frozensets(st.integers(2017, 2022), min_size=1, max_size=3)),
    at=st.just(NOON),
    finished=st.booleans(),
    left_out=st.sampled_from([0, 0, 3]),
    crashed=st.sampled_from([0, 0, 1]),
)


@st.composite
def portals(draw: st.DrawFn) -> PortalFacts:
    fetched = draw(st.lists(fetches(), max_size=8))
    first, second = draw(runs), draw(runs)
    return PortalFacts(
        code="p",
        fetched=fetched,
        sightings=draw(st.lists(sightings, max_size=8)),
        held={fetch.report_id: _HELD[fetch.report_id] for fetch in fetched if fetch.report_id},
        runs=[first, replace(second, run="2")][: draw(st.integers(0, 2))],
        home=draw(st.sampled_from([None, _URLS[0]])),
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
        assert (row.reason is None) == (row.state == "held")
        assert row.reason is None or row.reason in outcomes or row.reason.partition(":")[0] in REASONS
        assert row.state != "held" or row.report_id is not None
    pairs = [(row.organ_id, row.report_year) for row in rows if row.organ_id and row.report_year]
    assert len(pairs) == len(set(pairs))


@given(portals())
def test_every_report_held_is_named_in_the_rows(facts: PortalFacts) -> None:
    named = {(row.organ_id, row.report_year): row for row in rows_of(facts) if row.report_id}
    assert named.keys() == {(report.organ_id, report.year) for report in facts.held.values()}
    for row in named.values():
        assert row.state == "held" or row.figure_count == 0


@given(portals())
def test_every_announcement_that_was_asked_for_has_a_row(facts: PortalFacts) -> None:
    rows = rows_of(facts)
    fetched = {fetch.url for fetch in facts.fetched}
    for sighting in facts.sightings:
        asked = any(run.run == sighting.run and run.wanted(sighting.year_hint) for run in facts.runs)
        if sighting.verdict == "report" and sighting.url not in fetched and asked:
            years = {sighting.year_hint, (sighting.year_hint or 0) - 1}
            near = [row for row in rows if row.report_year in years]
            assert any(row.reason == UNEXPLAINED or row.report_id for row in near)


@given(portals())
def test_every_year_asked_for_has_a_row(facts: PortalFacts) -> None:
    explicit = {year for run in facts.runs for year in run.years or ()}
    assert explicit <= {row.report_year for row in rows_of(facts)}


@given(portals())
def test_no_list_that_did_not_come_goes_unsaid(facts: PortalFacts) -> None:
    """A portal is settled only where the run whose word counts had no list broken, and left nothing out."""
    if facts.runs and all(is_settled(row.reason) for row in rows_of(facts)):
        last = Asked(facts.runs).last()
        assert last is not None
        assert last.finished
        assert not last.left_out
        assert not last.crashed
        ended = {
            one.url: one for one in facts.fetched if one.run == last.run and one.kind in ("page", "list")
        }
        lists = [one.outcome for one in ended.values() if one.kind == "list"]
        assert not {Outcome.TIMEOUT, Outcome.SHORT_LIST, Outcome.BLOCKED} & set(lists)


def unread(facts: PortalFacts) -> PortalFacts:
    """The same portal before its documents are read."""
    fetched = [replace(fetch, report_id=None, reason=None) for fetch in facts.fetched]
    return replace(facts, fetched=fetched, held={})


def sighting(url: str, organ: str, year: int, *, text: str = "年报", run: str = "1") -> Sighting:
    return Sighting("p", run, _URLS[0], url, text, organ, year, NOON, "report")


def portal(
    *given_sightings: Sighting, fetched: Sequence[Fetched] = (), runs: Sequence[Crawled] = (), **more: object
) -> PortalFacts:
    return PortalFacts(
        code="p",
        fetched=list(fetched),
        sightings=given_sightings,
        runs=runs or [Crawled("1", None, NOON)],
        **{"held": {}, **more},  # type: ignore[arg-type]
    )


@given(portals())
def test_what_is_settled_before_reading_fails_only_by_reading(facts: PortalFacts) -> None:
    """So a crawl that ends with all settled is never contradicted by the coverage after the build."""
    if all(is_settled(row.reason) for row in rows_of(unread(facts))):
        for row in rows_of(facts):
            assert is_settled(row.reason) or row.reason in READ, row


def test_nothing_is_expected_of_an_organ_whose_division_was_abolished_but_what_is_announced() -> None:
    facts = portal(
        sighting(_URLS[1], "o1", 2022), sighting(_URLS[2], "o2", 2018), sighting(_URLS[3], "o2", 2021)
    )
    rows = [(row.organ_id, row.report_year) for row in rows_of(facts)]
    assert [year for organ, year in rows if organ == "o2"] == [2018, 2019, 2021]


def test_folders_may_name_the_year_of_posting() -> None:
    fetched = [Fetched(_URLS[n], "report", "held", None, f"r{n}", None, "1") for n in (0, 2)]
    facts = portal(
        sighting(_URLS[0], "o0", 2019),
        sighting(_URLS[2], "o0", 2021),
        sighting(_URLS[4], "o0", 2020),
        sighting(_URLS[5], "o0", 2022, text="2022年报告"),
        fetched=fetched,
        held={name: _HELD[name] for name in ("r0", "r2")},
        runs=[Crawled("1", frozenset(range(2018, 2023)), NOON)],
    )
    reasons = {row.report_year: row.reason for row in rows_of(facts) if row.organ_id == "o0"}
    assert reasons == {2018: None, 2019: UNEXPLAINED, 2020: None, 2021: "not_announced", 2022: UNEXPLAINED}
