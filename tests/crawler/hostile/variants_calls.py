"""Small portals of the families whose lists come from calls, in other shapes than are first thought of."""

from __future__ import annotations

import hashlib
import json
import re
from html import escape

from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn, paged, pages
from tests.crawler.hostile.portal import ORGANS, YEARS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, Skin, rows


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


def jpage(p: Portal) -> None:
    """Hanweb: records are rows of a table, dates broken by blanks; the call wants a Referer and knows only pages."""
    p.skin = Skin(container=('<div class="bt-content" id="zoom">', "</div>"))
    column = "/col/col1229214366/index.html"
    items = p.reports(
        lambda y, n, _: f"/art/{y + 1}/1/{9 + n}/art_1229214366_{48000 + y * 9 + n}.html", ORGANS
    )
    p.home(("/col/col1229214300/index.html", "政府信息公开"))
    p.put("/col/col1229214300/index.html", f'<div class="xxgkml-list"><a href="{column}">公开年报</a></div>')

    def record(item: Item) -> str:
        day = str(item.posted)
        row = f'<tr><td>·</td><td><a href="{item.path}" title="{item.title}">{item.title[:20]}</a></td>'
        return f"<record><![CDATA[{row}<td>{day[:5]} {day[5:]}</td></tr>]]></record>"

    size, last = 12, -(-len(items) // 12)
    counts = f"<totalrecord>{len(items)}</totalrecord><totalpage>{last}</totalpage>"
    first = "".join(record(i) for i in items[:size])
    p.put(
        column,
        f'<div id="div5561"></div><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/jpage/x">'
        f"</a>]]></nextgroup><recordset>{first}</recordset></datastore></script><script>var t=new jpage({{"
        f"el:'div5561',perPage:{size},totalRecord:{len(items)},totalPage:{last},proxyUrl:'/module/jpage/dataproxy.jsp',"
        "params:{col:1,appid:1,webid:3361,path:'/',columnid:1229214366,sourceContentType:1,unitid:'5561',"
        "webname:'%E9%97%A8%E6%88%B7',permissiontype:0}});</script>",
        "公开年报",
    )

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith("/module/jpage/dataproxy.jsp"):
            return None
        if "Referer" not in query.headers or query.given.get("columnid") != "1229214366":
            return Reply(b"", status=404)
        page = int(query.given.get("page") or query.given.get("startrecord") or 1)
        page = page if "page" in query.given else (page - 1) // size + 1
        part = dict(pages(items, size)).get(page, [])
        xml = f"<datastore>{counts}<recordset>{''.join(record(i) for i in part)}</recordset></datastore>"
        return Reply(xml.encode(), content_type="text/xml;charset=utf-8")

    p.answers.append(answer)


def annual_jsp(p: Portal) -> None:
    """xxgkAnnualReport.jsp: agencies in a list of definitions, years in the page itself, some by a second key."""
    p.skin = Skin(container=('<div class="main-txt">', "</div>"))
    call = "/module/xxgk/xxgkAnnualReport.jsp"
    areas = {f"1133250000264{n}55663": organ for n, organ in enumerate(ORGANS[:6])}
    p.home(("/zwgk/index.html", "政府信息公开"))
    p.put("/zwgk/index.html", '<a href="/zwgk/nb/index.html">政府信息公开年报</a>')
    terms = "".join(f"<dd><a href='{call}?area={a}&fbtime=2023'>{o}</a></dd>" for a, o in areas.items())
    p.put("/zwgk/nb/index.html", f"<dl><dt>市级部门</dt>{terms}</dl>", "政府信息公开年报")
    for area, organ in areas.items():
        years = "".join(f'<a href="?fbtime={y}&amp;area={area}">{y}年度</a>' for y in YEARS)
        for year in YEARS:
            first, *more = (
                f"{call}?area={area}&fbtime={year}",
                f"{call}?fbtime={year}&area={area}",
                f"{call}?area={area}&fbtime={year}&showType=2",
            )
            p.report(first, organ, year, aliases=more)
            page = (
                p.site[first]
                .body.decode()
                .replace("<p class=info>", f"<p class=years>{years}</p><p class=info>")
            )
            for path in (first, *more):
                p.site[path] = p.reply(page)


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


def module_search(p: Portal) -> None:
    """Hanweb's disclosure module: rows of HTML from a posted form, of all columns, with 共N页 said once more."""
    p.skin = WORD
    column = "/col/col58264/index.html"
    items = p.reports(
        lambda y, n, _: f"/art/{y + 1}/1/{9 + n}/art_58264_{3350000 + y * 9 + n}.html", ORGANS[:6]
    )
    other = p.lookalikes(
        lambda n: f"/art/2023/3/{n}/art_58299_{7700 + n}.html",
        ["关于绿化的通知", "2023年部门预算公开", "任免通知"],
    )
    mixed = items[:10] + other + items[10:]
    p.home(("/col/col58200/index.html", "政府信息公开"))
    p.put("/col/col58200/index.html", f'<a href="{column}">政府信息公开年报</a>')
    p.put(
        column,
        '<div id="div58264">正在加载</div><script>$.post("/module/xxgk/search.jsp?standardXxgk=0&isAllList=1&texttype=0'
        '&fbtime=-1&vc_all=&vc_filenumber=&vc_title=&vc_number=&currpage=1&sortfield=,createdatetime:0,orderid:0",'
        '{infotypeId:"A0212",jdid:"3350",area:"11330000002",divid:"div58264",vc_title:"",vc_number:"",sortfield:'
        '",createdatetime:0,orderid:0"},show)</script>',
        "政府信息公开年报",
    )

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith("/module/xxgk/search.jsp") or query.given.get("infotypeId") != "A0212":
            return None
        page = int(query.given.get("currpage") or 1)
        part = dict(pages(mixed, 11)).get(page, [])
        lines = "".join(
            f'<tr class="tr_main_value_{"odd" if n % 2 else "even"}"><td><a class="bt_link" href="{p.here}{i.path}"'
            f' title="{escape(i.title)}">{i.title[:18]}</a></td><td>{i.posted}</td></tr>'
            for n, i in enumerate(part)
        )
        return p.reply(
            f"<table>{lines}</table><div>共{len(mixed)}条记录 共{-(-len(mixed) // 11)}页 第{page}页</div>"
        )

    p.answers.append(answer)


WRITERS = (ucap, jpage, annual_jsp, gkmlpt, lonsun, module_search)
