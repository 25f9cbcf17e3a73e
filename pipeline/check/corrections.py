"""Corrections of single figures, as reviewed data with a guard: what each expects to find. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.extract.record import Status
from pipeline.forms import Forms

_KEYS = frozenset({"sha256", "cell", "expect", "value", "unit", "why", "evidence", "by", "on"})
_LARGEST = Decimal(10) ** 14  # what the tables hold


@dataclass(frozen=True, slots=True)
class Correction:
    """What one figure of the report with these bytes should read. `name` tells a person which one of the file it is.

    It holds only while the figure has the expected status and raw text.
    """

    name: str
    sha256: str
    cell: str
    status: str
    raw: str
    value: Decimal
    unit: str

    def stale(self, status: str | None, raw: str | None) -> str | None:
        """Why the correction does not hold for a figure, None where it does; both None where there is no such cell."""
        if (status, raw) == (self.status, self.raw):
            return None
        found = "there is no such cell" if status is None else f"it is {status} {raw!r}"
        return f"{self.name} expects {self.cell} to be {self.status} {self.raw!r}, and {found}."


def parse_corrections(data: Mapping[str, Any], forms: Forms) -> dict[str, tuple[Correction, ...]]:
    """The corrections of the parsed file, by the SHA-256 of the report's bytes.

    Raises KeyError, TypeError or ValueError, naming the correction, for a key missing or unknown, an empty reason, a
    cell that no form has, a value that is no number the tables hold exactly, or a figure corrected twice.
    """
    if data.keys() != {"correction"}:
        raise ValueError("the file must hold `correction` alone")
    known = {cell.name for cell in forms.cells()}
    found: dict[str, tuple[Correction, ...]] = {}
    for number, entry in enumerate(data["correction"], start=1):
        one = _correction(f"correction {number}", entry)
        if one.cell not in known:
            raise ValueError(f"{one.name}: no form has {one.cell}")
        if any(other.cell == one.cell for other in found.get(one.sha256, ())):
            raise ValueError(f"{one.name}: {one.cell} of this report is corrected twice")
        found[one.sha256] = (*found.get(one.sha256, ()), one)
    return found


def _correction(name: str, entry: Mapping[str, Any]) -> Correction:
    strange = entry.keys() ^ _KEYS
    if strange:
        raise ValueError(f"{name}: keys missing or unknown: {', '.join(sorted(strange))}")
    if not all(str(entry[key]).strip() for key in ("why", "evidence", "by")) or not isinstance(
        entry["on"], date
    ):
        raise ValueError(f"{name}: it must say why, by whom and on which day, and where it can be seen")
    try:
        value = Decimal(entry["value"])
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"{name}: {entry['value']!r} is no number") from error
    if not value.is_finite() or abs(value) >= _LARGEST or value % Decimal("0.0001"):
        raise ValueError(f"{name}: the tables cannot hold {entry['value']}")
    status = Status(entry["expect"]["status"]).value
    return Correction(
        name, entry["sha256"], entry["cell"], status, entry["expect"]["raw"], value, entry["unit"]
    )
