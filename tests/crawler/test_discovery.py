from __future__ import annotations

import json

import pytest

from crawler.discovery import Column, Step, column_worth, is_the_column, judge_in_column, judge_on_the_way
from crawler.families.listing import Way
from crawler.families.registry import read_listing
from crawler.families.shapes import folder, is_below, is_column, is_document
from crawler.pages import Link, Page
from tests.shared import shared_file

HOST = "http://www.qingxi.gov.cn"
ROOT = "qingxi.gov.cn/zwgk/zfxxgknb/"
COLUMN = Column(ROOT)
IN_2023 = Column(ROOT, year=2023)


def link(path: str, text: str) -> Link:
    return Link(HOST + path, text)


@pytest.mark.parametrize(
    ("text", "path", "step"),
    [
        ("政务公开", "/zwgk/", Step.LOOK),
        ("政府信息公开", "/zwgk/zfxxgk/index.html", Step.LOOK),
        ("信息公开平台", "/xxgk/", Step.LOOK),
        ("公开", "/gongkai/", Step.LOOK),
        ("信息公开", "/gov/open.do?m=idx", Step.LOOK),
        ("政务公开", "/News_showNews.action?messagekey=18", Step.IGNORE),
        ("· 政务公开 >>", "/zwgk/", Step.LOOK),
        ("■政府信息公开年报(25)", "/a/", Step.LIST),
        ("政府信息公开年报", "/a/", Step.LIST),
        ("2023年政府信息公开工作年度报告", "/a/2023n/", Step.LIST),
        ("历年信息公开年报", "/a/", Step.LIST),
        ("年报", "/zwgk/zfxxgknb/", Step.LIST),
        ("清溪镇人民政府2023年政府信息公开工作年度报告", "/xwzx/202401/t20240112_1.html", Step.REPORT),
        ("年报", "/tjj/", Step.IGNORE),
        ("政府网站工作年度报表", "/wznb/", Step.IGNORE),
        ("依申请公开", "/ysqgk/", Step.IGNORE),
        ("政府信息公开指南", "/zfxxgk/zn/", Step.LOOK),
        ("专题专栏", "/ztzl/", Step.LOOK),
        ("政府信息公开年报（市直）", "/channels/25.html", Step.LIST),
        ("政府信息公开年度报告专题", "/zt/ndbg/", Step.LIST),
        ("清溪镇财政所政府信息公开年报", "/czs/nblist.shtml", Step.LIST),
        ("清溪镇财政所2023年政府信息公开年报", "/zfxxgknb/5886782/index.html", Step.REPORT),
        ("清溪镇财政所2023年政府信息公开年报", "/index.php?s=news&c=show&id=8440", Step.REPORT),
        ("党务公开", "/dwgk/", Step.IGNORE),
        ("政务公开工作推进会召开", "/xwzx/202401/t20240112_2.html", Step.IGNORE),
        ("新闻中心", "/xwzx/", Step.IGNORE),
        ("下个月", "/rili/2024/02/", Step.IGNORE),
        ("政府信息公开年报解读", "/jd/", Step.IGNORE),
    ],
)
def test_links_on_the_way(text: str, path: str, step: Step) -> None:
    assert judge_on_the_way(link(path, text), disclosing=False).step is step


def test_a_bare_name_is_enough_on_a_page_about_disclosure() -> None:
    for text in ("年报", "年度报告"):
        assert judge_on_the_way(link("/zwgk/bg/", text), disclosing=True).step is Step.LIST


def test_better_names_are_worth_more() -> None:
    names = ["政府信息公开年报", "政府信息公开工作年度报告", "信息公开年报", "公开年报", "年报"]
    worths = [column_worth(link("/a/", name), disclosing=True) for name in names]
    assert worths == sorted(worths, reverse=True)
    assert min(worths) > 0


