"""Records that stand as data in the scripts of a page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.data import records_written
from crawler.pages import Link, Page

AT = "http://www.lin.gov.cn/gk/nb/index.html"
NAMED = "民政局2023年政府信息公开工作年度报告"
FOUND = [("./1.html", NAMED)]
RECORD = "{url: '/a/', name: '年报'},\n"


@pytest.mark.parametrize(
    "script",
    [
        f'var list = [{{"title": "{NAMED}", "url": "./1.html", "date": "2024-01-12"}}];',
        f"var a = [{{ id: 3, url: './1.html', title: '{NAMED}', top: false, }},]",
        f'var o = {{rows: [{{docTitle: "{NAMED}", tags: [{{id: 1}}], linkUrl: "./1.html"}}]}};',
        f"show({json.dumps([{'title': NAMED, 'url': './1.html'}])})",
        f"d = JSON.parse({json.dumps(json.dumps([{'name': NAMED, 'href': './1.html'}]))})",
        f"""d = JSON.parse('[{{"title":"{NAMED}","url":".\\/1.html"}}]')""",
        f"if (a) {{ x = '}}'; f({{title: '{NAMED}', url: './1.html'}}) }}",
    ],
)
def test_a_record_is_read_however_it_is_written(script: str) -> None:
    assert list(records_written(script)) == FOUND


@pytest.mark.parametrize(
    "script",
    [
        "$.ajax({url: '/visitcount', data: {id: 3}})",
        "share({title: document.title, url: location.href, summary: ''})",
        "var list = [{title: '年报', url: ''}, {url: '/a/', title: \"\"}]",
        "var t = {url: '/a/', list: [{title: '年报'}]}",
    ],
)
def test_an_address_without_a_title_is_none(script: str) -> None:
    assert list(records_written(script)) == []


def test_a_tree_gives_each_of_its_nodes() -> None:
    tree = {"name": "公开", "url": "/gk/", "children": [{"name": "年报", "url": "nb/"}, {"name": "指南"}]}
    page = Page(AT, f"<script>var tree = {json.dumps(tree)}</script>".encode(), "text/html")
    assert set(page.links) == {
        Link("http://www.lin.gov.cn/gk/nb/nb/", "年报"),
        Link("http://www.lin.gov.cn/gk/", "公开"),
    }


@given(st.text(alphabet="{}[]'\"\\:,url title\n", max_size=300))
def test_anything_may_stand_in_a_script(script: str) -> None:
    assert ("/a/", "年报") in list(records_written(RECORD + script))


@pytest.mark.parametrize("part", ["{", "'[", '"{\\', "{url:'", "}", '{"url":"a","title":"b"},'])
def test_a_long_script_takes_no_time(part: str) -> None:
    assert ("/a/", "年报") in list(records_written(RECORD + part * (400_000 // len(part))))


def test_records_without_names_are_an_address_and_what_is_said_in_chinese() -> None:
    for script in (
        f"arr[0]=['{NAMED}','./1.html','2024-01-12'];",
        f'var a = [["12", "{NAMED}", "./1.html"], ["x", "y"], [1, 2], ["/b.html", "b"]]',
    ):
        assert list(records_written(script)) == FOUND
