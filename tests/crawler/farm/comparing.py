"""Servers that are asked whether a page has changed: one that answers as it should, and some that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from itertools import count

from tests.crawler.farm.server import Comparing, Reply

_OLD = "Mon, 06 Jan 2020 08:00:00 GMT"
_serial = count()


def _with(reply: Reply, **headers: str) -> Reply:
    return replace(reply, headers={**reply.headers, **headers})


def _not_modified(reply: Reply) -> Reply:
    return replace(reply, status=304, body=b"", zipped=False)


def etag_of(reply: Reply) -> str:
    return f'"{sha256(reply.body).hexdigest()[:12]}"'


def honest(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """ETag and Last-Modified that tell the bytes."""
    reply = _with(reply, **{"ETag": etag_of(reply), "Last-Modified": _OLD})
    return _not_modified(reply) if asked.get("If-None-Match") == etag_of(reply) else reply


def weak(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """As servers do that pack what they send."""
    reply = _with(reply, ETag="W/" + etag_of(reply))
    return _not_modified(reply) if asked.get("If-None-Match") == "W/" + etag_of(reply) else reply


def dated(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """Last-Modified alone, of a day that hangs on the bytes."""
    moment = formatdate(1_600_000_000 + int(sha256(reply.body).hexdigest()[:6], 16), usegmt=True)
    reply = _with(reply, **{"Last-Modified": moment})
    since = asked.get("If-Modified-Since")
    unchanged = since is not None and parsedate_to_datetime(since) >= parsedate_to_datetime(moment)
    return _not_modified(reply) if unchanged else reply


def always_304(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """304 to whoever asks by anything."""
    reply = _with(reply, **{"ETag": etag_of(reply), "Last-Modified": _OLD})
    return _not_modified(reply) if {"If-None-Match", "If-Modified-Since"} & asked.keys() else reply


def restless(reply: Reply, _: Mapping[str, str]) -> Reply:
    """Another ETag each time, and changed just now."""
    return _with(reply, **{"ETag": f'"{next(_serial)}"', "Last-Modified": formatdate(usegmt=True)})


def stuck(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """One ETag for ever, whatever the bytes."""
    reply = _with(reply, ETag='"fixed"')
    return _not_modified(reply) if asked.get("If-None-Match") == '"fixed"' else reply


def of_another(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """304 with the ETag of another document, as a relay that mixes up its pages."""
    reply = _with(reply, ETag=etag_of(reply))
    named = asked.get("If-None-Match", "")
    return _with(_not_modified(reply), ETag='"other"') if named and "no-document" not in named else reply


SERVERS: Mapping[str, Comparing] = {
    "honest": honest, "weak": weak, "dated": dated, "always_304": always_304, "restless": restless, "stuck": stuck,
    "of_another": of_another,
}  # fmt: skip
