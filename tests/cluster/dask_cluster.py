"""A Dask cluster on loopback: its processes are real, and end as the test wants."""

from __future__ import annotations

import time
from pathlib import Path
from socket import socket
from types import TracebackType
from typing import Self

from tests.forked import Running


class DaskCluster:
    """A scheduler and workers of one thread each. Gone when the block ends."""

    def __init__(self, folder: Path) -> None:
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._log = folder / "dask.log"
        self.workers: list[Running] = []

    def start_scheduler(self) -> None:
        where = ("--host", "127.0.0.1", "--port", str(self._port), "--dashboard-address", "127.0.0.1:0")
        self.scheduler = self._start("scheduler", *where)

    def start_workers(self, count: int) -> None:
        quick = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        self.workers += [self._start("worker", self.address, *quick) for _ in range(count)]

    def have_workers(self, count: int) -> None:
        """Start as many as are wanting to so many."""
        self.start_workers(max(0, count - len(self.workers)))

    def kill_workers(self, count: int) -> None:
        """With SIGKILL, the oldest first."""
        for _ in range(count):
            _kill(self.workers.pop(0))

    def restart_scheduler(self) -> None:
        """With SIGKILL, and all workers with it, as those are that lose their scheduler."""
        _kill(self.scheduler)
        self.kill_workers(len(self.workers))
        self.start_scheduler()

    @property
    def log(self) -> str:
        """What scheduler and workers have said."""
        return self._log.read_text(encoding="utf-8")

    def __enter__(self) -> Self:
        self.start_scheduler()
        until = time.monotonic() + 60
        while not _listens(self._port):
            assert time.monotonic() < until, self.log
            time.sleep(0.2)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill_workers(len(self.workers))
        _kill(self.scheduler)

    def _start(self, what: str, *options: str) -> Running:
        return Running(f"distributed.cli.dask_{what}", *options, said=self._log)


def _listens(port: int) -> bool:
    with socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _kill(process: Running) -> None:
    process.kill()
    process.wait()
