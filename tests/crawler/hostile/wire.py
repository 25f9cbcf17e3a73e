"""Answers that only bytes on a wire can give: drips, drops, bodies that break off, bombs."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.crawler.farm.server import Wire

_HTML = "Content-Type: text/html; charset=utf-8"


def head(status: str, *lines: str) -> bytes:
    """A status line and header lines, ready to be followed by a body."""
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "Connection: close", "", "")).encode()


def drip(wire: Wire) -> None:
    """A page that comes a few bytes a second, and never to its end."""
    wire.write(head("200 OK", _HTML, "Content-Length: 50000"))
    for _ in range(600):
        wire.write(b"<p> ")
        wire.flush()
        time.sleep(0.2)


def silence(_wire: Wire) -> None:
    """No answer at all, with the connection kept open."""
    time.sleep(60)


def dropped_in_head(wire: Wire) -> None:
    """The connection ends within the header lines."""
    wire.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Coo")


def chunks_without_end(body: bytes) -> Callable[[Wire], None]:
    """A chunked body of which the chunk that ends it never comes."""

    def write(wire: Wire) -> None:
        half = body[: len(body) // 2]
        wire.write(head("200 OK", _HTML, "Transfer-Encoding: chunked"))
        wire.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")

    return write


def gzip_broken_off(body: bytes) -> Callable[[Wire], None]:
    """All bytes that are announced come, but the gzip stream in them ends too early."""
    half = gzip.compress(body, mtime=0)[:-600]

    def write(wire: Wire) -> None:
        wire.write(head("200 OK", _HTML, "Content-Encoding: gzip", f"Content-Length: {len(half)}") + half)

    return write


def no_gzip(wire: Wire) -> None:
    """An answer that says it is gzip and is not."""
    body = b"\x00\x01\x02 not zipped at all \xff" * 90
    wire.write(head("200 OK", _HTML, "Content-Encoding: gzip", f"Content-Length: {len(body)}") + body)


def bomb(size: int) -> Callable[[Wire], None]:
    """A small gzip body that unpacks to `size` bytes."""

    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    piece = b" " * (1 << 20)
    body = b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()

    def write(wire: Wire) -> None:
        wire.write(head("200 OK", _HTML, "Content-Encoding: gzip", f"Content-Length: {len(body)}") + body)

    return write


def flood(size: int, kind: str, *, announced: bool) -> Callable[[Wire], None]:
    """A body of `size` bytes, its length announced or not."""

    def write(wire: Wire) -> None:
        length = (f"Content-Length: {size}",) if announced else ()
        wire.write(head("200 OK", f"Content-Type: {kind}", *length) + b"%PDF-1.4\n")
        piece = b"0" * (1 << 20)
        for _ in range(size >> 20):
            wire.write(piece)

    return write


@dataclass(slots=True)
class BrokenOff:
    """The body ends after half of what is announced, the first `times` times; then it comes whole."""

    body: bytes
    times: int
    _asked: int = field(default=0, init=False)

    def __call__(self, wire: Wire) -> None:
        self._asked += 1
        sent = self.body[: len(self.body) // 2] if self._asked <= self.times else self.body
        wire.write(head("200 OK", _HTML, f"Content-Length: {len(self.body)}") + sent)
