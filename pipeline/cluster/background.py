"""What the client of Dask has in the background: the loop of its connections, and its log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread

from tornado.ioloop import IOLoop

_LOG = "distributed.client"


@contextmanager
def loop_of_events() -> Iterator[IOLoop]:
    """A running loop for clients that follow each other, which ends with the block.

    Dask starts one for each client and leaves it running, with its files, where no scheduler answers; and it ends the
    loop of a client that is closed while a connection of it comes to be, whose socket then stays open.
    """
    begun: Future[tuple[IOLoop, asyncio.Event]] = Future()

    async def live() -> None:
        end = asyncio.Event()
        begun.set_result((IOLoop.current(), end))
        await end.wait()

    thread = Thread(target=lambda: asyncio.run(live()), name="connections of the cluster", daemon=True)
    thread.start()
    loop, end = begun.result()
    try:
        yield loop
    finally:
        loop.add_callback(end.set)
        thread.join()


@contextmanager
def no_tracebacks() -> Iterator[None]:
    """Dask logs with tracebacks what it raises as well, as when its scheduler is lost: a person is told in words."""
    log = logging.getLogger(_LOG)
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)
