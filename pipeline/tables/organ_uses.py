"""The names of organs, and the years and divisions in which reports print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.tables.naming import Named


@dataclass(frozen=True, slots=True)
class Use:
    """One name of an organ as printed, with the years of its reports and the first year in each division."""

    organ_id: str
    named: Named
    first: int | None
    last: int | None
    divisions: Mapping[str | None, int]


@dataclass(slots=True)
class Spelt:
    """One name of an organ in all the ways that it is printed."""

    named: Named
    first: int
    last: int


@dataclass(slots=True)
class OrganUses:
    id: str
    names: dict[str, Spelt] = field(default_factory=dict)
    divisions: dict[str, int] = field(default_factory=dict)

    def meet(self, use: Use) -> None:
        if use.first is None or use.last is None:
            return
        spelt = self.names.setdefault(use.named.name.key, Spelt(use.named, use.first, use.last))
        spelt.first, spelt.last = min(spelt.first, use.first), max(spelt.last, use.last)
        for code, year in use.divisions.items():
            if code is not None:
                self.divisions[code] = min(self.divisions.get(code, year), year)

    @property
    def functions(self) -> list[str]:
        """The functions in its names, in order."""
        return sorted(
            {spelt.named.name.function for spelt in self.names.values() if spelt.named.name.function}
        )

    def by_function(self, function: str) -> list[Spelt]:
        """Its names of a function, by their years."""
        found = (spelt for spelt in self.names.values() if spelt.named.name.function == function)
        return sorted(found, key=by_years)

    @property
    def spelt(self) -> list[Spelt]:
        return sorted(self.names.values(), key=by_years)


def by_years(spelt: Spelt) -> tuple[int, int, str]:
    """The order of names in time."""
    return spelt.first, spelt.last, spelt.named.name.key
