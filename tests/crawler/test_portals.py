from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crawler.portals import Portal, load_portals
from crawler.urls import Scope
from pipeline.problem import InputProblem
from tests.shared import shared_file


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_list_with_more_columns(tmp_path: Path, encoding: str) -> None:
    text = 'province,code,name,home,note\n甲省,990900,清溪镇,http://www.qingxi.gov.cn,"a,b"\n,1,乙镇,https://b.gov.cn/x/,\n'
    assert load_portals(written(tmp_path, text, encoding)) == (
        Portal("990900", "清溪镇", "http://www.qingxi.gov.cn/", "甲省"),
        Portal("1", "乙镇", "https://b.gov.cn/x/"),
    )


def test_only_some(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,home\n1,a,http://a.cn\n2,b,http://b.cn\n")
    assert [portal.code for portal in load_portals(path, ["2"])] == ["2"]
    with pytest.raises(InputProblem, match=r"list\.csv: no portal has the code 3"):
        load_portals(path, ["3"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the column code and name and home is missing"),
        ("code,name\n1,a\n", "line 1: the column home is missing"),
        ("code,name,home\n", "it lists no portal"),
        ("code,name,home\n1,a,http://a.cn\n1,b,http://b.cn\n", "line 3: the code 1 is given twice"),
        ("code,name,home\n,a,http://a.cn\n", "line 2: the code '' is not one"),
        ("code,name,home\n1 2,a,http://a.cn\n", "line 2: the code '1 2' is not one"),
        ("code,name,home\n1,,http://a.cn\n", "line 2: the name of 1 is blank"),
        ("code,name,home\n1,a,www.a.cn\n", "line 2: the home page 'www.a.cn' is not an http"),
        ("code,name,home\n1,a,ftp://a.cn/\n", "line 2: the home page 'ftp://a.cn/' is not an http"),
        ("code,name,home\n1,a,http://\n", "line 2: the home page 'http://' is not an http"),
        ("code,name,home\n1,a\n", "line 2: it has not as many columns"),
        ("code,name,home\n1,a,http://a.cn,x\n", "line 2: it has not as many columns"),
        ('code,name,home\n1,"a"b,http://a.cn\n', "not a CSV file"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputProblem) as raised:
        load_portals(written(tmp_path, text))
    assert said in str(raised.value)
    assert "list.csv" in str(raised.value)


def test_a_list_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="cannot be read"):
        load_portals(tmp_path / "none.csv")
    with pytest.raises(InputProblem, match="not UTF-8"):
        load_portals(written(tmp_path, "code,name,home\n1,清溪镇,http://a.cn\n", "gb18030"))


def test_real_home_pages_are_taken(tmp_path: Path) -> None:
    with shared_file("portals", "cities.csv").open(encoding="utf-8", newline="") as file:
        cities = list(csv.DictReader(file))
    rows = [f"{city['code']},{city['city']},{city['home']}" for city in cities]
    portals = load_portals(written(tmp_path, "\n".join(["code,name,home", *rows])))
    assert len(portals) == 337
    for portal, city in zip(portals, cities, strict=True):
        assert Scope.of(portal.home).allows(f"http://kjj.{city['domain']}/")


def test_portals_may_be_grouped_behind_one_firewall(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,home,group\n1,甲,http://a.gov.cn/,waf-1\n2,乙,http://b.gov.cn/,\n")
    assert [portal.group for portal in load_portals(path)] == ["waf-1", None]


def test_a_family_may_be_pinned(tmp_path: Path) -> None:
    path = tmp_path / "portals.csv"
    path.write_text(
        "code,name,home,family\n1,甲,http://a.gov.cn/,vsb\n2,乙,http://b.gov.cn/,\n", encoding="utf-8"
    )
    assert [portal.family for portal in load_portals(path)] == ["vsb", None]
    path.write_text("code,name,home,family\n1,甲,http://a.gov.cn/,wordpress\n", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"line 2: the family 'wordpress' is none of .*\bucap, vsb"):
        load_portals(path)
