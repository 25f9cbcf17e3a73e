"""Whatever the layout, a figure is read as printed or said to be uncertain; never another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import Figure, Status
from pipeline.report import ReportReader
from tests.extract.rendering import KEEP_BLANKS, LOSE_BLANKS, Layout, tables
from tests.extract.truths import FORMS, TrueReport, true_reports

READER = ReportReader(FORMS)
LAYOUTS = KEEP_BLANKS | LOSE_BLANKS
BEHIND = "五、存在的主要问题及改进情况\n公开目录的更新还不够及时，明年逐月核对。"


def read(report: TrueReport, layout: Layout) -> dict[str, Figure]:
    text = layout(tables(report))
    text = f"<html><body>{text}<p>{BEHIND}</p></body></html>" if text[0] == "<" else f"{text}\n\n{BEHIND}\n"
    record = READER.read(
        text.encode(), name="x.html" if text[0] == "<" else "x.txt", as_report=True, prose=False
    ).record
    return {figure.cell: figure for figure in record.figures}


def wrong(report: TrueReport, figures: dict[str, Figure]) -> list[str]:
    return [
        f"{cell}: printed {report.cells[cell].text!r}, read {figure.value}"
        for cell, figure in figures.items()
        if figure.value is not None and (cell not in report.cells or figure.value != report.cells[cell].value)
    ]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@given(report=true_reports(blanks=False))
def test_full_tables_are_read_whole(layout: Layout, report: TrueReport) -> None:
    figures = read(report, layout)
    assert wrong(report, figures) == []
    missed = [
        cell
        for cell, content in report.cells.items()
        if content.value is not None and (cell not in figures or figures[cell].value is None)
    ]
    assert missed == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@given(report=true_reports())
def test_blank_cells_never_shift_a_figure(layout: Layout, report: TrueReport) -> None:
    assert wrong(report, read(report, layout)) == []


@pytest.mark.parametrize("name", ["html", "word_html", "word_cells"])
@given(report=true_reports(forms=("2019", "2021")))
def test_where_blanks_stand_every_cell_has_its_status(name: str, report: TrueReport) -> None:
    figures = read(report, KEEP_BLANKS[name])
    statuses = {cell: figure.status for cell, figure in figures.items()}
    for cell, content in report.cells.items():
        if not content.text:
            assert statuses[cell] is Status.BLANK, cell
        elif content.value is not None:
            assert statuses[cell] is Status.REPORTED, cell
        else:
            assert statuses[cell] in (Status.NOT_APPLICABLE, Status.UNREADABLE), cell


# In a text that loses blank cells, a row that is cut off and lost one besides cannot be told from a row cut off.
RENDERED = st.one_of(
    st.tuples(true_reports(), st.sampled_from(sorted(KEEP_BLANKS))),
    st.tuples(true_reports(blanks=False), st.sampled_from(sorted(LOSE_BLANKS))),
)


@given(rendered=RENDERED, place=st.integers(0, 1_000_000))
def test_a_text_cut_anywhere_gives_no_other_number(rendered: tuple[TrueReport, str], place: int) -> None:
    report, name = rendered
    text = LAYOUTS[name](tables(report))
    cut = text[: place % (len(text) + 1)]
    kind = "text/html" if text.startswith("<") else "text/plain"
    record = READER.read(cut.encode(), media_type=kind, as_report=True, prose=False).record
    assert wrong(report, {figure.cell: figure for figure in record.figures}) == []
