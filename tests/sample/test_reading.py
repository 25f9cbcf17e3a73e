"""The reading of every sample page, from its bytes alone, gives the truth: every cell, check, section and identity."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.forms import load_forms
from pipeline.report import Reading, ReportReader
from pipeline.sample import SampleReport, load_truth, sample_reports, site


@cache
def _reader() -> ReportReader:
    return ReportReader(load_forms())


def _read(report: SampleReport) -> Reading:
    page = site(report.organ.city)[report.path]
    media_type, _, charset = page.content_type.partition("; charset=")
    return _reader().read(report.html, media_type=media_type, charset=charset)


@pytest.mark.parametrize(
    "report",
    list(sample_reports()),
    ids=lambda r: f"{r.organ.key}-{r.publication.year}-{r.publication.version}",
)
def test_every_page_is_read_as_it_is_meant(report: SampleReport) -> None:
    reading = _read(report)
    record, publication = reading.record, report.publication
    assert (record.is_report, record.organ, record.year, record.form, record.published_on) == (
        True,
        report.organ.name,
        publication.year,
        publication.form,
        publication.published_on,
    )
    read = {figure.cell: (figure.status.value, figure.value, figure.raw) for figure in record.figures}
    assert read == {cell: (item.status, item.value, item.text) for cell, item in report.figures.items()}
    assert [section.number for section in record.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert "�" not in "".join(section.text for section in record.sections)
    failed = {(f.check, f.at, f.left, f.right) for f in reading.findings if f.verdict == "fail"}
    key = (report.organ.key, publication.year, publication.version)
    meant = [c for c in load_truth().contradictions if (c.organ, c.year, c.version) == key]
    assert failed == {(item.check, item.at, item.left, item.right) for item in meant if item.earlier is None}


def test_money_has_a_unit_only_where_one_is_printed() -> None:
    for report in sample_reports():
        for figure in _read(report).record.figures:
            if figure.cell == "proactive/procurement/amount_yuan":
                assert figure.unit == ("元" if "元" in figure.raw else None), report.path
            elif figure.cell == "proactive/fees/amount_yuan":
                assert figure.unit == "元", report.path


@pytest.mark.parametrize("kind", ["website", "notice", "picture", "rule_of_law"])
def test_a_look_alike_is_no_report(kind: str) -> None:
    for item in load_truth().lookalikes:
        if item.kind == kind:
            record = _reader().read(site(item.city)[item.path].body, media_type="text/html").record
            assert not record.is_report, item.title
            assert record.reason
            assert record.figures == ()
