"""The links that an archive notes, by portal: in memory are where they stand, and those of one portal at a time."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.archive import Archive, Sighting


class NotedLinks(Mapping[str, Sequence[Sighting]]):
    """Those of a portal in their order, by its code; they are read when they are asked for."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._places: dict[str, array[int]] = defaultdict(lambda: array("Q"))
        for place, link in archive.sighting_places():
            self._places[link.portal].append(place)

    def __getitem__(self, portal: str) -> Sequence[Sighting]:
        if portal not in self._places:
            raise KeyError(portal)
        return [*self._archive.sightings_at(self._places[portal])]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
