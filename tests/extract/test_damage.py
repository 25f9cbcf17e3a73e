"""Damaged pages: the truth, or the word that it is uncertain; never another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import ReportReader
from tests.extract.damage import DAMAGES, Damage
from tests.extract.rendering import KEEP_BLANKS, LOSE_BLANKS, tables
from tests.extract.truths import FORMS, TrueReport, true_reports

READER = ReportReader(FORMS)
LAYOUTS = KEEP_BLANKS | LOSE_BLANKS
BEHIND = "五、存在的主要问题及改进情况\n公开目录的更新还不够及时，明年逐月核对。"


@st.composite
def damaged(draw: st.DrawFn, damage: Damage) -> tuple[TrueReport, str]:
    """A true report, and the text of it after the damage, in any layout."""
    report = draw(true_reports())
    name = draw(st.sampled_from(sorted(LAYOUTS)))
    body = LAYOUTS[name](damage(draw, tables(report)))
    text = f"<html><body>{body}<p>{BEHIND}</p></body></html>" if "html" in name else f"{body}\n\n{BEHIND}\n"
    return report, text


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@given(data=st.data())
def test_never_another_number(damage: Damage, data: st.DataObject) -> None:
    report, text = data.draw(damaged(damage))
    kind = "text/html" if text.startswith("<html") else "text/plain"
    record = READER.read(text.encode(), media_type=kind, as_report=True, prose=False).record
    wrong = [
        f"{figure.cell}: read {figure.value} of {figure.raw!r}"
        for figure in record.figures
        if figure.value is not None
        and not figure.item.startswith("local.")
        and (figure.cell not in report.cells or figure.value != report.cells[figure.cell].value)
    ]
    assert wrong == []
