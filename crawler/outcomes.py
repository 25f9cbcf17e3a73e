"""How a fetch ended: from what came over the wire to one word of the archive's vocabulary. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.families.records import read_records
from crawler.families.registry import is_marked
from crawler.pages import Page, is_html, read_page
from crawler.tls import Trouble, is_lasting, trouble_of
from crawler.urls import Scope, absolute, is_root, page_key
from pipeline.archive import Outcome
from pipeline.read import sniff

MOST_HOPS = 5
"""How many redirects in a row are followed."""

LEAVING = frozenset({Outcome.CHALLENGE, Outcome.CAPTCHA, Outcome.BLOCKED, Outcome.RATE_LIMITED})
"""Outcomes after which a host is left alone for a day, see `crawler.walls`."""

UNREACHABLE = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.CONNECTION_FAILED,
        Outcome.HOST_UNKNOWN,
        Outcome.BROKEN_TLS,
        Outcome.SERVER_ERROR,
    }
)
"""Outcomes of a host that does not answer. If its robots.txt ends so, all is forbidden (RFC 9309, 2.3.1.4)."""

# 405 to 493 as firewalls of portals give them instead of 403 (亳州 405, 广元 468, 宿迁 493).
_BLOCKED = frozenset({403, 405, 406, 418, 444, 451, 456, 468, 493})
# 瑞数 answers 202 or 412, 加速乐 512 or 521, with a script that a browser has to solve.
_CHALLENGES = frozenset({202, 412, 512, 521})
_SHELL = 2500  # bytes; real pages of portals are ten times as long and more
_MARKS = re.compile(
    r"__jsl_clearance|\$_ts\s*=\s*window|FSSBBIl1UgzbN7N|4hP44ZykCTt5|yunsuo_session|acw_sc__v2"
)
_NOTHING = re.compile(r"暂(?:无|时没有)(?:相关)?(?:年度报告|年报|报告|信息|数据|内容|记录)")
_FEW_WORDS = 100  # characters beside the menus; a report has thousands
_GONE = re.compile(
    r"(?:^|\D)404(?:\s*(?:not found|error|错误|页|$|[-_|]))|找不到|无法找到"
    r"|(?:页面|网页|文章|内容|信息|栏目)(?:不存在|已删除|已被删除|未找到)",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(r"验证码|安全验证|人机验证|滑动验证")
_LOGIN = re.compile(r"(?:用户|统一|请先)登[录陆]|统一身份认证|^登[录陆]$")
_LOGIN_FORM = re.compile(r"登[录陆]|用户名|账号|帐号")
_ALERT = re.compile(r"""\balert\(\s*["']([^"'\n]{4,60})""")
_FEW_WORDS = 120  # characters of a page that has nothing but a form to show
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


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a portal. Header names are in lower case; `body` has its content-encoding undone, None where
    that is not possible. `hops` are the addresses that redirected to this one.
    """

    url: str
    kind: str
    status: int
    headers: Mapping[str, str]
    body: bytes | None
    hops: tuple[str, ...] = ()
    is_call: bool = False  # records were asked for, not a page


@dataclass(frozen=True, slots=True)
class Ending:
    """How a fetch ended. Of REDIRECTED and OFFSITE_REDIRECT the note is the address pointed to, nothing else."""

    outcome: Outcome
    note: str | None = None


def ending_of(answer: Answer, scope: Scope) -> Ending:
    """How an answer ends the fetch of its address, on a portal of this scope."""
    if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
        return _redirect(answer, absolute(answer.headers["location"], answer.url), scope)
    if answer.status != 200:
        wrong_method = answer.is_call and answer.status in (405, 406)
        outcome = Outcome.CLIENT_ERROR if wrong_method else _of_status(answer.status)
        return Ending(outcome, f"status {answer.status}")
    if answer.kind == "robots" or answer.body is None:
        return Ending(Outcome.HELD if answer.kind == "robots" else Outcome.UNDECODABLE)
    if not answer.body.strip():
        return Ending(Outcome.TRUNCATED, "the answer is empty")
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.is_call or is_html(answer.body, media_type):
        return _of_records(answer, scope) if answer.is_call else _of_page(answer, scope)
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
    return Ending(Outcome.CONNECTION_FAILED, note)


def _words(error: Exception) -> str:
    """What broke a download, without what only this process knows."""
    reasons = getattr(error.__cause__, "reasons", None)
    inner = reasons[-1].value if reasons else error
    return _CONTEXT.sub("", f"{type(inner).__name__}: {inner}")[:300]


def _of_status(status: int) -> Outcome:
    if status in _CHALLENGES:
        return Outcome.CHALLENGE
    if status in _BLOCKED:
        return Outcome.BLOCKED
    if status in (404, 410):
        return Outcome.NOT_FOUND
    if status in (401, 407):
        return Outcome.LOGIN
    if status == 429:
        return Outcome.RATE_LIMITED
    if 200 <= status < 300:
        return Outcome.TRUNCATED  # no content, or a part of it
    return Outcome.CLIENT_ERROR if 400 <= status < 500 else Outcome.SERVER_ERROR


def _of_records(answer: Answer, scope: Scope) -> Ending:
    """How a call for records ends with status 200."""
    assert answer.body is not None  # noqa: S101 - checked by the caller
    content_type = answer.headers.get("content-type")
    records = read_records(answer.url, answer.body, content_type)
    if records is None:
        return Ending(Outcome.WRONG_TYPE, content_type or "no records")
    return (
        Ending(Outcome.HELD)
        if records.links or records.named
        else replace(_of_page(answer, scope), note=None)
    )


def _redirect(answer: Answer, target: str | None, scope: Scope) -> Ending:
    if target is None:
        return Ending(Outcome.SERVER_ERROR, "it points to no address")
    if not scope.allows(target):
        return Ending(Outcome.OFFSITE_REDIRECT, target)
    if target in (answer.url, *answer.hops) or len(answer.hops) >= MOST_HOPS:
        return Ending(Outcome.REDIRECT_LOOP, f"after {len(answer.hops) + 1} redirects, to {target}"[:300])
    if answer.kind == "report" and urlsplit(page_key(target)).path.endswith("/") and is_root(target):
        return Ending(Outcome.SOFT_404, "it points to the home page")
    return Ending(Outcome.REDIRECTED, target)


def _of_page(answer: Answer, scope: Scope) -> Ending:
    """How a fetch ends that brought a page of HTML with status 200."""
    assert answer.body is not None  # noqa: S101 - checked by the caller
    if len(answer.body) > 8 * _SHELL:
        return Ending(Outcome.HELD)
    page = read_page(answer.url, answer.body, answer.headers.get("content-type"))
    own = [link.url for link in page.links if scope.allows(link.url)]
    if page.refresh is not None and (not own or set(own) <= {page.refresh, answer.url}):
        return _redirect(answer, page.refresh, scope)
    few = page.visible if len(page.visible) < _FEW_WORDS else ""
    alert = _ALERT.search(page.source) if page.script_count and len(answer.body) < _SHELL else None
    heading = f"{page.title} {page.heading} {alert[1] if alert else ''}".strip()
    if _GONE.search(heading) and page.row_count == 0:
        return Ending(Outcome.SOFT_404, heading[:100])
    if answer.kind == "report" and _is_empty(page):
        return Ending(Outcome.SOFT_404, "it says that there is nothing")
    if _CAPTCHA.search(page.title) or ("<input" in page.source and _CAPTCHA.search(few)):
        return Ending(Outcome.CAPTCHA, (page.title or few)[:100])
    if page.has_password and (_LOGIN.search(page.title) or _LOGIN_FORM.search(few)):
        return Ending(Outcome.LOGIN, (page.title or few)[:100])
    small = (
        len(answer.body) < _SHELL
        and page.script_count > 0
        and len(page.visible) < 60
        and page.table_count == 0
    )
    if not own and not is_marked(page) and (small or _MARKS.search(page.source)):
        return Ending(Outcome.CHALLENGE, f"a script of {len(answer.body)} bytes in place of the page")
    return Ending(Outcome.HELD)


def _is_empty(page: Page) -> bool:
    """Whether a page says in place of a text that there is none, beside its menus."""
    if _NOTHING.search(page.source) is None:
        return False
    return len(page.visible) - sum(len(link.text) for link in page.links) < _FEW_WORDS
