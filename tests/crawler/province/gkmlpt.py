"""青麓市: the disclosure platform whose page holds a tree of columns and whose lists are JSON. Articles are shown a
second time on the ordinary portal, and have a mobile twin.
"""

from __future__ import annotations

import json
import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.menus import COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "青麓市"
SID, REPORTS = "752099", 8421
PAGE = 100


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors([("{HOME}/", "首页"), ("{HOME}/zwgk/", "政务公开"), ("{HOME}/hdjlpt/", "政民互动")])
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}<title>{title}</title></head>'
        '<body data-s="NFCMS_SITE_ID"><ul>'
        f"{nav}</ul>{main}<a href='http://search.gd.test/search/all/752099'>搜索</a></body></html>"
    )


def _platform(title: str, main: str, tree: object) -> str:
    """A page of the platform: `_CONFIG` is a script's object, not JSON."""
    config = (
        f"window._CONFIG = {{\n  SITE_ID: {SID}, SID: '{SID}',\n  NAME: '{CITY}',\n  TREE: "
        f"{json.dumps(tree, ensure_ascii=False)},\n}};"
    )
    menu = anchors(
        [
            ("/gkmlpt/guide", "政府信息公开指南"),
            ("/gkmlpt/policy", "政府信息公开制度"),
            ("/gkmlpt/index", "法定主动公开内容"),
            ("/gkmlpt/annualreport", "政府信息公开年报"),
        ]
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>"
        f"<script>{config}</script></head><body><div id='app'>"
        f"<ul>{menu}</ul>{main}</div><script src='/gkmlpt/dist/app.js'></script></body></html>"
    )


def _article(filing: Filing, file: str | None) -> str:
    inner = forms.body(filing.organ, filing.year)
    if file:
        inner = (
            f'<p>报告全文请见附件。</p><p><a class="nfw-cms-attachment" href="{{HOME}}{file}" '
            f'alt="{filing.title}.docx">{filing.title}.docx</a></p>'
        )
    index = (
        f"<table><tr><td>索引号</td><td>{filing.number}</td><td>发布机构</td>"
        f"<td>{filing.organ}</td></tr><tr><td>发布日期</td><td>{filing.day}</td></tr></table>"
    )
    tags = metas(
        {
            "ArticleTitle": filing.title,
            "PubDate": str(filing.day),
            "ContentSource": filing.organ,
            "ColumnType": "年报",
        }
    )
    return _shell(
        filing.title,
        (
            f'<div class="classify">{index}</div><h1 class="title">{filing.title}</h1>'
            f'<div class="article-content">{inner}</div>'
        ),
        tags,
    )


def _path(number: int) -> str:
    return f"/gkmlpt/content/{number // 1000000}/{number // 1000}/post_{number}.html"


def _list(articles: list[dict[str, object]], home: Portal, query: Query) -> Reply:
    page = max(int(query.given.get("page", "1")), 1)
    right = re.match(rf"/gkmlpt/api/all/{REPORTS}\?", query.path) and query.given.get("sid") == SID
    mine = articles if right else []
    answer = {
        "classify": {"id": REPORTS, "name": "年报", "post_count": len(mine)},
        "total": len(mine),
        "articles": mine[(page - 1) * PAGE : page * PAGE],
    }
    text = json.dumps(answer, ensure_ascii=False).replace("{HOME}", home.home.rstrip("/"))
    return Reply(text.encode(), content_type="application/json")


def _node(number: int, name: str, count: int, *children: object, jump: str = "") -> dict[str, object]:
    return {"id": number, "name": name, "children": children, "jump_url": jump, "post_count": count}


def build() -> Portal:
    portal = Portal("gd_gkmlpt", CITY)
    articles: list[dict[str, object]] = []
    for place, filing in enumerate(filings(organs(CITY, 14, 4), range(2014, 2025), first=2155000, seed=11)):
        path = _path(filing.number)
        file = f"/attachment/1/1658/1658591/{filing.number}.docx" if place % 15 == 2 else None
        if file:
            portal.files.add(portal.add_bytes(file, forms.docx(filing.title), forms.DOCX))
        portal.report(path, partial(_article, filing, file), f"/xxgk/ndbg/content/post_{filing.number}.html")
        portal.forbid([path.replace("/post_", "/mpost_")])
        articles.append(_entry(filing.number, filing.title, filing, file))
        if place % 20 == 9:
            number = filing.number + 500000
            portal.forbid([_path(number)])
            articles.append(_entry(number, lookalikes(CITY, filing.year)[place // 20 % 10], filing, None))
    tree = [
        _node(8401, "机构职能", 12),
        _node(8402, "政策文件", 904, _node(8403, "规范性文件", 85)),
        _node(
            8420,
            "工作报告",
            0,
            _node(REPORTS, "政府信息公开年报", len(articles)),
            _node(8422, "财政预决算", 0, jump="http://czj.qinglu.test/"),
        ),
    ]
    for name, title in (
        ("index", "信息公开"),
        ("annualreport", "年报"),
        ("guide", "指南"),
        ("policy", "制度"),
    ):
        portal.add(f"/gkmlpt/{name}", _platform(title, "<router-view></router-view>", tree))
    portal.call("GET", r"^/gkmlpt/api/all/", partial(_list, articles, portal))
    portal.never_like.append(re.compile(rf"/gkmlpt/api/all/(?!{REPORTS}\b)|mpost_|/hdjlpt/"))
    fronts = [(f"/{slug}/", name) for name, slug in COLUMNS]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"{front}content/post_{3000000 + len(front) * 100 + number}.html",
        lambda front: f"{front}index_2.html",
    )
    public = [("{HOME}/gkmlpt/index", "政府信息公开平台"), *fronts[3:11]]
    portal.add("/zwgk/", _shell("政务公开", f"<ul>{anchors(public)}</ul>"))
    portal.add("/", _shell(f"{CITY}人民政府门户网站", f"<p>{HEADLINES[0]}</p><ul>{anchors(fronts)}</ul>"))
    return portal


def _entry(number: int, title: str, filing: Filing, file: str | None) -> dict[str, object]:
    attachment = [
        {
            "id": number,
            "name": f"{title}.docx",
            "type": "docx",
            "mime": forms.DOCX,
            "size": 2000,
            "url": f"{{HOME}}{file}",
        }
    ]
    return {
        "id": number,
        "title": title,
        "document_number": "",
        "publisher": filing.organ,
        "keywords": "",
        "date": 1700000000,
        "created_at": f"{filing.day} 09:00:00",
        "display_publish_time": 1700000000,
        "first_publish_time": 1700000000,
        "identifier": f"99{number}",
        "classify_main_name": "年报",
        "url": f"{{HOME}}{_path(number)}",
        "post_url": f"{{HOME}}/xxgk/ndbg/content/post_{number}.html",
        "abstract": "",
        "relation": [],
        "attachment": attachment if file else [],
        "is_expired": 0,
        "is_abolished": 0,
    }
