"""The checks between reports, as reviewed data: of one organ in two years, or of two organs in one year. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.forms import Forms

MAGNITUDE = "magnitude"
COPIED_REPORT = "copied_report"
COPIED_FROM_OTHER = "copied_from_other"
MISFILED_ITEMS = "misfiled_items"

_TERM = re.compile(r"([+-]) (later|earlier) (\S+)")


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in one side of an identity: of the later report or the one of the year before, added or taken away."""

    check: str
    at: str
    is_left: bool
    is_later: bool
    sign: int
    cell: str


@dataclass(frozen=True, slots=True)
class Copied:
    """Reports are compared that have `distinct` different numbers of at least `least`; stocks are left out."""

    distinct: int
    least: int
    leave_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcrossYears:
    """All checks between reports. `rules` has a sentence for each, by its id."""

    terms: tuple[Term, ...]
    factor: int
    money: tuple[str, ...]
    copied: Copied
    misfiled_rows: tuple[str, ...]
    misfiled_least: int
    rules: Mapping[str, str]


def parse_across_years(data: Mapping[str, Any], forms: Forms) -> AcrossYears:
    """The checks of the parsed file. Raises KeyError, TypeError or ValueError for content that is none: a key missing
    or unknown, a term that cannot be read, a cell that no form has.
    """
    known = {cell.name for cell in forms.cells()}
    _only(data, {"identity", "magnitude", "copied", "misfiled_items"}, "the file")
    terms = tuple(term for entry in data["identity"] for term in _terms(entry))
    magnitude, copied, misfiled = data["magnitude"], data["copied"], data["misfiled_items"]
    _only(magnitude, {"rule", "factor", "cells"}, MAGNITUDE)
    _only(copied, {"rule", "rule_other", "distinct", "least", "leave_out"}, "copied")
    _only(misfiled, {"rule", "rows", "least"}, MISFILED_ITEMS)
    measures = ("items_previous", "items_change", "decisions")
    rows = [f"proactive/{row}/{measure}" for row in misfiled["rows"] for measure in measures]
    _refuse_unknown({*(term.cell for term in terms), *magnitude["cells"], *rows} - known)
    rules = {entry["id"]: entry["rule"] for entry in data["identity"]}
    rules |= {
        MAGNITUDE: magnitude["rule"].replace("`factor`", str(magnitude["factor"])),
        COPIED_REPORT: copied["rule"],
        COPIED_FROM_OTHER: copied["rule_other"],
        MISFILED_ITEMS: misfiled["rule"].replace("`least`", str(misfiled["least"])),
    }
    return AcrossYears(
        terms,
        magnitude["factor"],
        tuple(magnitude["cells"]),
        Copied(copied["distinct"], copied["least"], tuple(copied["leave_out"])),
        tuple(misfiled["rows"]),
        misfiled["least"],
        rules,
    )


def _terms(entry: Mapping[str, Any]) -> Iterator[Term]:
    _only(entry, {"id", "at", "each", "left", "right", "rule"}, entry["id"])
    for each in entry["each"]:
        for is_left, terms in ((True, entry["left"]), (False, entry["right"])):
            for term in terms:
                found = _TERM.fullmatch(term)
                if found is None:
                    raise ValueError(f"{entry['id']}: {term!r} is not a sign, later or earlier, and a cell")
                sign = 1 if found[1] == "+" else -1
                at, cell = (text.replace("{}", each) for text in (entry["at"], found[3]))
                yield Term(entry["id"], at, is_left, found[2] == "later", sign, cell)


def _only(entry: Mapping[str, Any], keys: set[str], where: str) -> None:
    strange = entry.keys() ^ keys
    if strange:
        raise ValueError(f"{where}: keys missing or unknown: {', '.join(sorted(strange))}")


def _refuse_unknown(cells: Iterable[str]) -> None:
    unknown = sorted(cells)
    if unknown:
        raise ValueError(f"no form has {', '.join(unknown)}")
