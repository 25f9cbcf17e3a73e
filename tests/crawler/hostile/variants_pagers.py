"""Lists whose further pages are reached by script or by a form alone."""

from __future__ import annotations

import json
from collections.abc import Callable

from pipeline.archive import Outcome
from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn, paged, pages
from tests.crawler.hostile.portal import ORGANS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, rows


def _listed(p: Portal, column: str, address: Callable[[int], str], pager: Callable[[int, int], str]) -> None:
    """A column of one list of three pages, reached from the home page."""
    p.home((column, "政府信息公开年报"))
    items = p.reports(lambda year, n, _: f"{column}{year}/{n}.html", ORGANS[:5])
    paged(p, items, 9, address, pager, draw=rows)


def laypage(p: Portal) -> None:
    """laypage draws the pager, and goes to ?page= and the number; it is told how many entries there are."""
    column = "/zwgk/nb/"
    _listed(
        p,
        column,
        lambda n: column + ("" if n == 1 else f"?page={n}"),
        lambda n, _: (
            "<div id=pager></div><script>layui.use('laypage', function () { var laypage = layui.laypage;"
            f" laypage.render({{ elem: 'pager', count: 25, limit: 9, curr: {n}, jump: function (obj, first) {{"
            " if (!first) { location.href = '?page=' + obj.curr; } } }); });</script>"
        ),
    )


def laypage_calls(p: Portal) -> None:
    """The first page stands in the list; for the others laypage's pager posts their number, and gets records."""
    p.skin = WORD
    column = "/zwgk/nb/index.html"
    p.home((column, "政府信息公开年报"))
    shown = dict(pages(p.reports(lambda year, n, _: f"/zwgk/nb/{year}/{n}.html", ORGANS[:5]), 9))
    script = (
        "<div id=pg></div><script>"
        "function load(n) { $.post('/zwgk/records.do', {lm: 37, pageNo: n, pageSize: 9}, draw); }"
        " laypage({ cont: 'pg', count: 25, limit: 9, jump: function (o, f) { if (!f) load(o.curr); } });</script>"
    )
    p.put(column, f"<h2>政府信息公开年报</h2>{drawn(shown[1])}{script}", "政府信息公开年报")

    def answer(query: Query) -> Reply | None:
        if query.method != "POST" or query.path != "/zwgk/records.do" or query.given.get("lm") != "37":
            return None
        records = [{"title": i.title, "url": i.path} for i in shown.get(int(query.given["pageNo"]), [])]
        return Reply(json.dumps({"rows": records}).encode(), content_type="application/json")

    p.answers.append(answer)


def written_numbers(p: Portal) -> None:
    """A loop writes the links to the pages, their number in a variable, into the query of a script's address."""
    p.skin = TABLES
    address = "/gk/list.jsp?lm=37"
    p.home((address, "政府信息公开年报"))
    items = p.reports(lambda year, n, _: f"/gk/show.jsp?id={year}{n}", ORGANS[:5])
    loop = (
        "<script>var pageCount = 3; for (var i = 1; i <= pageCount; i++) {"
        " document.write('<a href=\"list.jsp?lm=37&pn=' + i + '\">' + i + '</a>'); }</script>"
    )
    paged(p, items, 9, lambda n: address + ("" if n == 1 else f"&pn={n}"), lambda *_: loop)


def signed_numbers(p: Portal) -> None:
    """The pager has numbers in brackets alone, each a link but for the page that is shown."""
    column = "/zwgk/nb/"
    _listed(
        p,
        column,
        lambda n: f"{column}{'index' if n == 1 else f'p{n}'}.html",
        lambda n, last: "".join(
            f"<b>[{k}]</b>" if k == n else f'<a href="{"index" if k == 1 else f"p{k}"}.html">[{k}]</a>'
            for k in range(1, last + 1)
        ),
    )
    p.site[column] = p.site[f"{column}index.html"]


