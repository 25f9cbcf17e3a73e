"""霁湖市: lists named `index_2.html` for the second page, absolute addresses, folders of organs with folders of
years in them.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, cut, metas, other_columns
from tests.crawler.province.organs import COUNTIES, Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "霁湖市"
COLUMN = "/jhsrmzfbgs/zfxxgknb/"
YEARS = range(2014, 2025)
PER_PAGE = 12


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors(
        [("{HOME}/", "首页"), ("{HOME}/zwgk/", "政务公开"), ("{HOME}/zmhd/", "政民互动")],
        '<a href="{href}">{text}</a>',
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        f"{metas({'SiteName': f'{CITY}人民政府', 'SiteIDCode': '9907000001'})}{head}"
        f"<title>{title} - {CITY}人民政府门户网站</title><script>var NFCMS_SITE_ID = '757001', "
        "NFCMS_POST_ID = '0';</script></head><body>"
        f'<div class="head">{nav}</div>{main}<div class="foot"><a href="{{HOME}}/big5/">繁體</a>'
        f'<a href="{{HOME}}/m/">手机版</a></div></body></html>'
    )


def _article(filing: Filing, path: str, file: str | None) -> str:
    inner = forms.body(filing.organ, filing.year)
    if file:
        inner = (
            f'<p style="text-align:center"><a class="nfw-cms-attachment" href="{{HOME}}{file}">'
            f"{filing.title}</a></p>"
        )
    tags = {
        "ArticleTitle": filing.title,
        "PubDate": f"{filing.day} 11:20:0{filing.number % 10}",
        "ContentSource": "本网",
        "ColumnType": "信息公开年报",
    }
    twin = path.replace("/post_", "/mpost_")
    head = (
        metas(tags)
        + f'<link rel="alternate" type="application/vnd.wap.xhtml+xml" media="handheld" href="{{HOME}}{twin}">'
    )
    share = f'<a href="{{HOME}}{twin}">手机查看</a><a href="http://share.test/?url=x">分享</a>'
    main = (
        f'<h1 class="xl_title">{filing.title}</h1><div>{filing.day} {share}</div>'
        f'<div class="news_cont_d_wrap">{inner}</div>'
    )
    return _shell(filing.title, main, head)


def _list(portal: Portal, folder: str, name: str, lines: list[str], menu: str) -> None:
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)]
    for number, part in enumerate(pages, 1):
        near = (
            f'<a class="next" href="{{HOME}}{folder}index_{number + 1}.html">下一页</a>'
            if number < len(pages)
            else ""
        )
        last = (
            f'<a class="last" href="{{HOME}}{folder}index_{len(pages)}.html">尾页</a>'
            if len(pages) > 1
            else ""
        )
        main = (
            f'<div class="side">{menu}</div><ul class="news_list">{"".join(part)}</ul>'
            f'<div class="pagination">{near}{last}</div>'
        )
        page = _shell(name, main, metas({"ColumnName": name, "ColumnType": "信息公开年报"}))
        portal.add(f"{folder}index_{number}.html" if number > 1 else f"{folder}index.html", page)
        if number == 1:
            portal.add(folder, page)


def _folder(filing: Filing) -> str:
    if filing.short == "市政府":
        return f"{COLUMN}szf/"
    return f"{COLUMN}gx/" if filing.short in COUNTIES else f"{COLUMN}bm/{filing.year}n/"


def build() -> Portal:
    portal = Portal("gd_nfcms", CITY)
    folders = {f"{COLUMN}szf/": "市政府", f"{COLUMN}gx/": "各县区"} | {
        f"{COLUMN}bm/{year}n/": f"{year}年部门年报" for year in reversed(YEARS)
    }
    lines: dict[str, list[str]] = {folder: [] for folder in folders}
    for place, filing in enumerate(filings(organs(CITY, 14, 4), YEARS, first=10095000, seed=13)):
        folder = _folder(filing)
        path = f"{folder}content/post_{filing.number}.html"
        file = (
            f"/attachment/7/{filing.number // 100000}/{filing.number // 1000}/{filing.number}.pdf"
            if place % 14 == 3
            else None
        )
        if file:
            portal.files.add(portal.add_bytes(file, forms.pdf(filing.title), forms.PDF))
        portal.report(path, partial(_article, filing, path, file))
        portal.forbid([path.replace("/post_", "/mpost_")])
        shown = (
            filing.short
            if folder.endswith("n/") and place % 3 == 0
            else f"{filing.year}年度"
            if folder.endswith("szf/")
            else cut(filing.title, 20)
        )
        lines[folder].append(
            f'<li><a href="{{HOME}}{path}" title="{filing.title if place % 2 else shown}">{shown}</a>'
            f"<em>{filing.day}</em></li>"
        )
        if place % 16 == 8:
            title = lookalikes(CITY, filing.year)[place // 16 % 10]
            other = f"{folder}content/post_{filing.number + 700000}.html"
            portal.forbid([other])
            lines[folder].append(
                f'<li><a href="{{HOME}}{other}" title="{title}">{cut(title, 20)}</a><em>{filing.day}</em></li>'
            )
    menu = anchors([(f"{{HOME}}{folder}", name) for folder, name in folders.items()])
    for folder, name in folders.items():
        _list(portal, folder, name, lines[folder], menu)
    portal.add(
        COLUMN,
        _shell(
            "政府信息公开年报", f'<div class="side">{menu}</div>', metas({"ColumnType": "信息公开年报"}, 1)
        ),
    )
    cards = anchors(
        [(f"{{HOME}}/zwgk/{slug}/", name) for slug, name in zip(("zn", "zd", "fd"), BLOCKS, strict=False)]
        + [(f"{{HOME}}{COLUMN}", BLOCKS[3])]
    )
    for slug, name in zip(("zn", "zd", "fd"), BLOCKS, strict=False):
        portal.add(f"/zwgk/{slug}/", _shell(name, f"<ul>{cards}</ul>"))
    portal.never_like.append(re.compile(r"mpost_|^/big5/|^/m/"))

    def article(front: str, number: int) -> str:
        return f"{front}content/post_{11000000 + len(front) * 100 + number}.html"

    fronts = [(f"/{slug}/", name) for name, slug in COLUMNS]
    other_columns(portal, _shell, fronts, article, lambda front: f"{front}index_2.html")
    portal.add("/zwgk/", _shell("政务公开", f"<ul>{cards}{anchors(fronts[3:9])}</ul>"))
    news = [(article("/ywdt/", number), text) for number, text in enumerate(HEADLINES)]
    portal.add("/", _shell("首页", f"<ul>{anchors(news)}</ul><ul>{anchors(fronts)}</ul>"))
    return portal
