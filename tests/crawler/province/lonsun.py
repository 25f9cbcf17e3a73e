"""荻浦市: a disclosure column for each organ under its number, with the list fetched by a label call for `type=3`."""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.menus import COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import COUNTIES, Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "荻浦市"
SITE_ID = "6795621"
FILE = "/c1/dps/publicInfoList_newest2020"
PER_PAGE = 15
BLOCK_OF_TYPE = {
    2: "政府信息公开指南",
    1: "政府信息公开制度",
    4: "法定主动公开内容",
    3: "政府信息公开年报",
    5: "依申请公开",
}


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors([("/", "首页"), ("/zwgk/index.html", "政务公开"), ("/hdjl/index.html", "互动交流")])
    tags = metas({"SiteName": CITY, "SiteDomain": "dipu.gov.cn", "SiteIDCode": "9909000001"})
    return (
        f'<!DOCTYPE html><html><head><meta charset="UTF-8">{tags}{head}<title>'
        f'{title}_{CITY}人民政府</title><script src="/assets/js/ls.js">'
        f'</script></head><body><ul>{nav}</ul>{main}<a href="/site/search/{SITE_ID}?keywords=">搜索</a></body></html>'
    )


def organ_ids(who: list[tuple[str, str]], first: int) -> dict[str, int]:
    return {short: first + place * 614 for place, (_, short) in enumerate(who)}


def _article(filing: Filing, organ: int, file: str | None) -> str:
    inner = forms.body(filing.organ, filing.year)
    if file:
        inner = f'<p>内容详见附件</p><p><a href="{file}" target="_blank">{filing.title}.pdf</a></p>'
    index = (
        f"<table><tr><th>索引号：</th><td>{filing.number}</td><th>组配分类：</th>"
        f"<td>政府信息公开年报</td></tr><tr><th>发布机构：</th><td>{filing.organ}</td>"
        f"<th>发布日期：</th><td>{filing.day}</td></tr></table>"
    )
    head = metas(
        {
            "ArticleTitle": filing.title,
            "PubDate": f"{filing.day} 15:02",
            "ContentSource": filing.organ,
            "ColumnType": "信息公开年报",
        }
    )
    main = (
        f'{index}<h1 class="wzxxtitle">{filing.title}</h1><div class="wzcon j-fontContent">'
        f'{inner}</div><a href="/public/column/{organ}?type=3">返回</a>'
    )
    return _shell(filing.title, main, head)


def _list(lists: dict[str, list[str]], query: Query) -> Reply:
    """The lines of one page. Another site, another label or no template: nothing."""
    given = query.given
    right = (given.get("siteId"), given.get("labelName"), given.get("file"), given.get("action")) == (
        SITE_ID,
        "publicInfoList",
        FILE,
        "list",
    )
    lines = lists.get(given.get("organId", ""), []) if right and given.get("type") == "3" else []
    page, size = int(given.get("pageIndex", "1")), min(int(given.get("pageSize", "15")), 50)
    return Reply(f"<ul>{''.join(lines[(page - 1) * size : page * size])}</ul>".encode())


def _column(organ: int, full: str, count: int, tree: str) -> str:
    blocks = anchors(
        [(f"/public/column/{organ}?type={number}", name) for number, name in BLOCK_OF_TYPE.items()]
    )
    call = (
        "<script>"
        "Ls.ready(function(){$.ajax({url:'/site/label/8888?IsAjax=1&dataType=html&_='+Math.random(),data:{labelName:'publicInfoList',"
        f"siteId:'{SITE_ID}',organId:'{organ}',type:'3',catId:'',cId:'',action:'list',"
        f"pageSize:{PER_PAGE},pageIndex:1,isDate:true,"
        f"dateFormat:'yyyy-MM-dd',length:60,file:'{FILE}'}},success:function(h){{$('#list').html(h)}}}});"
        f"Ls.pagination('#page_public_info',{{pageIndex:1,pageCount:{-(-count // PER_PAGE)},"
        f"total:{count}}});}});</script>"
    )
    main = (
        f'<div class="xxgk_navli"><ul>{blocks}</ul></div><div class="xxgk_nav_con" id="list">'
        f'</div><div id="page_public_info"></div>{call}<div class="tree"><ul>{tree}</ul></div>'
    )
    return _shell(
        f"{full}政府信息公开年报",
        main,
        metas({"ColumnName": "政府信息公开年报", "ColumnType": "信息公开年报"}),
    )