@pytest.mark.parametrize(
    ("text", "path", "step", "organ", "year"),
    [
        ("清溪镇财政所2022年政府信息公开工作年度报告", "/zwgk/zfxxgknb/t1.html", Step.REPORT, "清溪镇财政所", 2022),
        ("清溪镇财政所2022年政府信息公开工作年…", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, "清溪镇财政所", 2022),
        ("清溪镇财政所2022年政府信息公开工作年度报告", "/czs/content_207366", Step.REPORT, "清溪镇财政所", 2022),
        ("清溪镇财政所", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, "清溪镇财政所", None),
        ("清溪镇财政所2022年", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, "清溪镇财政所", 2022),
        ("2022年度清溪镇财政所", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, "清溪镇财政所", 2022),
        ("清溪镇财政所2022年", "/zwgk/zfxxgknb/czs/", Step.LIST, "清溪镇财政所", 2022),
        ("各乡镇2022年", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, None, 2022),
        ("2022年镇街政府信息公开工作年度报告", "/zwgk/zfxxgknb/xz/", Step.LIST, None, 2022),
        ("往年年报", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, None, None),
        ("年度报告", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, None, None),
        ("2019年", "/zwgk/zfxxgknb/202003/t20200314_1.html", Step.REPORT, None, 2019),
        ("查看详情", "/zwgk/zfxxgknb/202003/W020200314.pdf", Step.REPORT, None, None),
        ("2023年", "/zwgk/zfxxgknb/2023n/", Step.LIST, None, 2023),
        ("2023", "/zwgk/zfxxgknb/2023n/index.html", Step.LIST, None, 2023),
        ("清溪镇财政所2022年信息公开年报", "/zwgk/zfxxgknb/czs/", Step.REPORT, "清溪镇财政所", 2022),
        ("财政所", "/zwgk/zfxxgknb/czs/", Step.LIST, "财政所", None),
        ("乡镇（街道）", "/zwgk/zfxxgknb/xz/", Step.LIST, None, None),
        ("2021年", "/zwgk/nb2021/", Step.LIST, None, 2021),
        ("市政府部门", "/zwgk/zfxxgknb/bm/", Step.LIST, None, None),
        ("其他部门年报", "/zwgk/qtbm/", Step.LIST, None, None),
        ("清溪镇财政所2022年政府…", "/zwgk/zfxxgknb/202301/t1.html", Step.REPORT, None, 2022),
        ("清溪镇财政所2022年信息公开年报", "/zwgk/zfxxgknb/5886782/index.html", Step.REPORT, "清溪镇财政所", 2022),
        ("2021年", "/tjj/2021/", Step.IGNORE, None, 2021),
        ("新闻中心", "/xwzx/", Step.IGNORE, None, None),
        ("清溪镇财政所", "/czs/", Step.IGNORE, None, None),
        ("政务公开工作推进会召开", "/xwzx/t20240112_2.html", Step.IGNORE, None, None),
        ("网站工作年度报表（2023年度）", "/zwgk/zfxxgknb/202401/t3.html", Step.LEAVE, None, 2023),
        ("关于编制2023年政府信息公开工作年度报告的通知", "/zwgk/zfxxgknb/t4.html", Step.LEAVE, None, 2023),
        ("一图读懂2023年政府信息公开年报", "/zwgk/zfxxgknb/202401/t5.html", Step.LEAVE, None, 2023),
        ("一图读懂清溪镇2023年政府信息…", "/zwgk/zfxxgknb/202401/t5.html", Step.LEAVE, "清溪镇", 2023),
        ("关于做好2023年政府信息公开工作年度…", "/zwgk/zfxxgknb/t4.html", Step.LEAVE, None, 2023),
        ("清溪镇人力资源和社会保障局20…", "/zwgk/zfxxgknb/t4.html", Step.REPORT, None, None),
        ("清溪镇人力资源和社会保障局关于2023…", "/zwgk/zfxxgknb/t4.html", Step.REPORT, None, 2023),
        ("清溪镇植树节活动20…", "/zwgk/zfxxgknb/t4.html", Step.LEAVE, None, None),
        ("关于印发2023年政府信息公开工作年度…", "/zwgk/zfxxgknb/t4.html", Step.REPORT, None, 2023),
        ("清溪镇植树节活动", "/zwgk/zfxxgknb/202401/t6.html", Step.LEAVE, None, None),
    ],
)  # fmt: skip
def test_links_in_the_column(text: str, path: str, step: Step, organ: str | None, year: int | None) -> None:
    judged = judge_in_column(link(path, text), COLUMN)
    assert judged.step is step
    if step is not Step.IGNORE:
        assert (judged.organ, judged.year) == (organ, year)
    assert (judged.verdict == "report") == (step is Step.REPORT)
    assert (judged.verdict is None) == (step in (Step.LIST, Step.IGNORE))


