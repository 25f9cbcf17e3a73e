"""Whatever the bytes are, one document gives one record: nothing raises, and the cost is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import ISSUE_CODES
from pipeline.report import Reading, ReportReader
from tests.extract.rendering import KEEP_BLANKS, LOSE_BLANKS, tables
from tests.extract.truths import FORMS, ZERO, TrueReport

READER = ReportReader(FORMS)
FORM = next(form for form in FORMS.forms if form.code == "2021")
REPORT = TrueReport(FORM, {cell.name: ZERO for cell in FORM.cells()})
PAGES = [layout(tables(REPORT)).encode() for layout in (KEEP_BLANKS | LOSE_BLANKS).values()]


def read(data: bytes) -> Reading:
    reading = READER.read(data, as_report=True)
    assert {issue.code for issue in reading.record.issues} <= set(ISSUE_CODES)
    return reading


@given(st.binary(max_size=3000))
def test_any_bytes(data: bytes) -> None:
    read(data)


@given(
    st.sampled_from(PAGES), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=8)), max_size=12)
)
def test_pages_with_bytes_changed(page: bytes, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(page)
    for place, replacement in changes:
        data[place % len(data) : place % len(data) + len(replacement)] = replacement
    read(bytes(data))


@given(st.sampled_from(PAGES), st.integers(0, 20_000), st.integers(0, 20_000), st.integers(1, 4))
def test_pages_with_pieces_moved(page: bytes, start: int, end: int, times: int) -> None:
    start, end = sorted((start % len(page), end % len(page)))
    read(page[:start] + page[start:end] * times + page[: len(page) - end])


@pytest.mark.parametrize(
    "data",
    [
        b"<table><tr><td>" * 100_000,
        "<table><tr><td rowspan=99999999 colspan=99999999>规章<td>1</table>".encode(),
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><p>" + b"&b;" * 50_000,
        "规章|".encode() * 200_000,
        ("行政许可 0 第二十条第（一）项 " * 20_000).encode(),
        ("1." * 100_000 + "规章").encode(),
        ("(" * 100_000 + "规章").encode(),
        "\n".join(["信息内容\t本年处理决定数量", "行政许可\t" + "增" * 100_000]).encode(),
        b"\xff\xfe" + b"\xd8\x00" * 50_000,
        b"\x00" * 1_000_000,
    ],
    ids=["nested", "spans", "entities", "pipes", "one-line", "numbering", "brackets", "signs", "surrogates", "nul"],
)  # fmt: skip
def test_bombs_give_a_record(data: bytes) -> None:
    assert all(figure.value in (None, 0, 1) for figure in read(data).record.figures)
