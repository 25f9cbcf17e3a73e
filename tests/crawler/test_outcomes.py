from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.answers import Answer
from crawler.outcomes import ending_of, ending_of_error
from crawler.retry import retry_after
from crawler.urls import Scope
from pipeline.archive import Outcome
from tests.crawler import town

HOME = "http://www.qingxi.gov.cn/"
SCOPE = Scope.of(HOME)
FORM = "<form><input name=code><img src=/c.jpg></form>"
REPORT = town.report("清溪镇财政所2023年政府信息公开工作年度报告")


def outcome(
    body: str | bytes | None = REPORT, *, kind: str = "report", status: int = 200, **headers: str
) -> Outcome:
    named = {name.replace("_", "-"): value for name, value in headers.items()} or {
        "content-type": "text/html"
    }
    raw = body.encode() if isinstance(body, str) else body
    return ending_of(Answer(HOME + "nb/t1.html", kind, status, named, raw), SCOPE).outcome


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Outcome.HELD),
        (204, Outcome.TRUNCATED),
        (206, Outcome.TRUNCATED),
        (202, Outcome.HELD),
        (412, Outcome.CHALLENGE),
        (521, Outcome.CHALLENGE),
        (403, Outcome.BLOCKED),
        (468, Outcome.BLOCKED),
        (493, Outcome.BLOCKED),
        (401, Outcome.LOGIN),
        (404, Outcome.NOT_FOUND),
        (410, Outcome.NOT_FOUND),
        (400, Outcome.CLIENT_ERROR),
        (429, Outcome.RATE_LIMITED),
        (500, Outcome.SERVER_ERROR),
        (503, Outcome.SERVER_ERROR),
        (999, Outcome.SERVER_ERROR),
    ],
)
def test_the_status_names_the_ending(status: int, expected: Outcome) -> None:
    assert outcome(status=status) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", Outcome.TRUNCATED),
        ("<title>404 Not Found</title><p>nginx</p>", Outcome.SOFT_404),
        ("<title>清溪镇</title><h1>您访问的页面不存在</h1>", Outcome.SOFT_404),
        ("<title>安全验证</title><form>请拖动滑块</form>", Outcome.CAPTCHA),
        ("<title>统一身份认证</title><input type='password'>", Outcome.LOGIN),
        ("<html><script>var a=1;document.cookie='C3VK=1';eval('x')</script></html>", Outcome.CHALLENGE),
        ("<script>location.href='/nb/t1_new.html'</script>", Outcome.REDIRECTED),
        ("<script>location.href='http://www.far.example/'</script>", Outcome.OFFSITE_REDIRECT),
        ("<meta http-equiv=refresh content='0;url=/nb/t1.html'>", Outcome.REDIRECT_LOOP),
        ("<script>var x=1</script><table><tr><td>1</table>", Outcome.HELD),
        ("<title>清府公〔2024〕404号</title><table><tr><td>1</table>", Outcome.HELD),
        ("<title>404</title>" + REPORT * 20, Outcome.HELD),
        (REPORT + "<script>location.href='/m/'</script>", Outcome.HELD),
        (f"{FORM}<script>$_ts=window['$_ts'];{'x' * 60_000}</script>", Outcome.CHALLENGE),
        (f"<title>统一身份认证</title>用户名 密码 验证码 {FORM}<input type=password>", Outcome.LOGIN),
        (f"<p>访问过于频繁，请输入验证码后继续访问</p>{FORM}", Outcome.CAPTCHA),
        ("<title>无法找到该页</title><p>您要查找的资源可能已被删除</p>", Outcome.SOFT_404),
        ("<title>清溪镇人民政府-404</title>", Outcome.SOFT_404),
        (
            "<title>提示信息</title><div>对不起，您访问的栏目已被删除</div><a href=/>返回首页</a>",
            Outcome.SOFT_404,
        ),
        ("<title>提示信息</title><h1>对不起，您访问的信息不存在！</h1>", Outcome.SOFT_404),
        ("<script>alert('该信息不存在或已被撤销');history.back();</script>", Outcome.SOFT_404),
    ],
)
def test_a_page_with_status_200_may_still_be_none(body: str, expected: Outcome) -> None:
    assert outcome(body) is expected


@pytest.mark.parametrize(
    "body", ["<html><body>短</body></html>", "<script>var x=1</script><a href='/zwgk/'>政务公开</a>"]
)
def test_a_page_on_the_way_may_say_little(body: str) -> None:
    assert outcome(body, kind="page") is Outcome.HELD


@pytest.mark.parametrize(
    "body",
    [
        "<title>政府信息公开年报</title><script>var n=1</script><a href='/nb/1.html'>2023年年报</a>",
        "<title>年报</title><script>var n=1</script><iframe src='/nb/list.html'></iframe>",
        "<html><head><script src='/static/js/app.8f1.js'></script></head><body><div id=app></div></body></html>",
        "<title>清府公〔2024〕404号 关于印发办法的通知</title><h1>清府公〔2024〕404号</h1><p>各村：</p>",
        "<title>清溪镇第404期简报</title><h1>第404期</h1>",
        "<title>政府信息不存在告知书（样本）</title><h1>政府信息不存在告知书</h1><p>你单位申请的信息不存在。</p>",
        "<title>关于群众反映办事找不到窗口问题的答复</title><h1>办事找不到窗口问题的答复</h1>",
        "<title>关于防范短信验证码诈骗的提醒</title><h1>防范短信验证码诈骗</h1>"
        + "<p>请广大群众提高警惕。</p>" * 40,
        "<title>清溪镇人民政府</title><a href='/login'>登录</a><a href='/'>首页</a><form><input name=q></form>",
        "<title>清溪镇人民政府</title><p>用户登录 验证码</p><form><input name=u><input type=text></form>"
        + "".join(f"<a href='/c{n}/'>栏目{n}</a>" for n in range(9)),
        REPORT.replace("<ul>", "<script>$_ts=window['$_ts'];</script><ul>"),
    ],
)
def test_pages_that_are_mistaken_for_none_easily(body: str) -> None:
    assert outcome(body, kind="list") is Outcome.HELD
    assert outcome(body, kind="page") is Outcome.HELD


