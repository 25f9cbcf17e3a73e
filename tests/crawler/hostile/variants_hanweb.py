"""Small portals of Hanweb's three ways to list reports, in other shapes than are first thought of."""

from __future__ import annotations

from html import escape

from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import pages
from tests.crawler.hostile.portal import ORGANS, YEARS, Item, Portal
from tests.crawler.hostile.skins import WORD, Skin


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


WRITERS = (jpage, annual_jsp, module_search)
