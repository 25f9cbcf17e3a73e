"""Columns whose parts are named as groups of organs or lie elsewhere, and reports that lead to others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from crawler.discovery import Column, Step, judge_in_column
from crawler.families.registry import read_listing
from crawler.families.shapes import folder
from crawler.judged import key_of, names_group
from crawler.listed import other_years
from crawler.memory import Memory
from crawler.pages import Link, Page
from crawler.portals import Portal
from crawler.search import PortalSearch
from pipeline.archive import Archive
from tests.crawler.town import page, report

HOME = "http://www.qingxi.gov.cn/"
NB = "政府信息公开年报"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    with Archive.open(tmp_path_factory.mktemp("empty")) as archive:
        return Memory(archive, archive.begin_run({}).id)


def asked(memory: Memory, site: Mapping[str, str], kind: str) -> list[str]:
    """The paths of this kind that a search asks a site of pages for."""
    search = PortalSearch(
        Portal("990900", "清溪镇", HOME), memory, years=None, refetch=False, looking_pages=60, list_pages=300
    )
    paths = []
    while (task := search.next()) is not None:
        path = "/" + task.url.removeprefix(HOME)
        if task.kind == kind:
            paths.append(path)
        if path in site:
            search.came(task, Page(task.url, site[path].encode(), "text/html"))
        else:
            search.failed(task)
    return paths


@pytest.mark.parametrize(
    "words",
    [
        "县（市、区）", "乡镇（街道）", "县（区）人民政府", "旗县市区", "市直单位", "州直部门", "市直有关单位",
        "政府组成部门", "市政府工作部门", "市直部门（单位）", "事业单位", "公共企事业单位", "垂管单位", "中省驻市单位",
        "其他单位", "派出机构", "县政府", "市级机关",
    ],
)  # fmt: skip
def test_groups_of_organs_are_parts_and_no_organs(words: str) -> None:
    column = Column("qingxi.gov.cn/nb/")
    judged = judge_in_column(Link(f"{HOME}nb/x/", words), column)
    assert (judged.step, judged.organ, judged.worth) == (Step.LIST, None, 1)


@pytest.mark.parametrize(
    "words",
    ["市财政局", "云岭县人民政府", "柳河镇", "机构", "机构职能", "单位简介", "事业发展", "年报", "下一页"],
)
def test_other_words_are_no_groups(words: str) -> None:
    assert not names_group(key_of(words))


def test_a_column_that_lists_nothing_leads_to_its_parts_elsewhere(memory: Memory) -> None:
    title = "清溪镇财政所2023年政府信息公开工作年度报告"
    parts = [
        ("/list/51/page_1.html", "政府部门"),
        ("/list/52/page_1.html", "乡镇（街道）"),
        ("/wz/3.html", "部门"),
    ]
    site = {
        "/": page("首页", [("/nb/", NB), ("/wz/3.html", "部门")]),  # of the menus of the portal
        "/nb/": page(NB, parts),
        "/list/51/page_1.html": page("政府部门", [("/show/1.html", title)]),
        "/list/52/page_1.html": page("乡镇", [("/show/2.html", title.replace("财政所", "人民政府"))]),
        "/show/1.html": report(title),
    }
    assert asked(memory, site, "list") == ["/nb/", "/list/51/page_1.html", "/list/52/page_1.html"]
    assert asked(memory, site, "report") == ["/show/1.html", "/show/2.html"]


def test_a_column_with_entries_is_whole_without_what_lies_elsewhere(memory: Memory) -> None:
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": page(
            NB, [("t1.html", "财政所2023年政府信息公开工作年度报告"), ("/list/51/page_1.html", "政府部门")]
        ),
    }
    assert asked(memory, site, "list") == ["/nb/"]


def test_articles_of_two_columns_with_one_number_are_told_apart_by_whose_they_are(memory: Memory) -> None:
    def listed(column: int, *names: str) -> str:
        links = [
            (f"/art/2024/1/2/art_{column}_{number}.html", f"{name}2023年政府信息公开工作年度报告")
            for number, name in enumerate(names, start=7)
        ]
        return page(NB, links)

    site = {
        "/": page(
            "首页", [("/col/col3/index.html", NB), ("/col/col4/index.html", NB), ("/col/col5/index.html", NB)]
        ),
        "/col/col3/index.html": listed(3, "财政所", "统计所"),
        "/col/col4/index.html": listed(4, "财政所", "统计所"),  # the same articles under another column
        "/col/col5/index.html": listed(5, "林业站", "水务站"),  # others
    }
    assert asked(memory, site, "report") == [
        f"/art/2024/1/2/art_{column}_{number}.html" for column in (3, 5) for number in (7, 8)
    ]


def test_a_home_page_that_is_an_entrance_leads_in(memory: Memory) -> None:
    title = "清溪镇财政所2023年政府信息公开工作年度报告"
    doors = '<a href="/cn/">简体版</a><a href="/en/">English</a><a href="/jbx/">进入首页</a>'
    site = {
        "/": f"<title>清溪镇</title>{doors}",
        "/cn/": page("清溪镇", [("/cn/nb/", NB)]),
        "/cn/nb/": page(NB, [("t1.html", title)]),
        "/cn/nb/t1.html": report(title),
    }
    assert asked(memory, site, "report") == ["/cn/nb/t1.html"]
    assert "/en/" not in asked(memory, site, "page")


@pytest.mark.parametrize(("argument", "pages"), [("2", 2), ("'2'", 2), ("1", None), ("", None)])
def test_a_next_page_that_cannot_be_found_is_missed(argument: str, pages: int | None) -> None:
    at = f"{HOME}nb/"
    entry = '<a href="t1.html">财政所2023年政府信息公开工作年度报告</a>'
    pager = f'<a href="javascript:jump({argument})" class="next"><i></i>下一页</a>'
    found = read_listing(Page(at, (entry + pager).encode(), None), None, folder(at))
    assert (found.ways, found.pages) == ((), pages)


@pytest.mark.parametrize("at", ["?area=88&fbtime=2023", "?area=88"])
def test_a_report_leads_to_other_years_though_its_own_address_names_none(at: str) -> None:
    address = f"{HOME}module/xxgk/xxgkAnnualReport.jsp"
    years = "".join(f'<a href="{address}?area=88&fbtime={year}">{year}年</a>' for year in (2022, 2021))
    others = f'<a href="{address}?area=99&fbtime=2022">2022年</a><a href="{address}?area=88&font=2">大</a>'
    found = other_years(Page(address + at, f"<h1>年报</h1>{years}{others}".encode(), "text/html"))
    assert [(link.url.rpartition("=")[2], year) for link, year, _ in found] == [
        ("2022", 2022),
        ("2021", 2021),
    ]


def test_a_page_of_the_publishing_server_is_told_from_its_forerunner() -> None:
    at = "http://www.qingxi.gov.cn/col/col92/index.html"
    server = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    unit = f"<script url='{server}' queryData=\"{{'webId':'29','pageId':'7'}}\"></script>"
    entry = "<a href='/col/col92/art/2025/art_0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f.html'>甲2024年年报</a>"
    found = read_listing(Page(at, (unit + entry).encode(), None), None, folder(at))
    assert found.family == "jpaas"
    assert "webId=29&pageId=7" in found.ways[0].request(0)[0]
    assert read_listing(Page(at, entry.encode(), None), None, folder(at)).family == "jpage"


def test_years_that_the_address_of_the_column_shows_are_its_list() -> None:
    at = f"{HOME}public/column/2000003131?type=3&action=list"
    years = "".join(f'<a href="?type=3&action=detail&title={year}">{year}年</a>' for year in (2022, 2021))
    assert read_listing(Page(at, years.encode(), None), None, folder(at)).ways == ()
    assert read_listing(Page(at, b"", None), None, folder(at)).ways[0].call is not None


def test_a_report_offers_the_choice_of_others(memory: Memory) -> None:
    address = "/module/xxgk/xxgkAnnualReport.jsp"
    choices = (
        '<select id="areas"><option value="7">财政所</option><option value="8">统计所</option></select>'
        '<select id="fbtime"><option value="2022">2022年</option><option value="2021">2021年</option></select>'
        f"<script>function go() {{ location.href = '{address}?area=' + $('#areas').val() + '&fbtime=' + n; }}</script>"
    )
    title = "财政所2022年政府信息公开工作年度报告"
    site = {
        "/": page("首页", [(f"{address}?area=7&fbtime=2022", NB)]),
        f"{address}?area=7&fbtime=2022": report(title).replace("</body>", f"{choices}</body>"),
    }
    assert sorted(asked(memory, site, "report")) == [
        f"{address}?area={area}&fbtime={year}" for area in (7, 8) for year in (2021, 2022)
    ]


def test_a_table_of_organs_and_years_is_a_list_though_its_entries_lie_elsewhere(memory: Memory) -> None:
    organs = ["财政所", "统计所", "林业站", "水务站", "农经站", "文化站"]
    cells = [
        f"<td><a href='/b{at}/nb/{year}.html'>{year}年</a></td>"
        for at in range(6)
        for year in (2021, 2022, 2023)
    ]
    rows = "".join(
        f"<tr><th>{organ}</th>{''.join(cells[at * 3 : at * 3 + 3])}</tr>" for at, organ in enumerate(organs)
    )
    site = {
        "/": page("首页", [("/hz.html", NB)]),
        "/hz.html": f"<h1>{NB}汇总</h1><table>{rows}{'<tr><td></td></tr>' * 6}</table>",
        **{
            f"/b{at}/nb/{year}.html": report(f"清溪镇{organ}{year}年政府信息公开工作年度报告")
            for at, organ in enumerate(organs)
            for year in (2021, 2022, 2023)
        },
    }
    once = asked(memory, site, "report")
    assert sorted(once) == sorted(path for path in site if path.startswith("/b"))
    assert (
        len(asked(memory, site, "list")) == 2
    )  # the table, and the one by which it shows what the others are


def test_columns_of_organs_in_pages_of_the_same_name_are_lists(memory: Memory) -> None:
    column = Column("qingxi.gov.cn/gk/")
    assert judge_in_column(Link(f"{HOME}gk/a7/xxgknb.html", "清溪镇财政所"), column).step is Step.LIST
    assert judge_in_column(Link(f"{HOME}gk/a7/czs.html", "清溪镇财政所"), column).step is Step.REPORT


@pytest.mark.parametrize(
    "shown", ["<script>$('#top').load('/top.html')</script>", "<iframe src='/top.html'></iframe>"]
)
def test_the_menu_of_a_home_page_may_be_loaded_into_it(memory: Memory, shown: str) -> None:
    site = {
        "/": "".join(f'<a href="/xw/{at}.html">新闻{at}</a>' for at in range(9)) + shown,
        "/top.html": '<a href="/nb/">政府信息公开年报</a>',
    }
    assert asked(memory, site, "list") == ["/nb/"]


def test_the_menu_of_a_column_is_not_asked_for_whatever_stands_first(memory: Memory) -> None:
    site = {
        "/": page("首页", [("/gk/", "政府信息公开")]),
        "/gk/": f'<a href="/gk/zn.html">政府信息公开指南</a><a href="/gk/nb/">{NB}</a>',
    }
    assert "/gk/zn.html" not in asked(memory, site, "page")


def test_a_frame_is_looked_into_where_the_calls_of_its_page_lead_nowhere(memory: Memory) -> None:
    site = {
        "/": f'<a href="/nb/">{NB}</a>',
        "/nb/": "<iframe src='/l/'></iframe><script>$.get('/x/list?page=' + n, show)</script>",
        "/l/": '<a href="/l/1.html">清溪镇财政所2023年政府信息公开工作年度报告</a>',
    }
    assert asked(memory, site, "list") == ["/nb/", "/x/list?page=1", "/l/"]
    assert asked(memory, site, "report") == ["/l/1.html"]


def test_a_script_that_many_empty_lists_have_is_asked_for_once(memory: Memory) -> None:
    script = "<script src='/js/j.js'></script>"
    site = {
        "/": f'<a href="/a/">{NB}</a><a href="/b/">信息公开年报</a>',
        "/a/": script,
        "/b/": script,
    }
    assert asked(memory, site, "list") == ["/a/", "/js/j.js", "/b/"]
