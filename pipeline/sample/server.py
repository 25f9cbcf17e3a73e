"""The sample portals on loopback addresses, over real HTTP."""

from __future__ import annotations

import csv
import errno
import hashlib
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from pipeline.problem import Problem
from pipeline.sample.site import Page, site
from pipeline.sample.truth import City, load_truth

_ATTEMPTS = 20
# 2025-02-01, fixed so that answers are the same every time
_LAST_MODIFIED = formatdate(1738368000, usegmt=True)


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a sample portal answered."""

    city: str
    method: str
    path: str
    status: int
    user_agent: str | None


class SamplePortal:
    """A context manager that serves every sample city on its own loopback address, all on one free port.

    Raises Problem where the machine does not let a loopback address be used.
    """

    def __init__(self) -> None:
        self.cities = load_truth().cities
        self.port = 0
        self._requests: list[Request] = []
        self._failed: dict[tuple[str, str], int] = {}
        self._lock = Lock()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        servers = self._bind()
        for server in servers:
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            self._stack.callback(thread.join)
            self._stack.callback(server.stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests answered so far, in order."""
        with self._lock:
            return tuple(self._requests)

    def home(self, city: City) -> str:
        """The address of a city's home page."""
        return f"http://{city.address}:{self.port}/"

    def portals_csv(self, path: Path) -> Path:
        """Write the list of portals that a crawl takes: code, name, home, province, city."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["code", "name", "home", "province", "city"])
            writer.writerows(
                [city.code, city.name, self.home(city), city.province, city.name] for city in self.cities
            )
        return path

    def _bind(self) -> list[_Server]:
        """One server a city, all on the port the first is given; begun again where it is not free for all."""
        for _ in range(_ATTEMPTS):
            servers: list[_Server] = []
            port = 0
            try:
                for city in self.cities:
                    servers.append(_Server(city.address, port, self._answerer(city)))
                    port = servers[0].server_address[1]
            except OSError as error:
                for server in servers:
                    server.server_close()
                if error.errno == errno.EADDRINUSE:
                    continue
                raise Problem(
                    f"The sample portal could not use the loopback address {city.address}: {error.strerror}. "
                    f"On macOS add it first: sudo ifconfig lo0 alias {city.address}"
                ) from error
            self.port = port
            return servers
        raise Problem(
            f"No port is free on all loopback addresses after {_ATTEMPTS} attempts. Close other servers."
        )

    def _answerer(self, city: City) -> Callable[[str, str, str | None], Page]:
        pages: Mapping[str, Page] = site(city.code)

        def answer(method: str, path: str, user_agent: str | None) -> Page:
            page = pages.get(path, _NOT_FOUND)
            with self._lock:
                failed = self._failed.get((city.code, path), 0)
                if failed < page.failures:
                    self._failed[city.code, path] = failed + 1
                    page = _FAILURE
                self._requests.append(Request(city.code, method, path, page.status, user_agent))
            return page

        return answer


def _message(status: int, text: str) -> Page:
    return Page(
        f"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>".encode(), status=status
    )


_NOT_FOUND = _message(404, "您访问的页面不存在")
_FAILURE = _message(500, "服务器内部错误")


class _Server(ThreadingHTTPServer):
    """Answers from memory, keeps no log of its own, and closes what is still open when it is stopped."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, address: str, port: int, answer: Callable[[str, str, str | None], Page]) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        super().__init__((address, port), _Handler)

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no fault of the portal."""

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        for request in tuple(self._open):
            self.shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SamplePortal"
    disable_nagle_algorithm = True  # else head and body of an answer wait some 40 ms for each other
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing: the requests are kept by the portal."""

    def _send(self, *, with_body: bool) -> None:
        path = self.path.split("?", 1)[0]
        page = self.server.answer(self.command, path, self.headers.get("User-Agent"))
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:20]}"'
        unchanged = page.status == 200 and self.headers.get("If-None-Match") == etag
        self.send_response(304 if unchanged else page.status)
        if page.status == 200:
            self.send_header("Last-Modified", _LAST_MODIFIED)
            self.send_header("ETag", etag)
        if not unchanged:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(page.body)
