"""The reviewed table of divisions: whole, consistent with the changes, and right where a person knows it."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from pipeline.datasets import dataset_file
from pipeline.divisions.changes import Change, read_changes, states
from pipeline.divisions.editions import is_zone
from pipeline.divisions.names import level_of
from pipeline.divisions.rows import COLUMNS

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with dataset_file("registry", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read("divisions.csv")


@pytest.fixture(scope="module")
def changes() -> tuple[Change, ...]:
    return read_changes(read("changes.csv"))


def current(row: Row) -> bool:
    return not row["valid_to"] and not row["successors"]


# County-level and prefecture-level divisions at the end of each year, as the statistical yearbooks count them. The
# yearbook of 2018 has one prefecture less: 莱芜市 was given up on 26 December, and went in January.
_COUNTED = {
    2008: (2859, 333), 2009: (2858, 333), 2010: (2856, 333), 2011: (2853, 332), 2012: (2852, 333), 2013: (2853, 333),
    2014: (2854, 333), 2015: (2850, 334), 2016: (2851, 334), 2017: (2851, 334), 2018: (2851, 333 + 1),
    2019: (2846, 333), 2020: (2844, 333), 2021: (2843, 333), 2022: (2843, 333), 2023: (2844, 333),
}  # fmt: skip


@pytest.mark.parametrize("year", _COUNTED)
def test_the_counts_are_those_of_the_yearbooks(
    rows: list[Row], changes: tuple[Change, ...], year: int
) -> None:
    now = {row["code"]: row["name"] for row in rows if row["level"] != "zone" and current(row)}
    state = states(now, 2026, changes)[year]
    levels = Counter(level_of(code) for code in state)
    assert (levels["county"], levels["prefecture"]) == _COUNTED[year]
    assert (levels["province"], levels["municipality"]) == (27, 4)


def test_rows_are_well_formed(rows: list[Row]) -> None:
    assert list(rows[0]) == list(COLUMNS)
    codes = {row["code"] for row in rows}
    assert len({(row["code"], row["name"]) for row in rows}) == len(rows)
    assert Counter(row["code"] for row in rows if current(row)).most_common(1)[0][1] == 1
    for row in rows:
        assert len(row["code"]) == 6
        assert row["code"].isdigit()
        assert row["level"] == ("zone" if is_zone(row["code"]) else level_of(row["code"]))
        assert (row["parent_code"] == "") == row["code"].endswith("0000")
        assert {row["parent_code"] or row["code"], *row["successors"].split()} <= codes
        assert row["province"]
        assert row["source"]
        years = [int(row[name]) for name in ("valid_from", "valid_to") if row[name]]
        assert years == sorted(years)
        assert all(2009 <= year <= 2026 for year in years)
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)


def test_names_that_stand_below_one_parent_are_different(rows: list[Row]) -> None:
    names = Counter((row["parent_code"], row["name"]) for row in rows if current(row))
    assert names.most_common(1)[0][1] == 1
    aliases = Counter(row["alias"] for row in rows if row["alias"])
    assert aliases.most_common(1)[0][1] == 1
    assert not aliases.keys() & {row["name"] for row in rows}


def test_the_table_follows_from_the_changes(rows: list[Row], changes: tuple[Change, ...]) -> None:
    divisions = [row for row in rows if row["level"] != "zone"]
    found = states({row["code"]: row["name"] for row in divisions if current(row)}, 2026, changes)
    for year, state in found.items():
        standing = {
            row["code"]: row["name"]
            for row in divisions
            if int(row["valid_from"] or 0) <= year and (not row["valid_to"] or year < int(row["valid_to"]))
        }
        assert standing == state
    pairs = {(change.code, change.name) for change in changes}
    assert pairs <= {(row["code"], row["name"]) for row in divisions}


def test_changes_agree_with_one_another(changes: tuple[Change, ...]) -> None:
    """What began says where it came from, what ended where it went; where both speak, they say the same."""
    said = {(change.year, change.change, change.code): change.related for change in changes}
    assert len(said) == len(changes)
    for (year, change, code), related_codes in said.items():
        other = "begun" if change == "ended" else "ended"
        for related in related_codes:
            back = said.get((year, other, related))
            assert back is None or code in back, (year, code, related)
    documents = [change for change in changes if change.document]
    assert len(documents) > 500
    assert {change.year for change in changes} == {*range(2009, 2022), *range(2023, 2027)}


# Known to a person, written from memory: code, name, level, province, city, from, to, successors.
_KNOWN = """
110000 北京市 municipality 北京市 北京市 - - -
130000 河北省 province 河北省 - - - -
370800 济宁市 prefecture 山东省 济宁市 - - -
370811 任城区 county 山东省 济宁市 - - -
370881 曲阜市 county 山东省 济宁市 - - -
370802 市中区 county 山东省 济宁市 - 2013 370811
419001 济源市 county 河南省 济源市 - - -
429004 仙桃市 county 湖北省 仙桃市 - - -
429005 潜江市 county 湖北省 潜江市 - - -
429006 天门市 county 湖北省 天门市 - - -
429021 神农架林区 county 湖北省 神农架林区 - - -
469001 五指山市 county 海南省 五指山市 - - -
469002 琼海市 county 海南省 琼海市 - - -
469021 定安县 county 海南省 定安县 - - -
469027 乐东黎族自治县 county 海南省 乐东黎族自治县 - - -
460400 儋州市 prefecture 海南省 儋州市 2015 - -
469003 儋州市 county 海南省 儋州市 - 2015 460400
460300 三沙市 prefecture 海南省 三沙市 2012 - -
441900 东莞市 prefecture 广东省 东莞市 - - -
442000 中山市 prefecture 广东省 中山市 - - -
620200 嘉峪关市 prefecture 甘肃省 嘉峪关市 - - -
659001 石河子市 county 新疆维吾尔自治区 石河子市 - - -
659004 五家渠市 county 新疆维吾尔自治区 五家渠市 - - -
659012 白杨市 county 新疆维吾尔自治区 白杨市 2023 - -
654002 伊宁市 county 新疆维吾尔自治区 伊犁哈萨克自治州 - - -
371200 莱芜市 prefecture 山东省 莱芜市 - 2019 370100
371202 莱城区 county 山东省 莱芜市 - 2019 370116
370116 莱芜区 county 山东省 济南市 2019 - -
370117 钢城区 county 山东省 济南市 2019 - -
371203 钢城区 county 山东省 莱芜市 - 2019 370117
370114 章丘区 county 山东省 济南市 2016 - -
370181 章丘市 county 山东省 济南市 - 2016 370114
330103 下城区 county 浙江省 杭州市 - 2021 330105
330104 江干区 county 浙江省 杭州市 - 2021 330102_330114
330105 拱墅区 county 浙江省 杭州市 - - -
330110 余杭区 county 浙江省 杭州市 - - -
330113 临平区 county 浙江省 杭州市 2021 - -
330114 钱塘区 county 浙江省 杭州市 2021 - -
350427 沙县 county 福建省 三明市 - 2021 350405
350405 沙县区 county 福建省 三明市 2021 - -
350605 长泰区 county 福建省 漳州市 2021 - -
410381 偃师市 county 河南省 洛阳市 - 2021 410307
540481 米林市 county 西藏自治区 林芝市 2023 - -
420600 襄樊市 prefecture 湖北省 襄樊市 - 2010 420600
420600 襄阳市 prefecture 湖北省 襄阳市 2010 - -
341400 巢湖市 prefecture 安徽省 巢湖市 - 2011 -
340181 巢湖市 county 安徽省 合肥市 2011 - -
110103 崇文区 county 北京市 北京市 - 2010 110101
310108 闸北区 county 上海市 上海市 - 2015 310106
120116 滨海新区 county 天津市 天津市 2009 - -
310115 浦东新区 county 上海市 上海市 - - -
130181 辛集市 county 河北省 石家庄市 - - -
220581 梅河口市 county 吉林省 通化市 - - -
220184 公主岭市 county 吉林省 长春市 2020 - -
512081 简阳市 county 四川省 资阳市 - 2016 510185
340422 寿县 county 安徽省 淮南市 2015 - -
540202 桑珠孜区 county 西藏自治区 日喀则市 2014 - -
542300 日喀则地区 prefecture 西藏自治区 日喀则地区 - 2014 540200
500110 万盛区 county 重庆市 重庆市 - 2011 500110
500157 两江新区 county 重庆市 重庆市 2025 - -
653228 和康县 county 新疆维吾尔自治区 和田地区 2024 - -
370871 济宁高新技术产业开发区 zone 山东省 济宁市 - - -
320576 苏州工业园区 zone 江苏省 苏州市 - - -
632857 大柴旦行政委员会 zone 青海省 海西蒙古族藏族自治州 - - -
232761 加格达奇区 zone 黑龙江省 大兴安岭地区 - - -
"""
_FIELDS = ("code", "name", "level", "province", "city", "valid_from", "valid_to", "successors")


@pytest.mark.parametrize("known", _KNOWN.strip().splitlines())
def test_what_a_person_knows(rows: list[Row], known: str) -> None:
    fields = {
        name: "" if value == "-" else value.replace("_", " ")
        for name, value in zip(_FIELDS, known.split(), strict=True)
    }
    assert [row for row in rows if all(row[name] == value for name, value in fields.items())]


@pytest.mark.parametrize("city", ["441900", "442000", "620200", "460400"])
def test_cities_without_counties_have_none(rows: list[Row], city: str) -> None:
    assert not [row for row in rows if row["parent_code"] == city]


def test_short_names_lead_to_one_place(rows: list[Row]) -> None:
    short = {row["code"]: row["short_name"] for row in rows if row["short_name"]}
    assert len(set(short.values())) == len(short)
    without = {row["code"]: row["short_name"] for row in read("no_short_name.csv")}
    assert not without.keys() & short.keys()
    assert {row["code"] for row in rows if current(row) and row["level"] == "prefecture"} == {
        *without, *(code for code in short if not code.endswith("0000")),
    }  # fmt: skip
