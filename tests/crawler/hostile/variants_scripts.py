"""Portals whose lists and columns stand as data in the scripts of their pages, or in files that these name."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tests.crawler.farm.server import Reply
from tests.crawler.hostile.portal import ORGANS, YEARS, Item, Portal
from tests.crawler.hostile.skins import TABLES

_BLANK = "<div id=app></div><ul id=list></ul>"


def _records(items: Iterable[Item], title: str = "title", url: str = "url") -> list[dict[str, object]]:
    return [{"id": n, title: i.title, url: i.path, "pubDate": f"{i.posted}"} for n, i in enumerate(items)]


def _bare(records: Iterable[dict[str, object]]) -> str:
    """As scripts write objects: names without quotes, strings in single ones, a comma behind the last."""
    return "".join(
        "{" + ", ".join(f"{name}: '{value}'" for name, value in record.items()) + " },\n"
        for record in records
    )


def data_in_scripts(p: Portal) -> None:
    """The tree of columns, the years and the lists are arrays in scripts, which draw them; nothing is a link."""
    column = "/zwgk/gknb/"
    p.home(("/zwgk/", "政务公开"))
    tree = [
        {"id": 1, "pId": 0, "name": "政策文件", "url": "/zwgk/zcwj/", "open": True},
        {
            "id": 2,
            "name": "政府信息公开",
            "children": [
                {"id": 21, "name": "指南", "url": "/zwgk/zn/", "children": []},
                {
                    "id": 22,
                    "children": [{"name": "图解", "href": "/zwgk/tj/"}],
                    "name": "政府信息公开年报",
                    "url": column,
                },
            ],
        },
    ]
    p.put("/zwgk/", f"{_BLANK}<script>var zNodes = {json.dumps(tree)};\n$.fn.zTree.init(zNodes);</script>")
    for path, name in (("/zwgk/zcwj/", "政策文件"), ("/zwgk/zn/", "指南"), ("/zwgk/tj/", "图解")):
        p.put(path, f"<h2>{name}</h2>", name)
    years = _bare({"name": f"{year}年", "href": f"{year}/"} for year in YEARS)
    p.put(column, f"{_BLANK}<script>const years = [{years}]; draw(years)</script>", "政府信息公开年报")
    for year in YEARS:
        items = [p.report(f"{column}{year}/{n}.html", organ, year) for n, organ in enumerate(ORGANS[:5])]
        records = _records(items)
        written = {
            0: f"var list = {json.dumps(records)};",
            1: f"new Vue({{ el: '#app', data: {{ total: 5, list: [{_bare(records)}] }} }});",
            2: f"var s = {json.dumps(json.dumps(records), ensure_ascii=False)}; draw(JSON.parse(s));",
        }[year % 3]
        p.put(f"{column}{year}/", f"{_BLANK}<script>{written}</script>", f"{year}年")


def json_files(p: Portal) -> None:
    """The lists are files of JSON beside their pages, whole, which the scripts name."""
    p.skin = TABLES
    column = "/xxgk/ndbg/"
    p.home(("/xxgk/", "信息公开"))
    p.put("/xxgk/", f'<a href="{column}index.html">信息公开年度报告</a>')
    years = "".join(f'<a href="{year}.html">{year}年</a>' for year in YEARS)
    p.put(f"{column}index.html", years, "信息公开年度报告")
    for year in YEARS:
        items = [p.report(f"{column}{year}/{n}.html", organ, year) for n, organ in enumerate(ORGANS[:5])]
        ask = {
            0: f"$.getJSON('{column}data/{year}.json', function (d) {{ draw(d.rows) }});",
            1: f"fetch('./data/{year}.json').then(r => r.json()).then(draw);",
        }[year % 2]
        counter = "<script>$.get('/visitcount?id=3', function (n) { $('#n').text(n) });</script>"
        p.put(f"{column}{year}.html", f"{_BLANK}{counter}<script>{ask}</script>", f"{year}年")
        value = {"rows": _records(items, "docTitle", "linkUrl")} if year % 2 == 0 else _records(items)
        p.site[f"{column}data/{year}.json"] = Reply(
            json.dumps(value, ensure_ascii=False).encode(), content_type="application/json"
        )


WRITERS = (data_in_scripts, json_files)
