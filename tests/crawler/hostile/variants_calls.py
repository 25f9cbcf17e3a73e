"""Small portals of the families whose lists come from calls, in other shapes than are first thought of."""

from __future__ import annotations

import hashlib
import json
import re

from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn, paged, pages
from tests.crawler.hostile.portal import ORGANS, YEARS, Item, Portal
from tests.crawler.hostile.skins import TABLES, Skin, rows


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _json(value: object) -> Reply:
    return Reply(
        json.dumps(value, ensure_ascii=False).encode(), content_type="application/json;charset=UTF-8"
    )


def ucap(p: Portal) -> None:
    """UCAP: a column of files in tables, and one that comes by JSON, the records two levels down."""
    p.skin = Skin(container=('<div id="UCAP-CONTENT"><!--UCAPCONTENT-->', "</div>"))
    p.home(("/hcq/zfxxgk/zfxxgk_list.shtml", "政府信息公开"))
    files = p.reports(lambda y, n, _: f"/hcq/c115486/{y + 1}02/{_hex(f'a{y}{n}')}.shtml", ORGANS[:4])
    p.put(
        "/hcq/zfxxgk/zfxxgk_list.shtml",
        '<a href="/hcq/c115486/list.shtml">政府信息公开年报</a>'
        '<a href="/hcq/c115487/zfxxgk_gknbz.shtml">部门公开年报</a>',
    )
    names = ["list.shtml", "list_2.shtml", "list_3.shtml"]

    def pager(number: int, last: int) -> str:
        return f'共{last}页 <a href="{names[number]}">后一页</a>' if number < last else f"共{last}页"

    paged(p, files, 8, lambda n: f"/hcq/c115486/{names[n - 1]}", pager, draw=rows)
    channel = _hex("channel")
    script = (
        f'<div id="list"></div><script>var channelId = "{channel}"; $.get("/common/search/" + channelId + '
        '"?_isAgg=true&_isJson=true&_pageSize=15&_template=index&_rangeTimeGte=&_channelName=&page="'
        " + page, show);</script>"
    )
    p.put(
        "/hcq/c115487/zfxxgk_gknbz.shtml",
        script,
        "公开年报",
        metas=f'<meta name="channelid" content="{channel}">',
    )
    called = p.reports(lambda y, n, _: f"/hcq/c115487/{y + 1}01/c00_{y}{n}.shtml", ORGANS[2:8])

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith((f"/common/search/{channel}?", f"/searchList/{channel}?")):
            return None
        page, size = int(query.given.get("page") or 1), min(int(query.given.get("_pageSize") or 15), 15)
        part = dict(pages(called, size)).get(page, [])
        results = [
            {
                "title": f"<em>{i.title}</em>",
                "subTitle": "",
                "url": i.path if n % 2 else p.here.removeprefix("http:") + i.path,
                "publishedTimeStr": f"{i.posted} 00:00:00",
                "manuscriptId": _hex(i.path),
                "resList": [],
            }
            for n, i in enumerate(part)
        ]
        data = {"page": page, "rows": size, "total": len(called), "channelId": channel, "results": results}
        return _json({"code": 200, "msg": "ok", "result": {"list": {"data": data}}})

    p.answers.append(answer)


