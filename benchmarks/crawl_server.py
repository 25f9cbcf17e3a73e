"""Serves the portals: `python -m benchmarks.crawl_server SHAPE`, the shape as JSON.

A process of its own, one thread, without a parser of HTTP: what it costs is told, and must not be what is measured.
Prints its homes as JSON, and when its stdin ends, what it was asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from functools import partial
from time import monotonic, process_time

from benchmarks.crawl_site import Shape, Site


class Asked:
    """What was asked: how often each path of each portal, and from when to when, in monotonic seconds."""

    def __init__(self) -> None:
        self.paths: Counter[tuple[int, str]] = Counter()
        self.first = self.last = 0.0
        self.idle_until = 0.0  # seconds of the processor before the first request

    def note(self, portal: int, path: str) -> None:
        self.last = monotonic()
        if not self.paths:
            self.first, self.idle_until = self.last, process_time()
        self.paths[portal, path] += 1


class _Connection(asyncio.Protocol):
    def __init__(self, site: Site, portal: int, asked: Asked) -> None:
        self._site, self._portal, self._asked = site, portal, asked
        self._transport: asyncio.Transport | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of a TCP server
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None  # noqa: S101 - a connection is made before it receives
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode("ascii")
            self._asked.note(self._portal, path)
            self._transport.write(self._site.answer(self._portal, path))


async def _serve(shape: Shape) -> None:
    site, asked, loop = Site(shape), Asked(), asyncio.get_running_loop()
    homes = []
    for portal in range(shape.portals):
        made = partial(_Connection, site, portal, asked)
        server = await loop.create_server(made, f"127.41.{portal // 200}.{1 + portal % 200}", 0)
        host, port = server.sockets[0].getsockname()
        homes.append(f"http://{host}:{port}/")
    print(json.dumps(homes), flush=True)  # noqa: T201 - to the process that started this one
    await loop.run_in_executor(None, sys.stdin.read)
    by_portal = Counter(portal for portal, _ in asked.paths.elements())
    told = {
        "requests": asked.paths.total(),
        "most": max(by_portal.values(), default=0),
        "again": sum(count > 1 for count in asked.paths.values()),
        "reports": sum("/t2" in path for _, path in asked.paths),
        "seconds": asked.last - asked.first,
        "busy": process_time() - asked.idle_until,
    }
    print(json.dumps(told), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    asyncio.run(_serve(Shape(**json.loads(sys.argv[1]))))
