"""枕河市: one list whose page numbers run downwards, columns of years beside its pages, articles under `/info/` and
a few that are only shown by `content.jsp`.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, cut, metas, other_columns
from tests.crawler.province.organs import Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "枕河市"
ROOT = "/zwgk/zfxxgk"
COLUMN = f"{ROOT}/zfxxgknb"
DOWNLOAD = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1390293221"
TREE = 1648
PER_PAGE = 18


def _shell(title: str, main: str, up: str, head: str = "") -> str:
    nav = anchors(
        [(f"{up}index.htm", "首页"), (f"{up}zwgk.htm", "政务公开"), (f"{up}zjbs.htm", f"走进{CITY}")],
        "<LI><A href='{href}'>{text}</A></LI>",
    )
    tags = metas({"pageType": "1", "pageTitle": title, "SiteName": CITY, "SiteIDCode": "9908000001"}, 2)
    return (
        f'<!DOCTYPE HTML><HTML><HEAD><META charset="UTF-8">{tags}{head}<TITLE>{title}-{CITY}人民政府</TITLE>'
        '<script language="javascript" src="/system/resource/js/vsbscreen.min.js" '
        f'id="_vsbscreen" devices="pc|mobile"></script></HEAD><BODY><UL>{nav}'
        f"</UL>{main}<a href='/ssjg.jsp?wbtreeid=1001'>站内检索</a><table><tr><td>"
        "<a href='/rl.jsp?rq=2024-05'>日历</a></td></tr></table></BODY></HTML>"
    )


def _static(filing: Filing) -> str:
    return f"/info/{TREE}/{filing.number}.htm"


def _dynamic(filing: Filing) -> str:
    return f"/content.jsp?urltype=news.NewsContentUrl&wbtreeid={TREE}&wbnewsid={filing.number}"


def _article(filing: Filing, file: str | None) -> str:
    inner = forms.body(filing.organ, filing.year)
    fujian = ""
    if file:
        inner = "<p>报告见附件。</p>"
        fujian = (
            f"<UL style='list-style-type:none;'><LI>附件【<a href='{file}' target='_blank'>"
            f"{filing.title}.docx</a>】已下载<span id='n'></span>次</LI></UL>"
        )
    index = (
        f"<table class='suoyin'><tr><td>索引号</td><td>{filing.number}</td><td>发布机构</td>"
        f"<td>{filing.organ}</td><td>发布日期</td><td>{filing.day}</td></tr></table>"
    )
    main = (
        f"<form name='_newscontent_fromname'>{index}<h1 align='center'>{filing.title}</h1>"
        "<div id='vsb_content'><div class='v_news_content'>"
        f"{inner}</div></div><div id='div_vote_id'></div>{fujian}</form>"
    )
    return _shell(
        filing.title,
        main,
        "../../",
        metas({"ArticleTitle": filing.title, "PubDate": str(filing.day), "ColumnType": "信息公开年报"}, 2),
    )


def _pager(stem: str, total: int, page: int, folder: str) -> str:
    """`page` counts from one for the newest: that is `stem.htm`, the second is number total - 1, the last is 1.htm."""

    def href(number: int) -> str:
        if number == 1:
            return f"{stem}.htm" if folder else f"../{stem}.htm"
        return f"{folder}{total - number + 1}.htm"

    if page == total:
        near = '<span class="p_next_d p_fun_d">下页</span><span class="p_last_d p_fun_d">尾页</span>'
    else:
        near = (
            f'<span class="p_next p_fun"><a href="{href(page + 1)}">下页</a></span>'
            f'<span class="p_last p_fun"><a href="{href(total)}">尾页</a></span>'
        )
    numbers = "".join(
        f'<span class="p_no_d">{number}</span>'
        if number == page
        else f'<span class="p_no"><a href="{href(number)}">{number}</a></span>'
        for number in range(1, min(total, 4) + 1)
    )
    return f'<div class="pb_sys_common pb_sys_normal"><span class="p_pages">{numbers}{near}</span></div>'


def _list(portal: Portal, column: str, name: str, lines: list[str], menu: str) -> None:
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)] or [[]]
    stem = column.rpartition("/")[2]
    for page, part in enumerate(pages, 1):
        depth = column.count("/") - 1 + (page > 1)
        up = "../" * depth
        pager = _pager(stem, len(pages), page, f"{stem}/" if page == 1 else "")
        items = "".join(part).replace("{UP}", up)
        main = f"<div class='menu'>{menu}</div><ul class='list'>{items}</ul>{pager}"
        path = f"{column}.htm" if page == 1 else f"{column}/{len(pages) - page + 1}.htm"
        portal.add(path, _shell(name, main, up, metas({"ColumnName": name, "ColumnType": "信息公开年报"}, 2)))


def _line(href: str, title: str, filing: Filing) -> str:
    return (
        f'<li id="line_u9_{filing.number % 18}"><a href="{{UP}}{href[1:]}" target="_blank" '
        f'title="{title}">{cut(title, 28)}</a><span>{filing.day:%Y年%m月%d日}</span></li>'
    )


def build() -> Portal:
    portal = Portal("vsb", CITY, declared="utf-8")
    everything: list[str] = []
    by_year: dict[int, list[str]] = {year: [] for year in range(2021, 2025)}
    for place, filing in enumerate(filings(organs(CITY, 12, 2), range(2011, 2025), first=47000, seed=15)):
        file = None
        if place % 18 == 5:
            file = f"{DOWNLOAD}&wbfileid={filing.number * 7}"
            portal.files.add(portal.add_bytes(file, forms.docx(filing.title), "application/octet-stream"))
        path = _dynamic(filing) if place % 40 == 6 else _static(filing)
        portal.report(path, partial(_article, filing, file))
        line = _line(path, filing.title, filing)
        everything.append(line)
        if filing.year in by_year:
            by_year[filing.year].append(line)
        if place % 17 == 2:
            other = f"/info/{TREE}/{filing.number + 200000}.htm"
            portal.forbid([other])
            everything.append(_line(other, lookalikes(CITY, filing.year)[place // 17 % 10], filing))
    menu = anchors(
        [(f"{COLUMN}.htm", "政府信息公开年报")]
        + [(f"{COLUMN}/a{year}n.htm", f"{year}年") for year in reversed(by_year)]
    )
    _list(portal, COLUMN, "政府信息公开年报", everything, menu)
    for year, lines in by_year.items():
        _list(portal, f"{COLUMN}/a{year}n", f"{year}年", lines, menu)
    slugs = ("zfxxgkzn", "zfxxgkzd", "fdzdgknr", "zfxxgknb")
    blocks = anchors(
        [(f"{ROOT}/{slug}.htm", name) for slug, name in zip(slugs, BLOCKS, strict=False)]
        + [("/ysqgk.jsp?urltype=tree.TreeTempUrl", BLOCKS[4])]
    )
    for slug, name in zip(slugs[:3], BLOCKS, strict=False):
        portal.add(f"{ROOT}/{slug}.htm", _shell(name, f"<ul>{blocks}</ul>", "../../"))
    portal.add(f"{ROOT}.htm", _shell("政府信息公开", f"<ul>{blocks}</ul>", "../"))
    portal.never_like.append(re.compile(r"^/ysqgk|^/rl\.jsp|^/ssjg"))

    def article(front: str, number: int) -> str:
        return f"/info/{1100 + len(front)}/{330000 + number}.htm"

    fronts = [(f"/{slug}.htm", name) for name, slug in COLUMNS]
    other_columns(
        portal,
        lambda title, main: _shell(title, main, ""),
        fronts,
        article,
        lambda front: front.replace(".htm", "/61.htm"),
    )
    public = [("zwgk/zfxxgk.htm", "政府信息公开"), *((path[1:], name) for path, name in fronts[3:11])]
    portal.add("/zwgk.htm", _shell("政务公开", f"<ul>{anchors(public)}</ul>", ""))
    news = [(article("/ywdt.htm", number)[1:], text) for number, text in enumerate(HEADLINES)]
    home = _shell("首页", f"<ul>{anchors(news)}</ul><ul>{anchors(fronts)}</ul>", "")
    portal.add("/", home)
    portal.add("/index.htm", home)
    return portal
