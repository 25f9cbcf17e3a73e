"""The files of the corpus with what a careful reader sees in each of their cells."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.forms import load_forms

HERE = Path(__file__).parent
FORMS = load_forms()
_REQUESTS = (
    "natural_person", "business", "research", "public_welfare", "legal_service", "other_organisation", "total",
)  # fmt: skip
_COLUMNS = {
    "requests": _REQUESTS,
    "disputes": ("upheld", "corrected", "other", "pending", "total"),
    "annex": ("value",),
}
_STATUSES = frozenset({"none", "absent", "blank", "not_applicable", "unreadable", "ambiguous"})

Answer = Decimal | str


@dataclass(frozen=True, slots=True)
class Golden:
    """One file and what stands in it. A cell with several answers allows each of them.

    `cells` holds for each cell numbers, statuses, `absent`, or `none` where any status will do and no number will.
    The keys of `page` are `is_report`, `organ`, `year` and `scope`, as far as the file is a whole page; `fails` the
    checks that must fail, None where that is not stated.
    """

    id: str
    path: Path
    form: str
    layout: str
    cells: Mapping[str, tuple[Answer, ...]]
    page: Mapping[str, object]
    fails: frozenset[tuple[str, str, Decimal | None, Decimal | None]] | None
    unit_not_printed: frozenset[str]

    @property
    def figures(self) -> frozenset[str]:
        """The cells in which a number stands beyond doubt."""
        return frozenset(
            cell for cell, answers in self.cells.items() if all(isinstance(one, Decimal) for one in answers)
        )


def load_goldens() -> tuple[Golden, ...]:
    """All cases of `goldens.toml`. Raises ValueError for a case without its file or a file without its case."""
    cases = tomllib.loads((HERE / "goldens.toml").read_text(encoding="utf-8"))["case"]
    files = {path.stem: path for path in sorted((HERE / "cases").iterdir())}
    if sorted(files) != sorted(case["id"] for case in cases):
        odd = set(files) ^ {case["id"] for case in cases}
        raise ValueError(f"cases and files must agree one for one: {sorted(odd)}")
    return tuple(_golden(case, files[case["id"]]) for case in cases)


def corpus_digest() -> str:
    """The hash of everything that is judged: the files, their names and the goldens."""
    digest = hashlib.sha256()
    for path in (HERE / "goldens.toml", *sorted((HERE / "cases").iterdir())):
        body = path.read_bytes()
        digest.update(f"{path.name}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()


def _golden(case: Mapping[str, Any], path: Path) -> Golden:
    fails = case.get("findings")
    return Golden(
        case["id"],
        path,
        case["form"],
        case["layout"],
        dict(_cells(case)),
        {key: case[key] for key in ("is_report", "organ", "year", "scope") if key in case},
        None
        if fails is None
        else frozenset((check, at, Decimal(left), Decimal(right)) for check, at, left, right in fails),
        frozenset(case.get("unit_not_printed", ())),
    )


def _cells(case: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    rest: list[tuple[str, object]] = []
    named: set[str] = set()
    for row, content in case["cells"].items():
        part, _, item = row.partition("/")
        if item == "*":
            rest.append((part, content))
            continue
        named.add(row)
        yield from _row(row, part, content)
    for part, content in rest:
        for item in _items(case["form"], part):
            if f"{part}/{item}" not in named:
                yield from _row(f"{part}/{item}", part, content)


def _row(row: str, part: str, content: object) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    if isinstance(content, Mapping):
        yield from ((f"{row}/{measure}", _answers(one)) for measure, one in content.items())
        return
    columns = _COLUMNS[part]
    several = (
        content
        if isinstance(content, list) and len(columns) == len(content) > 1
        else [content] * len(columns)
    )
    yield from ((f"{row}/{column}", _answers(one)) for column, one in zip(columns, several, strict=True))


def _answers(content: object) -> tuple[Answer, ...]:
    answers = content if isinstance(content, list) else [content]
    return tuple(one if one in _STATUSES else Decimal(str(one)) for one in answers)


def _items(form: str, part: str) -> Iterator[str]:
    found = next(one for one in FORMS.forms if one.code == form)
    for block in found.blocks:
        if block.part == part:
            yield from (row.code for row in block.items if row.code)
