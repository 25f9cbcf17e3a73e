"""How many pages are read in a second, beside plain trafilatura on the same pages in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import trafilatura

from pipeline.forms import load_forms
from pipeline.report import ReportReader

BASE = "trafilatura.extract"
Read = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Rate:
    """Pages per second of one way to read: the median of all rounds, and how often BASE fits into it."""

    way: str
    pages_per_second: float
    ratio: float


def reading_rates(pages: Sequence[bytes], *, rounds: int) -> list[Rate]:
    """The rate of each way over all pages. The ways take turns in every round, so that a busy machine slows all.

    Raises ValueError where a page gives no figures: the rate would be that of reading nothing.
    """
    ways = _ways(pages)
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, read in ways.items():
            start = time.perf_counter()
            for page in pages:
                read(page)
            seconds[way].append(time.perf_counter() - start)
    median = {way: statistics.median(taken) for way, taken in seconds.items()}
    return [Rate(way, len(pages) / median[way], median[BASE] / median[way]) for way in ways]


def _ways(pages: Sequence[bytes]) -> dict[str, Read]:
    reader = ReportReader(load_forms())
    for page in pages:
        if not reader.read(page).record.figures:
            raise ValueError("a page of the benchmark gives no figures")
    return {
        BASE: trafilatura.extract,
        "report, figures and prose": reader.read,
        "report, figures alone": lambda page: reader.read(page, prose=False),
    }
