"""Programs that tests run: each a process of its own, forked from one that has loaded what they need.

A start of the command takes a second of the processor, nearly all of it for imports; a fork takes a hundredth of one,
and is as fresh. Nothing is loaded for it that has threads which a fork may find in the midst of something, as Arrow's.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        __name__,
        "crawler.cluster.piece",
        "crawler.run",
        "crawler.run_report",
        "crawler.secure",
        "distributed.cli.dask_scheduler",
        "distributed.cli.dask_worker",
        "gongkai.cli",
        "gongkai.commands.crawl",
        "gongkai.run_report.file",
        "gongkai.show_crawl",
        "pipeline.coverage",
        "typer._adapters",
    ]
)


class Running:
    """`python -m program` begun at the root of the checkout, with the environment of now. What it says on both streams
    is added to a file, or goes to two pipes.
    """

    def __init__(self, program: str, *arguments: str, said: Path | tuple[Connection, Connection]) -> None:
        self.args = [program, *arguments]
        environment = {**os.environ, "PYTHONWARNINGS": "default"}
        self._process = CONTEXT.Process(
            target=_run, args=(program, arguments, environment, said), daemon=True
        )
        self._process.start()

    @property
    def returncode(self) -> int | None:
        """None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self.returncode
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Forked(Running):
    """Like a `subprocess.Popen` whose output is piped."""

    def __init__(self, program: str, *arguments: str) -> None:
        self.stdout, out = _pipe()
        self.stderr, err = _pipe()
        with out, err:
            super().__init__(program, *arguments, said=(out, err))

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it still says on both streams, once it has come to its end; one that takes longer is killed."""
        with ThreadPoolExecutor(2) as threads:
            said = [threads.submit(stream.read) for stream in (self.stdout, self.stderr)]
            try:
                self.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
            out, err = (each.result() for each in said)
        self.stdout.close()
        self.stderr.close()
        return out, err


def _pipe() -> tuple[TextIO, Connection]:
    ours, theirs = CONTEXT.Pipe(duplex=False)
    with ours:
        return os.fdopen(os.dup(ours.fileno()), encoding="utf-8"), theirs


def _run(
    program: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    said: Path | tuple[Connection, Connection],
) -> None:
    if isinstance(said, Path):
        with said.open("ab") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
    else:
        for number, pipe in enumerate(said, start=1):
            os.dup2(pipe.fileno(), number)
            pipe.close()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    warnings.simplefilter("default")
    sys.argv = [program, *arguments]
    runpy.run_module(program, run_name="__main__", alter_sys=True)
