"""What a release must hold at least, and what may be wrong in it at most: a reviewed file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipeline.datasets import dataset_file
from pipeline.problem import Problem

FILE = "expectations.toml"


@dataclass(frozen=True, slots=True)
class Override:
    """Another floor or bound for one release alone, and the reviewer's reason."""

    value: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Expectations:
    """Floors of current reports by province and year, and bounds as shares, with the overrides of one release."""

    path: Path
    floors: Mapping[tuple[str, int], int]
    bounds: Mapping[str, Decimal]
    floor_overrides: Mapping[tuple[str, int], Override] = field(default_factory=dict)
    bound_overrides: Mapping[str, Override] = field(default_factory=dict)


def load_expectations(data: Path, version: str, measures: frozenset[str]) -> Expectations:
    """The file of the data folder, or the project's where that has none, as it stands for this release.

    Every one of `measures` must have a bound. Raises Problem for a file that is not as it must be.
    """
    path = data / FILE if (data / FILE).is_file() else dataset_file(FILE)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        overrides = [entry for entry in told.get("override", ()) if entry["release"] == version]
        expectations = Expectations(
            path,
            {(entry["province"], entry["year"]): _count(entry) for entry in told.get("floor", ())},
            {name: _share(bound) for name, bound in told["bounds"].items()},
            {
                (e["province"], e["year"]): Override(Decimal(_count(e)), _reason(e))
                for e in overrides
                if "province" in e
            },
            {
                e["bound"]: Override(_share(e["at_most"]), _reason(e))
                for e in overrides
                if "province" not in e
            },
        )
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        InvalidOperation,
        tomllib.TOMLDecodeError,
    ) as error:
        raise Problem(
            f"The expectations {path} are not as they must be: {error!r}. Put the file right."
        ) from error
    named = expectations.bounds.keys() | expectations.bound_overrides.keys()
    if odd := sorted(named ^ measures):
        raise Problem(
            f"The expectations {path} must bound {', '.join(sorted(measures))}; wrong are: {', '.join(odd)}."
        )
    if odd_places := expectations.floor_overrides.keys() - expectations.floors.keys():
        raise Problem(f"The expectations {path} override floors that are not there: {sorted(odd_places)}.")
    return expectations


def _count(entry: Mapping[str, Any]) -> int:
    count = entry["reports"]
    if (
        not isinstance(count, int)
        or isinstance(count, bool)
        or count < 0
        or not isinstance(entry["year"], int)
    ):
        raise ValueError(entry)
    return count


def _share(text: object) -> Decimal:
    """A share as text, so that it is exact."""
    share = Decimal(text) if isinstance(text, str) else Decimal("NaN")
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _reason(entry: Mapping[str, Any]) -> str:
    reason = entry["reason"]
    if not isinstance(reason, str) or not reason.strip():
        raise ValueError(entry)
    return reason
