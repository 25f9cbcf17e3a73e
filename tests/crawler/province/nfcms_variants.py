"""梧汀市: the same lists with nothing but numbers for a pager, and years in a select box. The crawl is given the
column.
"""

from __future__ import annotations

from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import anchors, metas
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "梧汀市"
COLUMN = "/zwgk/ndxxgkbg/"
YEARS = range(2019, 2025)
PER_PAGE = 4


def _article(filing: Filing) -> str:
    inner = forms.body(filing.organ, filing.year)
    return (
        f"<html><head><meta charset='utf-8'><title>{filing.title}</title></head><body>"
        f"<p>{filing.title}</p><div class='tyxxy_main'>{inner}</div></body></html>"
    )


def build() -> Portal:
    portal = Portal("gd_nfcms", CITY, start=COLUMN)
    own = filings(organs(CITY, 7), YEARS, first=12675000, seed=14)
    options = "".join(f"<option value='{COLUMN}{year}/'>{year}年</option>" for year in reversed(YEARS))
    select = (
        f"<select onchange='window.location.href=this.value'><option>请选择年份</option>{options}</select>"
    )
    portal.add(
        COLUMN,
        (
            f"<html><head><meta charset='utf-8'>{metas({'ColumnType': '信息公开年报'})}<title>"
            f"年报</title></head><body><a href='/'>首页</a>{select}</body></html>"
        ),
    )
    for year in YEARS:
        folder = f"{COLUMN}{year}/"
        mine = [one for one in own if one.year == year]
        pages = [mine[start : start + PER_PAGE] for start in range(0, len(mine), PER_PAGE)]
        for number, part in enumerate(pages, 1):
            pairs = [
                (portal.report(f"{folder}content/post_{one.number}.html", partial(_article, one)), one.title)
                for one in part
            ]
            numbers = anchors(
                [
                    ("index.html" if page == 1 else f"index_{page}.html", str(page))
                    for page in range(1, len(pages) + 1)
                ],
                "<a href='{href}'>{text}</a>",
            )
            text = (
                f"<html><head><meta charset='utf-8'><title>{year}年</title></head>"
                f"<body>{select}<ul>{anchors(pairs)}</ul><p class='pg'>{numbers}</p></body></html>"
            )
            portal.add(f"{folder}index_{number}.html" if number > 1 else f"{folder}index.html", text)
            if number == 1:
                portal.add(folder, text)
    portal.add("/", "<html><body><p>首页</p></body></html>")
    return portal
