"""菱洲市: the same under a prefix. Organs are linked with their catalogues, not with their reports; some reports
are an answer of the column itself, asked for by year; the call is a POST with its fields in one string.
"""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import parse_qsl

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.lonsun import BLOCK_OF_TYPE, organ_ids
from tests.crawler.province.menus import COLUMNS, anchors, metas, other_columns
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "菱洲市"
SITE_ID = "2648"
PREFIX = "/openness/public"
BY_YEAR = 2
"""The last two organs show their reports in the column."""


def _shell(title: str, main: str, head: str = "") -> str:
    return (
        f"<html><head><meta charset='utf-8'>{head}<title>{title}</title></head><body>"
        f"<a href='/'>首页</a> <a href='/openness/'>政府信息公开</a>{main}</body></html>"
    )


def _blocks(organ: int) -> str:
    return (
        "<div class='nav5'>"
        + anchors(
            [(f"{PREFIX}/column/{organ}?type={number}", name) for number, name in BLOCK_OF_TYPE.items()],
            "<p><a href='{href}'>{text}</a></p>",
        )
        + "</div>"
    )


def _article(filing: Filing, more: str = "") -> str:
    head = metas({"ArticleTitle": filing.title, "ColumnType": "信息公开年报"}, 1)
    return _shell(
        filing.title,
        f"{more}<h1>{filing.title}</h1><div class='content-text'>{forms.body(filing.organ, filing.year)}</div>",
        head,
    )


def _label(lists: dict[str, list[tuple[str, Filing]]], query: Query) -> Reply:
    given = dict(parse_qsl(query.posted))
    right = (
        given.get("siteId") == SITE_ID
        and given.get("type") == "3"
        and given.get("labelName") == "publicInfoList"
    )
    mine = lists.get(given.get("organId", ""), []) if right else []
    page, size = int(given.get("pageIndex", "1")), min(int(given.get("pageSize", "6")), 6)
    pairs = [(path, filing.title) for path, filing in mine[(page - 1) * size : page * size]]
    return Reply(f"<div class='xxgk_nav_con'><ul>{anchors(pairs)}</ul></div>".encode())


def build() -> Portal:
    portal = Portal("lonsun", CITY)
    who = organs(CITY, 6)
    ids = organ_ids(who, 2000003131)
    own = filings(who, range(2017, 2025), first=10461000, seed=18)
    lists: dict[str, list[tuple[str, Filing]]] = {}
    for place, (full, short) in enumerate(who):
        organ = ids[short]
        mine = [one for one in own if one.short == short]
        column = f"{PREFIX}/column/{organ}?type=3"
        for number in (1, 2, 4):
            portal.add(f"{PREFIX}/column/{organ}?type={number}", _shell(full, _blocks(organ)))
        if place >= len(who) - BY_YEAR:
            pairs = [(f"{column}&action=detail&nav=3&title={one.year}", f"{one.year}") for one in mine]
            years = anchors(pairs, "<li class='year'><a href='{href}'>{text}</a></li>")
            for (path, _), filing in zip(pairs, mine, strict=True):
                portal.report(path, partial(_article, filing, _blocks(organ) + years))
            portal.add(column, _shell("年报", _blocks(organ) + years, metas({"ColumnType": "信息公开年报"})))
            continue
        lists[str(organ)] = [
            (portal.report(f"{PREFIX}/content/{one.number}", partial(_article, one)), one) for one in mine
        ]
        call = (
            f"<div id='l'></div><script>var pageCount:{-(-len(mine) // 6)};"
            f' $.ajax({{type:"POST",url:"/site/label/8888",data:"IsAjax=1&dataType=html'
            f"&labelName=publicInfoList&siteId={SITE_ID}&organId={organ}&type=3&catId=&action=list&pageSize=6&pageIndex=1&isDate=true&dateFormat=yyyy-MM-dd"
            '&file=/xxgk/list-nb",success:fill});</script>'
        )
        portal.add(column, _shell("年报", _blocks(organ) + call, metas({"ColumnType": "信息公开年报"})))
    portal.call("POST", r"^/site/label/8888", partial(_label, lists))
    portal.never_like.append(re.compile(r"type=5\b"))
    portal.add(
        "/openness/",
        _shell(
            "政府信息公开", anchors([(f"{PREFIX}/column/{ids[short]}?type=4", full) for full, short in who])
        ),
    )
    fronts = [(f"/{slug}/index.html", name) for name, slug in COLUMNS[:8]]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: front.replace("index", str(91000 + number)),
        lambda front: front.replace("index", "index_2"),
    )
    portal.add("/", _shell(CITY, f"<ul>{anchors(fronts)}</ul>"))
    return portal
