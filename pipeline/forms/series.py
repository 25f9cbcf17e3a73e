"""Comparable series: one quantity followed across the national forms, as reviewed data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.datasets import dataset_file
from pipeline.forms.model import Forms
from pipeline.problem import Problem

GRADES = ("A", "B", "C", "N")
"""How comparable a quantity is from one form to the next, best first: the same; close; related; not at all."""

JOINED = ("A", "B")
"""The grades at which figures of two forms are one line; over the others no difference is ever taken."""

_KEYS = frozenset({"name", "label", "english", "unit", "cells", "joins", "note"})


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity. `cells` are, by form, the cells whose sum it is; `joins` grade the step from a form to a later
    one. `unit` is the unit of the form, yuan where the form asks for money.
    """

    name: str
    label: str
    english: str
    unit: str
    cells: Mapping[str, tuple[str, ...]]
    joins: Mapping[tuple[str, str], str]
    note: str | None = None

    def grade(self, earlier: str, later: str) -> str:
        """How comparable figures of two forms are; the worst step on the way from one to the other."""
        forms = sorted(self.cells)
        low, high = sorted((forms.index(earlier), forms.index(later)))
        steps = (self.joins[step] for step in pairwise(forms[low : high + 1]))
        return max(steps, key=GRADES.index, default="A")


def load_series(forms: Forms) -> tuple[Series, ...]:
    """Every series of `datasets/series.toml`, in its order. Raises Problem for a file that is not as it must be."""
    path = dataset_file("series.toml")
    try:
        return tuple(parse_series(tomllib.loads(path.read_text(encoding="utf-8")), forms))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Problem(
            f"The file of series {path} cannot be used: {error}. Put it right or restore it."
        ) from error


def parse_series(data: Mapping[str, Any], forms: Forms) -> Iterator[Series]:
    """The series of the parsed file. Raises KeyError, TypeError or ValueError, naming the series, for a key that is
    missing or unknown, a name given twice, a cell that its form has not, or a step without a grade.
    """
    known = {form.code: frozenset(cell.name for cell in form.cells()) for form in forms.forms}
    names: set[str] = set()
    for entry in data["series"]:
        name = entry["name"]
        if name in names or entry.keys() - _KEYS:
            raise ValueError(f"series {name} is given twice or has unknown keys")
        names.add(name)
        cells = {form: tuple(given) for form, given in entry["cells"].items()}
        for form, given in cells.items():
            strange = sorted({*given} - known.get(form, frozenset()))
            if strange or not given or len({*given}) < len(given):
                raise ValueError(f"series {name}: not cells of form {form}, or twice: {', '.join(strange)}")
        yield Series(
            name,
            entry["label"],
            entry["english"],
            entry["unit"],
            cells,
            _joins(name, cells, entry.get("joins", {})),
            entry.get("note"),
        )


def _joins(name: str, cells: Mapping[str, object], given: Mapping[str, str]) -> dict[tuple[str, str], str]:
    steps = [f"{earlier}-{later}" for earlier, later in pairwise(sorted(cells))]
    if sorted(given) != steps or not {*given.values()} <= {*GRADES}:
        raise ValueError(
            f"series {name}: joins must grade {', '.join(steps) or 'nothing'}, each {'/'.join(GRADES)}"
        )
    return {(step[:4], step[5:]): grade for step, grade in given.items()}