def gkmlpt(p: Portal) -> None:
    """gkmlpt: 年报 is a node below a node, with a child for each kind; some pages hold their text only in a script."""
    p.home(("/gkmlpt/index", "政府信息公开平台"))
    kinds = {4688: ORGANS[:5], 4689: ORGANS[5:8]}
    items: dict[int, list[Item]] = {}
    for node, organs in kinds.items():
        items[node] = [
            p.report(
                f"/gkmlpt/content/2/{2100 + n}/post_{2100000 + node * 100 + y % 100 * 10 + n}.html", o, y
            )
            for y in (*YEARS, 2018)
            for n, o in enumerate(organs)
        ]
    for item in items[4688][::3]:
        text = re.search(
            r'<div class="txt-area">(.*)</div><div class="bottom">',
            p.site[item.path].body.decode(),
            re.DOTALL,
        )
        assert text
        detail = {"id": 1, "title": item.title, "content": text[1].removesuffix("</div>"), "date": 1706000000}
        config = json.dumps({"SID": "755041", "DETAIL": detail})
        p.put(
            item.path,
            f'<div class="article-content"></div><script>window._CONFIG = {config}</script>',
            item.title,
        )
    leaf = {"children": [], "jump_url": "", "post_count": 0}
    tree = [
        {**leaf, "id": 4601, "name": "指南"},
        {
            **leaf,
            "id": 4680,
            "name": "法定主动公开内容",
            "children": [
                {**leaf, "id": 4670, "name": "政策解读"},
                {
                    **leaf,
                    "id": 4687,
                    "name": "政府信息公开工作年度报告",
                    "children": [
                        {**leaf, "id": n, "name": name, "post_count": len(items[n])}
                        for n, name in ((4688, "市直部门"), (4689, "镇街"))
                    ],
                },
            ],
        },
    ]
    config = json.dumps({"SID": 755041, "TREE": tree}, ensure_ascii=False)
    p.bare(
        "/gkmlpt/index",
        f"<div id=app></div><script>window._CONFIG = {config};</script><script src=/app.js></script>",
    )

    def answer(query: Query) -> Reply | None:
        match = re.match(r"/gkmlpt/api/all/(\d+)\?", query.path)
        if not match or query.given.get("sid") != "755041":
            return None
        node, page = int(match[1]), max(1, int(query.given.get("page") or 1))
        listed = items.get(node, [])
        articles = [
            {
                "id": n,
                "title": i.title,
                "publisher": i.organ,
                "date": 1706000000,
                "url": f"{p.here}{i.path}",
                "post_url": "",
                "attachment": [],
            }
            for n, i in enumerate(dict(pages(listed, 12)).get(page, []))
        ]
        return _json(
            {"classify": {"id": node, "post_count": len(listed)}, "total": len(listed), "articles": articles}
        )

    p.answers.append(answer)


def lonsun(p: Portal) -> None:
    """LonSun: organs beside the list, the list as a table from a call, versions in pictures beside the text."""
    p.skin = TABLES
    organs = {2000003131 + n: organ for n, organ in enumerate(ORGANS[:4])}
    menu = "".join(f'<p><a href="/zwgk/public/column/{i}?type=3">市{o}</a></p>' for i, o in organs.items())
    p.home(("/zwgk/public/index.html", "政府信息公开"))
    kinds = ((2, "指南"), (1, "制度"), (4, "目录"), (3, "年报"), (5, "依申请公开"))
    heads = "".join(
        f'<td><a href="/zwgk/public/column/2000003131?type={t}">{name}</a></td>' for t, name in kinds
    )
    p.put("/zwgk/public/index.html", f"<table><tr>{heads}</tr></table>{menu}")
    for kind, name in kinds:
        p.put(f"/zwgk/public/column/2000003131?type={kind}", f"<h2>{name}</h2>", name)
    p.forbidden.append("/zwgk/public/column/2000003131?type=5")
    listed: dict[str, list[Item]] = {}
    for number, organ in organs.items():
        items = [
            p.report(f"/zwgk/public/{number}/{1519000 + y % 100}.html", organ, y)
            for y in range(2023, 2013, -1)
        ]
        pictures = [f"【图解】{p.title(organ, y)}" for y in (2023, 2022)]
        items[1:1] = p.lookalikes(lambda n, number=number: f"/zwgk/public/{number}/t{n}.html", pictures)  # type: ignore[misc]
        listed[str(number)] = items
        call = (
            f"$.ajax({{url:'/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=6795621&organId={number}"
            "&type=3&catId=&action=list&isDate=true&dateFormat=yyyy-MM-dd&file=/xxgk/list_tbl&pageSize=5&pageIndex='+n})"
        )
        script = f"<script>var pageCount:3;function go(n){{{call}}}</script>"
        p.put(
            f"/zwgk/public/column/{number}?type=3",
            f"{menu}<div class=xxgk_nav_con>{drawn(items[:5], rows)}</div>{script}",
            "年报",
            metas='<meta name="ColumnType" content="信息公开年报">',
        )

    def answer(query: Query) -> Reply | None:
        organ = query.given.get("organId", "")
        if not query.path.startswith("/site/label/8888") or organ not in listed:
            return None
        size, page = int(query.given.get("pageSize") or 15), int(query.given.get("pageIndex") or 1)
        part = dict(pages(listed[organ], min(size, 5))).get(page, [])
        return p.reply(f"<div class=xxgk_nav_con>{drawn(part, rows)}</div><script>pageCount:3</script>")

    p.answers.append(answer)


WRITERS = (ucap, gkmlpt, lonsun)
