"""What the engine of a cluster costs beside plain processes, and whether a build's memory grows with its archive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.building import archived

_PROCESSES = 2
_ROOT = Path(__file__).resolve().parents[1]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Timed:
    """One way to build: the median of the seconds, and the most memory in bytes that one process took."""

    way: str
    seconds: float
    peak: int


def beside_processes(pages: Sequence[bytes], *, copies: int, rounds: int, say: Say) -> list[Timed]:
    """Build with one process, with two, and with the two workers of a cluster, in turns; each page `copies` times.
    `say` is told of each build. Raises ValueError where the tables are not the same.
    """
    with archived(pages, copies) as data, _cluster() as address:
        ways = {
            "workers: 1": ("1",),
            f"workers: {_PROCESSES}": (str(_PROCESSES),),
            f"cluster of {_PROCESSES}": ("1", address),
        }
        taken: dict[str, list[tuple[float, int]]] = {way: [] for way in ways}
        sums = set()
        for number in range(1, rounds + 1):
            for way, given in ways.items():
                say(f"{way}, round {number} of {rounds}")
                taken[way].append(_built(data, *given))
                sums.add((data / "tables" / "SHA256SUMS").read_text(encoding="ascii"))
    if len(sums) != 1:
        raise ValueError("The ways to build do not make the same tables")
    return [
        Timed(way, median(seconds for seconds, _ in each), max(peak for _, peak in each))
        for way, each in taken.items()
    ]


def peak_of_build(pages: Sequence[bytes], copies: int, say: Say) -> int:
    """The most memory in bytes that one process takes of those that build each page so many times, with two workers:
    the one that builds, one that reads, or the one that makes the database.
    """
    say(f"memory of {len(pages) * copies} reports")
    with archived(pages, copies) as data:
        return _built(data, str(_PROCESSES))[1]


def report(timed: Sequence[Timed]) -> list[str]:
    """Lines for people: one, two, and how many times as fast; and what the engine costs beside the two."""
    one, two, cluster = timed
    lines = [
        f"  {each.way:<26}{each.seconds:8.1f} s {one.seconds / each.seconds:6.2f} x {one.way}"
        for each in timed
    ]
    return [
        *lines,
        f"  {cluster.way} takes {cluster.seconds / two.seconds - 1:+.0%} of the time of {two.way}",
    ]


def report_memory(peaks: Sequence[tuple[int, int]]) -> list[str]:
    """Lines for people: the peak for each number of reports, and how it grows."""
    (few, low), (many, high) = peaks
    lines = [
        f"  {reports} reports, the largest process at most {peak / 1e6:.0f} MB" for reports, peak in peaks
    ]
    each = (high - low) / (many - few) / 1000
    return [
        *lines,
        f"  {many / few:.0f} x the reports, {high / low:.2f} x the memory: {each:.1f} KB a report",
    ]


def _built(data: Path, *given: str) -> tuple[float, int]:
    """The seconds and the peak of a build in a process of its own, which loads no more than it needs."""
    ended = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "benchmarks.cluster_build", str(data), *given],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    seconds, peak = ended.stdout.split()
    return float(seconds), int(peak)


@contextmanager
def _cluster() -> Iterator[str]:
    """The scheduler's address of a cluster on this machine, its workers started."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    with LocalCluster(n_workers=_PROCESSES, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address
