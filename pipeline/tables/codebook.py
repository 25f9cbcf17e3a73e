"""The tables of the codebook: what each cell of each form is, and what can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from pipeline.forms import Forms, load_series
from pipeline.tables.comparing import SERIES, SERIES_CELL, SERIES_STEP, cell_rows, series_rows, step_rows
from pipeline.tables.holding import INDICATOR
from pipeline.tables.model import Table
from pipeline.tables.rows import Row


def codebook(forms: Forms) -> Iterator[tuple[Table, Iterable[Row]]]:
    """Each of these tables with its rows."""
    series = load_series(forms)
    yield (
        INDICATOR,
        ({**asdict(cell), "position": place} for place, cell in enumerate(forms.cells(), start=1)),
    )
    yield SERIES, series_rows(series)
    yield SERIES_CELL, cell_rows(series)
    yield SERIES_STEP, step_rows(series)
