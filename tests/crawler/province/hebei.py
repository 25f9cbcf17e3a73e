"""檀谷市: columns and articles that are named by nothing but UUIDs. The menu has pictures without words, so that
only the pages say which column is which. One article stands under two columns.

蒲川市: `/channel/list/` and `/single/`.
"""

from __future__ import annotations

import re
import uuid
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province.around import article, chunks, page, surround
from tests.crawler.province.menus import BLOCKS, anchors, metas
from tests.crawler.province.organs import Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal


def _id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


TEMPLATE, BLOCK = _id("template"), _id("block")


def _block(column: str, lines: list[tuple[str, Filing]], query: Query) -> Reply:
    number = int(query.given.get("page", "1"))
    pairs = [(path, one.title) for path, one in lines[(number - 1) * 10 : number * 10]]
    return Reply(anchors(pairs, '<li><a href="{href}" target="_blank">{text}</a></li>').encode())


def build_uuid() -> Portal:
    portal = Portal("hebei_uuid", "檀谷市")
    own = filings(organs(portal.city, 6), range(2018, 2025), first=10, seed=33)
    column, second = _id("年报"), _id("部门年报")
    lines: dict[str, list[tuple[str, Filing]]] = {column: [], second: []}
    for place, one in enumerate(own):
        ends = f"{one.day:%Y%m}/{one.day:%d}/{one.uuid}.html"
        paths = [f"/columns/{which}/{ends}" for which in ((column, second) if place % 6 == 0 else (column,))]
        portal.report(paths[0], partial(article, one), *paths[1:])
        for which, path in zip((column, second), paths, strict=False):
            lines[which].append((path, one))
    for which, name in ((column, "政府信息公开年报"), (second, "部门年报")):
        url = f"/columns/{which}/templates/{TEMPLATE}/blocks/{BLOCK}"
        script = (
            f"<ul id='b'></ul><div class='pager' data-total='{len(lines[which])}'></div>"
            f"<script>var url='{url}';function go(p){{$('#b').load(url+'?page='+p+'&fix=0')}}go(1);"
            "</script>"
        )
        other = f'<a href="/columns/{second}/index.html">部门年报</a>' if which == column else ""
        text = page(name, other + script, metas({"ColumnName": name, "ColumnType": "信息公开年报"}))
        portal.add(f"/columns/{which}/index.html", text)
        portal.add(f"/columns/{which}/", text)
        portal.call("GET", rf"^{re.escape(url)}\?", partial(_block, which, lines[which]))
    blocks = []
    for number, name in enumerate(BLOCKS[:4]):
        path = f"/columns/{column if number == 3 else _id(name)}/index.html"
        blocks.append((path, f'<img src="/images/tab{number}.png">'))
        if number < 3:
            portal.add(
                path,
                page(
                    name, f"<p>{name}</p>", metas({"ColumnName": name, "ColumnType": f"信息公开{name[-2:]}"})
                ),
            )
    surround(
        portal,
        f"/columns/{_id('公开')}/index.html",
        blocks,
        "/columns/0772e821-0000-4000-8000-0000000000{column}/index.html",
        "/columns/0772e821-0000-4000-8000-0000000000{column}/202405/02/{number}.html",
        "/columns/0772e821-0000-4000-8000-0000000000{column}/index_2.html",
    )
    return portal


def build_channel() -> Portal:
    portal = Portal("hebei_channel", "蒲川市")
    own = filings(organs(portal.city, 6), range(2019, 2025), first=391000, seed=34)
    pages = chunks(own, 12)
    for number, part in enumerate(pages, 1):
        pairs = [
            (
                portal.report(f"/single/29/{one.number}.html", partial(article, one, 'class="content"')),
                one.title,
            )
            for one in part
        ]
        other = f"/single/71/{26650 + number}.html"
        portal.forbid([other])
        pairs.insert(2, (other, lookalikes(portal.city, 2020 + number)[number]))
        following = f"/channel/list/29.html?page={number + 1}"
        near = f"<a href='{following}'>下一页</a>" if number < len(pages) else ""
        text = page("政府信息公开年报", f"<ul>{anchors(pairs)}</ul><div class='pagination'>{near}</div>")
        portal.add("/channel/list/29.html" if number == 1 else f"/channel/list/29.html?page={number}", text)
    surround(
        portal,
        "/channel/1.html",
        [("/channel/list/29.html", "政府信息公开年报")],
        "/channel/list/{column}.html",
        "/single/{column}/{number}.html",
        "/channel/list/{column}.html?page=2",
    )
    return portal