def build() -> Portal:
    portal = Portal("lonsun", CITY)
    who = organs(CITY, 16, 4)
    ids = organ_ids(who, 6596211)
    lists: dict[str, list[str]] = {str(number): [] for number in ids.values()}
    for place, filing in enumerate(filings(who, range(2015, 2025), first=15194000, seed=17)):
        organ = ids[filing.short]
        path = f"/public/{organ}/{filing.number}.html"
        file = f"/group6/M00/0A/{filing.number % 90 + 10}/{filing.hex}.pdf" if place % 22 == 9 else None
        if file:
            portal.files.add(portal.add_bytes(file, forms.pdf(filing.title), forms.PDF))
        portal.report(path, partial(_article, filing, organ, file))
        shown = (
            f"{filing.title}（文字版）"
            if place % 10 == 1
            else f"{filing.year}年"
            if place % 10 == 2
            else filing.title
        )
        lines = lists[str(organ)]
        lines.append(
            f'<li class="num"><a href="{{HOME}}{path}" target="_blank" title="{shown}">{shown}</a>'
            f'<span class="date">{filing.day}</span></li>'
        )
        if place % 10 == 1:
            other = f"/public/{organ}/{filing.number + 9000000}.html"
            portal.forbid([other])
            lines.append(
                f'<li class="num"><a href="{{HOME}}{other}" title="{filing.title}（图解版）">'
                f'{filing.title}（图解版）</a><span class="date">{filing.day}</span></li>'
            )
        if place % 25 == 7:
            other = f"/public/{organ}/{filing.number + 8000000}.html"
            portal.forbid([other])
            title = lookalikes(CITY, filing.year)[place // 25 % 10]
            lines.append(
                f'<li class="num"><a href="{{HOME}}{other}" title="{title}">{title}</a>'
                f'<span class="date">{filing.day}</span></li>'
            )
    tree = anchors(
        [(f"/public/column/{ids[short]}?type=3", full) for full, short in who if short not in COUNTIES]
    )
    counties = anchors(
        [(f"/public/column/{ids[short]}?type=3", full) for full, short in who if short in COUNTIES]
    )
    for full, short in who:
        organ = ids[short]
        portal.add(
            f"/public/column/{organ}?type=3",
            _column(organ, full, len(lists[str(organ)]), f"{tree}<li>县区</li>{counties}"),
        )

    def label(query: Query) -> Reply:
        reply = _list(lists, query)
        return Reply(reply.body.replace(b"{HOME}", portal.home.rstrip("/").encode()))

    portal.call("GET|POST", r"^/site/label/8888\?", label)
    for number in (1, 2, 4):
        portal.call(
            "GET",
            rf"^/public/column/\d+\?type={number}$",
            lambda _query: Reply(_shell("信息公开", "<p>内容</p>").encode()),
        )
    portal.never_like.append(re.compile(r"type=5\b|/site/search/"))
    fronts = [(f"/{slug}/index.html", name) for name, slug in COLUMNS]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"{front.replace('index.html', '')}{8240000 + number}.html",
        lambda front: f"{front}?pageIndex=2",
    )
    first = ids["市政府"]
    public = [(f"/public/column/{first}?type={number}", name) for number, name in BLOCK_OF_TYPE.items()]
    portal.add("/zwgk/index.html", _shell("政务公开", f"<ul>{anchors(public)}{anchors(fronts[3:9])}</ul>"))
    portal.add("/", _shell(f"{CITY}人民政府", f"<p>{HEADLINES[4]}</p><ul>{anchors(fronts)}</ul>"))
    return portal
