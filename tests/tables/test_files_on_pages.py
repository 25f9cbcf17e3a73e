"""A page whose body is only a file leads to the figures of the file, with both addresses; its formats are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.lineage import lineage
from pipeline.read import read_document
from pipeline.read.blocks import Grid
from pipeline.sample import SampleReport
from pipeline.tables.database import open_database
from tests.documents.reports import lines_and_tables, report_docx
from tests.documents.stand_in import COPY, compound, program
from tests.documents.workbooks import xlsx
from tests.documents.writing import docx, paragraph, plain, spanned, zipped
from tests.read.pdf.drawing import Look
from tests.read.scan.painting import Painting
from tests.tables.making import SCIENCE, Crawl, reports

COVER = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>报告全文请见附件。</p></body></html>"


def crawled(folder: Path, report: SampleReport, files: dict[str, bytes]) -> None:
    with Crawl(folder, "990100", years=[report.publication.year]) as crawl:
        cover = crawl.fetch(crawl.home + "cover.html", COVER.format(report.publication.title))
        for name, data in files.items():
            crawl.fetch(crawl.home + name, data, referrer=cover.url)
        crawl.sight(cover.url, SCIENCE, report.publication.year)


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with open_database(folder) as connection:
        return connection.execute(query).fetchall()


def changed(report: SampleReport) -> bytes:
    """The report as a document in which one cell of each table is printed otherwise."""
    items = [
        item if isinstance(item, str) else spanned(item).replace(">0<", ">7<", 1)
        for item in lines_and_tables(report)
    ]
    return docx("".join(paragraph(one) if not one.startswith("<w:tbl>") else one for one in items))


def test_the_figures_of_a_file_are_the_report_with_both_addresses(tmp_path: Path) -> None:
    report = reports("jia-sci", 2021)[0]
    crawled(tmp_path, report, {"1.docx": report_docx(report)})
    build(tmp_path)
    home = "http://127.0.0.2/"
    current = rows(tmp_path, "SELECT url, page_url, figure_count FROM report WHERE is_current")
    assert current == [(home + "1.docx", home + "cover.html", len(report.figures))]
    assert [(row.state, row.url) for row in coverage(tmp_path)] == [("held", home + "1.docx")]
    pages = rows(tmp_path, "SELECT page_url FROM report WHERE NOT is_current")
    assert pages == [(None,)]
    assert rows(tmp_path, "FROM report_revision WHERE NOT is_format") == []


def test_a_file_that_does_not_say_what_it_is_goes_by_its_page(tmp_path: Path) -> None:
    report = reports("jia-sci", 2021)[0]
    tables = [item for item in lines_and_tables(report) if not isinstance(item, str)]
    other = docx(paragraph("申请表") + spanned(plain(["姓名", "电话"], ["甲", "1"])))
    crawled(tmp_path, report, {"1.xlsx": xlsx(tables), "2.docx": other})
    build(tmp_path)
    current = rows(tmp_path, "SELECT url, organ, report_year, figure_count FROM report WHERE is_current")
    assert current == [("http://127.0.0.2/1.xlsx", SCIENCE, 2021, len(report.figures))]
    told = rows(tmp_path, "SELECT reason FROM \"fetch\" WHERE url LIKE '%/2.docx'")
    assert str(told[0][0]).startswith("not_a_report:")


def test_a_picture_of_a_table_gives_the_figures_of_the_report_that_it_stands_on(tmp_path: Path) -> None:
    report = reports("jia-sci", 2021)[0]
    table = [block for block in read_document(report.html).blocks if isinstance(block, Grid)][-1]
    (page,) = Painting(Look(height=300), 200).painted([table])
    page.save(tmp_path / "1.png")
    title = report.publication.title
    with Crawl(tmp_path, "990100", years=[2021]) as crawl:
        cover = crawl.fetch(crawl.home + "cover.html", COVER.format(title))
        picture = (tmp_path / "1.png").read_bytes()
        crawl.fetch(crawl.home + "1.png", picture, referrer=cover.url, anchor=title)
    build(tmp_path)
    current = rows(tmp_path, "SELECT url, page_url, report_year, reported_count FROM report WHERE is_current")
    assert current == [("http://127.0.0.2/1.png", "http://127.0.0.2/cover.html", 2021, 15)]


@pytest.mark.parametrize("order", [("1.docx", "2.xlsx"), ("2.xlsx", "1.docx")])
def test_formats_that_disagree_are_one_report_and_a_finding(tmp_path: Path, order: tuple[str, str]) -> None:
    report = reports("jia-sci", 2021)[0]
    made = {"1.docx": changed(report), "2.xlsx": xlsx(lines_and_tables(report))}
    crawled(tmp_path, report, {name: made[name] for name in order})
    build(tmp_path)
    found = rows(
        tmp_path,
        'SELECT r.url, o.url, "at", left_value, right_value, verdict FROM finding AS f '
        "JOIN report AS r USING (report_id) JOIN report AS o ON o.report_id = f.other_report_id "
        "WHERE check_id = 'formats_disagree'",
    )
    assert len(found) == 3
    assert rows(tmp_path, "FROM report_revision WHERE NOT is_format") == []
    for first, other, at, left, right, verdict in found:
        assert {str(first).rpartition("/")[2], str(other).rpartition("/")[2]} == {"1.docx", "2.xlsx"}
        assert ({left, right}, verdict) == ({7, 0}, "fail")
        assert report.figures[str(at)].text == "0"


def test_two_reports_on_one_list_are_not_formats_of_one(tmp_path: Path) -> None:
    report = reports("jia-sci", 2021)[0]
    made = {"1.docx": changed(report), "2.xlsx": xlsx(lines_and_tables(report))}
    with Crawl(tmp_path, "990100", years=[2021]) as crawl:
        page = crawl.fetch(crawl.home + "list/", "<html><body>年度报告</body></html>", kind="list")
        for name, data in made.items():
            crawl.fetch(crawl.home + name, data, referrer=page.url)
    build(tmp_path)
    assert rows(tmp_path, "SELECT version, carrier_url FROM report ORDER BY 1") == [(1, None), (2, None)]
    assert rows(tmp_path, "FROM finding WHERE check_id = 'formats_disagree'") == []
    assert rows(tmp_path, "SELECT DISTINCT is_format FROM report_revision") == [(False,)]


def test_a_file_in_a_zip_is_the_report(tmp_path: Path) -> None:
    report = reports("jia-sci", 2021)[0]
    crawled(tmp_path, report, {"1.zip": zipped({"正文.docx": report_docx(report)})})
    build(tmp_path)
    assert rows(tmp_path, "SELECT media_type, figure_count FROM report WHERE is_current") == [
        ("application/zip", len(report.figures))
    ]
    assert rows(tmp_path, "SELECT \"at\" FROM issue WHERE code = 'packed_document'") == [("正文.docx",)]
    home = "http://127.0.0.2/"
    found = lineage(tmp_path, home + "1.zip", "requests/received/total")
    assert (found.member, found.report["page_url"]) == ("正文.docx", home + "cover.html")
    assert found.excerpt is not None
    cells = dict(found.excerpt.rows)[found.excerpt.row]
    assert cells[0].startswith("一、本年新收")
    assert cells[(found.excerpt.column or 0) - 1] == report.figures["requests/received/total"].text


def test_documents_for_an_office_program_are_converted_together_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for the program notes each of its starts, and takes the report for any document's content."""
    report = reports("jia-sci", 2021)[0]
    (tmp_path / "report.docx").write_bytes(report_docx(report))
    note = f'echo x >> {tmp_path}/starts; for f; do cp {tmp_path}/report.docx "$out/$(basename "${{f%.*}}").docx"; done'
    program(tmp_path, COPY + note)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    whole = {f"{number}.doc": compound(sectors=4 + number) for number in range(25)}
    crawled(tmp_path, report, {**whole, "cut.doc": compound()[:-512]})
    build(tmp_path)
    assert (tmp_path / "starts").read_text() == "x\nx\n"
    found = rows(tmp_path, "SELECT media_type, figure_count, reader FROM report WHERE is_current")
    assert [(kind, count) for kind, count, _ in found] == [("application/msword", len(report.figures))]
    assert str(found[0][2]).endswith(" with LibreOffice")
    reasons = rows(tmp_path, "SELECT reason FROM \"fetch\" WHERE url LIKE '%/cut.doc'")
    assert reasons == [("unreadable:damaged_document",)]
    assert sorted(path.name for path in tmp_path.glob(".building*")) == []
