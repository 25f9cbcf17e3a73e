"""溪桐市: the downward pages in the columns of departments, which only the department's page links; the names of
columns stand in attributes of images. The crawl is given the page of the departments.
"""

from __future__ import annotations

from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import anchors
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "溪桐市"
SLUGS = ("fzhggw", "jyj", "kxjsj")
PER_PAGE = 5


def _shell(title: str, main: str) -> str:
    return (
        "<html><head><meta http-equiv='content-type' content='text/html; charset=UTF-8'>"
        f"<title>{title}</title></head><body>{main}</body></html>"
    )


def _article(filing: Filing) -> str:
    inner = forms.body(filing.organ, filing.year)
    return _shell(
        filing.title,
        (
            f"<p class='tit'>{filing.title}</p><!--vsbcontent_start--><div id='vsb_content_500'>"
            f"{inner}</div><!--vsbcontent_end-->"
        ),
    )


def build() -> Portal:
    portal = Portal("vsb", CITY, start="/bmxxgk.htm")
    own = filings(organs(CITY, 3)[1:], range(2012, 2025), first=61000, seed=16)
    departments = []
    for tree, slug in enumerate(SLUGS, 1020):
        mine = [one for one in own if one.short == organs(CITY, 3)[tree - 1019][1]]
        column = f"/bmxxgk/{slug}/xxgknb"
        home = f"/bmxxgk/{slug}.htm"
        departments.append((home[1:], mine[0].organ))
        blocks = "".join(
            f"<a href='{slug}/{end}.htm'><img src='/images/{end}.jpg' title='{name}' border=0></a>"
            for end, name in (("xxgkzn", "信息公开指南"), ("xxgknb", "信息公开年报"))
        )
        portal.add(home, _shell(mine[0].organ, blocks))
        portal.add(f"/bmxxgk/{slug}/xxgkzn.htm", _shell("指南", "<p>指南</p>"))
        pages = [mine[start : start + PER_PAGE] for start in range(0, len(mine), PER_PAGE)]
        for page, part in enumerate(pages, 1):
            up = "../../" if page == 1 else "../../../"
            pairs = [
                (
                    up + portal.report(f"/info/{tree}/{one.number}.htm", partial(_article, one))[1:],
                    f"{one.year}年信息公开年报",
                )
                for one in part
            ]
            following = f"xxgknb/{len(pages) - 1}.htm" if page == 1 else f"{len(pages) - page}.htm"
            near = f"<a href='{following}' class='Next'>下一页</a>" if page < len(pages) else "下一页"
            path = f"{column}.htm" if page == 1 else f"{column}/{len(pages) - page + 1}.htm"
            rows = anchors(pairs, "<tr><td><a class='c1' href='{href}'>{text}</a></td></tr>")
            main = f"<table>{rows}</table>共{len(mine)}条 {page}/{len(pages)} {near}"
            portal.add(path, _shell("信息公开年报", main))
    portal.add("/bmxxgk.htm", _shell("部门信息公开", anchors(departments)))
    portal.add("/", _shell(CITY, "<a href='bmxxgk.htm'>部门信息公开</a>"))
    return portal