def test_under_a_year_an_organ_elsewhere_is_a_report() -> None:
    elsewhere = link("/czs/202401/t20240112_1.html", "清溪镇财政所")
    assert judge_in_column(elsewhere, COLUMN).step is Step.IGNORE
    assert judge_in_column(elsewhere, IN_2023).step is Step.REPORT


def test_real_titles_are_followed_in_the_column() -> None:
    lines = shared_file("real", "titles.jsonl").read_text(encoding="utf-8").splitlines()
    titles = [json.loads(line)["title"] for line in lines]
    article = "/zwgk/zfxxgknb/202301/t20230112_1.html"
    assert [
        title for title in titles if judge_in_column(link(article, title), COLUMN).step is not Step.REPORT
    ] == []


def test_shapes_of_addresses() -> None:
    for path in ("/", "/a/b/", "/a/index.html", "/a/index_3.shtml", "/zfxxgknb", "/a/list.html"):
        assert is_column(HOST + path), path
    articles = (
        "/a/202301/t20230118_1.html",
        "/a/content_556",
        "/a/63d48a80f8fd1c4c213ab9ff.html",
        "/info/1/2.htm",
    )
    for path in (*articles, "/a.pdf", "/art/2021/1/31/art_12_4.html", "/n/1533676551588134914"):
        assert not is_column(HOST + path), path
    assert is_document(HOST + "/a/W020.PDF")
    assert not is_document(HOST + "/a/pdf.html")


def test_folders() -> None:
    assert (
        folder(HOST + "/zwgk/zfxxgknb/index_2.html") == folder("http://qingxi.gov.cn/zwgk/zfxxgknb/") == ROOT
    )
    assert folder(HOST + "/index.php?c=category&id=31") == "qingxi.gov.cn/index.php"
    assert folder(HOST + "/zfxxgknb.html") == "qingxi.gov.cn/zfxxgknb"
    assert is_below(HOST + "/zwgk/zfxxgknb/2023n/", ROOT)
    assert not is_below(HOST + "/zwgk/", ROOT)
    assert not is_below("http://other.gov.cn/zwgk/zfxxgknb/", ROOT)


@pytest.mark.parametrize(
    ("at", "script", "following"),
    [
        ("/nb/", 'createPageHTML(3,0,"index","html");', "/nb/index_1.html"),
        ("/nb/index.html", 'createPageHTML(3, 0, "index", "html")', "/nb/index_1.html"),
        ("/nb/index_1.html", 'createPageHTML(3,1,"index","html");', "/nb/index_2.html"),
        ("/nb/index_2.html", 'createPageHTML(3,2,"index","html");', None),
        ("/nb/", 'createPageHTML(1,0,"index","html");', None),
        ("/nb/", 'createPageHTML(3,0,"list","shtml");', "/nb/list_1.shtml"),
        ("/nb/index.shtml", "createPage('4','0','index','shtml')", "/nb/index_1.shtml"),
        ("/nb/index.shtml", "var countPage = 2//共多少页", "/nb/index_1.shtml"),
        ("/nb/", "no pager", None),
    ],
)
def test_the_next_list_page(at: str, script: str, following: str | None) -> None:
    page = Page(HOST + at, f"<title>年报</title><script>{script}</script>".encode(), "text/html")
    number = int(at[-6]) + 1 if "_" in at else 1
    way = Way(number, page.url, base=0) if number > 1 else None
    ways = read_listing(page, way, folder(page.url)).ways
    assert (ways[0].url if ways else None) == (following and HOST + following)


def test_the_standard_tags_mark_the_column() -> None:
    for tag in ('name="ColumnType" content="信息公开年报"', 'name="ColumnName" content="政府信息公开年报"'):
        assert is_the_column(Page(HOST + "/a/", f"<meta {tag}>".encode(), None))
    for tag in (
        'name="ColumnType" content="政策文件"',
        'name="ColumnName" content="年报"',
        'name="Description" content="政府信息公开年报"',
    ):
        assert not is_the_column(Page(HOST + "/a/", f"<meta {tag}>".encode(), None))
