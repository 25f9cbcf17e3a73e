"""True reports to be rendered: what is printed in every cell of a form, and the value it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from pipeline.forms import Form, FormCell, load_forms

FORMS = load_forms()


@dataclass(frozen=True, slots=True)
class Content:
    """What is printed in one cell, and its value; None where no number is printed."""

    text: str
    value: Decimal | None


class TrueReport:
    """A form with something printed, or nothing, in each of its cells (by name). It shows what is not a plain zero."""

    def __init__(self, form: Form, cells: dict[str, Content]) -> None:
        self.form = form
        self.cells = cells

    def __repr__(self) -> str:
        odd = {cell: content.text for cell, content in self.cells.items() if content != ZERO}
        return f"TrueReport({self.form.code}, {odd})"

    @property
    def has_blanks(self) -> bool:
        """Whether any cell is blank."""
        return any(not content.text for content in self.cells.values())


ZERO = Content("0", Decimal(0))
BLANK = Content("", None)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _counts() -> st.SearchStrategy[Content]:
    numbers = st.integers(1, 40_000)
    return st.one_of(
        numbers.map(lambda n: Content(str(n), Decimal(n))),
        numbers.map(lambda n: Content(f"{n:,}", Decimal(n))),
        numbers.map(lambda n: Content(str(n).translate(_FULL_WIDTH), Decimal(n))),
        numbers.map(lambda n: Content(f"{n}件", Decimal(n))),
        st.sampled_from(["/", "-", "——", "无"]).map(lambda mark: Content(mark, None)),
    )


def _changes() -> st.SearchStrategy[Content]:
    numbers = st.integers(1, 2_000)
    return st.one_of(
        numbers.map(lambda n: Content(f"+{n}", Decimal(n))),
        numbers.map(lambda n: Content(f"-{n}", Decimal(-n))),
        numbers.map(lambda n: Content(f"增{n}", Decimal(n))),
        numbers.map(lambda n: Content(f"减{n}", Decimal(-n))),
        numbers.map(lambda n: Content(f"--{n}", None)),
    )


def _money(label: str) -> st.SearchStrategy[Content]:
    """An amount, in ten-thousandths of 万元 so that nothing is rounded."""
    factor = 10_000 if "万元" in label else 1
    amounts = st.integers(1, 9_999_999).map(lambda n: Decimal(n) / 10_000)
    return st.one_of(
        amounts.map(lambda amount: Content(f"{amount}万元", amount * 10_000)),
        amounts.map(lambda amount: Content(str(amount), amount * factor)),
    )


def _content(cell: FormCell) -> st.SearchStrategy[Content]:
    if cell.unit in ("元", "万元"):
        return _money(cell.measure_label if cell.unit == "元" else cell.unit)
    return _changes() if cell.measure == "items_change" else _counts()


@st.composite
def true_reports(
    draw: st.DrawFn, *, blanks: bool = True, forms: tuple[str, ...] = ("2014", "2019", "2021")
) -> TrueReport:
    """Reports that are mostly zeros, with figures, marks and (with `blanks`) blank cells here and there."""
    form = draw(st.sampled_from([form for form in FORMS.forms if form.code in forms]))
    cells = list(form.cells())
    printed = dict.fromkeys((cell.name for cell in cells), ZERO)
    for cell in draw(st.lists(st.sampled_from(cells), max_size=25, unique_by=lambda cell: cell.name)):
        printed[cell.name] = draw(_content(cell))
    if blanks:
        for cell in draw(st.lists(st.sampled_from(cells), max_size=12, unique_by=lambda cell: cell.name)):
            printed[cell.name] = BLANK
    return TrueReport(form, printed)
