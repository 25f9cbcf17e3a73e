"""What reforms made of organs, by the functions in their names. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.organs.strict import Entry, entries, only, text, texts
from pipeline.organs.vocabulary import Vocabulary


class ChangeKind(StrEnum):
    """What became of an organ."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One function that became another; `years` are the first and last in which local governments were to do so. Where
    it is so `by_name`, an organ by the new name has become what it says: nothing of the old one joins it later.
    """

    kind: ChangeKind
    before: str
    after: str
    years: tuple[int, int]
    source: str
    certain: bool
    by_name: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reforms:
    """All changes, and for each function the one that it certainly goes on as (`heirs`), if it does."""

    changes: tuple[Change, ...]
    heirs: Mapping[str, str]

    def last(self, function: str) -> str:
        """The function that one goes on as in the end, renaming after renaming."""
        while function in self.heirs:
            function = self.heirs[function]
        return function


def parse_reforms(data: Entry, vocabulary: Vocabulary) -> Reforms:
    """The changes of `organ_changes.toml`. Raises ValueError or TypeError that says what is wrong."""
    only(data, "sources", "change")
    sources = {name: _source(entry) for name, entry in dict(data.get("sources", {})).items()}
    changes = [change for entry in entries(data, "change") for change in _changes(entry, sources, vocabulary)]
    heirs: dict[str, str] = {}
    for change in changes:
        if change.kind is not ChangeKind.RENAMED or not change.certain:
            continue
        if change.before in heirs:
            raise ValueError(f"{change.before} is certainly renamed twice")
        heirs[change.before] = change.after
        if _goes_round(change.before, heirs):
            raise ValueError(f"{change.before} is renamed in a circle")
    return Reforms(tuple(changes), heirs)


def _source(entry: Entry) -> str:
    only(entry, "title", "by", "date")
    day = entry.get("date")
    if not isinstance(day, date):
        raise TypeError(f"date must be a day in {dict(entry)}")
    return f"{text(entry, 'by')}《{text(entry, 'title')}》{day.isoformat()}"


def _changes(entry: Entry, sources: Mapping[str, str], vocabulary: Vocabulary) -> list[Change]:
    only(entry, "kind", "before", "after", "years", "source", "certain", "by_name", "note")
    kind, after = ChangeKind(text(entry, "kind")), text(entry, "after")
    before = texts(entry, "before")
    unknown = [one for one in (*before, after) if one not in vocabulary.kind_of]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is no function of organ_kinds.toml")
    if after in before or kind is ChangeKind.MOVED:
        raise ValueError(f"{dict(entry)} is no change of a function")
    if text(entry, "source") not in sources:
        raise ValueError(f"the source {entry['source']} is not among the sources")
    if not isinstance(entry.get("certain"), bool):
        raise TypeError(f"certain must be true or false in {dict(entry)}")
    by_name = entry.get("by_name", kind is ChangeKind.RENAMED)
    if not isinstance(by_name, bool):
        raise TypeError(f"by_name must be true or false in {dict(entry)}")
    source, note = sources[entry["source"]], text(entry, "note") if "note" in entry else None
    years, certain = _years(entry), entry["certain"]
    return [Change(kind, one, after, years, source, certain, by_name, note) for one in before]


def _years(entry: Entry) -> tuple[int, int]:
    years = entry.get("years")
    if not isinstance(years, list) or len(years) != 2 or not all(type(year) is int for year in years):
        raise ValueError(f"years must be two years in {dict(entry)}")
    if years[0] > years[1]:
        raise ValueError(f"years must be in their order in {dict(entry)}")
    return years[0], years[1]


def _goes_round(function: str, heirs: Mapping[str, str]) -> bool:
    seen = {function}
    while function in heirs:
        function = heirs[function]
        if function in seen:
            return True
        seen.add(function)
    return False
