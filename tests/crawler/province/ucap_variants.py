"""杏坞市: the other ways in which the same platform lists and names things. A department with named folders and
`list_2.shtml`, one with `/searchList/`, one with dated folders and `index_2.shtml`, one with POST and `channel_id`,
one with `/u/search/list/`.
"""

from __future__ import annotations

import json
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.menus import COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal
from tests.crawler.province.ucap import channel_id

CITY = "杏坞市"
JSON = "application/json"
PER_PAGE = 5


def _shell(title: str, main: str, head: str = "") -> str:
    tags = metas({"SiteName": CITY, "SiteIDCode": "9904000001"}, 2)
    return (
        f'<html><head><meta charset="utf-8">{tags}{head}<title>{title}</title></head><body>'
        "<div class=nav><a href=/>首页</a>"
        '<a href="/xwq/zwgk/index.shtml">政务公开</a><a href="/xwq/c200001/list.shtml">新闻</a>'
        f"</div>{main}</body></html>"
    )


def _article(filing: Filing) -> str:
    inner = forms.body(filing.organ, filing.year)
    main = (
        f'<h1 class="title">{filing.title}</h1><p>{filing.day} 来源：{filing.organ}</p>'
        f'<div id="zoomcon">{inner}</div>'
    )
    return _shell(
        filing.title, main, metas({"articletitle": filing.title, "pubdate": f"{filing.day:%Y/%m/%d}"})
    )


def _items(found: list[tuple[str, Filing]]) -> str:
    return "".join(
        f'<li><span class="date">{filing.day:%m-%d}</span><a href={path}>{filing.title}</a></li>'
        for path, filing in found
    )


def _publish(portal: Portal, own: list[Filing], pattern: str) -> list[tuple[str, Filing]]:
    found = []
    for filing in own:
        day = filing.day
        path = pattern.format(
            month=f"{day:%Y%m}",
            dated=f"{day.year}/{day.month}/{day.day}",
            hex=filing.hex,
            number=filing.number,
        )
        found.append((portal.report(path, partial(_article, filing)), filing))
    return found


