"""A portal on a loopback address, served for real, with the faults of real portals; it counts what it is asked."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import parse_qsl, urlsplit


class Wire(Protocol):
    """Where the bytes of an answer go."""

    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answers. `cut` sends that many bytes of the body and drops the connection; `failures` are
    statuses given to the first requests, 0 to drop the connection without a word; `wait` is before the answer.
    `raw` writes the whole answer itself, head and all, after which the connection is closed.
    """

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    failures: tuple[int, ...] = ()
    retry_after: str | None = None
    cut: int | None = None
    zipped: bool = False
    wait: float = 0.0
    raw: Callable[[Wire], None] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, with the times at which it came and at which its answer was sent (monotonic seconds)."""

    host: str
    path: str
    status: int
    came: float
    answered: float
    headers: Mapping[str, str]
    posted: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A request that asks for records: `given` holds what the address and the posted form say."""

    method: str
    path: str
    given: Mapping[str, str]
    headers: Mapping[str, str]
    posted: str = ""
    secure: bool = False


Site = Mapping[str, Reply]
Comparing = Callable[[Reply, Mapping[str, str]], Reply]
"""How a server answers that could say 304: from its answer in full and the request's headers."""


class Farm:
    """A context manager that serves one site on one loopback address; `answer` is asked for what the site has
    not, and `comparing` may change an answer of status 200. With `tls` the one port takes secure connections too;
    without `plain` it drops all others. A connection of a kind that is not served is closed without a word.
    """

    def __init__(
        self,
        site: Site | Callable[[str], Site],
        address: str = "127.0.0.1",
        answer: Callable[[Query], Reply | None] | None = None,
        comparing: Comparing | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        plain: bool = True,
    ) -> None:
        self._answer = answer
        self.comparing = comparing
        self.tls = tls
        self.plain = plain
        self._server = _Server((address, 0), _Handler)
        self._server.farm = self
        self.port: int = self._server.server_address[1]
        self.home = f"http://{address}:{self.port}/"
        self.site: Site = site(self.home) if callable(site) else site
        self.asked: list[Asked] = []
        self.connected: list[float] = []
        self.most_at_once = 0
        self._now = 0
        self._failed: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def paths(self, status: int | None = None) -> list[str]:
        """The paths asked for, in order; with `status`, those answered so."""
        return [one.path for one in list(self.asked) if status is None or one.status == status]

    def path_of(self, url: str) -> str:
        """The path of an address of this server."""
        assert url.startswith(self.home), url
        return "/" + url.removeprefix(self.home)

    def begin(self, query: Query) -> Reply:
        path = query.path
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            reply = self.site.get(path) if query.method == "GET" else None
            if reply is None and self._answer is not None:
                reply = self._answer(query)
            reply = reply or Reply("<h1>没有</h1>".encode(), status=404)
            number = self._failed[path]
            if number < len(reply.failures):
                self._failed[path] += 1
                after = {"Retry-After": reply.retry_after} if reply.retry_after else {}
                return Reply(b"trouble", status=reply.failures[number], headers=after)
            return reply

    def end(self, asked: Asked) -> None:
        with self._lock:
            self._now -= 1
            self.asked.append(asked)


_HANDSHAKE = b"\x16"  # the first byte of a TLS connection, and of no HTTP request


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    farm: Farm

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed is no fault of the server."""

    def finish_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        assert isinstance(request, socket.socket)
        self.farm.connected.append(time.monotonic())
        request.settimeout(_Handler.timeout)
        secure = request.recv(1, socket.MSG_PEEK) == _HANDSHAKE
        if secure and self.farm.tls is not None:
            with self.farm.tls.wrap_socket(request, server_side=True) as wrapped:
                super().finish_request(wrapped, client_address)
        elif not secure and self.farm.plain:
            super().finish_request(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the acknowledgement of its head
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing: the farm keeps the requests."""

    def do_GET(self) -> None:
        came = time.monotonic()
        posted = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        given = dict(parse_qsl(urlsplit(self.path).query) + parse_qsl(posted))
        secure = isinstance(self.connection, ssl.SSLSocket)
        query = Query(self.command, self.path, given, dict(self.headers.items()), posted, secure)
        reply = self.server.farm.begin(query)
        if self.server.farm.comparing is not None and reply.status == 200 and self.command == "GET":
            reply = self.server.farm.comparing(reply, query.headers)
        try:
            time.sleep(reply.wait)
            self._answer(reply)
        finally:
            host, headers = self.headers.get("Host", ""), dict(self.headers.items())
            self.server.farm.end(
                Asked(host, self.path, reply.status, came, time.monotonic(), headers, posted)
            )

    do_POST = do_GET  # noqa: N815 - the name is the base class's

    def _answer(self, reply: Reply) -> None:
        if reply.status == 0:
            self.close_connection = True
            return
        if reply.raw is not None:
            self.close_connection = True
            reply.raw(self.wfile)
            return
        body = gzip.compress(reply.body, mtime=0) if reply.zipped else reply.body
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        if reply.zipped:
            self.send_header("Content-Encoding", "gzip")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.cut is not None:
            self.wfile.write(body[: reply.cut])
            self.close_connection = True
            return
        self.wfile.write(body)
