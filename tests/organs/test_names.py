"""Names by eye: what each means in full, its kind, and which of them are of one organ."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Run
from pipeline.forms import load_forms
from pipeline.organs import load_registry
from pipeline.report import ReportReader
from pipeline.tables.naming import Named, Naming
from pipeline.tables.registry import known_places
from tests.shared import shared_file

with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as _file:
    NAMES = list(csv.DictReader(_file))
REGISTRY = load_registry()
FORMS = ("局", "委员会", "委", "厅", "办公室", "办")


@pytest.fixture(scope="module")
def naming() -> Naming:
    codes = sorted({row["portal"] for row in NAMES if row["portal"]})
    portals = [{"code": code, "name": code} for code in codes]
    return Naming(known_places([Run("1", datetime(2026, 1, 1, tzinfo=UTC), {"portals": portals})]), REGISTRY)


def named(naming: Naming, row: dict[str, str]) -> Named:
    return naming.name(row["printed"], row["portal"] or None, int(row["year"]))


@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['printed']} {row['portal']} {row['year']}")
def test_a_name_is_read_in_full(naming: Naming, row: dict[str, str]) -> None:
    found = named(naming, row)
    assert found.place is not None
    assert (found.place.division_code, found.name.canonical, found.name.kind or "") == (
        row["code"],
        row["canonical"],
        row["kind"],
    )


def test_names_of_one_organ_have_one_id_and_those_of_two_have_two(naming: Naming) -> None:
    """A row without an organ has a name that tells none."""
    ids = [(row, named(naming, row).known_id) for row in NAMES]
    assert [row["printed"] for row, known in ids if (known is None) != (row["organ"] == "")] == []
    wrong = [
        (one["printed"], other["printed"])
        for (one, first), (other, second) in combinations(ids, 2)
        if (one["organ"] == other["organ"]) != (first == second)
    ]
    assert not wrong


def test_what_a_person_has_decided_is_asked_of_no_report(naming: Naming) -> None:
    """Else two names in one year would speak against it."""
    before, after = (
        naming.name(f"天津市滨海新区{name}", None, 2018)
        for name in ("科技和工业创新委员会", "工业和信息化局")
    )
    assert before.name_id != after.name_id
    assert naming.name_id(before) == naming.name_id(after) == before.organ_id


def test_functions_of_one_city_never_meet_but_by_a_certain_renaming(naming: Naming) -> None:
    ids: dict[str, set[str]] = {}
    for function in REGISTRY.vocabulary.kind_of:
        for form in FORMS:
            found = naming.name(f"济宁市{function}{form}", None, 2020)
            assert found.name.function == function
            ids.setdefault(found.organ_id, set()).add(REGISTRY.reforms.last(function))
    assert len(ids) == len({REGISTRY.reforms.last(function) for function in REGISTRY.vocabulary.kind_of})
    assert all(len(functions) == 1 for functions in ids.values())


_SPELLINGS = [*REGISTRY.vocabulary.functions.items()]
_JOINED = {"和": ("与", "及", "、", "暨", "")}


@given(st.data())
def test_a_name_in_any_of_its_ways_has_one_id(naming: Naming, data: st.DataObject) -> None:
    """Short or long, with or without the city and its province, joined in any way, in full width or apart."""
    spelling, function = data.draw(st.sampled_from(_SPELLINGS))
    form = data.draw(st.sampled_from((("局", "局"), ("委", "委员会"), ("办", "办公室"))))
    plain = naming.name(f"济宁市{function}{form[1]}", None, 2020)
    shown = data.draw(st.sampled_from((spelling, function)))
    joining = data.draw(st.sampled_from(("和", "与", "及", "、", "")))
    shown = shown[0] + shown[1:].replace("和", joining)
    before = data.draw(st.sampled_from(("", "济宁市", "山东省济宁市", "济宁市 ", "\u3000济宁市")))
    sign = data.draw(st.sampled_from(("", "（本级）", "(某某局)", "【机关】")))
    found = naming.name(before + shown + data.draw(st.sampled_from(form)) + sign, "370800", 2020)
    assert found.name_id == plain.name_id
    assert found.organ_id == plain.organ_id


@pytest.mark.parametrize(
    ("file", "code", "canonical", "kind", "scope"),
    [
        ("000.txt", "370800", "科学技术局", "science", "own"),
        ("001.txt", "230400", "科学技术局", "science", "own"),
        ("002.txt", "371000", "科学技术局", "science", "own"),
        ("003.txt", "370800", "经济技术开发区管理委员会", "zone", "area"),
        ("004.txt", "410900", "科学技术局", "science", "own"),
    ],
)
def test_a_real_report_is_of_an_organ(
    naming: Naming, file: str, code: str, canonical: str, kind: str, scope: str
) -> None:
    record = ReportReader(load_forms()).read(shared_file("seeds", file).read_bytes(), name=file).record
    found = naming.name(record.organ or "", None, record.year)
    assert found.place is not None
    assert (found.place.division_code, found.name.canonical, found.name.kind) == (code, canonical, kind)
    assert record.scope == scope


def test_a_name_whose_place_is_not_known_is_joined_to_no_other(naming: Naming) -> None:
    before, after = (naming.name(name, None, 2020) for name in ("国土资源局", "自然资源局"))
    assert before.place is None
    assert before.organ_id != after.organ_id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青溪县财政局", "finance"),
        ("县财政局", "finance"),
        ("青溪县柳河镇", "town"),
        ("青溪县某某中心", None),
    ],
)
def test_a_name_tells_its_kind_though_its_place_is_not_known(
    naming: Naming, name: str, kind: str | None
) -> None:
    assert naming.name(name, None, 2020).name.kind == kind
