from __future__ import annotations

from crawler.attachments import attachments
from crawler.pages import Page

URL = "http://www.qingxi.gov.cn/nb/202401/t20240112_1.html"


def files(body: str, at: str = URL) -> list[str]:
    return [link.url.rpartition("/")[2] for link in attachments(Page(at, body.encode(), "text/html"))]


def test_the_pictures_of_a_text_without_tables_are_its_pages() -> None:
    page = (
        '<img src="/images/logo.png"><img src="../../template/top.jpg"><p>年度报告</p>'
        '<img src="./W020240112001.jpg"><img src="W020240112002.png"><img src="data:image/png;base64,AAAA">'
    )
    assert files(page) == ["W020240112001.jpg", "W020240112002.png"]
    assert files(page + "<table>" + "<tr><td>0</td></tr>" * 20 + "</table>") == []
    stored = '<img src="/__local/A/BC/1.jpg"><img src="/attachment/0/1/2.png"><img src="/3.jpg">'
    assert files(stored, "http://www.qingxi.gov.cn/1.html") == ["1.jpg", "2.png"]


def test_pictures_that_lead_elsewhere_or_are_shown_as_icons_are_no_pages() -> None:
    page = (
        '<a href="/"><img src="./W1.png"></a><a href="./W2_big.png"><img src="./W2.png"></a>'
        '<img src="./W3.png" width="32" height="32"><img src="./W4.png" width="800">'
    )
    assert files(page) == ["W2_big.png", "W2.png", "W4.png"]


def test_pictures_are_called_as_the_report_that_they_stand_on() -> None:
    title, picture = "青溪市科学技术局2023年政府信息公开工作年度报告", '<img src="W020240112001.jpg">'
    named = f"<title>首页</title><h1>{title}</h1>{picture}"
    assert [link.text for link in attachments(Page(URL, named.encode(), "text/html"))] == [title]
    unnamed = f"<title>首页</title>{picture}"
    assert [link.text for link in attachments(Page(URL, unnamed.encode(), "text/html"))] == [""]


def test_there_is_an_end_of_files() -> None:
    links = "".join(f'<a href="P{n}.pdf">附件{n}</a><img src="S{n}.jpg">' for n in range(40))
    assert len(files(links)) == 25


def test_a_file_in_a_viewer_is_the_report_on_the_page() -> None:
    for address in (
        "/pdfjs/web/viewer.html?file=/f/2023.pdf",
        "/view.jsp?id=1&url=%2Ff%2F2023.pdf",
        "/f/2023.pdf",
    ):
        assert files(f'<iframe src="{address}"></iframe>') == ["2023.pdf"]


def test_uploaded_pictures_are_a_report_that_has_nothing_else() -> None:
    picture = '<img src="/upload/2024/1.jpg" width="800">'
    assert files(picture + '<img src="/upload/logo.png">') == ["1.jpg"]
    assert files(picture + '<a href="P1.pdf">附件</a>') == ["P1.pdf"]


def test_the_page_in_the_frame_of_a_page_that_says_nothing_is_its_report() -> None:
    page = '<h1>某局</h1><iframe src="/inc/header.html"></iframe><iframe src="/body/7.htm"></iframe>'
    assert files(page) == ["7.htm"]
    assert files(page + "<p>本年度主动公开政府信息的情况如下。</p>" * 40) == []
