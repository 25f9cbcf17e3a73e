"""The reports of the sample as documents of Word: every figure is right."""

from __future__ import annotations

import pytest

from pipeline.sample import SampleReport
from tests.documents.reports import assert_true, reader, report_docx, reports


@pytest.mark.parametrize("report", reports(), ids=lambda one: f"{one.organ.key}-{one.publication.year}")
def test_a_report_in_word_is_read_as_it_is_meant(report: SampleReport) -> None:
    reading = reader().read(report_docx(report), name="年报.doc")
    assert reading.media_type.endswith("wordprocessingml.document")
    assert_true(reading, report)
    assert not {issue.code for issue in reading.record.issues} - {"unit_not_printed", "unreadable_cell"}
