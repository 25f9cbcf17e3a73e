"""What the engine of a cluster costs beside plain processes, and whether a build's memory grows with its archive."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.building import archived
from pipeline.build import BuildSummary, build
from pipeline.tables.workers import Cluster

_PROCESSES = 2
_PEAK = (
    "import resource, sys; from pathlib import Path; from pipeline.build import build\n"
    "if __name__ == '__main__':\n"
    "    build(Path(sys.argv[1]), workers=2)\n"
    "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
)


@dataclass(frozen=True, slots=True)
class Timed:
    """One way to build: the median of the seconds, and how many times as fast as the first way."""

    way: str
    seconds: float
    ratio: float


def beside_processes(pages: Sequence[bytes], *, copies: int, rounds: int) -> list[Timed]:
    """Build with one process, with two, and with the two workers of a cluster, in turns; each page `copies` times.

    Raises ValueError where the tables are not the same.
    """
    with archived(pages, copies) as data, _cluster() as cluster:
        ways: dict[str, Callable[[], BuildSummary]] = {
            "workers: 1": lambda: build(data, workers=1),
            f"workers: {_PROCESSES}": lambda: build(data, workers=_PROCESSES),
            f"cluster of {_PROCESSES}": lambda: build(data, cluster=cluster),
        }
        taken: dict[str, list[float]] = {way: [] for way in ways}
        sums = set()
        for _ in range(rounds):
            for way, run in ways.items():
                start = time.perf_counter()
                run()
                taken[way].append(time.perf_counter() - start)
                sums.add((data / "tables" / "SHA256SUMS").read_text(encoding="ascii"))
    if len(sums) != 1:
        raise ValueError("The ways to build do not make the same tables")
    first, *_ = seconds = {way: median(each) for way, each in taken.items()}
    return [Timed(way, each, seconds[first] / each) for way, each in seconds.items()]


def peak_of_build(pages: Sequence[bytes], copies: int) -> tuple[int, int]:
    """How many reports are built with two workers, and the most memory in bytes that the building process takes."""
    with archived(pages, copies) as data:
        program = data / "peak.py"
        program.write_text(_PEAK, encoding="ascii")
        root = Path(__file__).resolve().parents[1]
        ended = subprocess.run(  # noqa: S603 - our own
            [sys.executable, str(program), str(data)],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(root)},
        )
    size = int(ended.stdout) * (1 if sys.platform == "darwin" else 1024)
    return len(pages) * copies, size


@contextmanager
def _cluster() -> Iterator[Cluster]:
    """A cluster on this machine, its workers started and warm."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    from pipeline.cluster.connecting import reading_cluster  # noqa: PLC0415

    with (
        LocalCluster(n_workers=_PROCESSES, threads_per_worker=1, dashboard_address=None) as local,
        reading_cluster(local.scheduler_address, lambda _: None) as cluster,
    ):
        yield cluster
