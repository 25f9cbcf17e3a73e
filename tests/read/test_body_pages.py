"""The pages of a text over several addresses: told from the pager of a list, and joined without losing where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.read import Document, Grid, Paragraph, read_document
from pipeline.read.body_pages import body_pages, page_number
from pipeline.read.joined import PAGE_MISSING, join

SITE = "http://www.lin.gov.cn/zwgk/"
ARTICLE = SITE + "t20240112_123.html"
SHOWN = SITE + "art?id=5"
TEXT = "<p>" + "本年度主动公开政府信息若干条，依申请公开办理顺利。" * 8 + "</p>"
LIST = "".join(
    f'<li><a href="art?id={n}">第{n}所2023年报告</a><span>2024-01-12</span></li>' for n in range(9)
)


def ahead(markup: str, url: str = ARTICLE, first: str | None = None) -> list[str]:
    """The further pages that a page leads to, without what all addresses share."""
    page = f"<html><body>{TEXT}{markup}</body></html>".encode()
    return [one.removeprefix(SITE) for one in body_pages(page, url, None, first or url)]


@pytest.mark.parametrize(
    "pager",
    [
        '<script>createPageHTML(3,0,"t20240112_123","html");</script>',
        '<script>createPageHTML(3, 0, "t20240112_123", ".html")</script>',
        '<a href="t20240112_123_1.html">[2]</a> <a href="./t20240112_123_2.html">[3]</a>',
        '<a href="t20240112_123_1.html">下一页</a> <a href="t20240112_123_2.html">尾页</a>',
        '<a href="/zwgk/t20240112_123_1.html">第2页</a><a href="t20240112_123_2.html">&gt;&gt;</a>',
    ],
)
def test_pages_named_by_the_stem_of_the_first_are_its_text(pager: str) -> None:
    assert ahead(pager) == ["t20240112_123_1.html", "t20240112_123_2.html"]


def test_pages_may_be_counted_from_two_and_left_out_between() -> None:
    second, last = '<a href="t20240112_123_2.html">2</a>', '<a href="t20240112_123_5.html">5</a>'
    assert ahead(f'<a href="t20240112_123.html">1</a>{second}…{last}') == [
        f"t20240112_123_{number}.html" for number in (2, 3, 4, 5)
    ]
    drawn = "<script>createPageHTML('page_div',3,1,'t20240112_123','shtml',3)</script>"
    assert ahead(drawn) == ["t20240112_123_2.shtml", "t20240112_123_3.shtml"]


def test_a_further_page_leads_to_those_behind_it_alone() -> None:
    pager = '<a href="t20240112_123.html">上一页</a><a href="t20240112_123_2.html">下一页</a>'
    assert ahead(pager, SITE + "t20240112_123_1.html", ARTICLE) == ["t20240112_123_2.html"]
    last = '<a href="t20240112_123.html">1</a><a href="t20240112_123_1.html">2</a>'
    assert ahead(last, SITE + "t20240112_123_2.html", ARTICLE) == []


def test_pages_told_by_a_parameter_stand_behind_their_text() -> None:
    pager = '<a href="?id=5&pageNum=2">2</a><a href="?id=5&amp;pageNum=3">下一页</a>'
    printing = '<a href="javascript:window.print()">打印</a><a href="P1.docx">附件</a>'
    assert ahead(printing + pager, SHOWN) == ["art?id=5&pageNum=2", "art?id=5&pageNum=3"]
    assert ahead(f"<ul>{LIST}</ul>{pager}", SHOWN) == []


@pytest.mark.parametrize(
    ("url", "pager"),
    [
        (SITE, '<script>createPageHTML(3,0,"index","html");</script>'),
        (SITE + "index.html", '<a href="index_1.html">下一页</a>'),
        (SITE + "nblist.shtml", '<a href="nblist_2.shtml">2</a>'),
        (ARTICLE, '<script>createPageHTML(3,0,"index","html");</script><a href="index_1.html">2</a>'),
        (ARTICLE, '<a href="t20240112_124.html">下一页</a><a href="t20240112_12_1.html">2</a>'),
        (ARTICLE, '<a href="t20240112_123_1.html">某局2022年报告</a>'),
        (ARTICLE, '<a href="t20240112_123_1.html">1</a><a href="t20240112_123_1.docx">2</a>'),
        (ARTICLE, '<script>createPageHTML(1,0,"t20240112_123","html");</script>'),
        (SHOWN, '<a href="art?id=6&pageNum=2">2</a><a href="other?id=5&pageNum=2">2</a>'),
        (SHOWN, '<a href="art?id=5&year=2022">2</a>'),
    ],
)
def test_what_leads_elsewhere_is_no_page_of_the_text(url: str, pager: str) -> None:
    assert ahead(pager, url) == []


def test_the_number_of_a_page_is_told_by_its_address() -> None:
    assert page_number(SITE + "t20240112_123_2.html", ARTICLE) == 2
    assert page_number("http://lin.gov.cn/zwgk/t20240112_123_2.html", ARTICLE) == 2
    assert page_number(SHOWN + "&pageNum=3", SHOWN + "&pageNum=1") == 3
    for other in (ARTICLE, SITE + "t20240112_1234.html", SITE + "t20240112_123_2.pdf", "http://["):
        assert page_number(other, ARTICLE) is None


def read(body: str, title: str = "某局2023年报告", dress: str = "<p>某县政府门户</p>") -> Document:
    head = f"<head><title>{title}</title></head>"
    return read_document(f"<html>{head}<body>{dress}<h1>{title}</h1>{body}</body></html>".encode())


def table(*cells: str) -> str:
    return "<table border=1><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>"


def test_pages_are_counted_on_and_tell_where_they_stand() -> None:
    joined = join([read(TEXT + table("甲", "1")), read(table("乙", "2") + TEXT)])
    grids = [block for block in joined.document.blocks if isinstance(block, Grid)]
    assert [(grid.number, grid.cells[0].text, joined.page(grid.number, None)) for grid in grids] == [
        (1, "甲", 1),
        (2, "乙", 2),
    ]
    lines = [block for block in joined.document.blocks if isinstance(block, Paragraph)]
    assert [joined.page(None, line.number) for line in lines] == [1, 1, 1, 2, 2, 2]
    assert joined.numbers == (1, 2)
    assert joined.document.issues == ()


def test_a_missing_page_is_told_and_no_table_goes_on_over_it() -> None:
    joined = join([read(TEXT + table("甲", "1")), None, read(table("丙", "3") + TEXT)])
    assert joined.numbers == (1, None, 3)
    (issue,) = joined.document.issues
    assert (issue.code, "Page 2 of 3" in issue.message) == (PAGE_MISSING, True)
    last = [block for block in joined.document.blocks if isinstance(block, Grid)][-1]
    assert (last.after_gap, joined.page(last.number, None)) == (True, 3)


def test_a_page_that_shows_something_else_is_missing() -> None:
    first = read(TEXT + table("甲", "1"))
    for other in (first, read("<p>您访问的页面不存在</p>", title="提示"), read(TEXT, title="某局2022年报告")):
        joined = join([first, other])
        assert joined.numbers == (1, None)
        assert [issue.code for issue in joined.document.issues] == [PAGE_MISSING]


def test_a_page_cut_off_within_is_known_to_end_open() -> None:
    first, second = read(TEXT + table("甲", "1")), read(TEXT)
    joined = join([replace(first, ends_open=True), second])
    assert [block.cells[1].text for block in joined.document.torn if isinstance(block, Grid)] == ["1"]
    assert not joined.document.ends_open
