"""沚阳市: the disclosure module of the numbered columns. The list is asked for by catalogue code and agency, it
gives the articles of all columns, and only the column's number in the address tells which are its own.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.hanweb import article_path, column_page
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "沚阳市"
COLUMN, INFO_TYPE, JD = "31077", "A0212", "52"
PER_PAGE = 15


def _shell(title: str, main: str, head: str = "") -> str:
    return (
        f'<html><head><meta charset="utf-8">{head}<title>{title}</title></head><body><ul><li>'
        '<a href="/">首页</a></li><li>'
        f'<a href="/col/col31000/index.html">政务公开</a></li></ul>{main}</body></html>'
    )


def _article(filing: Filing) -> str:
    head = metas(
        {"ArticleTitle": filing.title, "PubDate": f"{filing.day} 08:00", "ContentSource": filing.organ}
    )
    return _shell(
        filing.title,
        f'<h1>{filing.title}</h1><div id="zoom">{forms.body(filing.organ, filing.year)}</div>',
        head,
    )


def _search(lines: list[tuple[str, str, str]], query: Query) -> Reply:
    """Rows of one page and the count of pages; nothing without the catalogue's code and the site's number."""
    given = query.given
    mine = lines if given.get("infotypeId") == INFO_TYPE and given.get("jdid") == JD else []
    page = max(int(given.get("currpage", "1")), 1)
    rows = []
    for number, (path, title, day) in enumerate(mine[(page - 1) * PER_PAGE : page * PER_PAGE]):
        kind = "odd" if number % 2 else "even"
        rows.append(
            f'<tr class="tr_main_value_{kind}"><td><a href="{path}" class="bt_link" target="_blank" '
            f'title="{title}">{title}</a></td><td>{day}</td></tr>'
        )
    pages = -(-len(mine) // PER_PAGE)
    return Reply(
        f"<table>{''.join(rows)}</table><div class='fy'>第{page}页 共{pages}页 共{len(mine)}条</div>".encode()
    )


def build() -> Portal:
    portal = Portal("hanweb_jcms", CITY)
    lines = []
    for place, filing in enumerate(filings(organs(CITY, 8, 2), range(2020, 2025), first=41000, seed=9)):
        path = portal.report(article_path(COLUMN, filing), partial(_article, filing))
        lines.append((path, filing.title, str(filing.day)))
        if place % 4 == 1:
            other = f"/art/2023/6/{place % 28 + 1}/art_31075_{place + 70}.html"
            portal.forbid([other])
            lines.append((other, f"{CITY}{filing.short}关于印发工作要点的通知", "2023-06-01"))
    call = (
        "<div id='div31077'></div><script>function "
        "search(p){$.post('/module/xxgk/search.jsp?standardXxgk=0&isAllList=1&texttype=0&fbtime=-1"
        "&vc_title=&currpage='+p+'&sortfield=,createdatetime:0,orderid:0',"
        f"{{infotypeId:'{INFO_TYPE}',jdid:'{JD}',area:'',divid:'div{COLUMN}'}},"
        f"function(h){{$('#div{COLUMN}').html(h)}})}}search(1);</script>"
    )
    menu = [
        (column_page(number), name)
        for number, name in zip(("31074", "31075", "31076", COLUMN), BLOCKS, strict=False)
    ]
    menu += [("/module/xxgk/tree.jsp?jdid=52", "目录"), ("/module/web/idea/que_front.jsp", BLOCKS[4])]
    portal.never_like.append(re.compile(r"tree\.jsp|que_front"))
    for path, name in menu[:3]:
        portal.add(path, _shell(name, f"<ul>{anchors(menu)}</ul>"))
    portal.add(
        column_page(COLUMN),
        _shell(
            "政府信息公开年报", f"<ul>{anchors(menu)}</ul>{call}", metas({"ColumnName": "政府信息公开年报"})
        ),
    )
    portal.call("POST|GET", r"^/module/xxgk/search\.jsp", partial(_search, lines))
    fronts = [(column_page(str(32000 + number)), name) for number, (name, _) in enumerate(COLUMNS[:12])]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"/art/2024/5/{number + 1}/art_{front[8:13]}_{90000 + number}.html",
        lambda front: front.replace("index", "index_2"),
    )
    portal.add("/col/col31000/index.html", _shell("政务公开", f"<ul>{anchors([menu[0], *fronts[3:9]])}</ul>"))
    portal.add("/", _shell(CITY, f"<p>{HEADLINES[2]}</p><ul>{anchors(fronts)}</ul>"))
    return portal
