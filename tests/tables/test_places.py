"""An organ is placed by its name or its portal, never by a guess."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.archive import Run
from pipeline.tables.places import Places, organ_id
from pipeline.tables.registry import known_places

_PORTALS = [
    {"code": "370800", "name": "济宁市", "home": "http://www.jining.gov.cn/"},
    {"code": "370000", "name": "山东省", "home": "http://www.shandong.gov.cn/"},
    {
        "code": "990100",
        "name": "样例甲市",
        "home": "http://127.0.0.2/",
        "province": "样例省",
        "city": "样例甲市",
    },
    {"code": "tai", "name": "泰安市人民政府门户网站", "home": "http://127.0.0.3/", "city": "泰安市"},
]


@pytest.fixture(scope="module")
def places() -> Places:
    return known_places([Run("1", datetime(2026, 1, 1, tzinfo=UTC), {"portals": _PORTALS})])


def test_registry_has_every_province_and_prefecture(places: Places) -> None:
    levels = [division.level for division in places.divisions]
    assert (levels.count("province"), levels.count("municipality"), levels.count("prefecture")) == (
        27,
        4,
        333,
    )
    assert levels.count("other") == 1  # the portal of an invented city
    for division in places.divisions:
        assert division.source == "portals" or division.province_code == division.code[:2] + "0000"


@pytest.mark.parametrize(
    ("organ", "portal", "code", "province", "city"),
    [
        ("济宁市科学技术局", None, "370800", "山东省", "济宁市"),
        ("济宁市\u3000科学技术局", None, "370800", "山东省", "济宁市"),
        ("山东省济宁市科学技术局", None, "370800", "山东省", "济宁市"),
        ("济宁市任城区教育局", None, "370800", "山东省", "济宁市"),
        ("济宁经济技术开发区管理委员会", None, "370800", "山东省", "济宁市"),
        ("济宁国家高新技术产业开发区", None, "370800", "山东省", "济宁市"),
        ("山东省科学技术厅", "370800", "370000", "山东省", None),
        ("北京市东城区人民政府", None, "110000", "北京市", "北京市"),
        ("北京经济技术开发区", None, "110000", "北京市", "北京市"),
        ("延边朝鲜族自治州教育局", None, "222400", "吉林省", "延边朝鲜族自治州"),
        ("海南藏族自治州教育局", None, "632500", "青海省", "海南藏族自治州"),
        ("吉林市教育局", None, "220200", "吉林省", "吉林市"),
        ("吉林省教育厅", None, "220000", "吉林省", None),
        ("市科学技术局", "370800", "370800", "山东省", "济宁市"),
        ("曲阜市教育局", "370800", "370800", "山东省", "济宁市"),
        ("泰安市教育局", "370800", "370900", "山东省", "泰安市"),  # a neighbour's report on this portal
        ("卫生健康委员会", "990100", "990100", "样例省", "样例甲市"),
        ("样例甲市卫生健康委员会", None, "990100", "样例省", "样例甲市"),
        ("教育局", "tai", "370900", "山东省", "泰安市"),
        (None, "370800", "370800", "山东省", "济宁市"),
    ],
)
def test_place_is_known(
    places: Places, organ: str | None, portal: str | None, code: str, province: str, city: str | None
) -> None:
    division = places.of(organ, portal)
    assert division is not None
    assert (division.code, division.province, division.city) == (code, province, city)


@pytest.mark.parametrize(
    "organ",
    [
        "迎宾路街道办事处",
        "朝阳经济开发区",
        "海南经济开发区",
        "吉林高新区",
        "济宁日报社",
        "曲阜市教育局",
        "市",
        None,
    ],
)
def test_place_is_not_guessed(places: Places, organ: str | None) -> None:
    assert places.of(organ, None) is None


def test_organ_is_one_with_and_without_the_name_of_its_place(places: Places) -> None:
    division = places.of(None, "370800")
    names = ["科学技术局", "济宁市科学技术局", "山东省济宁市科学技术局", "济宁市 科学技术局"]
    assert len({organ_id(name, division) for name in names}) == 1
    assert organ_id("济宁市人民政府", division) != organ_id("济宁市人民政府办公室", division)
    assert organ_id("济宁市", division) != organ_id("山东省", division)


def test_organs_of_different_places_are_different(places: Places) -> None:
    ids = {organ_id("教育局", places.of(None, code)) for code in ("370800", "tai", "990100", "none")}
    assert len(ids) == 4
    assert organ_id("教育局", None).startswith("unplaced-")
