"""An organ is placed by its name or its portal, as of its year, never by a guess."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Run
from pipeline.organs import load_registry
from pipeline.tables.naming import Naming
from pipeline.tables.places import Place, Places
from pipeline.tables.registry import division_rows, known_places, load_changes, load_divisions

_PORTALS: list[dict[str, Any]] = [
    {"code": "370800", "name": "济宁市", "home": "http://www.jining.gov.cn/"},
    {"code": "370000", "name": "山东省", "home": "http://www.shandong.gov.cn/"},
    {"code": "990100", "name": "样例甲市", "home": "http://127.0.0.2/", "province": "样例省", "city": "样例甲市"},
    {"code": "tai", "name": "泰安市人民政府门户网站", "home": "http://127.0.0.3/", "city": "泰安市"},
    *({"code": code, "name": code, "home": f"http://{code}.gov.cn/"} for code in (
        "320100", "320300", "320106", "370811", "370114", "370116", "370100", "140300", "510400", "419001", "429000",
        "420600", "350405", "330100", "441900", "460400", "370300", "320602", "610400", "350100",
    )),
]  # fmt: skip


@pytest.fixture(scope="module")
def places() -> Places:
    return known_places([Run("1", datetime(2026, 1, 1, tzinfo=UTC), {"portals": _PORTALS})])


def identities(places: Places, names: list[str], portal: str | None, *years: int) -> set[str]:
    naming = Naming(places, load_registry())
    return {naming.name(name, portal, year).organ_id for name in names for year in years}


def where(place: Place | None) -> tuple[str, str | None, str | None] | None:
    return None if place is None else (place.division_code, place.city, place.county)


def test_the_table_has_a_row_for_every_code(places: Places) -> None:
    rows = list(division_rows(places, load_changes()))
    assert len({row["code"] for row in rows}) == len(rows)
    assert {row["code"] for row in rows} >= {division.code for division in load_divisions()}
    by_code = {row["code"]: row for row in rows}
    assert by_code["420600"]["name"] == "襄阳市"
    assert by_code["420600"]["former_names"] == "襄樊市 (2010)"
    assert by_code["371471"]["former_names"] == "德州经济技术开发区 (unknown)"
    assert by_code["370181"]["successors"] == "370114"
    assert by_code["520112"]["parted"] == "2012"  # 观山湖区 was made of a part of it
    assert by_code["371200"]["parted"] is None
    assert by_code["990100"]["source"] == "portals"
    assert {row["level"] for row in rows} == {
        "province",
        "municipality",
        "prefecture",
        "county",
        "zone",
        "other",
    }


# organ, portal, year -> code, city, county
_KNOWN: list[tuple[str | None, str | None, int | None, str, str | None, str | None]] = [
    ("济宁市科学技术局", None, 2020, "370800", "济宁市", None),
    ("济宁市\u3000科学技术局", None, 2020, "370800", "济宁市", None),
    ("山东省济宁市科学技术局", None, 2020, "370800", "济宁市", None),
    ("山东省科学技术厅", "370800", 2020, "370000", None, None),
    ("延边朝鲜族自治州教育局", None, 2020, "222400", "延边朝鲜族自治州", None),
    ("延边州教育局", None, 2020, "222400", "延边朝鲜族自治州", None),
    ("海南藏族自治州教育局", None, 2020, "632500", "海南藏族自治州", None),
    ("吉林市教育局", None, 2020, "220200", "吉林市", None),
    ("吉林省教育厅", None, 2020, "220000", None, None),
    ("市科学技术局", "370800", 2020, "370800", "济宁市", None),
    ("泰安市教育局", "370800", 2020, "370900", "泰安市", None),  # a neighbour's report on this portal
    ("卫生健康委员会", "990100", 2020, "990100", "样例甲市", None),
    ("样例甲市卫生健康委员会", None, 2020, "990100", "样例甲市", None),
    ("教育局", "tai", 2020, "370900", "泰安市", None),
    (None, "370800", 2020, "370800", "济宁市", None),
    ("廣州市國資委", None, 2020, "440100", "广州市", None),  # traditional script
    # Counties: their full names, with or without what they lie in.
    ("济宁市任城区教育局", None, 2020, "370811", "济宁市", "任城区"),
    ("山东省济宁市任城区教育局", None, 2020, "370811", "济宁市", "任城区"),
    ("任城区教育局", None, 2020, "370811", "济宁市", "任城区"),
    ("任城区教育局", "370811", 2020, "370811", "济宁市", "任城区"),
    ("教育局", "370811", 2020, "370811", "济宁市", "任城区"),
    ("曲阜市教育局", "370800", 2020, "370881", "济宁市", "曲阜市"),
    ("曲阜市教育局", None, 2020, "370881", "济宁市", "曲阜市"),
    ("曲阜市教育局", "tai", 2020, "370881", "济宁市", "曲阜市"),
    ("任城区教育局", "tai", 2020, "370900", "泰安市", None),  # 区 is a loose word: the portal speaks against it
    ("北京市东城区人民政府", None, 2020, "110101", "北京市", "东城区"),
    ("上海浦东新区教育局", None, 2020, "310115", "上海市", "浦东新区"),
    ("长沙县教育局", None, 2020, "430121", "长沙市", "长沙县"),
    ("松桃苗族自治县教育局", None, 2020, "520628", "铜仁市", "松桃苗族自治县"),
    ("松桃县教育局", None, 2020, "520628", "铜仁市", "松桃苗族自治县"),
    ("河北省辛集市教育局", None, 2020, "130181", "石家庄市", "辛集市"),
    ("江苏省沛县教育局", None, 2020, "320322", "徐州市", "沛县"),
    # Names that several counties have: the city before them, or the portal's city.
    ("南京市鼓楼区教育局", None, 2020, "320106", "南京市", "鼓楼区"),
    ("徐州市鼓楼区教育局", "320100", 2020, "320302", "徐州市", "鼓楼区"),
    ("鼓楼区教育局", "320100", 2020, "320106", "南京市", "鼓楼区"),
    ("鼓楼区教育局", "320300", 2020, "320302", "徐州市", "鼓楼区"),
    ("鼓楼区教育局", "320106", 2020, "320106", "南京市", "鼓楼区"),
    ("鼓楼区教育局", "370800", 2020, "370800", "济宁市", None),
    ("江苏省鼓楼区教育局", "320300", 2020, "320302", "徐州市", "鼓楼区"),
    ("江苏省鼓楼区教育局", None, 2020, "320000", None, None),
    ("城区教育局", "140300", 2020, "140302", "阳泉市", "城区"),
    ("城区街道办事处", "140300", 2020, "140300", "阳泉市", None),  # a subdistrict of that name
    ("东区教育局", "510400", 2020, "510402", "攀枝花市", "东区"),
    ("东区街道办事处", "441900", 2020, "441900", "东莞市", None),
    ("任城区乡村振兴局", "370800", 2021, "370811", "济宁市", "任城区"),
    # Words that share a character with the name of a place, and the bureaus of one service of the state.
    ("济宁市场监督管理局", None, 2020, "370800", "济宁市", None),
    ("曲阜市场监管局", "370800", 2020, "370881", "济宁市", "曲阜市"),
    ("安宁市场监督管理所", "370800", 2020, "370800", "济宁市", None),
    ("国家税务总局济宁市任城区税务局", "370800", 2020, "370811", "济宁市", "任城区"),
    ("国家税务总局济宁市税务局", None, 2020, "370800", "济宁市", None),
    # Directly below a province: its own city.
    ("河南省济源市教育局", None, 2020, "419001", "济源市", "济源市"),
    ("济源市教育局", None, 2020, "419001", "济源市", "济源市"),
    ("教育局", "419001", 2020, "419001", "济源市", "济源市"),
    ("仙桃市教育局", None, 2020, "429004", "仙桃市", "仙桃市"),
    ("神农架林区教育局", None, 2020, "429021", "神农架林区", "神农架林区"),
    ("海南省定安县教育局", None, 2020, "469021", "定安县", "定安县"),
    ("石河子市教育局", None, 2020, "659001", "石河子市", "石河子市"),
    ("儋州市那大镇人民政府", None, 2020, "460400", "儋州市", None),
    ("东莞市虎门镇人民政府", None, 2020, "441900", "东莞市", None),
    # Development zones: under their official names, and short behind their city or on its portal.
    ("济宁高新技术产业开发区管理委员会", None, 2020, "370871", "济宁市", "济宁高新技术产业开发区"),
    ("济宁国家高新技术产业开发区", None, 2020, "370871", "济宁市", "济宁高新技术产业开发区"),
    ("济宁高新区管理委员会", None, 2020, "370871", "济宁市", "济宁高新技术产业开发区"),
    ("济宁市高新区教育局", None, 2020, "370871", "济宁市", "济宁高新技术产业开发区"),
    ("高新区管委会", "370800", 2020, "370871", "济宁市", "济宁高新技术产业开发区"),
    ("高新区管委会", "370811", 2020, "370811", "济宁市", "任城区"),
    ("济宁经济技术开发区管理委员会", None, 2020, "370800", "济宁市", None),  # a zone that the registry does not have
    ("长春经开区文教局", None, 2020, "220171", "长春市", "长春经济技术开发区"),
    ("长春净月高新区教育局", None, 2020, "220172", "长春市", "长春净月高新技术产业开发区"),
    ("苏州工业园区管理委员会", None, 2020, "320576", "苏州市", "苏州工业园区"),
    ("唐山市芦台经济开发区", None, 2020, "130271", "唐山市", "河北唐山芦台经济开发区"),
    ("张家口市察北管理区", None, 2020, "130772", "张家口市", "张家口市察北管理区"),
    ("大兴安岭地区加格达奇区教育局", None, 2020, "232761", "大兴安岭地区", "加格达奇区"),
    ("北京经济技术开发区", None, 2020, "110000", "北京市", None),
    ("合肥高新区管委会", None, 2022, "340176", "合肥市", "合肥高新技术产业开发区"),
    ("吉林高新技术产业开发区管委会", None, 2020, "220272", "吉林市", "吉林高新技术产业开发区"),
    # The year decides.
    ("莱芜市教育局", None, 2018, "371200", "莱芜市", None),
    ("莱芜市莱城区教育局", None, 2017, "371202", "莱芜市", "莱城区"),
    ("钢城区教育局", None, 2017, "371203", "莱芜市", "钢城区"),
    ("钢城区教育局", None, 2020, "370117", "济南市", "钢城区"),
    ("济南市莱芜区教育局", None, 2018, "370116", "济南市", "莱芜区"),  # so named when it was published
    ("济南市莱芜区教育局", None, 2015, "371202", "莱芜市", "莱城区"),  # retitled later: what it was then
    ("教育局", "370116", 2015, "371202", "莱芜市", "莱城区"),
    ("莱城区教育局", "370100", 2015, "371202", "莱芜市", "莱城区"),
    ("章丘市教育局", None, 2015, "370181", "济南市", "章丘市"),
    ("章丘区教育局", None, 2020, "370114", "济南市", "章丘区"),
    ("章丘市教育局", None, 2020, "370114", "济南市", "章丘区"),  # an old habit
    ("教育局", "370114", 2012, "370181", "济南市", "章丘市"),
    ("沙县教育局", None, 2019, "350427", "三明市", "沙县"),
    ("三明市沙县区教育局", "350405", 2022, "350405", "三明市", "沙县区"),
    ("襄樊市教育局", None, 2009, "420600", "襄樊市", None),
    ("襄阳市襄城区教育局", None, 2009, "420602", "襄樊市", "襄城区"),
    ("襄阳市襄城区教育局", None, 2012, "420602", "襄阳市", "襄城区"),
    ("教育局", "420600", 2009, "420600", "襄樊市", None),
    ("巢湖市教育局", None, 2009, "341400", "巢湖市", None),
    ("巢湖市教育局", None, 2011, "340181", "合肥市", "巢湖市"),
    ("庐江县教育局", None, 2009, "341421", "巢湖市", "庐江县"),
    ("庐江县教育局", None, 2020, "340124", "合肥市", "庐江县"),
    ("杭州市江干区教育局", None, 2020, "330104", "杭州市", "江干区"),
    ("杭州市江干区教育局", None, 2023, "330100", "杭州市", None),  # parted among two: which, cannot be said
    ("杭州市临平区教育局", None, 2015, "330100", "杭州市", None),  # it was a part of another then
    ("崇川区教育局", "320602", 2015, "320602", "南通市", "崇川区"),
    ("崇川区教育局", "320602", 2022, "320613", "南通市", "崇川区"),
    ("重庆市两江新区管委会", None, 2018, "500000", "重庆市", None),  # a zone until it became a division
    ("重庆市两江新区教育局", None, 2026, "500157", "重庆市", "两江新区"),
    ("南沙区教育局", None, 2018, "440115", "广州市", "南沙区"),
    ("章丘区教育局", None, None, "370114", "济南市", "章丘区"),
    ("章丘市教育局", None, None, "370181", "济南市", "章丘市"),
]  # fmt: skip


@pytest.mark.parametrize(("organ", "portal", "year", "code", "city", "county"), _KNOWN)
def test_place_is_known(
    places: Places,
    organ: str | None,
    portal: str | None,
    year: int | None,
    code: str,
    city: str | None,
    county: str | None,
) -> None:
    assert where(places.place(organ, portal, year)) == (code, city, county)


@pytest.mark.parametrize(
    "organ",
    [
        "迎宾路街道办事处",
        "朝阳经济开发区",
        "海南经济开发区",
        "吉林高新区",
        "济宁日报社",
        "鼓楼区教育局",
        "南山区南山街道办事处",  # 深圳 and 鹤岗
        "东区教育局",
        "郊区教育局",
        "城区街道办事处",
        "高新区管委会",
        "示范区管委会",
        "市",
        "",
        None,
    ],
)
def test_place_is_not_guessed(places: Places, organ: str | None) -> None:
    assert places.place(organ, None, 2020) is None


def test_organ_is_one_with_and_without_the_names_of_its_place(places: Places) -> None:
    names = ["科学技术局", "济宁市科学技术局", "山东省济宁市科学技术局", "济宁市 科学技术局"]
    assert len(identities(places, names, "370800", 2020)) == 1
    names = [
        "教育局",
        "任城区教育局",
        "济宁市任城区教育局",
        "山东省济宁市任城区教育局",
        "山东济宁任城区教育局",
    ]
    assert len(identities(places, names, "370811", 2020)) == 1
    names = ["济宁市场监督管理局", "济宁市市场监督管理局", "市场监督管理局"]
    assert len(identities(places, names, "370800", 2020)) == 1
    names = ["襄樊市教育局", "襄阳市教育局", "湖北省襄阳市教育局", "教育局"]
    assert len(identities(places, names, "420600", 2009)) == 1
    assert len(identities(places, names, "420600", 2009, 2020)) == 1


_COUNTIES = [division for division in load_divisions() if division.level == "county"]


@given(st.data())
def test_any_county_is_found_by_its_full_name_and_its_organs_are_one(
    places: Places, data: st.DataObject
) -> None:
    county = data.draw(st.sampled_from(_COUNTIES))
    first, last = county.valid_from or 2008, county.valid_to or 2026
    year = data.draw(st.integers(first, last - (county.valid_to is not None)))
    parent = places.divisions.above(county)[0]
    parent = places.divisions.then(parent, year)
    province = county.province or ""
    before = [parent.name] if parent.name != province else [province]
    forms = ["".join(before), province + "".join(before)] if before != [province] else [province]
    found = {places.place(f"{form}{county.name}教育局", None, year) for form in forms}
    assert len(found) == 1
    place = found.pop()
    assert place is not None
    assert (place.division_code, place.county, place.own_name) == (county.code, county.name, "教育局")


def test_organs_of_different_places_are_different(places: Places) -> None:
    found = [
        identities(places, ["教育局"], code, 2020) for code in ("370800", "370811", "tai", "990100", "none")
    ]
    assert len(set[str]().union(*found)) == 5
    assert found[-1].pop().startswith("unplaced-")
    assert len(identities(places, ["济宁市人民政府", "济宁市人民政府办公室"], None, 2020)) == 2


def test_nothing_is_expected_where_no_division_of_a_lineage_stood(places: Places) -> None:
    stood = places.divisions.stood_at_end
    # a district since 2016
    assert [stood("370181", year) for year in (2015, 2016, 2017)] == [True, True, True]
    # merged into 济南市
    assert [stood("371200", year) for year in (2018, 2019, 2020)] == [True, False, False]
    assert [stood("500110.2011", year) for year in (2010, 2011)] == [False, True]  # of two that were merged
    assert stood("420600", 2009)
    assert stood("420600", 2010)
    assert stood("unplaced", 2010)
    assert stood("340171", 2010)  # a zone: when it began is not known


def test_a_lineage_is_what_alone_came_from_one_another(places: Places) -> None:
    divisions = places.divisions
    of = {(one.code, one.name): divisions.lineage(one) for one in divisions.all}
    assert of["370181", "章丘市"] == of["370114", "章丘区"] == "370181"
    assert of["420600", "襄樊市"] == of["420600", "襄阳市"]
    assert (
        of["371202", "莱城区"] == of["370116", "莱芜区"] != of["371200", "莱芜市"] != of["370100", "济南市"]
    )
    assert of["500110", "万盛区"] == "500110"  # merged with 綦江县, whose new district has its code
    assert of["500110", "綦江区"] == "500110.2011"
