"""In which years a reform may have been carried out, worked out by hand from the reports that are held."""

from __future__ import annotations

import pytest

from pipeline.organs import Decisions, Registry, load_registry
from pipeline.organs.decisions import parse_decisions
from pipeline.tables.naming import Naming
from pipeline.tables.organ_links import organ_links
from pipeline.tables.organ_uses import Use
from pipeline.tables.registry import known_places

Held = tuple[str, int, int]  # a name, and the first and last year of its reports
Link = tuple[str, int, int | None, str | None]


def links(*held: Held, decisions: Decisions | None = None, to: str = "") -> list[Link]:
    """Name before, years and doubt of the links between organs of a city, to those of a name where one is given."""
    known = load_registry()
    registry = Registry(known.vocabulary, known.reforms, decisions or Decisions())
    naming = Naming(known_places([]), registry)
    uses = []
    for name, first, last in held:
        named = naming.name(f"济宁市{name}", None, last)
        uses.append(Use(named.organ_id, named, first, last, {"370800": first}))
    return [
        (row["name"], row["report_year"], row["until_year"], row["doubt"])
        for row in organ_links(uses, naming, {})
        if row["organ_id"] != row["successor_id"] and row["successor_name"].startswith(to)
    ]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([("法制办公室", 2015, 2018), ("司法局", 2015, 2021)], [("法制办公室", 2019, 2019, None)]),
        ([("法制办公室", 2015, 2016), ("司法局", 2015, 2021)], [("法制办公室", 2018, 2019, None)]),
        ([("法制办公室", 2015, 2016), ("司法局", 2018, 2021)], [("法制办公室", 2018, 2019, None)]),
        ([("法制办公室", 2015, 2020), ("司法局", 2015, 2021)], [("法制办公室", 2021, None, "after_reform")]),
        ([("物价局", 2015, 2016), ("发展和改革局", 2018, 2018)], [("物价局", 2018, 2019, "reform_differs")]),
    ],
    ids=["held to the last year", "with a gap", "a gap on both sides", "after the reform", "uncertain"],
)
def test_an_organ_that_stayed_took_in_another_in_any_year_of_the_reform_that_is_left(
    held: list[Held], expected: list[Link]
) -> None:
    assert links(*held) == expected


@pytest.mark.parametrize(
    ("before", "after", "years"),
    [
        ((2015, 2016), (2018, 2020), (2018, 2018)),
        ((2015, 2016), (2019, 2020), (2018, 2019)),
        ((2015, 2016), (2021, 2022), (2018, 2019)),
        ((2015, 2018), (2019, 2020), (2019, 2019)),
        ((2015, 2018), (2018, 2020), (2018, 2019)),
    ],
)
def test_a_name_that_says_what_is_in_it_bounds_the_year(
    before: tuple[int, int], after: tuple[int, int], years: tuple[int, int]
) -> None:
    """规划局 is given up as soon as 自然资源和规划局 stands."""
    found = links(("规划局", *before), ("自然资源和规划局", *after))
    assert [link for link in found if link[0] == "规划局"] == [("规划局", *years, None)]


def test_what_the_name_says_is_in_it_joins_no_later_though_nothing_is_held_of_it() -> None:
    assert links(("卫生和计划生育局", 2014, 2016)) == []


def test_nothing_is_told_of_an_organ_that_is_not_held_outside_of_the_reform() -> None:
    assert links(("司法局", 2019, 2024)) == []
    assert links(("司法局", 2012, 2017)) == []
    assert links(("司法局", 2018, 2024)) == [("法制", 2018, 2019, "not_held")]


def test_an_organ_takes_in_nothing_by_a_reform_before_it_has_the_name_of_it() -> None:
    found = links(("农业局", 2016, 2018), ("农业农村局", 2019, 2021))
    assert found == [("畜牧兽医", 2019, 2019, "not_held"), ("农牧", 2019, 2019, "not_held")]


@pytest.mark.parametrize("held", [True, False])
def test_a_decision_tells_the_year_though_nothing_is_held_of_the_organ_before(held: bool) -> None:
    merged = {
        "division": "370800",
        "kind": "merged",
        "before": ["法制办公室"],
        "after": ["司法局"],
        "year": 2018,
    }
    decisions = parse_decisions({"change": [{**merged, "source": "x"}]})
    reports = [("司法局", 2015, 2021), *([("法制办公室", 2015, 2017)] if held else [])]
    assert links(*reports, decisions=decisions) == [("法制办公室", 2018, 2018, None)]


def test_names_that_are_told_apart_are_not_joined_by_a_reform_though_one_is_not_held() -> None:
    apart = {"division": "370800", "names": ["法制办公室", "司法局"], "source": "x"}
    assert links(("司法局", 2015, 2021), decisions=parse_decisions({"apart": [apart]})) == []


def test_an_organ_may_have_taken_in_what_its_name_does_not_say() -> None:
    found = links(
        ("安全生产监督管理局", 2016, 2018), ("应急管理局", 2019, 2021), ("住房和城乡建设局", 2017, 2021)
    )
    assert ("地震", 2019, 2019, "not_held") in found
    assert ("人民防空", 2018, 2019, "not_held") in found
    assert links(("地震局", 2016, 2020), ("应急管理局", 2018, 2020)) == []
