"""Lists that scripts call for, under whatever names the answer has for what it holds."""

from __future__ import annotations

import json

import pytest

from crawler.chains import Chain, shortfall
from crawler.families.listing import Link, Listing, Way
from crawler.families.pager import pages_said, pages_stated, records_stated
from crawler.families.records import read_records
from crawler.families.registry import read_listing
from crawler.families.shapes import folder
from crawler.pages import Page
from crawler.tasks import Task

AT = "http://www.lin.gov.cn/gk/nb/index.html"
NAMED = "民政局2023年政府信息公开工作年度报告"
FOUND = (Link("http://www.lin.gov.cn/a/1.html", NAMED),)


def page(source: str) -> Page:
    return Page(AT, source.encode(), "text/html; charset=utf-8")


def listing(script: str, entries: int = 0) -> Listing:
    links = "".join(f'<a href="/a/{at}.html">民政局20{at}年年报</a>' for at in range(10, 10 + entries))
    return read_listing(page(f"{links}<script>{script}</script>"), None, folder(AT))


def asked(way: Way, seen: int = 0) -> tuple[str, str | None]:
    url, form = way.request(seen)
    return url.removeprefix("http://www.lin.gov.cn").partition("#")[0], form


@pytest.mark.parametrize(
    ("address", "title"),
    [("staticUrl", "subject"), ("docUrl", "docTitle"), ("articleLink", "newsTitle"), ("contentHref", "name")],
)
def test_records_are_known_by_what_their_members_end_in(address: str, title: str) -> None:
    body = json.dumps({"rows": [{"imgUrl": "/a.jpg", title: NAMED, address: "/a/1.html"}], "total": 9})
    records = read_records(AT, body.encode(), "application/json")
    assert records is not None
    assert (records.links, records.total) == (FOUND, 9)


def test_an_object_with_the_address_of_a_picture_alone_is_no_record() -> None:
    body = json.dumps([{"title": NAMED, "imgUrl": "/a/1.jpg", "logoLink": "/b.png"}])
    records = read_records(AT, body.encode(), "application/json")
    assert records is not None
    assert records.links == ()


@pytest.mark.parametrize("name", ["item", "row", "doc"])
def test_records_of_xml_are_read_whatever_they_are_called(name: str) -> None:
    one = f"<{name} id='1'><title>{NAMED}</title><url><![CDATA[/a/1.html]]></url></{name}>"
    records = read_records(AT, f"<?xml version='1.0'?><r><total>7</total>{one}</r>".encode(), "text/xml")
    assert records is not None
    assert (records.links, records.total) == (FOUND, 7)


@pytest.mark.parametrize(
    "script",
    [
        "let offset=0; const limit=20; fetch(`/x/list?cid=5&offset=${offset}&limit=${limit}`)",
        "$.get('/x/list', {cid: 5, offset: 0, limit: 20}, show)",
    ],
)
def test_pages_are_asked_for_by_how_many_entries_lie_before_them(script: str) -> None:
    way = listing(script).ways[0]
    assert asked(way) == ("/x/list?cid=5&offset=0&limit=20", None)
    assert asked(way, seen=40) == ("/x/list?cid=5&offset=40&limit=20", None)


@pytest.mark.parametrize(
    "script",
    [
        "$.ajax({url:'/x/list',type:'post',contentType:'application/json',data:JSON.stringify({cid:'5',pageNo:n})})",
        "axios.post('/x/list', {cid: '5', pageNo: n})",
        "fetch('/x/list', {method: 'POST', body: JSON.stringify({cid: '5', pageNo: n})})",
    ],
)
def test_what_a_script_posts_as_json_is_posted_so(script: str) -> None:
    assert asked(listing(script).ways[0]) == ("/x/list", json.dumps({"cid": "5", "pageNo": "1"}))


def test_a_full_page_that_says_nothing_of_others_is_gone_on_with_by_its_call() -> None:
    script = "function more(n) { $.get('/x/list?cid=5&pageNum=' + n, show) }"
    assert [asked(way)[0] for way in listing(script, entries=10).ways] == ["/x/list?cid=5&pageNum=1"]
    assert listing(script, entries=9).ways == ()


@pytest.mark.parametrize(
    ("script", "pages", "records"),
    [
        ("$('#p').pagination({total:47,pageSize:20,pageNumber:1})", 3, 47),
        ("new Paging({ pageSize: 10, totalCount: 47 })", 5, 47),
        ("$('#p').pagination(47, {items_per_page: 15, callback: go})", 4, 47),
    ],
)
def test_a_pager_counts_its_pages_by_the_entries(script: str, pages: int, records: int) -> None:
    source = f"<script>{script}</script>"
    assert (pages_stated(source), records_stated(page(source))) == (pages, records)


def test_a_next_page_called_for_behind_the_last_is_not_missed() -> None:
    source = "<script>var totalPages=2;</script><a onclick='go({})'>下一页</a>"
    assert [pages_said(page(source.format(number + 1)), number) for number in (1, 2)] == [2, None]
    chain = Chain(AT, pages=pages_said(page(source.format(3)), 2), came=2)
    assert shortfall(chain, Task(AT, "list"), named=False) is None


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("'<a href=\"/show.html?id=' + it.id + '\">'", "/show.html?id=7"),
        ("`<a href='/show/${it.id}.html'>`", "/show/7.html"),
        (":href=\"'/show?no=' + it.docId\"", "/show?no=9"),
    ],
)
def test_the_address_of_a_record_is_put_together_as_the_page_does(markup: str, expected: str) -> None:
    source = f"<div {markup}></div><script>$.get('/x/list?cid=5&page=' + n, function (d) {{ s += {markup} }})</script>"
    call = read_listing(page(source), None, folder(AT)).ways[0].call
    assert call is not None
    body = json.dumps({"items": [{"id": 7, "docId": "9", "title": NAMED}], "total": 1}).encode()
    records = read_records("http://www.lin.gov.cn/x/list?cid=5&page=1", body, "application/json", call.link)
    assert records is not None
    assert records.links == (Link(f"http://www.lin.gov.cn{expected}", NAMED),)


def test_the_script_of_an_empty_list_that_lies_elsewhere_is_asked_for_its_call() -> None:
    sources = ("/js/jquery.js", "/js/nb.js?v=2", "//a.com/b.js")
    source = "".join(f"<script src='{one}'></script>" for one in sources)
    ways = read_listing(page(source), None, folder(AT)).ways
    assert [asked(way)[0] for way in ways] == ["/js/nb.js?v=2"]
    chain = Chain(AT)
    assert chain.after_page(None, Listing("generic", ways), fresh=0) == ways[0]
    script = b"function load(n) { $.get('/x/list?cid=31&pageNo=' + n, show) }"
    records = read_records("http://www.lin.gov.cn/js/nb.js?v=2", script, "application/javascript")
    assert records is not None
    onward = chain.after_call(ways[0], records, fresh=0, told=False)
    assert onward is not None
    assert asked(onward)[0] == "/x/list?cid=31&pageNo=1"
