"""Whatever reports are met, in whatever order: one of each organ, year and scope is current, and no names are mixed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.versions import Versions

Met = tuple[dict[str, Any], str]
_ORGANS = {"a1": "a", "a2": "a", "b1": "b"}  # by name: two names of one organ by the rules, and another organ


@st.composite
def reports(draw: st.DrawFn) -> list[Met]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(_ORGANS)),
                st.sampled_from([None, 2018, 2019]),
                st.sampled_from([None, "own", "area"]),
                st.integers(0, 1),
                st.integers(1, 3),
            ),
            min_size=1,
            max_size=12,
        )
    )
    return [
        (
            {
                "report_id": f"r{number}",
                "organ_id": _ORGANS[name],
                "organ": name,
                "report_year": year,
                "scope": scope,
                "figure_count": figures,
                "reported_count": figures,
                "published_on": date(2020, 1, day),
                "fetched_at": datetime(2021, 1, 1),  # noqa: DTZ001 - as stored
                "url": f"u{number}",
                "page_url": None,
                "media_type": "text/html",
            },
            name,
        )
        for number, (name, year, scope, figures, day) in enumerate(drawn)
    ]


def settled(met: list[Met]) -> dict[str, tuple[str | None, int, str]]:
    """By report: its organ, its number and the current version of it."""
    versions = Versions()
    for row, name in met:
        versions.meet(row, name)
        versions.got(row["url"], row["report_id"])
    return {
        row["report_id"]: (
            versions.organ(row["report_id"], row["organ_id"]),
            versions.number(row["report_id"]),
            versions.current(row["report_id"]).report_id,
        )
        for row, _ in met
    }


@given(reports(), st.randoms())
def test_versions_are_settled_alike_in_any_order(met: list[Met], random: Random) -> None:
    found = settled(met)
    shuffled = list(met)
    random.shuffle(shuffled)
    assert settled(shuffled) == found


@given(reports())
def test_one_version_is_current_and_the_last(met: list[Met]) -> None:
    found = settled(met)
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row, _ in met:
        organ, year = found[row["report_id"]][0], row["report_year"]
        groups[organ, year or row["report_id"], row["scope"]].append(row["report_id"])
    for members in groups.values():
        assert sorted(found[one][1] for one in members) == list(range(1, len(members) + 1))
        current = {found[one][2] for one in members}
        assert current == {max(members, key=lambda one: found[one][1])}


@given(reports())
def test_names_with_reports_of_one_year_are_organs_of_their_own(met: list[Met]) -> None:
    """A report that does not say whose it is stands beside an organ's own; only a roll-up is of another kind."""
    found = settled(met)
    years = {
        name: {
            (row["report_year"], row["scope"] == "area")
            for row, of in met
            if of == name and row["report_year"]
        }
        for name in _ORGANS
    }
    apart = bool(years["a1"] & years["a2"])
    for row, name in met:
        organ = name if apart and name != "b1" else _ORGANS[name]
        assert found[row["report_id"]][0] == organ