def _posting(p: Portal, items: list[Item], column: str) -> Callable[[Query], Reply | None]:
    def form(number: int, last: int) -> str:
        return (
            f'<form name=pf method=POST action="{column}list.do"><input type=hidden name=columnId value="37">'
            f'<input type=hidden name="pageNo" value="{number}"></form>第{number}页 共{last}页'
            '<a href="javascript:go(1)">首页</a><a href="javascript:go(2)">下一页</a>'
            "<script>function go(n) { document.pf.pageNo.value = n; document.pf.submit(); }</script>"
        )

    shown = dict(pages(items, 9))
    last = len(shown)

    def page(number: int) -> str:
        main = f"<h2>政府信息公开年报</h2>{drawn(shown[number], rows)}{form(number, last)}"
        return p.skin.page(p.city, "政府信息公开年报", main, charset=p.declared)

    p.site[column] = p.reply(page(1))

    def answer(query: Query) -> Reply | None:
        if query.path != f"{column}list.do":
            return None
        number = int(query.given.get("pageNo") or 0)
        if query.method != "POST" or query.given.get("columnId") != "37" or number not in shown:
            return Reply(b"no", status=405 if query.method != "POST" else 404)
        return p.reply(page(number))

    return answer


def posted_pages(p: Portal) -> None:
    """Further pages are asked for by a form that is posted; only the number of the page changes in it."""
    p.skin = WORD
    column = "/zwgk/nb/"
    p.home((column, "政府信息公开年报"))
    items = p.reports(lambda year, n, _: f"{column}{year}/{n}.html", ORGANS[:5])
    p.answers.append(_posting(p, items, column))


def sent_back(p: Portal) -> None:
    """The pages of the list are one form of ASP.NET each, which the pager sends back with the state of the page."""
    p.skin = TABLES
    column = "/xxgk/list.aspx?lm=9"
    p.home((column, "政府信息公开年报"))
    shown = dict(pages(p.reports(lambda year, n, _: f"/xxgk/show.aspx?id={year}{n}", ORGANS[:5]), 9))

    def page(number: int) -> str:
        onward = (
            "<a href=\"javascript:__doPostBack('ctl00$Pager','next')\">下一页</a>"
            if number < len(shown)
            else '<a disabled="disabled">下一页</a>'
        )
        state = f'<input type="hidden" name="__VIEWSTATE" value="/wEP{number}{"x" * 20_000}" />'
        search = '<input name="ctl00$word" type="text" /><input type="submit" name="ctl00$go" value="搜索" />'
        main = f'<form method="post" action="./list.aspx?lm=9">{state}{search}{drawn(shown[number])}{onward}</form>'
        return p.skin.page(p.city, "政府信息公开年报", main, charset=p.declared)

    p.site[column] = p.reply(page(1))

    def answer(query: Query) -> Reply | None:
        if query.method != "POST" or query.path != column:
            return None
        before = int(query.given["__VIEWSTATE"].removeprefix("/wEP").rstrip("x"))
        turned = (query.given.get("__EVENTTARGET"), query.given.get("__EVENTARGUMENT")) == (
            "ctl00$Pager",
            "next",
        )
        return (
            p.reply(page(before + 1))
            if turned and "ctl00$go" not in query.given
            else Reply(b"no", status=500)
        )

    p.answers.append(answer)


def unreached_pages(p: Portal) -> None:
    """The list says that it has three pages, and only a program could tell how to get the others."""
    column = "/zwgk/nb/"
    p.home((column, "政府信息公开年报"))
    items = p.reports(lambda year, n, _: f"{column}{year}/{n}.html", ORGANS[:4], (2023, 2022))
    p.put(
        column,
        f"<h2>政府信息公开年报</h2>{drawn(items, rows)}<div>第1页 共3页 <a onclick='pg.t(this)'>下一页</a></div>",
        "政府信息公开年报",
    )
    p.expect(column, Outcome.SHORT_LIST)


WRITERS = (laypage, laypage_calls, written_numbers, signed_numbers, posted_pages, sent_back, unreached_pages)