def _static(portal: Portal, folder: str, stem: str, found: list[tuple[str, Filing]], style: int) -> str:
    """First page `stem.shtml`, then `stem_2.shtml`; the pages are told by a script or by links."""
    total = -(-len(found) // PER_PAGE)
    for number in range(1, total + 1):
        part = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        if style == 0:
            pager = f"<script>createPageHTML('page_div',{total}, {number},'{stem}','shtml',{len(found)});</script>"
        else:
            pager = f'<a href="{stem}_{number + 1}.shtml">下一页</a>' if number < total else "<a>下一页</a>"
        name = f"{stem}.shtml" if number == 1 else f"{stem}_{number}.shtml"
        portal.add(
            folder + name,
            _shell("公开年报", f'<ul class="xxgk_list">{_items(part)}</ul><div id="page_div">{pager}</div>'),
        )
    return f"{folder}{stem}.shtml"


def _search_list(found: list[tuple[str, Filing]], channel: str, query: Query) -> Reply:
    right = query.path.startswith(f"/searchList/{channel}?") and query.given.get("_isJson") == "true"
    page, size = int(query.given.get("page", "1")), int(query.given.get("_pageSize", "15"))
    part = found[(page - 1) * size : page * size] if right else []
    results = [
        {"title": filing.title, "url": path, "publishedTimeStr": str(filing.day)} for path, filing in part
    ]
    data = {
        "page": page,
        "rows": size,
        "total": len(found) if right else 0,
        "channelId": channel,
        "results": results,
    }
    return Reply(json.dumps({"data": data}).encode(), content_type=JSON)


def _load_data(found: list[tuple[str, Filing]], channel: str, query: Query) -> Reply:
    page = int(query.given.get("pageIndex", "1"))
    mine = found if query.given.get("channel_id") == channel else []
    lines = [
        {"TITLE": filing.title, "URL": path, "PUBLISHED_TIME_FORMAT": str(filing.day)}
        for path, filing in mine[(page - 1) * PER_PAGE : page * PER_PAGE]
    ]
    data = {"allRow": len(mine), "totalPage": -(-len(mine) // PER_PAGE), "list": lines}
    return Reply(json.dumps({"data": data}, ensure_ascii=False).encode(), content_type=JSON)


def _hex_list(found: list[tuple[str, Filing]], query: Query) -> Reply:
    page = int(query.given.get("pageNo", query.given.get("page", "1")))
    size = int(query.given.get("pageSize", "10"))
    part = found[(page - 1) * size : page * size]
    rows = [
        {"title": filing.title, "url": path, "publishedTimeStr": str(filing.day)} for path, filing in part
    ]
    return Reply(json.dumps({"data": {"total": len(found), "results": rows}}).encode(), content_type=JSON)


def build() -> Portal:
    portal = Portal("ucap", CITY)
    who = organs(CITY, 5)[1:]
    all_filings = filings(who, range(2013, 2025), first=30823000, seed=6, absent=0.1)
    own = {short: [one for one in all_filings if one.short == short] for _, short in who}
    patterns = (
        "/fgw/gknb/{month}/c00_{number}.shtml",
        "/jyj/xxgkndbg/{month}/{hex}.shtml",
        "/kjj/gknb/{dated}/{hex}.shtml",
        "/gxj/zfxxgknb/{month}/{hex}.shtml",
        "/mzj/c115486a/{month}/c03_{number}.shtml",
    )
    lists = {
        short: _publish(portal, own[short], pattern)
        for (_, short), pattern in zip(who, patterns, strict=True)
    }
    columns = [
        _static(portal, "/fgw/gknb/", "list", lists[who[0][1]], 0),
        "/jyj/xxgkndbg/list1.shtml",
        _static(portal, "/kjj/gknb/", "index", lists[who[2][1]], 1),
        "/gxj/zfxxgknb/nblist.shtml",
        "/mzj/c115486a/xxgk_list.shtml",
    ]
    search, load, post = (channel_id(column) for column in (columns[1], columns[3], columns[4]))
    portal.add(
        columns[1],
        _shell(
            "信息公开年报",
            '<div id="list"></div><script>'
            f"fetch(`/searchList/{search}?_isAgg=true&_isJson=true&_pageSize=5&_template=index&_rangeTimeGte=&_channelName=&page=1`)"
            ".then(r => r.json()).then(show);</script>",
            metas({"ColumnType": "信息公开年报", "channelId": search}, 1),
        ),
    )
    portal.add(
        columns[3],
        _shell(
            "信息公开年报",
            '<table id="tb"></table><script>function getList(pageIndex){'
            '$.post("/szinf/xxgk/interfacesWebZcwj/loadData",'
            f'{{"pageIndex":pageIndex,"channel_id":"{load}"}},function(d){{render(d.data.list);'
            'pager(d.data.totalPage)},"json")}getList(1);</script>',
        ),
    )
    portal.add(
        columns[4],
        _shell(
            "年报",
            f'<ul class="u-list"></ul><script>$.ajax({{type:"POST",url:"/u/search/list/{post}",'
            f"data:{{pageNo:1,pageSize:10}},"
            'dataType:"json",success:function(res){fill(res.data.results)}})</script>',
        ),
    )
    portal.call("GET", r"^/searchList/", partial(_search_list, lists[who[1][1]], search))
    portal.call(
        "POST", r"^/szinf/xxgk/interfacesWebZcwj/loadData$", partial(_load_data, lists[who[3][1]], load)
    )
    portal.call("POST", rf"^/u/search/list/{post}$", partial(_hex_list, lists[who[4][1]]))
    names = anchors(
        [(column, f"{full}政府信息公开年报") for column, (full, _) in zip(columns, who, strict=True)]
    )
    portal.add("/xwq/zwgk/index.shtml", _shell("政务公开", f"<ul>{names}</ul>"))
    fronts = [(f"/xwq/c2000{number:02}/list.shtml", name) for number, (name, _) in enumerate(COLUMNS[:10], 1)]

    def article(front: str, number: int) -> str:
        return front.replace("list.shtml", f"202405/{channel_id(front + str(number))}.shtml")

    other_columns(portal, _shell, fronts, article, lambda front: front.replace("list", "list_2"))
    portal.add("/", _shell(CITY, f"<p>{HEADLINES[0]}</p><ul>{anchors(fronts)}</ul>"))
    return portal