def test_a_202_is_a_page_where_it_is_one_and_a_challenge_where_it_is_a_script() -> None:
    shell = "<html><script>$_ts=window['$_ts'];</script></html>"
    assert outcome(shell, status=202) is Outcome.CHALLENGE
    assert outcome("", status=202) is Outcome.CHALLENGE
    assert outcome(shell + "<a href='/'>首页</a>" + "字" * 300, status=202) is Outcome.CHALLENGE
    assert outcome(REPORT, status=412) is outcome(REPORT, status=521) is Outcome.CHALLENGE


def test_a_firewalls_page_is_no_robots_txt_and_any_other_page_forbids_nothing() -> None:
    shell = "<html><script>document.cookie='C3VK=1';eval('x')</script></html>"
    assert outcome(shell, kind="robots") is Outcome.CHALLENGE
    assert outcome("<h1>您访问的页面不存在</h1>", kind="robots") is Outcome.HELD
    assert outcome("", kind="robots") is Outcome.HELD


def test_kinds_of_answers() -> None:
    assert outcome(b"%PDF-1.4", content_type="application/pdf") is Outcome.HELD
    assert outcome(b"%PDF-1.4", content_type="application/pdf", kind="list") is Outcome.WRONG_TYPE
    assert outcome(b"\x00\x01", content_type="video/mp4") is Outcome.WRONG_TYPE
    assert outcome(REPORT, content_type="application/octet-stream", kind="list") is Outcome.HELD
    assert outcome(None) is Outcome.UNDECODABLE
    assert outcome(b"User-agent: *", kind="robots", content_type="text/plain") is Outcome.HELD


def test_redirects() -> None:
    def to(location: str, *hops: str, kind: str = "report") -> Outcome:
        answer = Answer(HOME + "nb/t1.html", kind, 302, {"location": location}, b"", hops)
        return ending_of(answer, SCOPE).outcome

    assert to("t2.html") is Outcome.REDIRECTED
    assert to("https://kjj.qingxi.gov.cn/t2.html") is Outcome.REDIRECTED
    assert to("http://www.far.example/") is Outcome.OFFSITE_REDIRECT
    assert to("http://127.0.0.1/") is Outcome.OFFSITE_REDIRECT
    assert to("t1.html") is Outcome.REDIRECT_LOOP
    assert to("t2.html", HOME + "nb/t2.html") is Outcome.REDIRECT_LOOP
    assert to("t9.html", *[f"{HOME}{number}" for number in range(5)]) is Outcome.REDIRECT_LOOP
    assert to("/") is to("/index.html") is Outcome.SOFT_404
    assert to("/", kind="page") is Outcome.REDIRECTED
    assert to("javascript:1") is Outcome.SERVER_ERROR


def failed_with(error: Exception) -> Exception:
    """As Twisted wraps what broke a response."""
    return ResponseFailed([Failure(error)])  # type: ignore[no-untyped-call]


def test_errors() -> None:
    tls, plain = DownloadFailedError("x"), DownloadFailedError("x")
    tls.__cause__ = failed_with(SSL.Error([("SSL routines", "", "unsupported protocol")]))
    plain.__cause__ = failed_with(ConnectionResetError())
    expected = {
        DownloadTimeoutError("x"): Outcome.TIMEOUT,
        CannotResolveHostError("x"): Outcome.HOST_UNKNOWN,
        DownloadConnectionRefusedError("x"): Outcome.CONNECTION_FAILED,
        ResponseDataLossError(): Outcome.TRUNCATED,
        DownloadCancelledError("x"): Outcome.TOO_LARGE,
        tls: Outcome.BROKEN_TLS,
        plain: Outcome.CONNECTION_FAILED,
    }
    assert {error: ending_of_error(error).outcome for error in expected} == expected


@given(
    st.integers(100, 599),
    st.binary(max_size=200),
    st.sampled_from(["robots", "page", "list", "report"]),
    st.text(max_size=30),
)
def test_every_answer_has_an_ending(status: int, body: bytes, kind: str, text: str) -> None:
    answer = Answer(HOME, kind, status, {"location": text, "content-type": text}, body)
    assert ending_of(answer, SCOPE).outcome in Outcome


def test_the_wait_that_a_server_asks_for() -> None:
    now = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)

    def wait(value: str) -> float | None:
        return retry_after(Response(HOME, headers={"Retry-After": value}), now)

    assert wait("120") == 120
    assert wait("Thu, 15 Jan 2026 08:01:30 GMT") == 90
    assert wait("Thu, 15 Jan 2026 07:00:00 GMT") == 0
    assert wait("") is wait("-5") is wait("soon") is None
