"""松溆市: lists numbered by organ and category, whose pages are told by a script, and reports under a path of their
own.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import COLUMNS, HEADLINES, anchors, cut, metas, other_columns
from tests.crawler.province.organs import COUNTIES, Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "松溆市"
CATEGORY = 8
PER_PAGE = 15


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors(
        [
            ("/", "网站首页"),
            ("/Openness/", "政务公开"),
            ("/Member/login.html", "登录"),
            ("/Search/index.html?k=", "搜索"),
        ],
        "<a class=n href={href}>{text}</a>",
    )
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8>"
        f"{metas({'SiteName': CITY, 'SiteIDCode': '9910000001'}, 1)}{head}<title>{title}</title>"
        "</head>"
        f"<body><div>{nav}</div>{main}<p>{CITY}人民政府主办</p></body></html>"
    )


def _article(filing: Filing) -> str:
    inner = forms.body(filing.organ, filing.year)
    head = metas({"ArticleTitle": filing.title, "PubDate": str(filing.day), "ColumnType": "信息公开年报"}, 1)
    return _shell(
        filing.title,
        f"<h1>{filing.title}</h1><p>发布时间：{filing.day}</p><div class=detail-content>{inner}</div>",
        head,
    )


def _list_path(organ: int, page: int) -> str:
    return f"/OpennessContent/showList/{organ}/{CATEGORY}/page_{page}.html"


def _list(portal: Portal, organ: int, full: str, lines: list[str], tree: str) -> None:
    total = -(-len(lines) // PER_PAGE)
    for page in range(1, total + 1):
        part = "".join(lines[(page - 1) * PER_PAGE : page * PER_PAGE])
        script = (
            f"<div id=pager>共{len(lines)}条 第{page}/{total}页</div><script>laypage({{cont:'pager',"
            f"pages:{total},curr:{page},jump:function(e,first)"
            f"{{if(!first)location.href='/OpennessContent/showList/{organ}/{CATEGORY}/page_'+e.curr+'.html'}}}})</script>"
        )
        head = metas({"ColumnName": "政府信息公开年报", "ColumnType": "信息公开年报"}, 1)
        portal.add(
            _list_path(organ, page),
            _shell(
                f"{full}信息公开年报", f"<div class=tree>{tree}</div><ul class=l>{part}</ul>{script}", head
            ),
        )


def build() -> Portal:
    portal = Portal("openness_mvc", CITY)
    who = organs(CITY, 15, 4)
    lines: dict[str, list[str]] = {short: [] for _, short in who if short not in COUNTIES}
    for place, filing in enumerate(filings(who, range(2014, 2025), first=7100, seed=19)):
        kind = "OpennessContent" if place % 9 == 4 else "OpennessAnnualReport"
        path = f"/{kind}/show/{filing.number}.html"
        if place % 71 == 30:
            portal.gone.add(path)
        else:
            portal.report(path, partial(_article, filing))
        mine = lines["市政府" if filing.short in COUNTIES else filing.short]
        mine.append(
            f"<li><a href={path} title='{filing.title}' target=_blank>{cut(filing.title, 18)}</a>"
            f"<i>{filing.day:%m/%d}</i></li>"
        )
        if place % 20 == 11:
            other = f"/OpennessContent/show/{2383000 + filing.number}.html"
            portal.forbid([other])
            mine.append(
                f"<li><a href={other}>{lookalikes(CITY, filing.year)[place // 20 % 10]}</a>"
                f"<i>{filing.day:%m/%d}</i></li>"
            )
    numbers = {short: place for place, short in enumerate(lines, 3)}
    tree = anchors(
        [(_list_path(numbers[short], 1), full) for full, short in who if short in numbers],
        "<dd><a href='{href}'>{text}</a></dd>",
    )
    for full, short in who:
        if short in numbers:
            _list(portal, numbers[short], full, lines[short], tree)
    menu = anchors(
        [
            ("/OpennessGuide/show/3.html", "信息公开指南"),
            ("/OpennessRules/showList/3/page_1.html", "信息公开制度"),
            ("/OpennessContent/showList/3/1/page_1.html", "法定主动公开内容"),
            (_list_path(3, 1), "信息公开年报"),
            ("/OpennessRequest/create.html", "依申请公开"),
        ]
    )
    portal.add("/Openness/", _shell("政务公开", f"<ul>{menu}</ul>"))
    for path in (
        "/OpennessGuide/show/3.html",
        "/OpennessRules/showList/3/page_1.html",
        "/OpennessContent/showList/3/1/page_1.html",
    ):
        portal.add(path, _shell("公开", f"<ul>{menu}</ul><p>内容</p>"))
    portal.never_like.append(re.compile(r"/OpennessRequest/|/Search/|/Member/"))
    fronts = [(f"/News/showList/{number}/page_1.html", name) for number, (name, _) in enumerate(COLUMNS, 40)]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"/News/show/{front.split('/')[3]}{number:04}.html",
        lambda front: front.replace("page_1", "page_2"),
    )
    portal.add("/", _shell(CITY, f"<p>{HEADLINES[0]}</p><ul>{anchors(fronts)}</ul>"))
    return portal
