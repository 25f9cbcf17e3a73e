"""Undoing the content-encoding of a body, within bounds."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from pipeline.problem import Problem

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_BODY = 64 * 1024 * 1024
"""The largest body, in bytes, that content-encoding may unfold to."""

_MOST_CODINGS = 3
_MOST_MEMBERS = 1000
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}  # 8 MB, the bound RFC 9659 sets for HTTP
_UNSUPPORTED = frozenset({"compress", "x-compress", "sdch", "dcb", "dcz", "exi", "pack200-gzip", "aes128gcm"})


class UndecodableBody(Problem):
    """The content-encoding of a body cannot be undone: damaged, broken off, too large or unknown."""


class OversizedBody(UndecodableBody):
    """A body unfolds to more than is allowed."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def decode_body(payload: bytes, headers: Iterable[tuple[str, str]], *, limit: int = MAX_BODY) -> bytes:
    """The body of an HTTP message with its content-encoding (gzip, deflate, br, zstd, in any order) undone.

    Words that name no encoding (servers write charsets there) are passed over, and so is `gzip` over bytes
    that are no gzip, as relays that unpack and leave the header make them. Raises UndecodableBody; a body
    that breaks off is one, since a part of a page must not pass for the page. Never holds more than about
    `limit` bytes.
    """
    codings = [
        word.strip().lower()
        for name, value in headers
        if name.lower() == "content-encoding"
        for word in value.split(",")
    ]
    known = [word for word in codings if word in _DECODERS or word in _UNSUPPORTED]
    if len(known) > _MOST_CODINGS:
        raise UndecodableBody(f"The body is encoded {len(known)} times over.")
    body = payload
    for coding in reversed(known):
        if coding in _UNSUPPORTED:
            raise UndecodableBody(f"The content-encoding {coding} is not supported.")
        if body:
            body = _DECODERS[coding](body, limit)
    return body


def _gunzip(data: bytes, limit: int) -> bytes:
    if not data.startswith(_GZIP_MAGIC):
        return data
    return _members(data, limit, "gzip", lambda: zlib.decompressobj(wbits=31), _GZIP_MAGIC)


def _inflate(data: bytes, limit: int) -> bytes:
    """Deflate with its zlib envelope, or without as some servers send it."""
    try:
        return _members(data, limit, "deflate", zlib.decompressobj, None)
    except UndecodableBody as error:
        if not isinstance(error.__cause__, zlib.error):
            raise
        return _members(data, limit, "deflate", lambda: zlib.decompressobj(wbits=-15), None)


def _unzstd(data: bytes, limit: int) -> bytes:
    return _members(
        data, limit, "zstd", lambda: zstd.ZstdDecompressor(options=_ZSTD_WINDOW), b"\x28\xb5\x2f\xfd"
    )


def _members(
    data: bytes, limit: int, coding: str, make: Callable[[], _Decompressor], magic: bytes | None
) -> bytes:
    """Unpack one member after another while `magic` begins the next; padding after the last is skipped."""
    parts: list[bytes] = []
    size = 0
    for _ in range(_MOST_MEMBERS):
        unpacker = make()
        try:
            part = unpacker.decompress(data, limit - size + 1)
        except (zlib.error, zstd.ZstdError) as error:
            raise UndecodableBody(f"The {coding} of the body is damaged ({error}).") from error
        size += len(part)
        parts.append(part)
        if size > limit:
            raise OversizedBody(f"The {coding} of the body unfolds to more than {limit} bytes.")
        if not unpacker.eof:
            raise UndecodableBody(f"The {coding} of the body breaks off.")
        data = unpacker.unused_data
        if magic is None or not data.startswith(magic):
            return b"".join(parts)
    raise UndecodableBody(f"The {coding} of the body has more than {_MOST_MEMBERS} parts.")


def _unbrotli(data: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part: bytes = unpacker.process(data, output_buffer_limit=1 << 20)
        while part or not unpacker.is_finished():
            size += len(part)
            if size > limit:
                raise OversizedBody(f"The br of the body unfolds to more than {limit} bytes.")
            if not part and unpacker.can_accept_more_data():
                raise UndecodableBody("The br of the body breaks off.")
            parts.append(part)
            part = unpacker.process(b"", output_buffer_limit=1 << 20) if not unpacker.is_finished() else b""
    except brotli.error as error:
        raise UndecodableBody(f"The br of the body is damaged ({error}).") from error
    return b"".join(parts)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
