"""How a fetch ended: from what came over the wire to one word of the archive's vocabulary. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from aiohttp import ClientResponseError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.web._newclient import ParseError
from twisted.web.http_headers import InvalidHeaderName

from crawler.answers import Answer, Ending
from crawler.families.records import read_records
from crawler.instead import is_a_page, of_page
from crawler.pages import is_html
from crawler.redirects import redirect
from crawler.tls import Trouble, is_lasting, trouble_of
from crawler.urls import Scope, absolute
from pipeline.archive import Outcome
from pipeline.read import sniff

LEAVING = frozenset({Outcome.CHALLENGE, Outcome.CAPTCHA, Outcome.BLOCKED, Outcome.RATE_LIMITED})
"""Outcomes after which a host is left alone for a day, see `crawler.walls`."""

UNREACHABLE = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.CONNECTION_FAILED,
        Outcome.HOST_UNKNOWN,
        Outcome.BROKEN_TLS,
        Outcome.NOT_HTTP,
        Outcome.SERVER_ERROR,
    }
)
"""Outcomes of a host that does not answer. If its robots.txt ends so, all is forbidden (RFC 9309, 2.3.1.4)."""

GONE = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404})
"""Outcomes of a page that does not exist."""

# 405 to 493 as firewalls of portals give them instead of 403 (亳州 405, 广元 468, 宿迁 493).
_BLOCKED = frozenset({403, 405, 406, 418, 444, 451, 456, 468, 493})
# 瑞数 answers 202 or 412, 加速乐 512 or 521, with a script that a browser has to solve.
_CHALLENGES = frozenset({202, 412, 512, 521})
_NAMED = {
    401: Outcome.LOGIN,
    404: Outcome.NOT_FOUND,
    407: Outcome.LOGIN,
    410: Outcome.NOT_FOUND,
    429: Outcome.RATE_LIMITED,
}
_UNKNOWN = "application/octet-stream"  # what bytes are that are of no kind of document
_CONTEXT = re.compile(r" ssl:(?:<[^>]*>|\w+)")
_WRONG_TYPES = (
    "video/",
    "audio/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
)


def ending_of(answer: Answer, scope: Scope) -> Ending:
    """How an answer ends the fetch of its address, on a portal of this scope."""
    if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
        return redirect(answer, absolute(answer.headers["location"], answer.url), scope)
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != 200:
        return _of_status(answer, media_type, scope)
    if answer.kind == "robots":
        return _of_robots(answer, media_type, scope)
    if answer.body is None:
        return Ending(Outcome.UNDECODABLE)
    if not answer.body.strip():
        return Ending(Outcome.TRUNCATED, "the answer is empty")
    if answer.is_call or is_html(answer.body, media_type):
        return _of_records(answer, scope) if answer.is_call else of_page(answer, scope)
    unknown = sniff(answer.body, declared=media_type) == _UNKNOWN
    if unknown or media_type.startswith(_WRONG_TYPES) or answer.kind != "report":
        return Ending(Outcome.WRONG_TYPE, media_type or "not a page")
    return Ending(Outcome.HELD)


def ending_of_error(error: Exception) -> Ending:
    """How a fetch ended that brought no answer."""
    note = _words(error)
    if isinstance(error, DownloadTimeoutError):
        return Ending(Outcome.TIMEOUT, note)
    if isinstance(error, CannotResolveHostError):
        return Ending(Outcome.HOST_UNKNOWN, note)
    if isinstance(error, ResponseDataLossError):
        return Ending(Outcome.TRUNCATED, note)
    if isinstance(error, DownloadCancelledError):
        return Ending(Outcome.TOO_LARGE, note)
    if is_lasting(error) or trouble_of(error) is Trouble.HANDSHAKE:
        return Ending(Outcome.BROKEN_TLS, note)
    if _is_no_http(error):
        return Ending(Outcome.NOT_HTTP, note)
    return Ending(Outcome.CONNECTION_FAILED, note)


def _is_no_http(error: Exception) -> bool:
    """Whether an answer came that is none of HTTP."""
    cause = error.__cause__
    reasons = [reason.value for reason in getattr(cause, "reasons", ())]
    return isinstance(cause, ClientResponseError) or any(
        isinstance(one, ParseError | InvalidHeaderName) for one in reasons
    )


def _words(error: Exception) -> str:
    """What broke a download, without what only this process knows."""
    reasons = getattr(error.__cause__, "reasons", None)
    inner = reasons[-1].value if reasons else error
    return _CONTEXT.sub("", f"{type(inner).__name__}: {inner}")[:300]


def _of_status(answer: Answer, media_type: str, scope: Scope) -> Ending:
    """How an answer with another status than 200 ends a fetch."""
    status, note = answer.status, f"status {answer.status}"
    if status == 202 and answer.body and is_html(answer.body, media_type) and is_a_page(answer, scope):
        return Ending(Outcome.HELD, note)
    if answer.is_call and status in (405, 406):
        return Ending(Outcome.CLIENT_ERROR, note)  # it wants to be asked in another way
    if status in _CHALLENGES:
        return Ending(Outcome.CHALLENGE, note)
    if status in _BLOCKED:
        return Ending(Outcome.BLOCKED, note)
    if status in _NAMED:
        return Ending(_NAMED[status], note)
    if 200 <= status < 300:
        return Ending(Outcome.TRUNCATED, note)  # no content, or a part of it
    return Ending(Outcome.CLIENT_ERROR if 400 <= status < 500 else Outcome.SERVER_ERROR, note)


def _of_robots(answer: Answer, media_type: str, scope: Scope) -> Ending:
    """How robots.txt ends with status 200: a firewall's page in its place is none, whatever else is there is one."""
    if answer.body and is_html(answer.body, media_type):
        ending = of_page(answer, scope)
        if ending.outcome in (Outcome.CHALLENGE, Outcome.CAPTCHA):
            return ending
    return Ending(Outcome.HELD)


def _of_records(answer: Answer, scope: Scope) -> Ending:
    """How a call for records ends with status 200."""
    assert answer.body is not None  # noqa: S101 - checked by the caller
    content_type = answer.headers.get("content-type")
    records = read_records(answer.url, answer.body, content_type)
    if records is None:
        return Ending(Outcome.WRONG_TYPE, content_type or "no records")
    return (
        Ending(Outcome.HELD) if records.links or records.named else replace(of_page(answer, scope), note=None)
    )
