"""白榆市: each report is the answer to two keys, the agency's area and the year in which it was posted. The two
stand in either order, and a third parameter changes nothing. For some years there is none.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.hanweb import column_page
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "白榆市"
JSP = "/module/xxgk/xxgkAnnualReport.jsp"
COLUMN = column_page("20331")
YEARS = range(2012, 2025)


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors(
        [("/", "首页"), (column_page("20300"), "政务公开"), ("/col/col20400/index.html", "新闻中心")],
        '<td><a href="{href}">{text}</a></td>',
    )
    tags = metas({"SiteName": f"{CITY}人民政府", "SiteIDCode": "9906000001"})
    return (
        f'<!DOCTYPE html><html><head>{tags}{head}<meta charset="utf-8"><title>{title}</title>'
        f"</head><body><table><tr>{nav}</tr></table>"
        f"{main}<script src='/module/visitcount/articlehits.jsp?colid=20331'></script></body></html>"
    )


def _area(place: int) -> str:
    return f"3799{place:02}004341" if place % 2 else f"1137990000426{place:02}341"


def _addresses(area: str, posted: int) -> list[str]:
    return [
        f"{JSP}?area={area}&fbtime={posted}",
        f"{JSP}?fbtime={posted}&area={area}&showType=2",
        f"{JSP}?fbtime={posted}&area={area}&showType=1",
    ]


def _years(area: str) -> str:
    """The menu of years, with the keys in the other order."""
    pairs = [
        (f"{JSP}?fbtime={year + 1}&area={area}&showType=2", f"{year + 1}年发布") for year in reversed(YEARS)
    ]
    return f'<ul class="nd">{anchors(pairs)}</ul>'


def _page(area: str, filing: Filing) -> str:
    inner = forms.body(filing.organ, filing.year)
    main = (
        f'<div class="xxgk_nd">{_years(area)}</div><div class="xxgk_nb"><table class="xxgk_table">'
        f"<tr><td>发布机构</td><td>{filing.organ}</td>"
        f"</tr></table><h3>{filing.title}</h3><p>发布日期：{filing.day}</p>"
        f"<div class='bt-content' id='zoom'>{inner}</div></div>"
    )
    return _shell(filing.title, main, metas({"ColumnType": "信息公开年报"}))


def _nothing(name: str, query: Query) -> Reply:
    years = _years(query.given.get("area", ""))
    return Reply(
        _shell(
            f"{name}年报", f'<div class="xxgk_nd">{years}</div><div class="xxgk_nb">暂无年度报告</div>'
        ).encode()
    )


def build() -> Portal:
    portal = Portal("hanweb_annual", CITY, declared="utf-8")
    who = organs(CITY, 12, 4)
    areas = {short: _area(place) for place, (_, short) in enumerate(who)}
    for filing in filings(who, YEARS, first=600, seed=10):
        area = areas[filing.short]
        first, *others = _addresses(area, filing.year + 1)
        portal.report(first, partial(_page, area, filing), *others)
    for _, short in who:
        portal.call("GET", rf"^{re.escape(JSP)}\?.*area={areas[short]}\b", partial(_nothing, short))
    agencies = [(f"{JSP}?area={areas[short]}&fbtime=2025", full) for full, short in who]
    main = f'<div class="jg"><h4>政府部门</h4><ul>{anchors(agencies)}</ul></div>'
    portal.add(COLUMN, _shell("政府信息公开年报", main, metas({"ColumnName": "政府信息公开年报"})))
    blocks = [(column_page(str(20328 + number)), name) for number, name in enumerate(BLOCKS[:4])]
    for path, name in blocks[:3]:
        portal.add(path, _shell(name, f"<ul>{anchors(blocks)}</ul>"))
    fronts = [(f"/col/col{20400 + number}/index.html", name) for number, (name, _) in enumerate(COLUMNS)]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"/art/2024/5/{number + 1}/art_{front[8:13]}_{500000 + number}.html",
        lambda front: f"{front}?pageNum=2",
    )
    portal.add(column_page("20300"), _shell("政务公开", f"<ul>{anchors([blocks[0], *fronts[3:10]])}</ul>"))
    portal.add("/", _shell(f"{CITY}人民政府", f"<p>{HEADLINES[0]}</p><ul>{anchors(fronts)}</ul>"))
    return portal
