"""柏川市: the same platform with its object in JSON, a column for each year, relative addresses, and articles whose
body stands only in the page's script. The crawl is given the platform's page.
"""

from __future__ import annotations

import json
import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.menus import anchors
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "柏川市"
SID = 756077
YEARS = range(2019, 2025)


def _page(title: str, config: dict[str, object]) -> str:
    text = json.dumps(config, ensure_ascii=True)
    side = anchors([("/gkmlpt/guide", "指南"), ("/gkmlpt/policy", "制度")])
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body>{side}<div id="content"></div><script>window._CONFIG = {text}</script></body>'
        "</html>"
    )


def _article(filing: Filing, tree: object, file: str | None) -> str:
    content = f"<p>{filing.title}</p>" if file else forms.body(filing.organ, filing.year)
    files = (
        [{"id": 1, "name": f"{filing.title}.pdf", "type": "pdf", "mime": forms.PDF, "size": 900, "url": file}]
        if file
        else []
    )
    detail = {
        "title": filing.title,
        "content": content,
        "publisher": filing.organ,
        "attachment": files,
        "created_at": str(filing.day),
    }
    return _page(filing.title, {"SID": SID, "TREE": tree, "DETAIL": detail})


def _list(lists: dict[str, list[dict[str, object]]], query: Query) -> Reply:
    found = re.match(r"/gkmlpt/api/all/(\d+)\?", query.path)
    mine = lists.get(found[1], []) if found and query.given.get("sid") == str(SID) else []
    page = max(int(query.given.get("page", "1")), 1)
    answer = {
        "classify": {"post_count": len(mine)},
        "total": len(mine),
        "articles": mine[(page - 1) * 100 : page * 100],
    }
    return Reply(json.dumps(answer).encode(), content_type="application/json")


def build() -> Portal:
    portal = Portal("gd_gkmlpt", CITY, start="/gkmlpt/index")
    own = filings(organs(CITY, 7), YEARS, first=900000, seed=12)
    lists: dict[str, list[dict[str, object]]] = {str(500 + year): [] for year in YEARS}
    years: list[dict[str, object]] = [
        {
            "id": 500 + year,
            "name": f"{year}年",
            "children": [],
            "jump_url": None,
            "post_count": sum(one.year == year for one in own),
        }
        for year in YEARS
    ]
    tree = [
        {"id": 11, "name": "组织机构", "children": [], "jump_url": None, "post_count": 4},
        {"id": 12, "name": "信息公开年度报告", "children": years, "jump_url": None, "post_count": 0},
        {"id": 13, "name": "统计公报", "children": [], "jump_url": None, "post_count": 9},
    ]
    for place, filing in enumerate(own):
        path = f"/gkmlpt/content/0/{filing.number // 1000}/post_{filing.number}.html"
        file = f"/attachment/0/{filing.number // 1000}/{filing.number}.pdf" if place % 9 == 4 else None
        if file:
            portal.files.add(portal.add_bytes(file, forms.pdf(filing.title), forms.PDF))
        portal.report(path, partial(_article, filing, tree, file))
        lists[str(500 + filing.year)].append(
            {
                "id": filing.number,
                "title": filing.title,
                "url": path,
                "post_url": "",
                "publisher": filing.organ,
                "attachment": [],
            }
        )
    portal.add("/gkmlpt/index", _page("政府信息公开", {"SID": SID, "TREE": tree}))
    portal.call("GET", r"^/gkmlpt/api/all/", partial(_list, lists))
    portal.never_like.append(re.compile("/api/all/11\\b"))
    return portal
