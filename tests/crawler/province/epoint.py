"""葵山市: a shell whose list is asked for with JSON; the site's number stands in a script of the whole site."""

from __future__ import annotations

import json
import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province.around import article, page, surround
from tests.crawler.province.menus import anchors
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "葵山市"
SITE_GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
CATEGORY = "003168002"
REST = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"


def _column(department: str) -> str:
    return f"/govInfoPub.html?categorynum={CATEGORY}&deptcode={department}"


def _list(lists: dict[str, list[tuple[str, Filing]]], query: Query) -> Reply:
    try:
        posted = json.loads(query.posted)
    except ValueError:
        return Reply(b'{"status":{"code":"500"}}', content_type="application/json")
    given = posted.get("params", posted)
    right = given.get("siteGuid") == SITE_GUID and given.get("categorynum") == CATEGORY
    lines = lists.get(given.get("deptcode", ""), []) if right else []
    number, size = int(given.get("pageIndex", 0)), min(int(given.get("pageSize", 15)), 50)
    data = [
        {"infourl": path, "title": one.title[:20], "realtitle": one.title, "infodate": str(one.day)}
        for path, one in lines[number * size : (number + 1) * size]
    ]
    text = json.dumps(
        {"custom": {"data": data, "total": len(lines)}, "status": {"code": "200"}}, ensure_ascii=False
    )
    return Reply(text.encode(), content_type="application/json")


def build() -> Portal:
    portal = Portal("epoint_ewb", CITY)
    who = organs(CITY, 3)
    lists: dict[str, list[tuple[str, Filing]]] = {f"001{place:03}": [] for place in range(len(who))}
    departments = {short: f"001{place:03}" for place, (_, short) in enumerate(who)}
    for one in filings(who, range(2008, 2025), first=100, seed=32, absent=0.1):
        folder = "KS" if one.short == "市政府" else f"1137000000{departments[one.short]}42K"
        path = f"/govxxgk/{folder}/{one.day}/{one.uuid}.html"
        lists[departments[one.short]].append(
            (portal.report(path, partial(article, one, 'class="ewb-info-content"')), one)
        )
    script = (
        "<ul id='list'></ul><script src='/js/webBuilderCommon.js'></script>"
        "<script>function load(i){$.ajax({type:'post',contentType:'application/json',"
        "url:siteInfo.projectName+'/rest/lightfrontaction/getgovinfolist',"
        "data:JSON.stringify({deptcode:Util.getUrlParam('deptcode'),"
        "categorynum:Util.getUrlParam('categorynum'),siteGuid:siteInfo.siteGuid,pageIndex:i,"
        "pageSize:15})})}load(0);</script>"
    )
    menu = anchors([(_column(code), full) for (full, _), code in zip(who, departments.values(), strict=True)])
    for code in departments.values():
        portal.add(_column(code), page("信息公开年报", f"<ul>{menu}</ul>{script}"))
    portal.add(
        "/js/webBuilderCommon.js",
        f'var siteInfo = {{"siteGuid": "{SITE_GUID}", "projectName": "EWB-FRONT"}};',
        kind="application/javascript",
    )
    portal.call("POST", rf"^{re.escape(REST)}$", partial(_list, lists))
    surround(
        portal,
        "/zwgk/govInfo.html",
        [(_column("001000"), "信息公开年报")],
        "/002/0020{column}/subPage.html",
        "/002/0020{column}/20240502/{hex}.html",
        "/002/0020{column}/2.html",
    )
    return portal
