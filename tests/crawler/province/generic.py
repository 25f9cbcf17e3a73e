"""苇渡市: a portal of no known family. One list with links to the next page and the last, tabs of organs that
repeat parts of it, lines without any date.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, cut, other_columns
from tests.crawler.province.organs import Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "苇渡市"
PER_PAGE = 20
TABS = ("发展和改革委员会", "教育局", "公安局")


def _shell(title: str, main: str) -> str:
    nav = anchors(
        [
            ("/", "首页"),
            ("/xxgk-index.html", "信息公开"),
            ("/user-login.html", "登录"),
            ("/search.html?wd=", "搜索"),
        ],
        "<a href='{href}' class='m1'>{text}</a>",
    )
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<header>{nav}</header>{main}<footer>{CITY}</footer></body></html>"
    )


def _article(filing: Filing, file: str | None) -> str:
    inner = forms.body(filing.organ, filing.year)
    if file:
        inner = f"<p></p><p>附件下载：<a href='{file}'>点击下载</a></p>"
    nearby = "<a href='/xxgk-show-1.html'>上一篇</a><a href='/xxgk-print-1.html'>打印</a>"
    return _shell(
        filing.title,
        (
            f"<div class='article'><h1>{filing.title}</h1><p>"
            f"来源：{filing.organ} 时间：{filing.day}</p><div>{inner}</div>{nearby}</div>"
        ),
    )


def _pages(portal: Portal, stem: str, name: str, lines: list[tuple[str, str]], tabs: str) -> None:
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)]
    for page, part in enumerate(pages, 1):
        near = (
            f"<a href='{stem}-{page + 1}.html'>下一页</a> <a href='{stem}-{len(pages)}.html'>尾页</a>"
            if page < len(pages)
            else "<span>下一页</span>"
        )
        back = (
            f"<a href='{stem}.html'>首页</a> <a href='{stem}-{page - 1}.html'>上一页</a>"
            if page > 2
            else f"<a href='{stem}.html'>首页</a>"
        )
        items = anchors(part, "<p><a href='{href}'>{text}</a></p>")
        text = _shell(
            name, f"<div class='tab'>{tabs}</div><div class='list'>{items}</div><div>{back} {near}</div>"
        )
        portal.add(f"{stem}.html" if page == 1 else f"{stem}-{page}.html", text)


def build() -> Portal:
    portal = Portal("generic", CITY)
    own = filings(organs(CITY, 14, 3), range(2013, 2025), first=21000, seed=21)
    lines = []
    for place, filing in enumerate(own):
        path = f"/xxgk-show-{filing.number}.html"
        file = (
            f"/uploadfile/{filing.day.year}/{filing.day:%m%d}/{filing.clock()}.doc"
            if place % 26 == 3
            else None
        )
        if file:
            portal.files.add(portal.add_bytes(file, forms.docx(filing.title), "application/msword"))
        if place % 60 == 17:
            portal.gone.add(path)
        else:
            portal.report(path, partial(_article, filing, file))
        lines.append((path, cut(filing.title, 22)))
        if place % 15 == 4:
            other = f"/xxgk-show-{filing.number + 60000}.html"
            portal.forbid([other])
            lines.append((other, cut(lookalikes(CITY, filing.year)[place // 15 % 10], 40)))
    tabs = anchors(
        [
            ("/xxgk-list-ndbg.html", "全部"),
            *((f"/xxgk-list-ndbg-bm{number}.html", name) for number, name in enumerate(TABS)),
        ],
        "<a href='{href}'>{text}</a>",
    )
    _pages(portal, "/xxgk-list-ndbg", "信息公开年报", lines, tabs)
    for number, name in enumerate(TABS):
        mine = [(f"/xxgk-show-{one.number}.html", one.title) for one in own if one.short == f"市{name}"]
        _pages(portal, f"/xxgk-list-ndbg-bm{number}", f"{name}年报", mine, tabs)
    slugs = ("zn", "zd", "fdzd", "ndbg")
    blocks = anchors(
        [(f"/xxgk-list-{slug}.html", name) for slug, name in zip(slugs, BLOCKS, strict=False)]
        + [("/xxgk-apply.html", BLOCKS[4])]
    )
    for slug, name in zip(slugs[:3], BLOCKS, strict=False):
        portal.add(f"/xxgk-list-{slug}.html", _shell(name, "<p>内容</p>"))
    portal.add("/xxgk-index.html", _shell("信息公开", f"<ul>{blocks}</ul>"))
    portal.never_like.append(re.compile(r"xxgk-(?:print|apply|show-1\.)|user-login|^/search"))
    fronts = [(f"/news-list-{slug}.html", name) for name, slug in COLUMNS]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"/news-show-{len(front) * 1000 + number}.html",
        lambda front: front.replace(".html", "-2.html"),
    )
    news = [
        (f"/news-show-{len(fronts[0][0]) * 1000 + number}.html", text)
        for number, text in enumerate(HEADLINES)
    ]
    portal.add("/", _shell("首页", f"<ul>{anchors(news)}</ul><ul>{anchors(fronts)}</ul>"))
    return portal
