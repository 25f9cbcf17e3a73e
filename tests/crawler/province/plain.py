"""Small portals whose lists are plain pages and whose addresses are each of another kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from tests.crawler.province.around import article, chunks, page, surround
from tests.crawler.province.menus import anchors, metas
from tests.crawler.province.organs import Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal


def _lists(
    portal: Portal,
    own: list[Filing],
    where: Callable[[Filing], str],
    name: Callable[[int], str],
    *,
    size: int = 12,
    other: str = "",
    container: str = "",
    head: str = "",
) -> None:
    """A column with links to its next page. `name` gives the address of page k, `other` that of a line that is no
    report.
    """
    pages = chunks(own, size)
    for number, part in enumerate(pages, 1):
        pairs = [(portal.report(where(one), partial(article, one, container)), one.title) for one in part]
        if other:
            portal.forbid([other.format(number=number)])
            pairs.append((other.format(number=number), lookalikes(portal.city, 2020)[number % 10]))
        near = (
            f'<a href="{name(number + 1)}">下一页</a> <a href="{name(len(pages))}">尾页</a>'
            if number < len(pages)
            else ""
        )
        portal.add(
            name(number),
            page("信息公开年报", f"<ul class='list'>{anchors(pairs)}</ul><div>{near}</div>", head),
        )


def _object_id(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:24]


def object_ids() -> Portal:
    """Twenty-four hexadecimal digits for everything."""
    portal = Portal("objectid_openness", "桐陵市")
    own = filings(organs(portal.city, 6), range(2019, 2025), first=1, seed=41)
    channel = f"/gongkai/site_tlqrmzf/channel_{_object_id('c')}/"

    def where(one: Filing) -> str:
        return (
            f"{channel}doc_{_object_id(one.hex)}.html"
            if one.number % 2
            else f"/xxgkAnnualReport/detail/{_object_id(one.hex)}.html"
        )

    _lists(
        portal,
        own,
        where,
        lambda number: channel if number == 1 else f"{channel}index_{number}.html",
        other=f"{channel}doc_{{number:024x}}.html",
        container="class='article-content'",
    )
    surround(
        portal,
        "/gongkai/",
        [(channel, "信息公开年报")],
        "/site_tl/channel_{column:024x}/",
        "/site_tl/channel_{column:024x}/doc_{number:024x}.html",
        "/site_tl/channel_{column:024x}/index_2.html",
    )
    return portal


def henan() -> Portal:
    """Dated folders, numbered contents and a site's sources, each a list of its own."""
    portal = Portal("henan_daily", "嵩原市")
    own = filings(organs(portal.city, 8), range(2018, 2025), first=2677000, seed=42)
    thirds = [[one for one in own if one.number % 3 == rest] for rest in range(3)]
    source = "/sitesources/syrmzf/page_pc/zwgk/xxgkndbg/"
    _lists(
        portal,
        thirds[0],
        lambda one: f"/{one.day:%Y/%m-%d}/{one.number}.html",
        lambda number: "/channels/25.html" if number == 1 else f"/channels/25_{number}.html",
    )
    _lists(
        portal,
        thirds[1],
        lambda one: f"/contents/35920/{one.number}.html",
        lambda number: "/channels/35920.html" if number == 1 else f"/channels/35920/search_{number}.jspx",
        other="/contents/35921/{number}.html",
    )
    _lists(
        portal,
        thirds[2],
        lambda one: f"{source}article{one.hex}.html",
        lambda number: f"{source}index.html" if number == 1 else f"{source}index_{number}.html",
        container="class='view'",
    )
    blocks = [
        ("/channels/25.html", "信息公开年报（市直）"),
        ("/channels/35920.html", "信息公开年报（区）"),
        (f"{source}index.html", "信息公开年度报告"),
    ]
    surround(
        portal,
        "/zwgk/",
        blocks,
        "/channels/7{column}.html",
        "/2024/05-02/{column}{number}.html",
        "/channels/7{column}_2.html",
    )
    return portal


