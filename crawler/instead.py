"""What a page that came with status 200 may be instead of what was asked for. Pure.

A page is taken for what it is not only where all speaks for it: a host that shows a challenge or a captcha is left
for a day, so that one page mistaken for one costs all the others.
"""

from __future__ import annotations

import re

from crawler.answers import Answer, Ending
from crawler.bare import is_bare, may_be_bare
from crawler.families.registry import is_marked
from crawler.pages import Page
from crawler.redirects import redirect
from crawler.urls import Scope
from pipeline.archive import Outcome

_SHELL = 2500  # bytes; real pages of portals are ten times as long and more
_READ = 8 * _SHELL  # bytes; what is longer is no shell, unless it has the marks of one
_MARKED = 80 * _SHELL
_MARKS = re.compile(
    r"__jsl_clearance|\$_ts\s*=\s*window|FSSBBIl1UgzbN7N|4hP44ZykCTt5|yunsuo_session|acw_sc__v2"
)
_MARKS_IN_BYTES = re.compile(_MARKS.pattern.encode())
# Words one of which stands in whatever has a mark: looked for first, in half of the time.
_CLUES = (b"__jsl_clearance", b"$_ts", b"FSSBBIl1UgzbN7N", b"4hP44ZykCTt5", b"yunsuo_session", b"acw_sc__v2")
# Where a page is filled by the portal's own program: an empty page by itself, and no firewall's.
_APP = re.compile(r"""<div[^>]{0,80}\bid=["']?(?:app|root|__nuxt|__next)\b""", re.IGNORECASE)
_WORDS_OF_A_FORM = 120  # characters of a page that has nothing but a form to show
_WORDS_OF_A_SHELL = 60
_LINKS_OF_A_WALL = 2  # own pages that a captcha or a soft 404 leads to: the home page, the way back

_LOST = r"(?:不存在|已(?:被)?(?:删除|撤销|移除|下线)|未找到|找不到|没有找到)"
_THING = r"(?:页面|网页|文章|内容|信息|栏目|文件|资源|链接)"
# Of a whole title, heading or alert; 政府信息不存在 is a term of the law, and 404 the number of many papers.
_GONE = re.compile(
    r"^(?:http\s*)?(?:error|错误)?\s*404(?:\s*$|\s*[-_|:：,，。]|\s*(?:not found|error|错误|页))"
    r"|[-_|]\s*404\s*$|\b404 (?:not found|error)"
    rf"|(?:您|你)(?:所|要|正在|想)*(?:访问|查看|浏览|请求|寻找|查找|打开)的?.{{0,6}}{_THING}?.{{0,8}}{_LOST}"
    rf"|^\W*(?:对不起|抱歉|很抱歉|提示|出错了)?\W*(?:该|此|本|相关)?{_THING}{_LOST}(?!告知|答复|通知|决定|的)"
    rf"|^\W*(?:对不起|抱歉|很抱歉)?\W*(?:找不到|无法找到|没有找到)(?:该|您|你|相关|指定)?.{{0,8}}(?:{_THING}|页)",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(r"验证码|安全验证|人机验证|滑动验证|访问验证")
_LOGIN = re.compile(r"(?:用户|统一|请先)登[录陆]|统一身份认证|^登[录陆]$")
_LOGIN_FORM = re.compile(r"登[录陆]|用户名|账号|帐号")
_ALERT = re.compile(r"""\balert\(\s*["']([^"'\n]{4,60})""")


def of_page(answer: Answer, scope: Scope) -> Ending:
    """How a fetch ends that brought a page of HTML."""
    assert answer.body is not None  # noqa: S101 - a page has bytes
    size, is_report, rowless = len(answer.body), answer.kind == "report", may_be_bare(answer.body)
    # Firewalls put their marks into real pages as well; a challenge has no rows of a table.
    long = size > _READ and not (rowless and size < _MARKED and _is_marked(answer.body))
    if long and not (is_report and rowless):
        return Ending(Outcome.HELD)
    page = Page(answer.url, answer.body, answer.headers.get("content-type"))
    other = None if long else _of_short(page, answer, scope)
    if other is None and is_report and is_bare(page):
        return Ending(Outcome.SOFT_404, "a title without a text")
    return other or Ending(Outcome.HELD)


def _of_short(page: Page, answer: Answer, scope: Scope) -> Ending | None:
    """What a page with few bytes is instead of the one asked for, None where it may be that one."""
    size = len(answer.body or b"")
    own = {link.url for link in page.links if scope.allows(link.url)}
    if page.refresh is not None and own <= {page.refresh, answer.url}:
        return redirect(answer, page.refresh, scope)
    few = page.visible if len(page.visible) < _WORDS_OF_A_FORM else ""
    if (gone := _gone(page, size, few)) is not None:
        return Ending(Outcome.SOFT_404, gone)
    said = (page.title or few)[:100]
    if page.has_password and (_LOGIN.search(page.title) or _LOGIN_FORM.search(few)):
        return Ending(Outcome.LOGIN, said)
    if len(own - {answer.url}) <= _LINKS_OF_A_WALL and not page.has_rows() and _wants_a_person(page, few):
        return Ending(Outcome.CAPTCHA, said)
    if not own and not page.frames and not is_marked(page) and _is_shell(page, size):
        return Ending(Outcome.CHALLENGE, f"a script of {size} bytes in place of the page")
    return None


def is_a_page(answer: Answer, scope: Scope) -> bool:
    """Whether an answer with a doubtful status is a page all the same: it leads on, or has something to say."""
    assert answer.body is not None  # noqa: S101 - a page has bytes
    if of_page(answer, scope).outcome != Outcome.HELD:
        return False
    page = Page(answer.url, answer.body, answer.headers.get("content-type"))
    own = [link for link in page.links if scope.allows(link.url)]
    return _MARKS.search(page.source) is None and (bool(own) or page.has_rows()) and len(page.visible) > 20


def _is_marked(body: bytes) -> bool:
    return any(clue in body for clue in _CLUES) and _MARKS_IN_BYTES.search(body) is not None


def _gone(page: Page, size: int, few: str) -> str | None:
    """The words by which a page says that there is none, None where it does not."""
    if page.has_rows():
        return None
    alert = _ALERT.search(page.source) if page.script_count and size < _SHELL else None
    said = (page.title, page.heading, alert[1] if alert else "", few)
    return next((words[:100] for words in said if _GONE.search(words)), None)


def _wants_a_person(page: Page, few: str) -> bool:
    """Whether a page asks for nothing but the proof of being one."""
    if _CAPTCHA.search(page.title):
        return len(page.visible) < 2 * _WORDS_OF_A_FORM
    return "<input" in page.source and _CAPTCHA.search(few) is not None


def _is_shell(page: Page, size: int) -> bool:
    """Whether a page is a script that a browser has to solve, and nothing else."""
    if _MARKS.search(page.source):
        return True
    small = size < _SHELL and page.script_count > 0 and page.table_count == 0
    return small and len(page.visible) < _WORDS_OF_A_SHELL and _APP.search(page.source) is None
