"""What the lists of a portal announce, and how it ended: the links noted, read against the fetches. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.archive import Sighting
from pipeline.tables.asked import Asked
from pipeline.tables.reasons import ANNOUNCED_LATER, ANOTHER_REPORT, UNEXPLAINED
from pipeline.tables.tracing import Trace, Verdict

Key = tuple[str, int]  # an organ's id and a year
_PRINTED = re.compile(r"20\d\d|二[〇○零oO][〇○零一二三四五六七八九oO]{2}")
_AGREEING = 2  # reports of a year before that of their folder, before all folders are taken to name the year of posting


class Organs(Protocol):
    """Who is who on a portal."""

    def identify(self, name: str, year: int | None) -> str | None:
        """The id of an organ by the name that a list gives it, in a year; None where several share the name."""

    def stood(self, organ_id: str, year: int) -> bool:
        """Whether an organ and its division stood at the end of a year: else no report of that year is expected."""


@dataclass(frozen=True, slots=True)
class Held:
    """A current report, as far as coverage asks."""

    report_id: str
    organ_id: str | None
    organ: str | None
    year: int | None
    scope: str | None
    url: str
    figure_count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a column, as the link to it names it: the column of an organ, of a year, or of both."""

    organ_id: str | None
    organ: str | None
    year: int | None


@dataclass(slots=True)
class Claims:
    """`organs` are all that are named, `told` their years with a report announced or held, `seen` all years named.
    `ended` is how the addresses ended that announce what is not held, `other` what was announced as this and is
    another report, `left_alone` the links not followed. `loose` are announcements without organ or year. `parts`
    are the lists that are named, by address.
    """

    organs: dict[str, str] = field(default_factory=dict)
    told: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seen: set[int] = field(default_factory=set)
    ended: dict[Key, list[tuple[Verdict, Sighting]]] = field(default_factory=lambda: defaultdict(list))
    other: dict[Key, tuple[Verdict, Sighting]] = field(default_factory=dict)
    left_alone: dict[Key, Sighting] = field(default_factory=dict)
    loose: list[tuple[Verdict, Sighting]] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)

    def tell(self, organ_id: str, name: str, year: int) -> None:
        """Take up that a report of an organ and year is announced or held."""
        self.organs.setdefault(organ_id, name)
        self.told[organ_id].add(year)
        self.seen.add(year)


def read_claims(
    sightings: Sequence[Sighting], held: Mapping[str, Held], asked: Asked, trace: Trace, organs: Organs
) -> Claims:
    """`held` has the reports got from the portal, by the id of any of their versions."""
    return _Reading(sightings, held, asked, trace, organs).claims


class _Reading:
    def __init__(
        self,
        sightings: Sequence[Sighting],
        held: Mapping[str, Held],
        asked: Asked,
        trace: Trace,
        organs: Organs,
    ) -> None:
        self._held = held
        self._asked = asked
        self._organs = organs
        self._ended = {sighting.url: trace.end(sighting.url) for sighting in sightings}
        self._wanted = {one.url for one in sightings if self._was_wanted(one)}
        self._names = self._own_names(sightings)
        self._early = self._is_posting_year(sightings)
        self.claims = Claims()
        distinct = {(one.url, one.organ_hint, one.year_hint, one.verdict): one for one in sightings}
        for sighting in distinct.values():
            self._take(sighting)

    def _take(self, sighting: Sighting) -> None:
        claims, year = self.claims, self._year(sighting)
        organ = self._organ(sighting)
        name = sighting.organ_hint or ""
        if sighting.verdict == "list":
            claims.parts[sighting.url] = Part(organ, sighting.organ_hint, year)
            if organ:
                claims.organs.setdefault(organ, name)
            elif year:
                claims.seen.add(year)
        elif sighting.verdict != "report":
            if organ and year:
                claims.left_alone[organ, year] = sighting
        elif self._asked.last(year) is not None:
            self._take_report(sighting, organ, name, year)

    def _take_report(self, sighting: Sighting, organ: str | None, name: str, year: int | None) -> None:
        claims, verdict = self.claims, self._ended[sighting.url]
        report = self._held.get(verdict.report_id or "")
        if report is not None:
            if organ and year and (report.organ_id, report.year) != (organ, year):
                what = report.year if report.year != year else report.organ
                claims.other[organ, year] = Verdict("missing", f"{ANOTHER_REPORT}:{what}"), sighting
            return
        if verdict.is_column:
            return
        if verdict.reason == UNEXPLAINED and sighting.url not in self._wanted:
            verdict = Verdict("missing", ANNOUNCED_LATER)
        if organ and year:
            claims.tell(organ, name, year)
            claims.ended[organ, year].append((verdict, sighting))
        else:
            claims.loose.append((verdict, sighting))

    def _was_wanted(self, sighting: Sighting) -> bool:
        """Whether the run that noted a link asked for reports of its year, and so had to fetch it."""
        return any(run.run == sighting.run and run.wanted(sighting.year_hint) for run in self._asked.runs)

    def _organ(self, sighting: Sighting) -> str | None:
        if not sighting.organ_hint:
            return None
        organ = self._organs.identify(sighting.organ_hint, sighting.year_hint)
        return self._names.get(organ, organ) if organ else None

    def _own_names(self, sightings: Sequence[Sighting]) -> dict[str, str]:
        """From the id of an organ as lists name it to its id as its own reports name it, where that is one organ."""
        found: dict[str, set[str]] = defaultdict(set)
        for sighting, report in self._got(sightings):
            if sighting.organ_hint and report.organ_id:
                listed = self._organs.identify(sighting.organ_hint, sighting.year_hint)
                if listed:
                    found[listed].add(report.organ_id)
        return {listed: ids.pop() for listed, ids in found.items() if len(ids) == 1}

    def _is_posting_year(self, sightings: Sequence[Sighting]) -> bool:
        """Whether the folders of a portal name the year of posting: all its reports are of the year before."""
        ahead = [
            sighting.year_hint - report.year
            for sighting, report in self._got(sightings)
            if sighting.year_hint and report.year and not _PRINTED.search(sighting.text)
        ]
        return len(ahead) >= _AGREEING and set(ahead) == {1}

    def _year(self, sighting: Sighting) -> int | None:
        """The year that a link speaks of; that of its folder may be the year of posting."""
        if sighting.year_hint and self._early and not _PRINTED.search(sighting.text):
            return sighting.year_hint - 1
        return sighting.year_hint

    def _got(self, sightings: Sequence[Sighting]) -> Iterator[tuple[Sighting, Held]]:
        """The links that led to a report, each with it."""
        for sighting in sightings:
            report = self._held.get(self._ended[sighting.url].report_id or "")
            if sighting.verdict == "report" and report is not None:
                yield sighting, report
