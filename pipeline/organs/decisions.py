"""Decisions on single organs that a person reviewed, where the rules say too much or too little. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.organs.changes import ChangeKind
from pipeline.organs.strict import Entry, entries, only, text, texts


@dataclass(frozen=True, slots=True)
class Judged:
    """Names in a division, without its own, that are one organ, or that are not. A single one is of one organ alone."""

    division: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Became:
    """Organs of a division that became others, the first year in which they were so, and what says it."""

    division: str
    kind: ChangeKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of `organs.toml`."""

    same: tuple[Judged, ...] = ()
    apart: tuple[Judged, ...] = ()
    changes: tuple[Became, ...] = ()


def parse_decisions(data: Entry) -> Decisions:
    """The decisions of `organs.toml`. Raises ValueError that says what is wrong."""
    only(data, "same", "apart", "change")
    return Decisions(
        tuple(_judged(data, "same")),
        tuple(_judged(data, "apart")),
        tuple(map(_became, entries(data, "change"))),
    )


def _judged(data: Entry, name: str) -> Iterator[Judged]:
    for entry in entries(data, name):
        only(entry, "division", "names", "source")
        names = texts(entry, "names")
        if len(names) < 2 and name == "apart":
            raise ValueError(f"names must be two at least in {dict(entry)}")
        yield Judged(text(entry, "division"), names, text(entry, "source"))


def _became(entry: Entry) -> Became:
    only(entry, "division", "kind", "before", "after", "year", "source")
    kind, year = ChangeKind(text(entry, "kind")), entry.get("year")
    if kind not in (ChangeKind.MERGED, ChangeKind.SPLIT):
        raise ValueError(
            f"kind must be merged or split in {dict(entry)}; what goes on under another name is same"
        )
    if type(year) is not int:
        raise ValueError(f"year must be a year in {dict(entry)}")
    return Became(
        text(entry, "division"),
        kind,
        texts(entry, "before"),
        texts(entry, "after"),
        year,
        text(entry, "source"),
    )
