"""萤石市: the older paths of the same platform, with a link to the next page, and a list of years in a column of
news.
"""

from __future__ import annotations

from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import COLUMNS, anchors, other_columns
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "萤石市"
PER_PAGE = 10


def _shell(title: str, main: str) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<a href='/'>首页</a><a href='/Openness/'>信息公开</a>{main}</body></html>"
    )


def _article(filing: Filing) -> str:
    return _shell(
        filing.title,
        f"<h3>{filing.title}</h3><div class='pub-det'>{forms.body(filing.organ, filing.year)}</div>",
    )


def build() -> Portal:
    portal = Portal("openness_mvc", CITY)
    own = filings(organs(CITY, 7), range(2019, 2025), first=5700, seed=20)
    pages = [own[start : start + PER_PAGE] for start in range(0, len(own), PER_PAGE)]
    for page, part in enumerate(pages, 1):
        pairs = [
            (portal.report(f"/XxgkAnnualReport/show/{one.number}.html", partial(_article, one)), one.title)
            for one in part
        ]
        near = (
            f"<a href='page_{page + 1}.html'>下一页</a><a href='page_{len(pages)}.html'>末页</a>"
            if page < len(pages)
            else ""
        )
        portal.add(
            f"/News/showList/77/page_{page}.html",
            _shell("信息公开年度报告", f"<ul>{anchors(pairs)}</ul><div>{near}</div>"),
        )
    portal.add(
        "/Openness/",
        _shell(
            "信息公开",
            "<a href='/News/showList/77/page_1.html'>信息公开年度报告</a><a href='/XxgkGuide/show/1.html'>指南</a>",
        ),
    )
    portal.add("/XxgkGuide/show/1.html", _shell("指南", "<p>指南</p>"))
    fronts = [
        (f"/News/showList/{number}/page_1.html", name) for number, (name, _) in enumerate(COLUMNS[:8], 10)
    ]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"/News/show/{front.split('/')[3]}{number:03}.html",
        lambda front: front.replace("page_1", "page_2"),
    )
    portal.add("/", _shell(CITY, f"<ul>{anchors(fronts)}</ul>"))
    return portal
