"""Which figures recognised in a picture are believed: two ways read them alike, or an identity confirms them.

What the two ways read alike and an identity contradicts is believed no more: a misread digit looks like a report that
contradicts itself. What is not believed is `unreadable`; `raw` keeps what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.check.identities import Sides, sides
from pipeline.extract.record import Figure, Issue, Record, Status
from pipeline.forms import Forms

SURE = 0.6  # confidence from which what two ways read alike is believed; see `python -m benchmarks ocr`


def confirmed(record: Record, forms: Forms) -> Record:
    """`record` with its recognised figures believed or not; the same record where none is recognised.

    Figures that the document tells by its own characters stay as they are.
    """
    seen = {figure.cell: figure for figure in record.figures if figure.sight is not None}
    if not seen:
        return record
    believed = {cell for cell, figure in seen.items() if _is_sure(figure)}
    numbers = {
        figure.cell: figure.value
        for figure in record.figures
        if figure.status is Status.REPORTED and figure.value is not None
    }
    doubtful = (seen.keys() - believed) & numbers.keys()
    spots = [spot for spot in sides(record, forms) if all(cell in numbers for cell in spot.cells)]
    by_identity = _by_identity(spots, numbers, doubtful)
    held = {cell for spot in spots if _proves(spot, numbers) for cell in spot.cells}
    left = doubtful - by_identity
    contradicted = {
        cell
        for spot in spots
        if not _holds(spot, numbers) and not left & set(spot.cells)
        for cell in spot.cells
        if cell in seen and cell not in held
    }
    figures: list[Figure] = []
    issues: list[Issue] = []
    for figure in record.figures:
        cell = figure.cell
        if cell in by_identity:
            figures.append(replace(figure, by_identity=True))
        elif cell not in seen or (cell in believed and cell not in contradicted):
            figures.append(figure)
        elif figure.status in _OPEN:
            figures.append(replace(figure, value=None, status=Status.UNREADABLE))
            issues.append(_issue(figure, contradicted=cell in contradicted))
        else:
            figures.append(figure)
    return replace(record, figures=tuple(figures), issues=(*record.issues, *issues))


_POINT = re.compile(r"[.．]\s*\d")  # dust between the digits of a count
THOUSANDTHS = re.compile(r"[.．]\d{3}(?!\d)")  # of an amount: a comma is as likely
_OPEN = frozenset((Status.REPORTED, Status.BLANK, Status.NOT_APPLICABLE))


def _is_sure(figure: Figure) -> bool:
    sight = figure.sight
    if sight is None or not sight.certain or sight.confidence < SURE:
        return False
    is_money = figure.unit in ("元", None)
    return not (THOUSANDTHS if is_money else _POINT).search(figure.raw)


def _by_identity(spots: Iterable[Sides], numbers: Mapping[str, Decimal], doubtful: Iterable[str]) -> set[str]:
    """The doubtful cells that an identity confirms all of whose other cells are sure, or confirmed before."""
    left, found = set(doubtful), set[str]()
    while new := {
        cell
        for spot in spots
        if _proves(spot, numbers) and len(open_cells := left.intersection(spot.cells)) == 1
        for cell in open_cells
    }:
        left -= new
        found |= new
    return found


def _holds(spot: Sides, numbers: Mapping[str, Decimal]) -> bool:
    left, right = (sum((numbers[cell] for cell in side), Decimal(0)) for side in (spot.left, spot.right))
    return left == right


def _proves(spot: Sides, numbers: Mapping[str, Decimal]) -> bool:
    """Whether an identity holds and says something: of nothing but zeros it does not, misread or left out alike."""
    return _holds(spot, numbers) and any(numbers[cell] for cell in spot.cells)


def _issue(figure: Figure, *, contradicted: bool) -> Issue:
    readings = figure.sight.seen if figure.sight is not None else ()
    seen = " and ".join(f"“{reading}”" for reading in readings) or "nothing"
    why = "the form's identities contradict it" if contradicted else "which is not certain"
    return Issue("unreadable_cell", figure.cell, f"recognised in a picture as {seen}, {why}")
