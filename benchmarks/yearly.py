"""How long a crawl of the whole country takes with so many tasks at a time: reckoned, not measured.

Counties are those of the table of divisions. What a portal costs is assumed, and every assumption is an argument.
"""

from __future__ import annotations

import csv
import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.settings import SIDE_BY_SIDE
from pipeline.datasets import dataset_file


@dataclass(frozen=True, slots=True)
class Costs:
    """`lists` are the requests to a portal beside those for reports, `each` those for one report of one year, with what
    lists and files come to; a prefecture's portal has `agencies` of its own, a county's so many. `pause` and `answer`
    are seconds of one request, `rate` the requests a second that one process can do with all portals together. Each
    `shared`th prefecture has all its counties below its own domain, which are then asked one at a time.
    """

    years: int = 1
    lists: int = 60
    each: float = 1.5
    agencies: int = 100
    county_agencies: int = 60
    pause: float = 2.0
    answer: float = 0.5
    rate: float = 40.0
    shared: int = 4


@dataclass(frozen=True, slots=True)
class Hours:
    """With so many tasks at a time, on one machine or on many, the crawl takes these hours."""

    tasks: int
    hours: float


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A whole crawl. `longest` are the hours of the longest task, `together` those of one process for all portals."""

    portals: int
    requests: int
    longest: float
    together: float
    by_tasks: tuple[Hours, ...]


def reckon(costs: Costs, tasks: Sequence[int] = (1, 4, 16, 64, 128, 256, 512)) -> Reckoned:
    """Reckon a crawl of the portals of all prefectures and counties, with each of these numbers of tasks."""
    groups = list(_groups(costs))
    lengths = [_seconds(hosts, costs) for hosts in groups]
    requests = sum(map(sum, groups))
    turns = [host * (costs.pause + costs.answer) for hosts in groups for host in hosts]
    return Reckoned(
        portals=sum(sum(kinds.values()) for kinds in _portals()),
        requests=requests,
        longest=max(lengths) / 3600,
        together=max(_makespan(turns, SIDE_BY_SIDE), requests / costs.rate) / 3600,
        by_tasks=tuple(Hours(number, _makespan(lengths, number) / 3600) for number in tasks),
    )


def report(costs: Costs, reckoned: Reckoned) -> Iterator[str]:
    """What was reckoned, in lines."""
    years = "one year" if costs.years == 1 else f"{costs.years} years"
    yield f"{reckoned.portals} portals, {years}, {reckoned.requests} requests; assumed: {costs}"
    yield f"  one process, all portals side by side {reckoned.together:8.1f} h"
    for each in reckoned.by_tasks:
        yield f"  {each.tasks:>4} tasks at a time{each.hours:27.1f} h"
    yield f"  more do not help: the longest task, one domain at its pause, takes {reckoned.longest:.1f} h"


def _portals() -> list[Counter[str]]:
    """How many portals of each level stand in one prefecture, as the crawl takes them together, by their codes."""
    portals: dict[str, Counter[str]] = {}
    with dataset_file("registry", "divisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["valid_to"]:
                portals.setdefault(row["code"][:4], Counter())[row["level"]] += 1
    return list(portals.values())


def _groups(costs: Costs) -> Iterator[list[int]]:
    """The requests to each domain of each prefecture."""
    city, county = (
        round(costs.lists + costs.each * agencies * costs.years)
        for agencies in (costs.agencies, costs.county_agencies)
    )
    for number, levels in enumerate(_portals()):
        counties = levels["county"]
        domains = [city] * (levels.total() - counties) + [county] * counties
        yield [sum(domains)] if number % costs.shared == 0 else domains


def _seconds(hosts: list[int], costs: Costs) -> float:
    """How long one task takes: its slowest domain, or its process where that has too much to do."""
    return max(max(hosts) * (costs.pause + costs.answer), sum(hosts) / costs.rate)


def _makespan(lengths: Sequence[float], places: int) -> float:
    """When the last task ends, where each begins as a place is free, in the order of the list."""
    free = [0.0] * places
    for length in lengths:
        heapq.heappush(free, heapq.heappop(free) + length)
    return max(free)
