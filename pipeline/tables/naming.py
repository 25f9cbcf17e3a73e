"""Which organ a name means, in its place and year, by the rules and the reviewed decisions."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pipeline.organs import OrganName, Registry, name_organ
from pipeline.problem import Problem
from pipeline.tables.identity import Doubt
from pipeline.tables.namesakes import Namesakes
from pipeline.tables.places import Place, Places, plain

UNPLACED = "unplaced"  # the lineage of organs whose place is not known


@dataclass(frozen=True, slots=True)
class Named:
    """An organ by one of its names. `organ_id` is that of the organ by all that is certain; `name_id` that of this name
    alone, in whatever way it is printed: the organ's where reports show that its names are of several organs after all.
    `doubt` tells why it is not certain where the organ belongs; `is_shared`, that others may go by the same name there:
    which of them is meant is not known then.
    """

    organ_id: str
    name_id: str
    place: Place | None
    name: OrganName
    doubt: Doubt | None = None
    is_shared: bool = False

    @property
    def lineage(self) -> str:
        return UNPLACED if self.place is None else self.place.lineage

    @property
    def known_id(self) -> str | None:
        """The organ, where it is known which one is meant."""
        return None if self.is_shared else self.organ_id


class Naming:
    """Tells organs by their names. Make one for all that a process names."""

    def __init__(self, places: Places, registry: Registry) -> None:
        self.places = places
        self.registry = registry
        self._namesakes = Namesakes(places.divisions, registry.vocabulary)
        self._apart: set[tuple[str, str]] = set()  # lineage and key of names that a person has told apart
        self._same: dict[
            tuple[str, str], str
        ] = {}  # the common name of those that a person has told to be one
        for judged in registry.decisions.apart:
            self._apart.update(self.keys(judged.division, judged.names))
        for became in registry.decisions.changes:
            self._apart.update(self.keys(became.division, (*became.before, *became.after)))
        for judged in registry.decisions.same:
            keys = self.keys(judged.division, judged.names)
            lineage, key = keys[-1]
            self._same.update(dict.fromkeys(keys, self._organ(lineage, key)))

    def name(self, organ: str, portal: str | None, year: int | None) -> Named:
        """The organ that a report of a year, or a list, names so on a portal."""
        place = self.places.place(organ, portal, year)
        vocabulary = self.registry.vocabulary
        if place is None:
            name = name_organ(plain(organ), "", None, vocabulary)
        else:
            name = name_organ(place.own_name, place.division, place.level, vocabulary)
        lineage = UNPLACED if place is None else place.lineage
        common = self._same.get((lineage, name.key)) or self._organ(lineage, name.key)
        doubt, is_shared = None, False
        if (lineage, name.key) not in self._same:
            doubt, is_shared = self._namesakes.of(place, name, plain(organ))
        return Named(_identity(lineage, common), _identity(lineage, name.key), place, name, doubt, is_shared)

    def name_id(self, named: Named) -> str:
        """The id of a name by itself; of names that a person has said to be one organ's, the organ's."""
        is_settled = (named.lineage, named.name.key) in self._same
        return named.organ_id if is_settled else named.name_id

    def keys(self, division: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """Lineage and key of names in a division, given by its code."""
        if division not in self.places.divisions:
            raise Problem(
                f"datasets/registry/organs.toml decides on {'; '.join(names)} of {division}, which is no division of "
                "the registry. Put its code right."
            )
        latest = self.places.divisions.latest(division)
        lineage, vocabulary = self.places.divisions.lineage(latest), self.registry.vocabulary
        return [
            (lineage, name_organ(name, latest.name, latest.level, vocabulary).key)
            for name in map(plain, names)
        ]

    def _organ(self, lineage: str, key: str) -> str:
        """What stands for the organ: the function that it has in the end, or the name where that is not known."""
        function, _, form = key.partition("/")
        if not form or lineage == UNPLACED or (lineage, key) in self._apart:
            return key
        return f"{self.registry.reforms.last(function)}/"


def _identity(lineage: str, name: str) -> str:
    return f"{lineage}-{sha256(name.encode()).hexdigest()[:12]}"
