"""Names by eye: which tell where their organ belongs, and which tell no organ at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.archive import Run
from pipeline.organs import Decisions, Registry, load_registry
from pipeline.organs.decisions import parse_decisions
from pipeline.tables.identity import Doubt
from pipeline.tables.naming import Naming
from pipeline.tables.registry import known_places

PORTALS = ("320000", "370000", "370100", "370800", "370811", "441900", "653100")


def naming(decisions: Decisions | None = None) -> Naming:
    known = load_registry()
    portals = [{"code": code, "name": code} for code in PORTALS]
    places = known_places([Run("1", datetime(2026, 1, 1, tzinfo=UTC), {"portals": portals})])
    return Naming(places, Registry(known.vocabulary, known.reforms, decisions or Decisions()))


NAMING = naming()


@pytest.mark.parametrize(
    ("printed", "portal", "division"),
    [
        ("县财政局", "370800", "370800"),
        ("区财政局", "370800", "370800"),
        ("县人民政府", "370800", "370800"),
        ("市教育局", "370811", "370800"),
        ("省教育厅", "370811", "370000"),
        ("省教育厅", "370800", "370000"),
        ("城关镇人民政府", "370800", "370800"),
        ("济宁市城关镇人民政府", None, "370800"),
        ("城关镇人民政府办公室", "370800", "370800"),
        ("和平街道办事处", "370100", "370100"),
        ("镇人民政府", "370811", "370811"),
        ("鼓楼区财政局", "320000", "320000"),  # of 南京 or of 徐州
        ("高新区财政局", "370000", "370000"),
    ],
)
def test_a_name_that_several_organs_may_share_tells_none(
    printed: str, portal: str | None, division: str
) -> None:
    found = NAMING.name(printed, portal, 2020)
    assert (found.known_id, found.doubt) == (None, Doubt.ANOTHER_LEVEL)
    assert found.place is not None
    assert found.place.division_code == division


@pytest.mark.parametrize("printed", ["青溪县财政局", "样例区财政局", "青溪县人民政府"])
def test_a_name_behind_an_unknown_place_of_a_city_is_one_whose_place_is_not_certain(printed: str) -> None:
    found = NAMING.name(printed, "370800", 2020)
    assert (found.known_id, found.doubt) == (found.organ_id, Doubt.ANOTHER_LEVEL)


@pytest.mark.parametrize(
    ("printed", "portal"),
    [
        ("市财政局", "370800"),
        ("财政局", "370800"),
        ("区财政局", "370811"),
        ("任城区财政局", "370800"),
        ("长沟镇人民政府", "370811"),
        ("虎门镇人民政府", "441900"),  # 东莞 has no counties
        ("市场监督管理局", "370811"),
        ("区划调整办公室", "370800"),
        ("县域经济发展局", "370800"),
        ("县区合作办公室", "370800"),
        ("经济技术开发区管理委员会", "370800"),
        ("景区管理局", "370800"),
        ("济宁市市政管理局", None),
        ("地区教育局", "653100"),
    ],
)
def test_a_name_that_tells_its_organ(printed: str, portal: str | None) -> None:
    found = NAMING.name(printed, portal, 2020)
    assert (found.known_id, found.doubt) == (found.organ_id, None)


@pytest.mark.parametrize(
    ("printed", "is_known"),
    [
        ("财政局", False),
        ("县财政局", False),
        ("自治区财政厅", False),
        ("鼓楼区财政局", False),
        ("城关镇人民政府", False),
        ("青溪县财政局", True),
    ],
)
def test_a_name_without_any_place_tells_no_organ_where_no_portal_is_known(
    printed: str, is_known: bool
) -> None:
    found = NAMING.name(printed, None, 2020)
    assert (found.known_id is not None, found.doubt) == (is_known, Doubt.UNPLACED)


def test_a_person_tells_that_a_name_is_of_one_organ() -> None:
    same = {"division": "370800", "names": ["城关镇人民政府"], "source": "x"}
    found = naming(parse_decisions({"same": [same]})).name("城关镇人民政府", "370800", 2020)
    assert (found.known_id, found.doubt) == (found.organ_id, None)
