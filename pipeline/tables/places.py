"""Where an organ belongs: its administrative division, told by its name or by the portal that publishes it.

Never a guess: a name that does not begin with a division's, on no known portal, has no place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

_ZONE = re.compile(
    r"(?:国家(?:级)?)?(?:经济技术开发区|经济开发区|经开区|高新技术产业开发区|高新技术开发区|高新区|"
    r"综合保税区|保税港区|保税区)"
)


@dataclass(frozen=True, slots=True)
class Division:
    """One division. `province` and `city` are names; a municipality is its own province and city."""

    code: str
    name: str
    short_name: str | None
    level: str
    province_code: str | None
    province: str | None
    city: str | None
    source: str = "registry"


class Places:
    """The known divisions, by name and by portal.

    `portals` gives the division of each portal code. Where two divisions share a name neither is found by it.
    """

    def __init__(self, divisions: Iterable[Division], portals: Mapping[str, Division]) -> None:
        known = {division.code: division for division in (*divisions, *portals.values())}
        self.divisions = tuple(known[code] for code in sorted(known))
        self._portals = dict(portals)
        self._names = _unique((division.name, division) for division in self.divisions)
        self._zones = _unique(
            (division.short_name, division) for division in self.divisions if division.short_name
        )

    def of(self, organ: str | None, portal: str | None) -> Division | None:
        """The division of an organ.

        The full name of a division at the head of the organ's name is certain; then the short name of a city
        before a development zone; then the portal. Counties are not known: their organs belong to the city.
        """
        name = plain(organ or "")
        return self._named(name) or self._zone(name) or self._portals.get(portal or "")

    def _named(self, name: str) -> Division | None:
        division = _longest(name, self._names)
        if division is not None and division.level == "province":
            rest = name.removeprefix(division.name)
            within = _longest(rest, self._names)
            if within is not None and within.province_code == division.code:
                return within
        return division

    def _zone(self, name: str) -> Division | None:
        division = _longest(name, self._zones)
        if division is None or division.short_name is None:
            return None
        return division if _ZONE.match(name, len(division.short_name)) else None


def organ_id(organ: str, division: Division | None) -> str:
    """An opaque id: the same for a name with and without the names of its province and city before it."""
    name = plain(organ)
    if division is not None:
        for prefix in (division.province, division.city, division.name):
            name = name.removeprefix(prefix or "") or name
    code = "unplaced" if division is None else division.code
    return f"{code}-{sha256(name.encode()).hexdigest()[:12]}"


def plain(text: str) -> str:
    """A name in one spelling: full width folded, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _unique(pairs: Iterable[tuple[str, Division]]) -> dict[str, Division]:
    names: dict[str, Division] = {}
    doubles = set()
    for name, division in pairs:
        if name in names:
            doubles.add(name)
        names[name] = division
    return {name: division for name, division in names.items() if name not in doubles}


def _longest(name: str, known: Mapping[str, Division]) -> Division | None:
    for length in range(min(len(name), 20), 1, -1):
        if name[:length] in known:
            return known[name[:length]]
    return None
