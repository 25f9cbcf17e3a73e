"""The tables of what can be compared: series, the cells whose sum each is, and how good each step between forms is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from pipeline.forms import GRADES, Series
from pipeline.tables.model import INTEGER, TEXT, Column, Table, required
from pipeline.tables.rows import Row

_SERIES = required("series", TEXT, "Name of the series, see table series")

SERIES = Table(
    "series",
    "One quantity that is followed across the national forms (可比序列), see table series_cell for where it stands",
    (
        required("series", TEXT, "Name of the series (序列)"),
        required("position", INTEGER, "Order in the codebook, counted from 1 (次序)"),
        required("label", TEXT, "What it counts, in the words of the forms (指标)"),
        required("english", TEXT, "What it counts, in English"),
        required("unit", TEXT, "Unit of its values; money is in 元 (单位)"),
        required("forms", TEXT, "The forms that have it, oldest first"),
        Column(
            "grade_2014_2019",
            TEXT,
            "How comparable it is between these forms: A to N, see panel",
            values=GRADES,
        ),
        Column(
            "grade_2019_2021",
            TEXT,
            "How comparable it is between these forms: A to N, see panel",
            values=GRADES,
        ),
        Column("note", TEXT, "Why it is not the same everywhere, and what to mind"),
    ),
    key=("series",),
)

SERIES_CELL = Table(
    "series_cell",
    "One cell of a form that a series is the sum of (序列的单元)",
    (
        _SERIES,
        required("form", TEXT, "The form (格式)"),
        required("position", INTEGER, "Order in the sum, counted from 1"),
        required("cell", TEXT, "part/item/measure"),
    ),
    key=("series", "form", "cell"),
)

SERIES_STEP = Table(
    "series_step",
    "How comparable a series is where an organ goes from one form to another (可比等级)",
    (
        _SERIES,
        required("form_before", TEXT, "The form of the earlier report"),
        required("form", TEXT, "The form of the later report"),
        required(
            "grade",
            TEXT,
            "A: the same definition; B: close, a break; C: related, never joined; N: not comparable, never joined",
            values=GRADES,
        ),
    ),
    key=("series", "form_before", "form"),
)


def series_rows(series: Sequence[Series]) -> Iterator[Row]:
    """The rows of table `series`."""
    for position, one in enumerate(series, start=1):
        yield {
            "series": one.name,
            "position": position,
            "label": one.label,
            "english": one.english,
            "unit": one.unit,
            "forms": ", ".join(sorted(one.cells)),
            "grade_2014_2019": one.joins.get(("2014", "2019")),
            "grade_2019_2021": one.joins.get(("2019", "2021")),
            "note": one.note,
        }


def cell_rows(series: Sequence[Series]) -> Iterator[Row]:
    """The rows of table `series_cell`."""
    for one in series:
        for form, cells in sorted(one.cells.items()):
            for position, cell in enumerate(cells, start=1):
                yield {"series": one.name, "form": form, "position": position, "cell": cell}


def step_rows(series: Sequence[Series]) -> Iterator[Row]:
    """The rows of table `series_step`: every way from one form of a series to another, and from a form to itself."""
    for one in series:
        forms = sorted(one.cells)
        for before, form in sorted([*permutations(forms, 2), *((form, form) for form in forms)]):
            yield {"series": one.name, "form_before": before, "form": form, "grade": one.grade(before, form)}
