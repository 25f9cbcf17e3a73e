"""One build in a process of its own: `python -m benchmarks.cluster_build DATA WORKERS [ADDRESS]`.

Prints the seconds that it took, and the most memory in bytes that one process had, this one or any that it started;
on stderr, each tenth of the way.
"""

from __future__ import annotations

import resource
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from pipeline.build import build
from pipeline.cluster.connecting import reading_cluster


def _tell(done: int, of: int) -> None:
    if done % max(1, of // 10) == 0:
        sys.stderr.write(f"  {done} of {of}\n")


def main() -> None:
    """Build, and tell."""
    data, workers, *address = sys.argv[1:]
    engine = reading_cluster(address[0], lambda _: None) if address else nullcontext()
    start = time.perf_counter()
    with engine as cluster:
        build(Path(data), workers=int(workers), cluster=cluster, progress=_tell)
    seconds = time.perf_counter() - start
    largest = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    peak = largest * (1 if sys.platform == "darwin" else 1024)
    sys.stdout.write(f"{seconds} {peak}\n")


if __name__ == "__main__":
    main()
