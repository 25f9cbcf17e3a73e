"""望潮市: numbered columns that embed their first records in the page and fetch the others from `dataproxy.jsp`; a
second tree of columns, by organ, shows the same articles under other addresses.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import COUNTIES, Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "望潮市"
WEB_ID, UNIT = "3318", "5512497"
COLUMN = "1229001050"
YEAR_COLUMNS = {year: str(1229001051 + (2024 - year)) for year in range(2014, 2025)}
EARLY = "1229001070"
KINDS = {"1229001081": "县（市、区）年报", "1229001082": "部门年报"}
PER_PAGE = 15
EMPTY = "<datastore><totalrecord>0</totalrecord><totalpage>0</totalpage><recordset></recordset></datastore>"

Record = str


def column_page(number: str) -> str:
    return f"/col/col{number}/index.html"


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors(
        [
            ("/index.html", "首页"),
            (column_page("1229001001"), "政务公开"),
            (column_page("1229002000"), "要闻"),
        ]
    )
    tags = metas(
        {"SiteName": f"{CITY}人民政府", "SiteDomain": "www.wangchao.gov.cn", "SiteIDCode": "9905000001"}
    )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head>'
        f'<meta charset="utf-8">{tags}{head}'
        f"<title>{title}</title><script language='javascript' src='/script/0/jquery.js'></script>"
        "</head><body><div id='barrierfree_"
        f"container'><ul class='nav'>{nav}</ul>{main}<script "
        f"src='/module/visitcount/visit.jsp?type=3&i_webid={WEB_ID}'></script>"
        f"<a href='/jsearchfront/search.do?websiteid=331800000000000'>检索</a></div></body></html>"
    )


def article_path(column: str, filing: Filing) -> str:
    day = filing.day
    return f"/art/{day.year}/{day.month}/{day.day}/art_{column}_{filing.number}.html"


def _article(filing: Filing, column: str, file: str | None) -> str:
    head = metas(
        {
            "ArticleTitle": filing.title,
            "PubDate": f"{filing.day} 09:{filing.number % 60:02}",
            "ContentSource": filing.organ,
            "ColumnName": "政府信息公开年报",
            "ColumnType": "信息公开年报",
            "ArticleId": str(filing.number),
        }
    )
    inner = forms.body(filing.organ, filing.year)
    if file:
        inner = (
            f'<p>详见附件。</p><p>附件：<a href="{file}"><img src="/module/jslib/icons/pdf.png">'
            f"{filing.title}.pdf</a></p>"
        )
    index = (
        f'<table class="xxgk_table"><tr><td>发布机构</td><td>{filing.organ}</td><td>发布日期</td>'
        f"<td>{filing.day}</td></tr></table>"
    )
    main = (
        f"{index}<div class='main-txt'><p class='con-title'>{filing.title}</p><div id='zoom'>"
        "<!--ZJEG_RSS.content.begin-->"
        f"<meta name='ContentStart'>{inner}<meta name='ContentEnd'><!--ZJEG_RSS.content.end--></div></div>"
        f"<a href='/module/download/print.jsp?id={filing.number}&columnid={column}'>打印本页</a>"
    )
    return _shell(filing.title, main, head)


def _record(path: str, title: str, day: str) -> Record:
    return (
        f'<record><![CDATA[<li><a title="{title}" target="_blank" href="{path}">{title}</a>'
        f"<span>{day}</span></li>]]></record>"
    )


def _datastore(records: list[Record], total: int, shown: list[Record], column: str, *, first: bool) -> str:
    site = f"webid={WEB_ID}&path=/&columnid={column}&unitid={UNIT}&webname=x&permissiontype=0"
    group = f"/module/web/jpage/dataproxy.jsp?page=1&{site}"
    head = f'<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup>' if first else ""
    pages = -(-total // PER_PAGE)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><datastore>{head}<totalrecord>'
        f"{len(records)}</totalrecord><totalpage>{pages}"
        f"</totalpage><recordset>{''.join(shown)}</recordset></datastore>"
    )


def _list(portal: Portal, column: str, name: str, records: list[Record], menu: str) -> None:
    total, pages = len(records), -(-len(records) // PER_PAGE)
    store = _datastore(records, total, records[:PER_PAGE], column, first=True).partition("?>")[2]
    call = (
        f'<div id="{UNIT}"></div><script type="text/xml" id="store{UNIT}">{store}</script>'
        f'<script>$(function(){{$("#{UNIT}").jpage({{'
        f"themeName:'default',storeel:'#store{UNIT}',totalRecord:{total},totalPage:{pages},"
        f"perPage:{PER_PAGE},groupSize:1,barPosition:'bottom',"
        f"proxyUrl:'/module/web/jpage/dataproxy.jsp',openCookies:false,ajaxParam:{{col:1,appid:1,"
        f"webid:{WEB_ID},path:'/',columnid:{column},"
        f"sourceContentType:1,unitid:'{UNIT}',webname:'{CITY}人民政府',permissiontype:0}}}});}});</script>"
    )
    tags = metas({"ColumnName": name, "ColumnType": "信息公开年报"})
    portal.add(
        column_page(column),
        _shell(name, f'<div class="left">{menu}</div><div class="right">{call}</div>', tags),
    )


def _proxy(lists: dict[str, list[Record]], query: Query) -> Reply:
    """Records from `startrecord` to `endrecord`, at most 300; nothing for another site's or unit's call."""
    given = query.given
    records = lists.get(given.get("columnid", ""), [])
    if "/col/" not in query.headers.get("Referer", ""):
        return Reply(b"", status=403)
    if given.get("webid") != WEB_ID or given.get("unitid") != UNIT or given.get("path") != "/":
        return Reply(EMPTY.encode(), content_type="text/xml;charset=UTF-8")
    start = int(given.get("startrecord", "1"))
    end = min(int(given.get("endrecord", str(PER_PAGE))), start + 299)
    text = _datastore(records, len(records), records[start - 1 : end], given["columnid"], first=False)
    return Reply(text.encode(), content_type="text/xml;charset=UTF-8")


def build() -> Portal:
    portal = Portal("hanweb_jcms", CITY)
    all_filings = filings(organs(CITY, 10, 5), range(2011, 2025), first=48000, seed=7)
    records: dict[str, list[Record]] = {column: [] for column in (*YEAR_COLUMNS.values(), EARLY, *KINDS)}
    for place, filing in enumerate(all_filings):
        column = YEAR_COLUMNS.get(filing.year, EARLY)
        path = article_path(column, filing)
        file = None
        if place % 17 == 6:
            file = f"/module/download/downfile.jsp?classid=0&filename={filing.hex}.pdf"
            portal.files.add(portal.add_bytes(file, forms.pdf(filing.title), forms.PDF))
        kind = next(iter(KINDS)) if filing.short in COUNTIES else list(KINDS)[1]
        also = [article_path(kind, filing)] if filing.year >= 2022 and filing.short != "市政府" else []
        portal.report(path, partial(_article, filing, column, file), *also)
        shown = f"{filing.year}年度报告" if place % 31 == 0 else filing.title
        records[column].append(_record(path, shown, str(filing.day)))
        if also:
            records[kind].append(_record(also[0], filing.title, str(filing.day)))
    for year in range(2015, 2024):
        for number, title in enumerate(lookalikes(CITY, year)[year % 4 :: 4]):
            path = f"/art/{year + 1}/3/20/art_{YEAR_COLUMNS[year]}_{70000 + year * 10 + number}.html"
            portal.forbid([path])
            records[YEAR_COLUMNS[year]].insert(number * 5, _record(path, title, f"{year + 1}-03-20"))
    names = {column: f"{year}年" for year, column in YEAR_COLUMNS.items()} | {EARLY: "2013年及以前"} | KINDS
    menu = f"<ul>{anchors([(column_page(column), name) for column, name in names.items()])}</ul>"
    for column, name in names.items():
        _list(portal, column, name, records[column], menu)
    portal.add(
        column_page(COLUMN),
        _shell("政府信息公开年报", f'<div class="left">{menu}</div>', metas({"ColumnType": "信息公开年报"})),
    )
    portal.call("GET|POST", r"^/module/web/jpage/dataproxy\.jsp", partial(_proxy, records))
    _way(portal)
    return portal


def _way(portal: Portal) -> None:
    numbers = ("1229001040", "1229001041", "1229001042", COLUMN)
    blocks = [(column_page(number), name) for number, name in zip(numbers, BLOCKS, strict=False)]
    blocks.append(("/col/col1229001049/index.html?apply=1", BLOCKS[4]))
    portal.never_like.append(re.compile(r"apply=1|/module/(?:download/print|xxgk/tree)\.jsp"))
    for path, name in blocks[:3]:
        portal.add(path, _shell(name, f"<ul>{anchors(blocks)}</ul>"))
    fronts = [(column_page(str(1229002000 + number)), name) for number, (name, _) in enumerate(COLUMNS)]
    public = [
        (column_page("1229001040"), "政府信息公开"),
        ("/module/xxgk/tree.jsp?area=", "目录树"),
        *fronts[3:11],
    ]
    portal.add(column_page("1229001001"), _shell("政务公开", f"<ul>{anchors(public)}</ul>"))

    def article(front: str, number: int) -> str:
        return f"/art/2024/5/{number + 1}/art_{front[8:18]}_{880000 + number}.html"

    other_columns(
        portal,
        _shell,
        fronts,
        article,
        lambda front: f"/module/web/jpage/dataproxy.jsp?columnid={front[8:18]}&page=2",
    )
    news = [(article(fronts[0][0], number), text) for number, text in enumerate(HEADLINES)]
    home = _shell(f"{CITY}人民政府", f"<ul>{anchors(news)}</ul><ul>{anchors(fronts)}</ul>")
    portal.add("/", home)
    portal.add("/index.html", home)
