"""Every page of the sample, without a server: it parses, and its tables hold the truth and nothing else."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.sample import Page, SampleReport, load_truth, sample_reports, site
from pipeline.sample.forms import national_form

CITIES = tuple(city.code for city in load_truth().cities)
REPORTS = tuple(sample_reports())


def _text(page: Page) -> str:
    declared = page.content_type.partition("charset=")[2]
    return page.body.decode({"gb2312": "gb18030"}.get(declared, declared))


def _tree(report: SampleReport) -> LexborHTMLParser:
    return LexborHTMLParser(report.html.decode(report.publication.charset))


def _printed_figures(tree: LexborHTMLParser, labels: set[str]) -> list[str]:
    """The text of all innermost cells that are no label, in the order of the page."""
    cells = [node for node in tree.css("td") if node.css_first("table") is None]
    texts = ["".join(node.text().split()) for node in cells]
    return [text for text in texts if text not in labels]


@pytest.mark.parametrize(
    "report", REPORTS, ids=lambda r: f"{r.organ.key}-{r.publication.year}-{r.publication.version}"
)
def test_tables_print_the_truth_and_nothing_else(report: SampleReport) -> None:
    blocks = national_form(report.publication.form).blocks
    labels = {label for block in blocks for label in (block.caption, block.group, *block.corner) if label}
    labels |= {row.label for block in blocks for row in block.rows}
    labels |= {column.label for block in blocks for column in block.measures} | {"信息内容"}
    found = _printed_figures(_tree(report), {"".join(label.split()) for label in labels})
    assert found == [printed.text for printed in report.figures.values()]


@pytest.mark.parametrize("code", CITIES)
def test_every_link_stays_on_the_site_and_leads_somewhere(code: str) -> None:
    pages = site(code)
    gone = {item.path for item in load_truth().publications if item.answer == "not_found"}
    for path, page in pages.items():
        if not page.content_type.startswith("text/html"):
            continue
        for node in LexborHTMLParser(_text(page)).css("a[href]"):
            target = urlsplit(urljoin("http://sample" + path, node.attributes["href"] or "")).path
            assert target in pages or target in gone, (path, target)


@pytest.mark.parametrize("code", CITIES)
def test_pages_carry_the_standard_tags(code: str) -> None:
    for path, page in site(code).items():
        if page.content_type.startswith("text/html"):
            tree = LexborHTMLParser(_text(page))
            tags = {node.attributes["name"]: node.attributes["content"] for node in tree.css("meta[name]")}
            assert tags["SiteIDCode"] == f"{code}0001", path
            assert all(tags.values()), path


def test_a_report_names_its_column_title_date_and_source() -> None:
    for report in REPORTS:
        tags = {n.attributes["name"]: n.attributes["content"] for n in _tree(report).css("meta[name]")}
        assert tags["ColumnType"] == "信息公开年报"
        assert tags["ArticleTitle"] == report.publication.title
        assert tags["PubDate"] == f"{report.publication.published_on} 10:20"
        assert tags["ContentSource"] == report.organ.name


def test_the_page_with_rare_characters_declares_less_than_it_uses() -> None:
    (report,) = [r for r in REPORTS if r.publication.charset == "gb18030"]
    page = site(report.organ.city)[report.path]
    assert page.content_type == "text/html; charset=gb2312"
    assert b"charset=gb2312" in page.body
    assert "𠮷祥里" in page.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("gb2312")


def test_a_word_page_stands_in_a_layout_table_with_broken_headers() -> None:
    words = [r for r in REPORTS if r.publication.style == "word"]
    assert {r.publication.form for r in words} == {"2019", "2021"}
    for report in words:
        html = report.html.decode()
        assert _tree(report).css_first("table table") is not None
        assert re.search("商业<br>企业", html)
        assert "规 章" in html


def test_a_long_list_is_paged_from_zero_by_script_alone() -> None:
    pages = site("990300")
    column = "/zwgk/zfxxgk/zfxxgknb/"
    for number, name in enumerate(("index.html", "index_1.html", "index_2.html")):
        assert f'createPageHTML(3,{number},"index","html")' in _text(pages[column + name])
    assert column + "index_3.html" not in pages
    assert "index_1" not in _text(pages[column])
    listed = [
        node.attributes["href"]
        for name in ("index.html", "index_1.html", "index_2.html")
        for node in LexborHTMLParser(_text(pages[column + name])).css("ul.list a")
    ]
    truth = load_truth()
    announced = len(truth.publications_of(truth.city("990300"))) + 4
    assert len(listed) == len(set(listed)) == announced
    assert all(re.fullmatch(r"\./\d{6}/t\d{8}_\d+\.html", href or "") for href in listed)


def test_look_alikes_stand_among_the_reports_and_hold_no_tables() -> None:
    truth = load_truth()
    assert {item.kind for item in truth.lookalikes} == {"website", "notice", "picture", "rule_of_law"}
    for item in truth.lookalikes:
        page = _text(site(item.city)[item.path])
        assert item.title in page
        assert "<table" not in page


def test_the_missing_year_is_announced_nowhere() -> None:
    column = site("990200")["/zfxxgk/zfxxgknb/wjw/"]
    titles = [node.text() for node in LexborHTMLParser(_text(column)).css("ul.list a")]
    assert len(titles) == 5
    assert not any("2021年" in title for title in titles)
