from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import Link, Page, is_html

URL = "http://www.qingxi.gov.cn/nb/"


def links(text: str) -> tuple[Link, ...]:
    return Page(URL, text.encode(), None).links


def test_the_title_attribute_makes_a_cut_text_whole() -> None:
    whole = "清溪镇财政所2023年政府信息公开工作年度报告"
    for text in (
        "清溪镇财政所2023年政府信…",
        "清溪镇财政所2023年政府信...",
        "",
        "清溪镇财政所2023年政府信… 2024-01-12",
    ):
        assert links(f'<a href="a.html" title="{whole}">{text}</a>') == (Link(URL + "a.html", whole),)
    assert links('<a href="a.html" title="点击查看">2023年</a>') == (Link(URL + "a.html", "2023年"),)


def test_a_date_inside_the_link_is_no_part_of_its_words() -> None:
    for date in ("2024-01-12", "[2024-01-12]", "（2024.1.12）", "2024年1月12日"):
        assert links(f'<a href="a.html">年度报告 <span>{date}</span></a>')[0].text == "年度报告"


def test_links_written_by_scripts_and_carried_by_pictures() -> None:
    script = (
        r"""<script>document.write("<li><a href=\"./t1.html\" title='甲&amp;乙'>甲…</a></li>");</script>"""
    )
    assert links(script) == (Link(URL + "t1.html", "甲&乙"),)
    assert links('<a href="nb/"><img src="x.png" alt="政府信息公开年报"></a>') == (
        Link(URL + "nb/", "政府信息公开年报"),
    )
    assert links('<!-- <a href="old.html">x</a> --><a name="top">y</a>') == ()


def test_a_link_may_lead_by_script() -> None:
    for tag in (
        """<a href="javascript:void(0)" onclick="location.href='index_2.html'">""",
        """<a onclick='go("index_2.html")'>""",
        """<a href="javascript:goPage('index_2.html')">""",
    ):
        assert links(f"{tag}下一页</a>") == (Link(URL + "index_2.html", "下一页"),)
    assert links('<a href="javascript:void(0)" onclick="print()">打印</a>') == ()


def test_the_bytes_tell_the_charset() -> None:
    body = '<meta charset="gb2312"><title>清溪镇㙍</title>'.encode("gb18030")
    assert Page(URL, body, "text/html; charset=utf-8").title == "清溪镇㙍"


def test_base_frames_meta_and_refresh() -> None:
    page = Page(
        URL,
        '<base href="/x/"><meta name="ColumnType" content="信息公开年报"><meta name="columnname" content="年报">'
        '<iframe src="list.html"></iframe><a href="a">b</a>'.encode(),
        None,
    )
    assert page.frames == ("http://www.qingxi.gov.cn/x/list.html",)
    assert page.links == (Link("http://www.qingxi.gov.cn/x/a", "b"),)
    assert (page.column_type, page.column_name, page.refresh) == ("信息公开年报", "年报", None)
    for sent in (
        '<meta http-equiv="Refresh" content="0; URL=new/">',
        "<script>window.location.href='new/';</script>",
        '<script>location.replace("new/")</script>',
    ):
        assert Page(URL, sent.encode(), None).refresh == URL + "new/"


def test_what_is_a_page() -> None:
    assert is_html(b"<!DOCTYPE html><html>", "application/octet-stream")
    assert is_html(b"no tags at all", "text/html")
    assert not is_html(b"%PDF-1.7 <html>", "text/html")
    assert not is_html(b"PK\x03\x04", "")


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(body: bytes) -> None:
    page = Page(URL, body, None)
    assert all(link.url.startswith("http") for link in page.links)


@given(
    st.lists(
        st.sampled_from(
            [
                "<a href='a'",
                ">",
                "</a>",
                "<base href=//[>",
                "<script>",
                "<table>",
                "'",
                "年报",
                "<iframe src=:>",
            ]
        )
    )
)
def test_any_tags_can_be_read(parts: list[str]) -> None:
    Page(URL, "".join(parts).encode(), "text/html")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_rows_are_told_in_any_charset_and_not_those_in_comments(charset: str) -> None:
    rows = "<table><!-- <tr><td>撤下</td></tr>\n<TR> --><tr class='a'><td>收到申请</td></tr><TR><td>3</td></TR></table>"
    page = Page(URL, f"<title>年报</title><track>{rows}".encode(charset), None)
    assert page.has_rows()
    assert page.has_rows(2)
    assert not page.has_rows(3)


def test_rows_that_a_script_fills_in_are_rows() -> None:
    page = Page(URL, rb'<script>var text = "\u003ctr\u003e\u003ctd\u003e3";</script><tr>', None)
    assert page.has_rows(2)
    assert not page.has_rows(3)
    assert not Page(URL, b"<p>no rows, and a <!-- <tr> --> comment</p>", None).has_rows()


def test_comments_without_an_end_are_gone_over_once() -> None:
    assert not Page(URL, b"<p>" + b"<!-- <tr>" * 200_000, None).has_rows()
