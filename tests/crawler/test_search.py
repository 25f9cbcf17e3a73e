"""The search without a network: what it asks for is decided by the pages that came, and by nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.memory import Memory
from crawler.pages import Page
from crawler.portals import Portal
from crawler.search import PortalSearch
from crawler.tasks import Notice, Task
from pipeline.archive import Archive, Outcome
from tests.crawler.town import page, report

HOME = "http://www.qingxi.gov.cn/"
PORTAL = Portal("990900", "清溪镇", HOME)
NB = "政府信息公开年报"


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    with Archive.open(tmp_path_factory.mktemp("empty")) as archive:
        return Memory(archive, archive.begin_run({}).id)


Driven = tuple[list[Task], list[Notice]]


def drive(
    memory: Memory,
    site: Mapping[str, str] | Callable[[str], str | None],
    years: Iterable[int] | None = None,
    **limits: int,
) -> Driven:
    """Let a search go over a site of pages by path; what is not in it is not found."""
    answer = site if callable(site) else site.get
    search = PortalSearch(
        PORTAL,
        memory,
        years=frozenset(years) if years else None,
        refetch=False,
        looking_pages=limits.get("looking_pages", 60),
        list_pages=limits.get("list_pages", 3000),
    )
    tasks: list[Task] = []
    notices: list[Notice] = []
    while (task := search.next()) is not None:
        assert len(tasks) < 5000
        tasks.append(task)
        text = answer("/" + task.url.removeprefix(HOME))
        if text is None:
            search.failed(task)
        else:
            notices += search.came(task, Page(task.url, text.encode(), "text/html"))
    return tasks, notices


def paths(driven: Driven, kind: str | None = None) -> list[str]:
    return ["/" + task.url.removeprefix(HOME) for task in driven[0] if kind in (None, task.kind)]


def test_agencies_below_years_give_their_hints(memory: Memory) -> None:
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": page(NB, [("2023n/", "2023年")]),
        "/nb/2023n/": page("2023年", [("czs/", "财政所")]),
        "/nb/2023n/czs/": page(
            "财政所", [("t20240112_1.html", "年度报告"), ("t20240113_2.html", "2022年政府信息公开年报")]
        ),
    }
    found = {
        notice.link.text: (notice.verdict, notice.organ, notice.year) for notice in drive(memory, site)[1]
    }
    assert found == {
        "2023年": ("list", None, 2023),
        "财政所": ("list", "财政所", 2023),
        "年度报告": ("report", "财政所", 2023),
        "2022年政府信息公开年报": ("report", "财政所", 2022),
    }


def test_a_year_that_is_not_wanted_is_noted_and_not_fetched(memory: Memory) -> None:
    titles = {
        f"/nb/t{year + 1}0112_1.html": f"财政所{year}年政府信息公开工作年度报告" for year in range(2019, 2024)
    }
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": page(
            NB, [*titles.items(), ("2019n/", "2019年"), ("2022n/", "2022年"), ("t1.html", "年度报告")]
        ),
    }
    driven = drive(memory, site, years=[2021])
    assert paths(driven, "report") == ["/nb/t20220112_1.html", "/nb/t1.html"]
    assert "/nb/2022n/" in paths(driven, "list")  # the folder may be of the year of posting
    assert "/nb/2019n/" not in paths(driven)
    assert Counter(notice.verdict for notice in driven[1]) == {"report": 6, "list": 1}


def test_lists_end_at_a_page_that_is_missing_or_brings_nothing_new(memory: Memory) -> None:
    pager = '<script>createPageHTML(40,{},"index","html");</script>'
    lists = {
        f"/nb/{'index' if not n else f'index_{n}'}.html": page(
            NB, [(f"t2024011{n}_{n}.html", f"第{n}所2023年政府信息公开工作年度报告")], more=pager.format(n)
        )
        for n in range(3)
    }
    home = {"/": page("首页", [("/nb/index.html", NB)])}
    assert paths(drive(memory, home | lists), "list") == [*lists, "/nb/index_3.html"]
    same = lists | {"/nb/index_2.html": lists["/nb/index_1.html"].replace("{},1,", "2")}
    assert paths(drive(memory, home | same), "list") == list(lists)


def test_a_link_to_the_next_page_is_followed(memory: Memory) -> None:
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": page(NB, [("a1.html", "甲所2023年政府信息公开年报"), ("list_b.html?p=2", "下一页")]),
        "/nb/list_b.html?p=2": page(NB, [("a2.html", "乙所2023年政府信息公开年报"), ("?p=2", "下一页")]),
    }
    assert paths(drive(memory, site), "report") == ["/nb/a1.html", "/nb/a2.html"]


def test_looking_ends_with_its_budget_or_with_a_column_that_announces(memory: Memory) -> None:
    many = [(f"/{n}/zfxxgk/", "政府信息公开") for n in range(90)]
    site = {"/": page("首页", many)} | {f"/{n}/zfxxgk/": page("政府信息公开") for n in range(90)}
    assert len(paths(drive(memory, site))) == 61
    assert len(paths(drive(memory, site, looking_pages=5))) == 6
    site |= {
        "/3/zfxxgk/": page("政府信息公开", [("nb/", "年报")]),
        "/3/zfxxgk/nb/": page("年报", [("a1.html", "甲所2023年政府信息公开年报")]),
    }
    asked = paths(drive(memory, site))
    assert asked[5:7] == ["/3/zfxxgk/", "/3/zfxxgk/nb/"] or asked[4:6] == ["/3/zfxxgk/", "/3/zfxxgk/nb/"]
    assert asked[-1] == "/3/zfxxgk/nb/a1.html"
    assert len(asked) < 20  # a few more are looked at, as there may be columns beside the first


def test_columns_of_departments_are_looked_for_beside_the_first(memory: Memory) -> None:
    organs = {
        f"/{name}/": f"清溪市{organ}局" for name, organ in (("czj", "财政"), ("jyj", "教育"), ("swj", "水务"))
    }
    site = {
        "/": page("首页", [("/nb/", NB), ("/bm/", "部门信息公开"), ("/zwgk/", "政务公开")]),
        "/nb/": page(NB, [("t1.html", "清溪市人民政府2023年政府信息公开工作年度报告")]),
        "/bm/": page("部门信息公开", organs.items()),
    }
    for path, organ in organs.items():
        site[path] = page(organ, [("gk/nb/", NB), ("/xw/", "新闻")])
        site[f"{path}gk/nb/"] = page(NB, [("t2.html", f"{organ}2023年政府信息公开工作年度报告")])
    found = set(paths(drive(memory, site), "report"))
    assert found == {"/nb/t1.html", *(f"{path}gk/nb/t2.html" for path in organs)}


def test_lists_that_are_empty_or_shorter_than_they_say_are_told(memory: Memory) -> None:
    pager = "<script>createPageHTML('page_div',3, 1,'list','shtml',41);</script>"
    site = {
        "/": page("首页", [("/nb/list.shtml", NB)]),
        "/nb/list.shtml": page(
            NB,
            [("c1.html", "甲所2023年政府信息公开年报"), ("/kong/", "2022年"), ("/man/", "2021年")],
            more=pager,
        ),
        "/nb/list_2.shtml": page(
            NB, [("c2.html", "乙所2023年政府信息公开年报")], more=pager.replace(" 1,", " 2,")
        ),
        "/kong/": page("2022年"),
        "/man/": page("2021年", [("c3.html", "丙所2021年政府信息公开年报")]),
    }
    search = PortalSearch(PORTAL, memory, years=None, refetch=False, looking_pages=60, list_pages=60)
    while (task := search.next()) is not None:
        text = site.get("/" + task.url.removeprefix(HOME))
        if text is None:
            search.failed(task)
        else:
            search.came(task, Page(task.url, text.encode(), "text/html"))
    told = {short.url.removeprefix(HOME): (short.outcome, short.note) for short in search.shortfalls}
    assert told == {
        "nb/list.shtml": (Outcome.SHORT_LIST, "2 of 41 entries"),
        "kong/": (Outcome.EMPTY_LIST, "nothing is listed"),
    }


def test_a_column_of_other_reports_does_not_end_the_looking(memory: Memory) -> None:
    site = {
        "/": page("首页", [("/tj/nb/", "信息公开年报"), ("/zwgk/", "政务公开")]),
        "/tj/nb/": page("信息公开年报", [("t1.html", "清溪镇预算公开")]),
        "/zwgk/": page("政务公开", [("nb/", NB)]),
        "/zwgk/nb/": page(NB, [("a1.html", "甲所2023年政府信息公开年报")]),
    }
    assert paths(drive(memory, site), "report") == ["/zwgk/nb/a1.html"]


def test_the_list_inside_a_frame_is_found(memory: Memory) -> None:
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": f"<html><title>{NB}</title><iframe src='/inner/list.html'></iframe></html>",
        "/inner/list.html": page(NB, [("a1.html", "甲所2023年政府信息公开年报")]),
    }
    assert paths(drive(memory, site), "report") == ["/inner/a1.html"]


def test_endless_folders_come_to_an_end(memory: Memory) -> None:
    def site(path: str) -> str:
        if path == "/":
            return page("首页", [("/nb/", NB)])
        return page("更多", [("./deeper/", "更多内容"), ("./aside/", "其他内容"), ("./2023n/", "2023年")])

    assert len(paths(drive(memory, site))) < 1000
    assert len(paths(drive(memory, site, list_pages=50))) <= 50 + 5


def test_lists_that_are_left_out_are_counted(memory: Memory) -> None:
    lists = [(f"{year}n/", f"{year}年") for year in range(2015, 2024)]
    search = PortalSearch(PORTAL, memory, years=None, refetch=False, looking_pages=60, list_pages=4)
    while (task := search.next()) is not None:
        text = page(NB, lists) if task.url.endswith("/nb/") else page("首页", [("/nb/", NB)])
        search.came(task, Page(task.url, text.encode(), None))
    assert search.unasked == 6


def test_files_are_fetched_where_the_page_prints_no_tables(memory: Memory) -> None:
    files = [
        ("./P1.docx", "附件"),
        ("/down/a.pdf", "2023年政府信息公开年报"),
        ("/zn.pdf", "办事指南"),
        ("/download.jsp?id=3", "下载"),
    ]
    site = {
        "/": page("首页", [("/nb/", NB)]),
        "/nb/": page(
            NB, [("a1.html", "甲所2023年政府信息公开年报"), ("a2.html", "乙所2023年政府信息公开年报")]
        ),
        "/nb/a1.html": page("甲所", files),
        "/nb/a2.html": report("乙所").replace("</body>", '<a href="P2.docx">附件</a></body>'),
    }
    driven = drive(memory, site)
    assert sorted(paths(driven, "report")) == [
        "/down/a.pdf",
        "/download.jsp?id=3",
        "/nb/P1.docx",
        "/nb/a1.html",
        "/nb/a2.html",
    ]


WORDS = (
    "政务公开",
    "政府信息公开",
    NB,
    "2023年",
    "财政所",
    "年度报告",
    "下一页",
    "甲所2023年政府信息公开年报",
    "新闻",
    "更多",
    "网站工作年度报表",
)
HREFS = (
    "/",
    "/a/",
    "/a/b/",
    "b/",
    "../",
    "2023n/",
    "t20240112_1.html",
    "/nb/",
    "index_1.html",
    "?p=2",
    "http://far.example/",
    "//kjj.qingxi.gov.cn/nb/",
)
some_links = st.lists(st.tuples(st.sampled_from(HREFS), st.sampled_from(WORDS)), max_size=6)
some_page = st.builds(
    lambda links, pages: page("页", links, more=f'<script>createPageHTML({pages},0,"index","html")</script>'),
    some_links,
    st.integers(0, 4),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(some_page, min_size=1, max_size=5))
def test_any_site_is_searched_once_within_bounds_and_always_alike(memory: Memory, pages: list[str]) -> None:
    def site(path: str) -> str:
        return pages[sum(path.encode()) % len(pages)]

    first, again = drive(memory, site, list_pages=200), drive(memory, site, list_pages=200)
    assert first == again
    urls = [task.url for task in first[0]]
    assert len(urls) == len(set(urls))
    assert all("far.example" not in url for url in urls)
