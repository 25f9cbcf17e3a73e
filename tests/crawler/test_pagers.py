"""Pagers that are drawn by scripts or are forms: where the next page is, and when that is not known."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from crawler.chains import Chain, shortfall
from crawler.families.forms import asked_by_form
from crawler.families.listing import Call, Link, Listing, Records, Way
from crawler.families.pager import pages_said, pages_stated
from crawler.families.registry import read_listing
from crawler.families.shapes import folder
from crawler.families.written import written_ways
from crawler.pages import Page
from crawler.tasks import Task
from pipeline.archive import Outcome

AT = "http://www.lin.gov.cn/gk/nb/list.jsp?lm=37"


def page(source: str) -> Page:
    return Page(AT, source.encode(), "text/html; charset=utf-8")


def written(code: str, way: Way | None = None) -> list[str]:
    """The addresses of the page behind the second."""
    ways = written_ways(page(f"<script>{code}</script>"), way or Way(2, AT))
    assert all(one.number == 3 for one in ways)
    return [one.url.removeprefix("http://www.lin.gov.cn/gk/nb/") for one in ways]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("jump: function (obj, first) { if (!first) location.href = '?page=' + obj.curr; }", "list.jsp?page=3"),
        ("var url = 'list.jsp?lm=37&pn='; function go(n) { window.location.href = url + n; }", "list.jsp?lm=37&pn=3"),
        ("function go(p) { location.replace('p.html?q=1&n=' + p + '&x=2') }", "p.html?q=1&n=3&x=2"),
        ("for (var i = 1; i <= n; i++) s += '<a href=\"?pn=' + i + '\">' + i + '</a>';", "list.jsp?pn=3"),
        ("for (let i = 0; i < 3; i++) { s += '<a href=\"?pn=' + i + '\">' + (i + 1) + '</a>'; }", "list.jsp?pn=2"),
        ("function go(n) { location.href = n == 1 ? './' : n + '.html'; }", "3.html"),
        ("if (n == 1) location.href = './'; else location.href = 'nb_' + n + '.html';", "nb_3.html"),
        ("function go(i) { location.href = (i === 0) ? 'nb.html' : 'nb_' + i + '.html'; }", "nb_2.html"),
        ("for (i = 1; i < 9; i++) s += `<a class=pg href=\"p_${i}.html\">${i}</a>`;", "p_3.html"),
    ],
)  # fmt: skip
def test_the_address_of_a_page_is_put_together(code: str, expected: str) -> None:
    assert written(code) == [expected]


def test_files_may_be_counted_from_zero_where_nothing_says_from_what() -> None:
    code = "function go(n) { location.href = 'index_' + n + '.html'; }"
    assert written(code) == ["index_2.html", "index_3.html"]
    assert written(code, Way(2, AT, base=0)) == ["index_2.html"]
    assert written(code, Way(2, AT, base=1)) == ["index_3.html"]


@pytest.mark.parametrize(
    "code",
    [
        "location.href = base + n + '.html';",
        "location.href = 'index_' + (n - 1) + '.html';",
        "document.write('<a href=\"' + _sPageName + '_' + i + '.' + _sPageExt + '\">' + i + '</a>');",
        "location.href = 'http://www.far.gov.cn/?page=' + n;",
        "location.href = '/search?q=' + word;",
        "var address = '?page=' + n;",
    ],
)
def test_what_is_not_certain_is_not_put_together(code: str) -> None:
    assert written(code) == []


def asked(form: str) -> tuple[str, dict[str, list[str]]] | None:
    found = asked_by_form(page(form), 3)
    if found is None:
        return None
    url, _, key = found[0].partition("#")
    assert key == found[1]
    return url, parse_qs(key)


def test_a_form_is_posted_in_which_the_page_alone_changes() -> None:
    hidden = '<input type=hidden name=columnId value=37><input type="hidden" name="pageNo" value="1">'
    assert asked(f"<form method=post action='/gk/q.do?x=1'>{hidden}<input type=submit></form>") == (
        "http://www.lin.gov.cn/gk/q.do?x=1",
        {"columnId": ["37"], "pageNo": ["3"]},
    )
    assert asked(f"<form method=POST>{hidden}</form>") == (AT, {"columnId": ["37"], "pageNo": ["3"]})
    for more in (
        "<input name=keyword>",
        "<input type=password name=pw>",
        "<textarea name=text></textarea>",
        "<select name=kind><option>1</select>",
        f"<input type=hidden name=__VIEWSTATE value={'x' * 2000}>",
    ):
        assert asked(f"<form method=post>{hidden}{more}</form>") is None
    assert asked("<form method=post><input type=hidden name=id value=1></form>") is None


def test_what_is_posted_tells_pages_apart() -> None:
    source = (
        "共3页<form method=post action=q.do><input type=hidden name=pageNo value=1></form>"
        '<a href="/a/1.html">民政局2023年政府信息公开工作年度报告</a>'
    )
    (way,) = read_listing(page(source), None, folder(AT)).ways
    assert way.request(0) == ("http://www.lin.gov.cn/gk/nb/q.do#pageNo=2", "pageNo=2")


@pytest.mark.parametrize(
    ("source", "pages"),
    [
        ("<script>laypage.render({elem: 'p', count: 25, limit: 9})</script>", 3),
        ("<script>laypage.render({ elem: 'p', limits: [9], count: '20' })</script>", 2),
        ("<script>laypage({cont: 'p', count: 0})</script>", 0),
    ],
)
def test_laypage_is_counted_out(source: str, pages: int) -> None:
    assert (pages_stated(source), pages_said(page(source))) == (pages, pages)


def test_a_number_in_any_script_is_not_said_by_the_pager() -> None:
    assert pages_said(page("<script>var pages = 7; pageCount: 9</script><p>共8条</p>")) is None
    assert pages_said(page("<p>第 1 页 / 共 8 页</p>")) == 8


def test_a_list_with_fewer_pages_than_it_says_is_short() -> None:
    chain, task = Chain(AT), Task(AT, "list")
    chain.after_page(None, Listing("generic", pages=3), fresh=5)
    chain.after_page(Way(2, AT + "&pn=2"), Listing("generic", pages=3), fresh=2)
    chain.after_page(Way(3, AT + "&pn=3"), Listing("generic", pages=3), fresh=0)
    short = shortfall(chain, task, named=True)
    assert short is not None
    assert (short.outcome, short.note) == (Outcome.SHORT_LIST, "2 of 3 pages")


def test_pages_may_be_named_by_their_number_alone() -> None:
    source = "<a href='t20240101_7.html'>甲</a><script>var pageCount = 5;</script>"
    at = "http://www.lin.gov.cn/gk/nb/"

    def following(name: str, way: Way | None) -> list[str]:
        found = read_listing(Page(at + name, source.encode(), None), way, folder(at)).ways
        return [one.url.removeprefix(at) for one in found]

    assert following("", None) == ["index_1.html", "index_2.html", "1.html", "2.html"]
    assert following("2.html", Way(2, base=1)) == ["3.html"]
    assert following("1.html", Way(2, base=0)) == ["2.html"]


def test_a_call_that_names_the_column_comes_before_guesses() -> None:
    at = "http://www.lin.gov.cn/columns/8aef2fa0-cc14-409e-9f68-fbdba00a0c72/index.html"
    script = "<script>var pages = 4; $.get('{}?page=' + n + '&fix=0', show);</script>"

    def first(call: str) -> str:
        source = script.format(call) + "<a href='/1.html'>甲2023年年报</a><a href='/2.html'>乙2023年年报</a>"
        return read_listing(Page(at, source.encode(), None), None, folder(at)).ways[0].request(0)[0]

    own = "/columns/8aef2fa0-cc14-409e-9f68-fbdba00a0c72/templates/7/blocks/9"
    assert first(own) == f"http://www.lin.gov.cn{own}?page=1&fix=0"
    assert first("/hot/list").endswith("/index_1.html")


def test_no_name_is_guessed_where_a_call_has_brought_entries() -> None:
    link = Link("http://www.lin.gov.cn/1.html", "甲")
    call, guess = Way(1, call=Call("http://www.lin.gov.cn/list", (("page", "{page}"),))), Way(2, AT, base=1)
    for links, left in (((link,), None), ((), guess)):
        chain = Chain(AT)
        assert chain.after_page(None, Listing("generic", (call, guess)), fresh=1) is call
        assert chain.after_call(call, Records(links), fresh=len(links), told=bool(links)) == left


def test_a_call_that_brings_a_menu_leaves_the_others_to_be_tried() -> None:
    units = [
        Way(1, call=Call("http://www.lin.gov.cn/unit", (("tag", tag), ("page", "{page}")))) for tag in "甲乙"
    ]
    menu = Records((Link("http://www.lin.gov.cn/2023/", "2023年"),))
    for told, left in ((False, units[1]), (True, None)):
        chain = Chain(AT)
        assert chain.after_page(None, Listing("jpaas", tuple(units)), fresh=1) is units[0]
        assert chain.after_call(units[0], menu, fresh=1, told=told) == left


def test_pages_that_are_counted_from_one_are_asked_for_though_a_script_begins_with_zero() -> None:
    call = Call("http://www.lin.gov.cn/list", (("page", "{page}"),), first=0)
    chain = Chain(AT)
    assert chain.after_call(Way(0, call=call), Records((), total=9), fresh=0, told=False) == Way(1, call=call)
    assert chain.after_call(Way(0, call=call), Records((), total=0), fresh=0, told=False) is None


@pytest.mark.parametrize(
    ("words", "total"), [("共30条", 30), ("共有 30 条记录", 30), ("共30条评论", None), ("共30条 共4篇", None)]
)
def test_a_number_beside_a_pager_that_a_script_draws_is_that_of_the_entries(
    words: str, total: int | None
) -> None:
    pager = "<script>createPageHTML(3,0,'index','html')</script>"
    source = f"<a href='t20240101_7.html'>甲</a><p>{words}</p><p>地图</p>{pager}"
    found = read_listing(Page(AT, source.encode(), None), None, folder(AT))
    assert (found.total, found.pages) == (total, 3)


def test_a_list_goes_on_while_pages_are_left_though_all_entries_seem_to_be_there() -> None:
    chain, onward = Chain(AT), Way(2, AT)
    chain.listed.update(("1", "2"))
    for pages, way in ((3, onward), (1, None), (None, None)):
        assert chain.after_page(None, Listing("generic", (onward,), total=2, pages=pages), fresh=2) == way
        chain = Chain(AT, listed=chain.listed)


def test_a_calendar_beside_a_list_does_not_hide_its_pager() -> None:
    days = "".join(f"<a href='/rili/?d={day}'>{day}</a>" for day in range(1, 32))
    found = read_listing(page(days + "<a href='list_2.jsp?lm=37'>2</a>"), None, folder(AT))
    assert [way.url for way in found.ways] == ["http://www.lin.gov.cn/gk/nb/list_2.jsp?lm=37"]
    within = days.replace("/rili/?d=", "list.jsp?lm=37&day=")
    assert read_listing(page(within), None, folder(AT)).ways == ()
