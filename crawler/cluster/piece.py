"""The crawl of one group, in a process of its own on a worker of the cluster.

The process ends with whoever started it, be that killed: its pipe breaks, and it stops as with Ctrl-C.
"""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from crawler.asking import Asking
from crawler.cluster.places import PieceAt
from crawler.portals import Portal
from crawler.standing import Standing
from crawler.summary import Tally
from pipeline.archive import Archive
from pipeline.archive.lock import Busy
from pipeline.cluster.same import require_same
from pipeline.problem import Problem

CODE = Path(__file__).parents[1]
_EVERY = 5.0  # seconds between what is told of the standings, all of which the scheduler keeps for a while
_LOOK = 1.0  # seconds between looks at what to do
_PATIENCE = 120.0  # seconds in which the crawl of a worker that was lost lets go of its piece


@dataclass(frozen=True, slots=True)
class Job:
    """The portals of one group, in one piece of the archive, in one run."""

    piece: PieceAt
    label: str
    run: str
    portals: tuple[Portal, ...]
    asking: Asking
    program: str  # that crawls, as `program` of CODE tells it on the machine that asks


def crawl_piece(job: Job, topic: str) -> Mapping[str, Tally]:
    """The task: runs in a thread of a worker. What goes on is told as events of `topic`. Raises Problem."""
    from distributed import get_worker  # noqa: PLC0415 - the process of a group needs nothing of it

    current_process().daemon = False  # Dask starts its workers as daemons, which may have no processes
    if not job.piece.is_there():
        raise Problem(
            f"The worker on {os.uname().nodename} does not see {job.piece.where()}. All machines of the cluster must "
            "have the data folder under the same path: put it on storage that they share, or into an object store."
        )
    require_same(job.program, CODE)
    worker = get_worker()
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_crawl, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()
    try:
        return _told(ours, job, lambda told: worker.log_event(topic, told))
    except EOFError as error:
        process.join()
        raise Problem(
            f"The crawl of {job.portals[0].code} ended on {os.uname().nodename} with {process.exitcode}."
        ) from error
    finally:
        ours.close()
        process.join(_PATIENCE)
        process.kill()


def standings_of(told: bytes) -> list[Standing]:
    """The standings of an event, their times by the clock of this machine."""
    there, standings = pickle.loads(told)  # noqa: S301 - of our own worker
    here = time.monotonic() - there
    for standing in standings:
        for name in ("first_request", "last_request"):
            if (at := getattr(standing, name)) is not None:
                setattr(standing, name, at + here)
        if standing.wait is not None:
            standing.wait = type(standing.wait)(standing.wait.why, standing.wait.until + here)
    return standings  # type: ignore[no-any-return]


def _told(pipe: Connection, job: Job, tell: Callable[[bytes], object]) -> Mapping[str, Tally]:
    stopping = False
    looked = time.monotonic()
    while True:
        if not pipe.poll(_LOOK):
            if not stopping and time.monotonic() - looked >= job.piece.pause:
                looked = time.monotonic()
                stopping = job.piece.is_stopped()
                if stopping:
                    pipe.send(None)
            continue
        told = pipe.recv()
        if isinstance(told, bytes):
            tell(told)
        elif isinstance(told, Exception):
            raise told
        else:
            return told  # type: ignore[no-any-return]


class _Telling:
    """The Watcher in the process of a group: tells its pipe of the portals that have changed, not too often."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._changed: dict[str, Standing] = {}
        self._last = 0.0

    def begun(self, run: str, *, resumed: bool) -> None:
        """That is told of the whole run."""

    def say(self, text: str) -> None:
        """Nobody is there to read it."""

    def update(self, standing: Standing) -> None:
        self._changed[standing.portal.code] = standing
        now = time.monotonic()
        if standing.ended or now - self._last >= _EVERY:
            self._last = now
            with suppress(OSError):  # nobody listens any more: the crawl is stopped by that as well
                self._pipe.send(pickle.dumps((now, list(self._changed.values()))))
            self._changed.clear()


def _crawl(pipe: Connection, job: Job) -> None:
    """The life of the process, which alone loads what crawls."""
    from crawler.searching import search_portals  # noqa: PLC0415
    from crawler.stopping import Stopping  # noqa: PLC0415

    try:
        with Stopping() as stopping, ExitStack() as stack:
            archive = _opened(job, stack)
            Thread(target=_stop_with, args=(pipe,), daemon=True).start()
            archive.begin_session(job.run, job.asking.details())
            answer: object = search_portals(
                archive, job.run, job.portals, job.asking, stopping, _Telling(pipe)
            )
    except Problem as problem:
        answer = problem
    with suppress(OSError):
        pipe.send(answer)


def _opened(job: Job, stack: ExitStack) -> Archive:
    """The piece, once another crawl of it has ended."""
    until = time.monotonic() + _PATIENCE
    while True:
        if job.piece.is_stopped():
            raise Problem(f"{job.piece.where()} is not to be written any more.")
        try:
            return stack.enter_context(job.piece.opened(job.label))
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _stop_with(pipe: Connection) -> None:
    """Stop when told so, or when nobody is there to tell."""
    with suppress(EOFError, OSError):
        pipe.recv()
    os.kill(os.getpid(), signal.SIGTERM)
