"""The reviewed files are taken strictly: what is wrong in them is said by its name."""

from __future__ import annotations

import tomllib

import pytest

from pipeline.organs import load_registry
from pipeline.organs.changes import parse_reforms
from pipeline.organs.decisions import parse_decisions
from pipeline.organs.vocabulary import parse_vocabulary
from pipeline.problem import Problem
from pipeline.tables.naming import Naming
from pipeline.tables.organ_links import organ_links
from pipeline.tables.organ_uses import Use
from pipeline.tables.registry import known_places

KIND = '[[kind]]\ncode = "a"\nchinese = "甲"\nenglish = "A"\n'
VOCABULARY = parse_vocabulary(tomllib.loads(KIND + '[kind.names]\n"农业" = []\n"水利" = []\n"水务" = []\n'))
SOURCE = '[sources.s]\ntitle = "方案"\nby = "会议"\ndate = 2018-03-17\n'
CHANGE = """[[change]]
kind = "renamed"
before = ["水利"]
after = "水务"
years = [2018, 2019]
source = "s"
certain = true
"""
BECAME = """[[change]]
division = "1"
kind = "split"
before = ["甲局"]
after = ["乙局"]
year = 2018
source = "x"
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (KIND + KIND, "a is there twice"),
        (KIND + 'colour = "red"\n', "colour is not known"),
        (KIND.replace('"甲"', '""'), "chinese must be a text"),
        ('kind = "a"\n', r"\[\[kind\]\]"),
        (KIND + '[kind.names]\n"农业" = ["农"]\n"农村" = ["农"]\n', "农 stands for 农业 and for 农村"),
        (
            KIND + '[in_full]\n"农业会" = ["农会"]\n"农民会" = ["农会"]\n',
            "农会 stands for 农业会 and for 农民会",
        ),
    ],
)
def test_a_vocabulary_that_is_none(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_vocabulary(tomllib.loads(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SOURCE + CHANGE.replace("水务", "渔业"), "渔业 is no function"),
        (SOURCE + CHANGE.replace('"s"', '"t"'), "the source t"),
        (SOURCE + CHANGE.replace("true", '"yes"'), "certain must be"),
        (SOURCE + CHANGE.replace("[2018, 2019]", "[2019, 2018]"), "in their order"),
        (SOURCE + CHANGE.replace("[2018, 2019]", "[2018]"), "two years"),
        (SOURCE + CHANGE.replace('"renamed"', '"moved"'), "no change of a function"),
        (SOURCE + CHANGE.replace('"renamed"', '"sold"'), "sold"),
        (SOURCE.replace("2018-03-17", '"2018"') + CHANGE, "date must be a day"),
        (SOURCE + CHANGE + CHANGE.replace("水务", "农业"), "renamed twice"),
        (
            SOURCE + CHANGE + CHANGE.replace("水务", "x").replace("水利", "水务").replace('"x"', '"水利"'),
            "in a circle",
        ),
    ],
)
def test_changes_that_are_none(text: str, why: str) -> None:
    with pytest.raises((ValueError, TypeError), match=why):
        parse_reforms(tomllib.loads(text), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[apart]]\ndivision = "370800"\nnames = ["甲局"]\nsource = "x"\n', "two at least"),
        ('[[same]]\ndivision = "370800"\nnames = ["甲局", "甲局"]\nsource = "x"\n', "twice"),
        ('[[apart]]\ndivision = "370800"\nnames = ["甲局", "乙局"]\n', "source must be"),
        (BECAME.replace("split", "renamed"), "merged or split"),
        (BECAME.replace("2018", '"2018"'), "year must be"),
    ],
)
def test_decisions_that_are_none(text: str, why: str) -> None:
    with pytest.raises((ValueError, TypeError), match=why):
        parse_decisions(tomllib.loads(text))


def test_a_decision_on_a_division_that_is_none() -> None:
    registry = load_registry()
    decisions = parse_decisions({"same": [{"division": "999999", "names": ["甲局", "乙局"], "source": "x"}]})
    with pytest.raises(Problem, match="999999, which is no division"):
        Naming(known_places([]), type(registry)(registry.vocabulary, registry.reforms, decisions))


def test_a_person_tells_names_apart_that_the_rules_join() -> None:
    registry = load_registry()
    decisions = parse_decisions(
        {"apart": [{"division": "370800", "names": ["教育局", "教育委员会"], "source": "x"}]}
    )
    told = Naming(known_places([]), type(registry)(registry.vocabulary, registry.reforms, decisions))
    by_rule = Naming(known_places([]), registry)
    names = ("济宁市教育局", "济宁市教育委员会")
    assert len({by_rule.name(name, None, 2020).organ_id for name in names}) == 1
    assert len({told.name(name, None, 2020).organ_id for name in names}) == 2


def test_a_person_tells_a_merger_where_the_rules_see_a_new_name() -> None:
    registry = load_registry()
    became = {"division": "370800", "kind": "merged", "year": 2019, "source": "x"}
    merger = {**became, "before": ["农业局", "农村工作委员会"], "after": ["农业农村局"]}
    told = Naming(
        known_places([]),
        type(registry)(registry.vocabulary, registry.reforms, parse_decisions({"change": [merger]})),
    )
    by_rule = Naming(known_places([]), registry)
    reports = (("济宁市农业局", 2017), ("济宁市农业农村局", 2020))
    assert len({by_rule.name(name, None, year).organ_id for name, year in reports}) == 1
    assert len({told.name(name, None, year).organ_id for name, year in reports}) == 2


@pytest.mark.parametrize("decision", ["none", "change", "apart"])
def test_a_decision_settles_what_a_reform_leaves_uncertain(decision: str) -> None:
    before, after = "物价局", "发展和改革委员会"
    became = {"before": [before], "after": [after], "kind": "merged", "year": 2019}
    decided: dict[str, dict[str, object]] = {
        "none": {},
        "change": became,
        "apart": {"names": [before, after]},
    }
    entry = {"division": "370800", "source": "x", **decided[decision]}
    registry = load_registry()
    decisions = parse_decisions({} if decision == "none" else {decision: [entry]})
    naming = Naming(known_places([]), type(registry)(registry.vocabulary, registry.reforms, decisions))
    uses = []
    for name, first, last in ((before, 2017, 2018), (after, 2018, 2019)):
        named = naming.name(f"济宁市{name}", None, last)
        uses.append(Use(named.organ_id, named, first, last, {"370800": first}))
    rows = [row for row in organ_links(uses, naming, {}) if row["organ_id"] is not None]
    links = [(row["kind"], row["is_certain"]) for row in rows]
    assert links == {"none": [("merged", False)], "change": [("merged", True)], "apart": []}[decision]
