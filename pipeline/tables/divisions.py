"""The divisions by code and over time: which stood in a year, what lies within what, and what became of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Division:
    """One division under one name, or a development zone; `province` and `city` are the latest names of those.

    It stood from `valid_from` to `valid_to`, both years included; None where that is not known, or not yet so.
    `successors` are the codes of those that have its area since.
    """

    code: str
    name: str
    level: str
    parent_code: str | None = None
    province: str | None = None
    city: str | None = None
    short_name: str | None = None
    alias: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    successors: tuple[str, ...] = ()
    source: str = "registry"

    @property
    def is_current(self) -> bool:
        return self.valid_to is None and not self.successors

    def stands(self, year: int) -> bool:
        """Whether it stood in a year, at its beginning or end at least; what is not known does not speak against it."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


class Divisions:
    """All divisions, by code and the time of their names."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self.all = tuple(sorted(divisions, key=_order))
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._before: dict[tuple[str, int], list[Division]] = defaultdict(list)
        self._zones_before: dict[str, list[Division]] = defaultdict(list)
        for division in self.all:
            self._by_code[division.code].append(division)
            if division.valid_to is not None:
                for code in division.successors:
                    self._before[code, division.valid_to].append(division)
            elif len(division.successors) == 1:
                self._zones_before[division.successors[0]].append(division)
        self._lineages = self._found_lineages()

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def latest(self, code: str) -> Division:
        """The division of a code, under its last name. Raises KeyError where there is none."""
        if code not in self._by_code:
            raise KeyError(code)
        return self._by_code[code][-1]

    def then(self, division: Division, year: int | None) -> Division:
        """What the division was in a year: itself, its code under another name, or the one that it alone comes from or
        went into; itself where nothing was that. Of an unknown year, the latest name of its code.

        A report of a year is published in the next: what stands only then is its own then, too.
        """
        if year is None:
            return self.latest(division.code)
        if division.stands(year):
            return division
        same = [other for other in self._by_code[division.code] if other.stands(year)]
        if same:
            return same[-1]
        return division if division.stands(year + 1) else self.heir(division, year) or division

    def lineage(self, division: Division) -> str:
        """What a division and all that it alone came from or went into have in common: the code that the first of them
        had, with the year where another had that code before. A county that became a district is of one lineage.
        """
        return self._lineages[division.code, division.name, division.valid_to]

    def stood_at_end(self, lineage: str, year: int) -> bool:
        """Whether a division of a lineage stood at the end of a year; what is not known does not speak against it."""
        known = self._of_lineage.get(lineage, ())
        return not known or any(one.stands(year) and one.valid_to != year for one in known)

    def heirs(self, ended: Division) -> tuple[str, ...]:
        """The lineages that have the area of a division since it ended, in order."""
        following = [one for code in ended.successors for one in self._by_code[code]]
        year = (ended.valid_to or 0) + 1
        return tuple(sorted({self.lineage(one) for one in following if one.stands(year)}))

    def of_lineage(self, lineage: str) -> tuple[Division, ...]:
        """The divisions of a lineage, the last one last; none where it is not known."""
        return tuple(self._of_lineage.get(lineage, ()))

    def _found_lineages(self) -> dict[tuple[str, str, int | None], str]:
        self._of_lineage: dict[str, list[Division]] = defaultdict(list)
        found: dict[tuple[str, str, int | None], str] = {}
        origins: dict[str, Division] = {}
        for division in sorted(self.all, key=lambda one: (one.valid_from or 0, *_order(one))):
            origin = self._origin(division)
            first = origins.setdefault(origin.code, origin)
            lineage = origin.code if first is origin else f"{origin.code}.{origin.valid_from}"
            found[division.code, division.name, division.valid_to] = lineage
            self._of_lineage[lineage].append(division)
        return found

    def _origin(self, division: Division) -> Division:
        """The first of those that a division alone comes from."""
        while True:
            if division.valid_from is not None:
                if not self._is_alone(division):
                    return division
                division = self._before[division.code, division.valid_from][0]
                continue
            zones = [one for one in self._zones_before.get(division.code, ()) if one is not division]
            if len(zones) != 1:
                return division
            division = zones[0]

    def heir(self, division: Division, year: int) -> Division | None:
        """The division that stood in a year, of those that it alone comes from or alone went into, one after another.

        None where areas were merged or parted in between: which of them it was cannot be said.
        """
        while division.valid_to is not None and year > division.valid_to:
            following = [other for code in division.successors for other in self._by_code[code]]
            heirs = [other for other in following if other.valid_from == division.valid_to]
            if len(division.successors) != 1 or len(heirs) != 1 or not self._is_alone(heirs[0]):
                return None
            division = heirs[0]
        while division.valid_from is not None and year < division.valid_from:
            if not self._is_alone(division):
                return None
            division = self._before[division.code, division.valid_from][0]
        return division

    def _is_alone(self, division: Division) -> bool:
        """Whether a division has come from one other alone, which has gone into it alone."""
        before = self._before.get((division.code, division.valid_from or 0), ())
        return len(before) == 1 and before[0].successors == (division.code,)

    def above(self, division: Division) -> tuple[Division, ...]:
        """The divisions that it lies within, the nearest first, under their latest names."""
        found = []
        parent = division.parent_code
        while parent is not None and parent in self._by_code:
            found.append(self.latest(parent))
            parent = found[-1].parent_code
        return tuple(found)

    def is_below(self, division: Division, other: Division) -> bool:
        """Whether a division lies within another."""
        return any(upper.code == other.code for upper in self.above(division))

    def names(self, division: Division, year: int | None) -> tuple[str | None, str | None, str | None]:
        """Province, city and county of a division, by their names in a year. A municipality is its own city, and so is
        a county that stands directly below its province; a development zone stands in for the county.
        """
        if division.level == "other":
            return division.province, division.city, None
        chain = [self.then(one, year).name for one in (division, *self.above(division))]
        uppers = (division, *self.above(division))
        if division.level in ("county", "zone"):
            county = chain[0]
            if len(uppers) == 2 and uppers[1].level != "municipality":
                return chain[1], (county if division.level == "county" else None), county
            return chain[-1], chain[1], county
        return chain[-1], (None if division.level == "province" else chain[0]), None


def _order(division: Division) -> tuple[str, int, bool]:
    """By code; of one code, the name that stands last."""
    return division.code, division.valid_to or 9999, not division.successors
