"""The reports of the sample as documents: our own words around their true tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.forms import load_forms
from pipeline.report import Reading, ReportReader
from pipeline.sample import SampleReport, sample_reports
from pipeline.sample.forms import national_form
from tests.documents.writing import docx, paragraph, spanned
from tests.extract.rendering import Table, tables
from tests.extract.truths import Content, TrueReport

Figures = dict[str, tuple[str, object, str]]


@cache
def reports() -> tuple[SampleReport, ...]:
    """All reports of the sample."""
    return tuple(sample_reports())


@cache
def reader() -> ReportReader:
    return ReportReader(load_forms())


def lines_and_tables(report: SampleReport) -> Iterator[str | Table]:
    """What is printed, in its order."""
    organ, publication = report.organ, report.publication
    cells = {name: Content(printed.text, printed.value) for name, printed in report.figures.items()}
    proactive, requests, disputes = tables(TrueReport(national_form(publication.form), cells))
    day = publication.published_on
    yield organ.name
    yield f"{publication.year}年政府信息公开工作年度报告"
    yield f"本报告由{organ.name}编制，数据统计期限为{publication.year}年1月1日至12月31日。"
    yield "一、总体情况"
    yield "坚持以公开为常态，及时公开各类信息。"
    yield from ("二、主动公开政府信息情况", proactive)
    yield from ("三、收到和处理政府信息公开申请情况", requests)
    yield from ("四、政府信息公开行政复议、行政诉讼情况", disputes)
    yield from ("五、存在的主要问题及改进情况", "公开的深度还不够，将加强培训。")
    yield from ("六、其他需要报告的事项", "无其他需要报告的事项。")
    yield from (organ.name, f"{day.year}年{day.month}月{day.day}日")


def report_docx(report: SampleReport) -> bytes:
    """A report as a document of Word."""
    return docx(
        "".join(
            paragraph(item) if isinstance(item, str) else spanned(item) for item in lines_and_tables(report)
        )
    )


def assert_true(reading: Reading, report: SampleReport, *, has_sections: bool = True) -> None:
    """Every cell is read as it is meant, and the report known for what it is."""
    record, publication = reading.record, report.publication
    read = {figure.cell: (figure.status.value, figure.value, figure.raw) for figure in record.figures}
    assert read == {name: (one.status, one.value, one.text) for name, one in report.figures.items()}
    assert (record.is_report, record.organ, record.year, record.form, record.published_on) == (
        True,
        report.organ.name,
        publication.year,
        publication.form,
        publication.published_on,
    )
    if has_sections:
        assert [section.number for section in record.sections] == [0, 1, 2, 3, 4, 5, 6]
