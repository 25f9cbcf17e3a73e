"""The identities within one report, as findings with both sides of the equation.

They are published as data about the source and never used to repair a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.finding import Cause, Finding, Verdict
from pipeline.extract.record import Figure, Record, Status
from pipeline.forms import Form, Forms, Identity


def check(record: Record, forms: Forms) -> tuple[Finding, ...]:
    """Every identity of every form whose part is on the page, once for each row or column it speaks of.

    Where forms share an identity but not its rows (the outcomes of 2019 and 2021), that form's rule holds whose
    cells are on the page. A rule whose cells are not all numbers is `unassessable`. A fail is the source's, unless
    one of its figures was placed by the order of columns alone.
    """
    figures = {figure.cell: figure for figure in record.figures}
    findings: dict[tuple[str, str], Finding] = {}
    for identity, spots in _on_the_page(forms, figures):
        for at, left, right in spots:
            findings.setdefault((identity.id, at), _finding(identity.id, at, left, right, figures))
    return tuple(findings.values())


@dataclass(frozen=True, slots=True)
class Sides:
    """An identity at one place: the cells of either side."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.left, *self.right)


def sides(record: Record, forms: Forms) -> list[Sides]:
    """The identities that `check` checks, each place by itself."""
    figures = {figure.cell: figure for figure in record.figures}
    return [
        Sides(tuple(left), tuple(right))
        for _, spots in _on_the_page(forms, figures)
        for _, left, right in spots
    ]


def _on_the_page(
    forms: Forms, figures: dict[str, Figure]
) -> Iterator[tuple[Identity, list[tuple[str, list[str], list[str]]]]]:
    """The identities to check, each of the form that most of its cells are on the page for, with their spots."""
    rules: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, Identity, Form]]] = {}
    for form in forms.forms:
        for identity in form.identities:
            cells = [name for _, left, right in _spots(identity, form) for name in (*left, *right)]
            present = sum(name in figures for name in cells)
            absent = len(cells) - present
            if present:
                key = (identity.id, identity.part, identity.left)
                rules.setdefault(key, []).append((present - absent, identity, form))
    for candidates in rules.values():
        _, identity, form = max(candidates, key=lambda candidate: candidate[0])
        yield (
            identity,
            [
                spot
                for spot in _spots(identity, form)
                if any(name in figures for name in (*spot[1], *spot[2]))
            ],
        )


def _spots(identity: Identity, form: Form) -> list[tuple[str, list[str], list[str]]]:
    """Where an identity holds in a form: the place, the cells of its left side and of its right side."""
    blocks = [block for block in form.blocks if block.part == identity.part]
    part = identity.part
    if identity.each == "measure":
        return [
            (
                f"{part}/{identity.left[0]}" if part == "annex" else f"{part}/*/{measure.code}",
                [f"{part}/{item}/{measure.code}" for item in identity.left],
                [f"{part}/{item}/{measure.code}" for item in identity.right],
            )
            for block in blocks
            for measure in block.measures
        ]
    return [
        (
            f"{part}/{row.code}",
            [f"{part}/{row.code}/{measure}" for measure in identity.left],
            [f"{part}/{row.code}/{measure}" for measure in identity.right],
        )
        for block in blocks
        for row in block.items
    ]


def _finding(
    name: str, at: str, left: Sequence[str], right: Sequence[str], figures: dict[str, Figure]
) -> Finding:
    sides = (_sum(left, figures), _sum(right, figures))
    if sides[0] is None or sides[1] is None:
        return Finding(name, at, Verdict.UNASSESSABLE, *sides)
    if sides[0] == sides[1]:
        return Finding(name, at, Verdict.PASS, *sides)
    by_order = any(figures[cell].by_order for cell in (*left, *right))
    return Finding(name, at, Verdict.FAIL, *sides, Cause.READING if by_order else Cause.SOURCE)


def _sum(cells: Sequence[str], figures: dict[str, Figure]) -> Decimal | None:
    total = Decimal(0)
    for cell in cells:
        figure = figures.get(cell)
        if figure is None or figure.status is not Status.REPORTED or figure.value is None:
            return None
        total += figure.value
    return total
