"""柳堰市: a column whose list comes from the publishing server, a page at a time; the number counts only inside
`paramJson`.
"""

from __future__ import annotations

import json
import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province.around import article, page, surround
from tests.crawler.province.menus import metas
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "柳堰市"
COLUMN = "/col/col1229511/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
IDS = {"webId": "2949", "tplSetId": "14870aa", "pageType": "column", "tagId": "信息列表", "pageId": "1229511"}


def _unit(lines: list[tuple[str, Filing]], query: Query) -> Reply:
    given = query.given
    if COLUMN not in query.headers.get("Referer", ""):
        return Reply(b"Forbidden", status=403)
    right = all(given.get(name) == value for name, value in IDS.items()) and given.get("parseType") in (
        "bulidstatic",
        "buildstatic",
    )
    window = json.loads(given.get("paramJson") or "{}")
    number, size = int(window.get("pageNo", 1)), min(int(window.get("pageSize", 15)), 50)
    part = lines[(number - 1) * size : number * size] if right else []
    items = "".join(
        f"<li><a href='{path}' title='{one.title}' target='_blank'>{one.title}</a><span>{one.day}</span></li>"
        for path, one in part
    )
    html = f"<div class='page-content' count='{len(lines)}' pagesize='{size}'><ul>{items}</ul></div>"
    text = json.dumps(
        {"code": "200", "success": right, "data": {"html": html if right else ""}}, ensure_ascii=False
    )
    return Reply(text.encode(), content_type="application/json;charset=UTF-8")


def build() -> Portal:
    portal = Portal("hanweb_jpaas", CITY)
    own = filings(organs(CITY, 6), range(2018, 2025), first=70000, seed=31)
    lines = []
    for one in own:
        path = f"/art/{one.day.year}/{one.day.month}/{one.day.day}/art_1229511_{one.number}.html"
        lines.append((portal.report(path, partial(article, one, 'class="article-content"')), one))
    query_data = json.dumps(
        {**IDS, "parseType": "bulidstatic", "editType": "null"}, ensure_ascii=False
    ).replace('"', "'")
    script = (
        '<div class="list" id="unit"></div><script type="text/javascript" '
        f'src="/jpaas/js/unitbuild.js" parseType="bulidstatic" url="{UNIT}" '
        f'queryData="{query_data}"></script><script>function query(no){{ajaxGet("{UNIT}", '
        f"{{...queryData, paramJson: JSON.stringify({{pageNo: no, pageSize: 15}})}})}}</script>"
    )
    portal.add(COLUMN, page("政府信息公开年报", script, metas({"ColumnType": "信息公开年报"})))
    portal.call("GET", rf"^{re.escape(UNIT)}\?", partial(_unit, lines))
    surround(
        portal,
        "/col/col1229500/index.html",
        [(COLUMN, "政府信息公开年报")],
        "/col/col12296{column}/index.html",
        "/art/2024/5/2/art_12296{column}_{number}.html",
        "/col/col12296{column}/index.html?pageNo=2",
    )
    return portal
