"""The benchmarks measure what they say: real readings of pages that give figures."""

from __future__ import annotations

import pytest

from benchmarks.building import timed_builds
from benchmarks.documents import OURS, document_rates
from benchmarks.pages import LARGE, large_page, sample_pages
from benchmarks.reading import BASE, reading_rates
from pipeline.forms import load_forms
from pipeline.report import read_report
from pipeline.sample import sample_reports


def test_every_way_has_a_rate_and_the_ratios_are_to_the_base() -> None:
    rates = reading_rates(sample_pages()[:2], rounds=1)
    base = rates[0]
    assert (base.way, base.ratio, len(rates)) == (BASE, 1.0, 3)
    for rate in rates:
        assert rate.ratio == pytest.approx(rate.pages_per_second / base.pages_per_second)


def test_a_page_without_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="no figures"):
        reading_rates([b"<html><body><p>nothing</p></body></html>"], rounds=1)


def test_the_large_page_is_that_large_and_has_the_figures_of_its_report() -> None:
    page = large_page()
    assert LARGE <= len(page) < LARGE + 200
    values = {figure.cell: figure.value for figure in read_report(page, load_forms()).record.figures}
    report = next(iter(sample_reports()))
    assert values == {cell: printed.value for cell, printed in report.figures.items()}


def test_timed_builds_read_every_copy_as_a_document_of_its_own() -> None:
    builds = timed_builds(sample_pages()[:2], copies=3, workers=(1, 2), rounds=2)
    assert [built.workers for built in builds] == [1, 2]
    for built in builds:
        assert built.documents == 6
        assert built.rows > 6 * 100
        assert built.seconds > 0


def test_documents_of_every_kind_have_a_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    rates = list(document_rates(1, rounds=1))
    assert [(rate.kind, rate.way) for rate in rates] == [
        *(("docx", OURS), ("docx", "python-docx"), ("xlsx", OURS), ("xlsx", "openpyxl")),
        *(("pdf", OURS), ("pdf", "pdfplumber"), ("xls", OURS)),
    ]
    for rate in rates:
        other = [one for one in rates if one.kind == rate.kind][-1]
        assert rate.ratio == pytest.approx(rate.per_second / other.per_second)