def dated_articles() -> Portal:
    """Articles with the time of their making for a number; a few reports end as columns do."""
    portal = Portal("nm_article", "淖林市")
    own = filings(organs(portal.city, 6), range(2019, 2025), first=5839000, seed=43)
    root = "/nlq/zfxxgk27/zfxxgknb49/"
    years = []
    for year in range(2024, 2018, -1):
        folder = f"{root}{5839500 + year}/"
        years.append((folder, f"{year}年"))

        def where(one: Filing, folder: str = folder) -> str:
            if one.number % 4 == 0:
                return f"{folder}{one.number}/index.html"
            if one.number % 4 == 1:
                return f"{folder}{one.hex}/index.shtml"
            return f"/nlq/{one.day:%Y-%m/%d}/article_{one.clock()}{one.number % 1000:03}.html"

        def name(number: int, folder: str = folder) -> str:
            return folder if number == 1 else f"{folder}index_{number}.html"

        _lists(portal, [one for one in own if one.year == year], where, name, size=5)
    portal.add(
        root, page("政府信息公开年报", f"<ul>{anchors(years)}</ul>", metas({"ColumnType": "信息公开年报"}))
    )
    surround(
        portal,
        "/nlq/zwgk/",
        [(root, "政府信息公开年报")],
        "/nlq/xw{column}/",
        "/nlq/2024-05/02/article_20240502{column}{number}.html",
        "/nlq/xw{column}/index_2.html",
    )
    return portal


def without_extension() -> Portal:
    """Addresses without any ending."""
    portal = Portal("content_n", "蒿岭市")
    who = organs(portal.city, 6)
    own = filings(who, range(2018, 2025), first=207000, seed=44)
    root = "/gk/zfxxgk/xxgkndbg"
    blocks = []
    for place, (full, short) in enumerate(who):
        folder = f"{root}/gbb{place + 31}"
        blocks.append((folder, full))
        mine = [one for one in own if one.short == short]

        def where(one: Filing, folder: str = folder) -> str:
            return f"{folder}/content_{one.number}"

        def name(number: int, folder: str = folder) -> str:
            return folder if number == 1 else f"{folder}?page={number}"

        _lists(portal, mine, where, name, size=5, container="class='view'")
    portal.add(root, page("信息公开年度报告", f"<ul>{anchors(blocks)}</ul>"))
    surround(
        portal,
        "/gk",
        [(root, "信息公开年度报告")],
        "/gk/lm{column}",
        "/gk/lm{column}/content_{number}",
        "/gk/lm{column}?page=2",
    )
    return portal


def jhtml() -> Portal:
    portal = Portal("long_tail", "荇洲市")
    own = filings(organs(portal.city, 6), range(2018, 2025), first=166900, seed=45)
    _lists(
        portal,
        own,
        lambda one: f"/c/www/bmnb/{one.number}.jhtml",
        lambda number: "/c/www/bmnb.jhtml" if number == 1 else f"/c/www/bmnb_{number}.jhtml",
        other="/c/www/bmnb/{number}.jhtml",
    )
    surround(
        portal,
        "/c/www/zwgk.jhtml",
        [("/c/www/bmnb.jhtml", "部门信息公开年报")],
        "/c/www/lm{column}.jhtml",
        "/c/www/lm{column}/{number}.jhtml",
        "/c/www/lm{column}_2.jhtml",
    )
    return portal


def aspx() -> Portal:
    """Items of an ASP portal, in GBK."""
    portal = Portal("long_tail", "莲塘市", encoding="gb18030", declared="gb2312")
    own = filings(organs(portal.city, 6), range(2018, 2025), first=117500, seed=46)
    _lists(
        portal,
        own,
        lambda one: f"/Item/{one.number}.aspx",
        lambda number: "/Category_77/Index.aspx" if number == 1 else f"/Category_77/Index_{number}.aspx",
        container="class='content-body'",
    )
    surround(
        portal,
        "/Category_2/Index.aspx",
        [("/Category_77/Index.aspx", "政府信息公开年度报告")],
        "/Category_{column}/Index.aspx",
        "/Item/{column}{number}.aspx",
        "/Category_{column}/Index_2.aspx",
    )
    return portal


def query_only() -> Portal:
    """Everything is one script, and the question says what is meant."""
    portal = Portal("long_tail", "芡湾市")
    own = filings(organs(portal.city, 6), range(2018, 2025), first=8400, seed=47)
    stem = "/index.php?s=news&c=category&id=31"
    _lists(
        portal,
        own,
        lambda one: f"/index.php?s=news&c=show&id={one.number}",
        lambda number: stem if number == 1 else f"{stem}&page={number}",
        other="/index.php?s=news&c=show&id=1{number:06}",
    )
    surround(
        portal,
        "/index.php?c=category&id=2",
        [(stem, "信息公开年报")],
        "/index.php?s=news&c=category&id=4{column}",
        "/index.php?s=news&c=show&id=2{column}{number}",
        "/index.php?s=news&c=category&id=4{column}&page=2",
    )
    return portal
