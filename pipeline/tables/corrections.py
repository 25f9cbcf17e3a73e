"""The reviewed corrections, put beside the figures they are about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence

from pipeline.check.corrections import Correction, parse_corrections
from pipeline.datasets import dataset_file
from pipeline.forms import Forms
from pipeline.problem import Problem
from pipeline.tables.rows import SMALLEST, Row

Corrections = Mapping[str, Sequence[Correction]]
"""Corrections by the SHA-256 of the report's bytes."""


def load_corrections(forms: Forms) -> Corrections:
    """The corrections of `datasets/corrections.toml`. Raises Problem for a file that is not as it must be."""
    path = dataset_file("corrections.toml")
    try:
        return parse_corrections(tomllib.loads(path.read_text(encoding="utf-8")), forms)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Problem(
            f"The file of corrections {path} cannot be used: {error}. Put it right or restore it."
        ) from error


def correct(figures: Sequence[Row], corrections: Iterable[Correction]) -> tuple[str, ...]:
    """Put corrected figures beside the printed ones of a report; return why corrections hold no longer."""
    rows = {row["cell"]: row for row in figures}
    stale = []
    for one in corrections:
        row = rows.get(one.cell)
        reason = one.stale(row["status"], row["raw"]) if row else one.stale(None, None)
        if reason is not None:
            stale.append(reason)
        elif row is not None:
            row.update(corrected_value=one.value.quantize(SMALLEST), corrected_unit=one.unit)
    return tuple(stale)


def refuse_stale(stale: Sequence[str]) -> None:
    """Raise Problem where corrections hold no longer: a person has to look at the report again."""
    if stale:
        raise Problem(
            "Corrections no longer hold. "
            + " ".join(stale)
            + " Look at the report again, then change or take away "
            "the correction in datasets/corrections.toml. The last good tables are as they were."
        )
