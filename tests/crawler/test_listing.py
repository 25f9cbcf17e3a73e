"""What the families read from pages and answers, in the variants that products are met in."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.chains import Chain
from crawler.families.listing import Link, Listing, Records, Way
from crawler.families.records import read_records
from crawler.families.registry import read_listing
from crawler.families.shapes import folder
from crawler.pages import Page

AT = "http://www.qingxi.gov.cn/zwgk/nb/index.html"
CHANNEL = "0f" * 16


def listing(source: str, at: str = AT) -> Listing:
    return read_listing(Page(at, source.encode(), "text/html"), None, folder(at))


def asked(way: Way, seen: int = 0) -> tuple[str, dict[str, str], dict[str, str]]:
    """Path, query and form of what a way asks for."""
    url, form = way.request(seen)
    parts = urlsplit(url)
    fields = dict(parse_qsl(form or "", keep_blank_values=True))
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), fields


@pytest.mark.parametrize(
    "script",
    [
        f'var channelId="{CHANNEL}";$.get("/common/search/"+channelId+"?_isAgg=true&_isJson=true&_pageSize=8&page="+p)',
        f"$.getJSON('/common/search/{CHANNEL}?page=' + pageNo + '&_pageSize=8&_isJson=true&_isAgg=true', show);",
        f"fetch(`/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=8&page=${{page}}`)",
        f'var id="{CHANNEL}";$.get("/common/search/"+id,{{_isAgg:true,_isJson:true,_pageSize:8,page:current}})',
    ],
)  # fmt: skip
def test_a_channel_is_asked_as_the_script_says(script: str) -> None:
    way = listing(f"<script>{script}</script>").ways[0]
    assert way.call is not None
    path, query, form = asked(Way(3, call=way.call))
    assert (path, form) == (f"/common/search/{CHANNEL}", {})
    assert query == {"_isAgg": "true", "_isJson": "true", "_pageSize": "8", "page": "3"}


def test_a_channel_named_by_the_meta_tag_alone_is_asked_for() -> None:
    for tag in (f'name="channelid" content="{CHANNEL}"', f"content='{CHANNEL}' name='channelId'"):
        found = listing(f"<meta {tag}>")
        assert (found.family, asked(found.ways[0])[0]) == ("ucap", f"/common/search/{CHANNEL}")


@pytest.mark.parametrize(
    "script",
    [
        "$('#u').jpage({perPage:2,totalRecord:7,proxyUrl:'/module/jpage/dataproxy.jsp',params:{columnid:'5',unitid:'6',webid:3}})",
        'var columnId=5,unitId=6,webId=3,perPage=2; var url="/module/jpage/dataproxy.jsp"; var totalRecord = "7";',
        "$.post('/module/jpage/dataproxy.jsp?startrecord=1&endrecord=2&perpage=2',{columnid:5,unitid:6,webid:3})",
    ],
)  # fmt: skip
def test_a_datastore_is_gone_on_with(script: str) -> None:
    records = "".join(
        f"<record><![CDATA[<li><a href='/art/2024/1/1/art_5_{n}.html'>甲</a></li>]]></record>"
        for n in range(4)
    )
    store = f"<script type='text/xml'><datastore><recordset>{records}</recordset></datastore></script>"
    found = listing(f"{store}<script>{script}</script>")
    assert (found.family, len(found.records)) == ("jpage", 4)
    path, query, form = asked(found.ways[0], seen=4)
    given = query | form
    assert path == "/module/jpage/dataproxy.jsp"
    assert [given[name] for name in ("columnid", "unitid", "webid")] == ["5", "6", "3"]
    if "perPage" in script:
        assert [given[name] for name in ("startrecord", "endrecord", "perpage", "page")] == [
            "5",
            "6",
            "2",
            "3",
        ]


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ('{"data":{"total":9,"results":[{"title":"甲","url":"/a1.html","resList":[{"name":"附","url":"/x"}]}]}}', 9),
        ('cb({"total":"9","articles":[{"title":"甲","post_url":"","url":"http://www.qingxi.gov.cn/a1.html"}]});', 9),
        ('{"data":{"allRow":9,"totalPage":3,"list":[{"TITLE":"甲","URL":"/a1.html"}]}}', 9),
        ("<r><totalrecord>9</totalrecord><record><![CDATA[<tr><a href='/a1.html'>甲</a></tr>]]></record></r>", 9),
        ("<r><totalrecord>9</totalrecord><record>&lt;a href=\"/a1.html\"&gt;甲&lt;/a&gt;</record></r>", 9),
        ("<r><record><title>甲</title><url>/a1.html</url></record></r>", None),
        ("<ul><li><a href='/a1.html' title='甲'>甲</a><span>2024-01-01</span></li></ul>", None),
        ('{"data":{"html":"<li><a href=\\"/a1.html\\">甲</a></li>"}}', None),
        ('cb({"result":"<recordset><record><![CDATA[<a href=\\"/a1.html\\">甲</a>]]></record></recordset>"})', None),
    ],
)  # fmt: skip
def test_records_are_read_in_every_wrapping(body: str, total: int | None) -> None:
    records = read_records(AT, body.encode(), None)
    assert records is not None
    assert [(link.url, link.text) for link in records.links] == [("http://www.qingxi.gov.cn/a1.html", "甲")]
    assert records.total == total


def test_what_holds_no_records_is_told() -> None:
    assert read_records(AT, b"no", None) is None
    nothing = read_records(AT, b'{"data":{"total":0,"results":[]}}', None)
    assert nothing is not None
    assert (nothing.links, nothing.total) == ((), 0)


def test_the_tree_is_read_as_json_and_as_script() -> None:
    for tree in (
        '[{"id":7,"name":"年度报告","children":[],"post_count":3}]',
        "[{ id: 7, name: '政府信息公开年报', children: [] }]",
        "[{ id: 7, name: '政府信息公开年报', jump_url: '', children: [], },]",
        "[{ id: 7, name: '政府信息公开年报', children: load() }]",
    ):
        found = listing(
            f"<script>window._CONFIG = {{SID: 75, TREE: {tree}}}</script>", "http://q.cn/gkmlpt/index"
        )
        assert (found.family, asked(found.lists[0][1])[:2]) == (
            "gkmlpt",
            ("/gkmlpt/api/all/7", {"page": "1", "sid": "75"}),
        )


def test_a_page_without_the_tree_leads_to_the_one_with_it() -> None:
    found = listing("<script>var url='/gkmlpt/api/all/'</script>", "http://q.cn/gkmlpt/annualreport")
    assert [way.url for way in found.ways] == ["http://q.cn/gkmlpt/index"]


@pytest.mark.parametrize(
    "words", ["共5页", "第1页 / 共 5 页", "1/5页", "总页数：5", "<b>共</b><b>5</b><b>页</b>"]
)
def test_the_number_of_pages_is_read_from_words(words: str) -> None:
    found = listing(f"<div>{words}</div><a href='t20240101_7.html'>甲</a>")
    assert [way.url.rpartition("/")[2] for way in found.ways[:2]] == ["index_1.html", "index_2.html"]


def test_falling_numbers_are_followed_and_never_counted() -> None:
    for link in (
        "<span class='p_next p_fun'><a href='nb/8.htm'>下页</a></span>",
        '<a class="x" href="nb/8.htm">下一页</a>',
    ):
        found = listing(f"<!--_vsb_-->{link}<b>共9页</b>", "http://q.cn/zwgk/nb.htm")
        assert [way.url for way in found.ways] == ["http://q.cn/zwgk/nb/8.htm"]
    assert listing("<!--_vsb_--><i class='p_next_d'>下页</i>共9页", "http://q.cn/zwgk/nb.htm").ways == ()


@pytest.mark.parametrize(
    ("script", "path", "page_name"),
    [
        (
            '$.getJSON("/columns/7/templates/8/blocks/9?fix=0&page="+n, show)',
            "/columns/7/templates/8/blocks/9",
            "page",
        ),
        ("$.post('/szinf/loadData', {channel_id: 'x', pageIndex: 1}, show)", "/szinf/loadData", "pageIndex"),
    ],
)
def test_a_page_without_entries_is_asked_by_its_own_call(script: str, path: str, page_name: str) -> None:
    way = listing(f"<script>{script}</script>").ways[0]
    at, query, form = asked(way)
    assert (at, (query | form)[page_name]) == (path, "1")
    assert bool(form) == ("post" in script)
    assert listing("<script>$.get('/visit/count.do?id=5')</script>").ways == ()


def test_a_whole_page_is_no_answer_to_a_call() -> None:
    assert (
        read_records(AT, b"<!DOCTYPE html><html><body><a href='/a1.html'>x</a></body></html>", None) is None
    )


@given(st.binary(max_size=300))
def test_any_answer_can_be_read(body: bytes) -> None:
    read_records(AT, body, None)
    listing(body.decode("utf-8", "replace"))


@given(
    st.lists(
        st.sampled_from(
            ["$.get(", "'/common/search/'", "+", "id", "{", "}", "page", ":", '"', "TREE:[", "SID=1", "("]
        )
    )
)
def test_any_script_can_be_read(parts: list[str]) -> None:
    listing(f"<script>{''.join(parts)}</script>")


AT_LIST = "http://www.qingxi.gov.cn/gk/list_2.html"


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="list_1.html">1</a><a href="list_2.html">2</a><a href="list_3.html">3</a><a href="list_9.html">9</a>',
        """<select onchange="location=this.value"><option value="list_2.html">第2页<option value="list_3.html">第3页""",
        """<script>function to(n){location='list_'+n+'.html'}</script><a href="javascript:to(3)">后一页</a>""",
        """<button onclick="location.href='list_3.html'">下翻</button>""",
        '<a href="list_1.html">&lt;</a><a href="list_3.html">&gt;</a>',
        '<form action="list_3.html"><input type=hidden name=a value=1><input name=pageNo></form>共9页',
    ],
)  # fmt: skip
def test_pagers_are_gone_on_with_from_where_they_stand(pager: str) -> None:
    page = Page(AT_LIST, pager.encode(), "text/html")
    found = read_listing(page, Way(2, AT_LIST), "www.qingxi.gov.cn/gk/list")
    assert [way.url.partition("?")[0] for way in found.ways] == ["http://www.qingxi.gov.cn/gk/list_3.html"]
    assert found.ways[0].number == 3


def test_the_days_of_a_calendar_are_no_pages() -> None:
    days = "".join(f'<a href="?d={day}">{day}</a>' for day in range(1, 29))
    assert listing(days).ways == ()
    assert listing('<a href="?riqi=2024-02-02">2</a>').ways == ()
    assert listing('<a href="?page=2">2</a>').ways != ()


def test_a_list_says_how_many_it_has() -> None:
    for said, total in (
        ("共33条 第1/3页", 33),
        ("第1页 共<b>33</b>条记录", 33),
        ("共 33 条信息，每页15条，共3页", 33),
        ("全年共33条", None),
        ("公开信息共33条，其中工作动态8条。", None),
    ):
        assert listing(f"<div>{said}</div>").total == total, said


def test_a_unit_of_the_publishing_server_is_asked_for_by_its_page_in_json() -> None:
    unit = "{'webId':'149','tplSetId':'a1','pageType':'column','tagId':'列表','pageId':'7','editType':'null'}"
    script = f'<script parseType="buildstatic" queryData="{unit}"></script>'
    found = listing(script + "<script>query(pageNo, {pageSize: 20})</script>")
    assert found.family == "jpaas"
    assert found.ways[0].call is not None
    path, query, form = asked(Way(3, call=found.ways[0].call))
    assert (path, form) == ("/api-gateway/jpaas-publish-server/front/page/build/unit", {})
    assert query | {"parseType": ""} == {
        "webId": "149", "tplSetId": "a1", "pageType": "column", "tagId": "列表", "pageId": "7", "editType": "null",
        "parseType": "", "paramJson": '{"pageNo":3,"pageSize":20}',
    }  # fmt: skip


@pytest.mark.parametrize("inside", ["", "params"])
def test_the_script_of_the_site_is_asked_for_before_the_list_that_needs_its_values(inside: str) -> None:
    fields = "deptcode: dept, categorynum: cat, siteGuid: siteInfo.siteGuid"
    data = f"{{params: {{{fields}}}}}" if inside else f"{{{fields}}}"
    page = (
        "<script src='../js/webBuilderCommon.js'></script>"
        f"<script>$.post(base + '/rest/lightfrontaction/getgovinfolist', JSON.stringify({data}))</script>"
    )
    way = listing(page, "http://www.qingxi.gov.cn/zwgk/govInfoPub.html?categorynum=003&deptcode=001").ways[0]
    assert way.request(0) == ("http://www.qingxi.gov.cn/js/webBuilderCommon.js", None)
    answer = read_records(
        "http://www.qingxi.gov.cn/js/webBuilderCommon.js",
        b'var siteInfo = {"siteGuid": "7eb5-f1", "projectName": "EWB-FRONT"};',
        "application/javascript",
    )
    assert answer is not None
    following = Chain("x").after_call(way, answer, fresh=0, told=False)
    assert following is not None
    url, form = following.request(0)
    assert url.startswith("http://www.qingxi.gov.cn/EWB-FRONT/rest/lightfrontaction/getgovinfolist#")
    sent = json.loads(form or "")
    wanted = {
        "deptcode": "001",
        "categorynum": "003",
        "siteGuid": "7eb5-f1",
        "pageIndex": "0",
        "pageSize": "15",
    }
    assert sent == ({inside: wanted} if inside else wanted)


def test_an_address_kept_under_a_name_is_asked_with_what_is_put_behind_it() -> None:
    script = "var url = '/columns/a/templates/b/blocks/c'; $('#x').load(url + '?page=' + p + '&fix=0');"
    way = listing(f"<script>{script}</script>").ways[0]
    assert asked(Way(2, call=way.call))[:2] == ("/columns/a/templates/b/blocks/c", {"page": "2", "fix": "0"})


def test_pages_of_a_size_that_is_not_known_are_asked_for_until_one_is_shorter() -> None:
    script = "fetch('/api/list.do?page=' + page)"
    way = listing(f"<script>{script}</script>").ways[0]
    chain = Chain("x")
    ten = Records(tuple(Link(f"http://www.qingxi.gov.cn/{n}.html", "x") for n in range(10)))
    second = chain.after_call(way, ten, fresh=10, told=True)
    assert second is not None
    assert second.number == 2
    assert chain.after_call(second, Records(ten.links[:3]), fresh=3, told=True) is None
