"""Every ending that a fetch can have, from real bytes on a real wire to the word in the ledger."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from pipeline.archive import Entry, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply
from tests.crawler.farm.server import Wire
from tests.crawler.hostile import wire

_SETTINGS = {"LONGEST_SILENCE": 1.0, "DOWNLOAD_TIMEOUT": 3}
_REPORT = town.report("清溪镇2023年政府信息公开工作年度报告").encode()
_SHELL = b"<html><script>document.cookie='C3VK=1';eval('x')</script></html>".ljust(974)
_CAPTCHA = "<meta charset=utf-8><p>访问过于频繁，请输入验证码</p><form><input name=c></form>".encode()
_LOGIN = "<meta charset=utf-8><title>统一身份认证</title><form>用户名<input type=password></form>".encode()
_GONE = "<meta charset=utf-8><title>提示信息</title><h1>您访问的页面不存在</h1>".encode()
_HTML = "Content-Type: text/html; charset=utf-8"


def said(text: bytes) -> Reply:
    """These bytes, and the end of the connection."""

    def write(to: Wire) -> None:
        to.write(text)

    return Reply(raw=write)


def head(status: str, *lines: str, body: bytes = b"", close: bool = True) -> Reply:
    ending = ("Connection: close",) if close else ()
    return said("\r\n".join((status, *lines, *ending, "", "")).encode() + body)


def endless(to: Wire) -> None:
    """Chunks of a page without end."""
    to.write(wire.head("200 OK", _HTML, "Transfer-Encoding: chunked"))
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    while True:
        to.write(piece)


def trickle(to: Wire) -> None:
    """Never silent for long, and never done."""
    to.write(wire.head("200 OK", _HTML, "Content-Length: 5000"))
    for _ in range(100):
        to.write(b"<p> ")
        to.flush()
        time.sleep(0.2)


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def sized(body: bytes, *lines: str) -> Reply:
    return head("HTTP/1.1 200 OK", _HTML, f"Content-Length: {len(body)}", *lines, body=body)


LOST: Mapping[str, tuple[Reply, Outcome]] = {
    "not_found": (Reply(status=404), Outcome.NOT_FOUND),
    "gone_for_good": (Reply(status=410), Outcome.NOT_FOUND),
    "soft_404": (Reply(_GONE), Outcome.SOFT_404),
    "login": (Reply(_LOGIN), Outcome.LOGIN),
    "unauthorised": (Reply(status=401), Outcome.LOGIN),
    "bad_request": (Reply(status=400), Outcome.CLIENT_ERROR),
    "broken_server": (Reply(status=500), Outcome.SERVER_ERROR),
    "unasked_304": (head("HTTP/1.1 304 Not Modified"), Outcome.SERVER_ERROR),
    "no_content": (head("HTTP/1.1 204 No Content"), Outcome.TRUNCATED),
    "a_part": (head("HTTP/1.1 206 Partial Content", _HTML, body=_REPORT), Outcome.TRUNCATED),
    "nothing": (Reply(b""), Outcome.TRUNCATED),
    "broken_off": (Reply(_REPORT, cut=99), Outcome.TRUNCATED),
    "chunks_broken_off": (Reply(raw=wire.chunks_without_end(_REPORT)), Outcome.TRUNCATED),
    "silent": (Reply(raw=lambda _: time.sleep(4)), Outcome.TIMEOUT),
    "trickle": (Reply(raw=trickle), Outcome.TIMEOUT),
    "dropped": (Reply(failures=(0,) * 9), Outcome.CONNECTION_FAILED),
    "dropped_in_head": (Reply(raw=wire.dropped_in_head), Outcome.CONNECTION_FAILED),
    "no_status_line": (said(b"hello, I am no web server\r\n\r\n" + _REPORT), Outcome.NOT_HTTP),
    "nameless_header": (head("HTTP/1.1 200 OK", ": no name", body=_REPORT), Outcome.NOT_HTTP),
    "another_protocol": (said(b"SSH-2.0-OpenSSH_9.2\r\n"), Outcome.NOT_HTTP),
    "endless": (Reply(raw=endless), Outcome.TOO_LARGE),
    "bomb": (Reply(raw=wire.bomb(80 << 20)), Outcome.TOO_LARGE),
    "damaged_gzip": (sized(b"\x1f\x8b\x08 no gzip", "Content-Encoding: gzip"), Outcome.UNDECODABLE),
    "film": (Reply(b"\x00\x00\x00\x18ftypmp42", content_type="video/mp4"), Outcome.WRONG_TYPE),
    "away": (Reply(status=302, headers={"Location": "http://127.0.0.99:9/"}), Outcome.OFFSITE_REDIRECT),
    "to_itself": (Reply(status=302, headers={"Location": "to_itself.html"}), Outcome.REDIRECT_LOOP),
    "forbidden": (Reply(_REPORT), Outcome.ROBOTS_REFUSED),
}
HELD: Mapping[str, Reply] = {
    "old_http": head("HTTP/1.0 200 OK", _HTML, body=_REPORT),
    "no_header": head("HTTP/1.1 200 OK", body=_REPORT),
    "bad_header": head("HTTP/1.1 200 OK", "what is this", _HTML, body=_REPORT),
    "no_phrase": head("HTTP/1.1 200", _HTML, body=_REPORT),
    "longer_than_said": head(
        "HTTP/1.1 200 OK", _HTML, f"Content-Length: {len(_REPORT)}", body=_REPORT + b"more"
    ),
    "deflated": sized(raw_deflate(_REPORT), "Content-Encoding: deflate"),
    "zlib": sized(zlib.compress(_REPORT), "Content-Encoding: deflate"),
    "unknown_encoding": sized(_REPORT, "Content-Encoding: utf-8"),
    "named_202": head("HTTP/1.1 202 Accepted", _HTML, f"Content-Length: {len(_REPORT)}", body=_REPORT),
}
WALLS: Mapping[str, tuple[Reply, Outcome]] = {
    "412": (Reply(_SHELL, status=412), Outcome.CHALLENGE),
    "521": (Reply(_SHELL, status=521), Outcome.CHALLENGE),
    "202": (Reply(_SHELL, status=202), Outcome.CHALLENGE),
    "shell": (Reply(_SHELL), Outcome.CHALLENGE),
    "captcha": (Reply(_CAPTCHA), Outcome.CAPTCHA),
    "403": (Reply(status=403), Outcome.BLOCKED),
    "429": (Reply(status=429), Outcome.RATE_LIMITED),
}


def address(name: str) -> str:
    return f"/zfxxgknb/{name}.html"


def site(home: str) -> dict[str, Reply]:
    """A portal of one list, whose reports all have something about them, but for one in between: a host that fails
    three times in a row is left.
    """
    made: dict[str, Reply] = {}
    for name, reply in ({name: reply for name, (reply, _) in LOST.items()} | dict(HELD)).items():
        made[address(f"before_{name}")] = Reply(_REPORT)
        made[address(name)] = reply
    titles = [(path, f"清溪镇第{n}站2023年政府信息公开工作年度报告") for n, path in enumerate(made)]
    made["/"] = town.html(town.page("首页", [("/zfxxgknb/", "政府信息公开年报")]))
    made["/zfxxgknb/"] = town.html(town.page("政府信息公开年报", titles))
    made["/robots.txt"] = Reply(f"User-agent: *\nDisallow: {address('forbidden')}\n".encode())
    return made


def walled(reply: Reply) -> Callable[[str], dict[str, Reply]]:
    return lambda _: {"/": reply, "/robots.txt": Reply(status=404)}


@dataclass(frozen=True, slots=True)
class Crawled:
    farms: Mapping[str, Farm]
    entries: list[Entry]


@contextmanager
def served() -> Iterator[dict[str, Farm]]:
    with ExitStack() as stack:
        farms = {"all": stack.enter_context(Farm(site, "127.0.3.1"))}
        for number, (name, (reply, _)) in enumerate(WALLS.items(), start=2):
            farms[name] = stack.enter_context(Farm(walled(reply), f"127.0.3.{number}"))
        yield farms


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("endings")
    with served() as farms:
        homes = {name: farm.home for name, farm in farms.items()} | {"refused": "http://127.0.3.99:9/"}
        done = crawl(portals_file(folder, homes), folder, settings=_SETTINGS)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return Crawled(farms, ledger(folder))


@pytest.mark.parametrize("name", LOST)
def test_an_answer_that_is_no_report_has_its_name(crawled: Crawled, name: str) -> None:
    url = crawled.farms["all"].home + address(name)[1:]
    entry = next(entry for entry in crawled.entries if entry.url == url)
    assert entry.outcome is LOST[name][1], entry.note
    asked = crawled.farms["all"].paths().count(address(name))
    assert asked == entry.attempts
    retried = entry.outcome in (
        Outcome.TIMEOUT,
        Outcome.TRUNCATED,
        Outcome.CONNECTION_FAILED,
        Outcome.NOT_HTTP,
        Outcome.SERVER_ERROR,
    )
    assert asked == (0 if name == "forbidden" else 3 if retried and entry.status in (None, 500) else 1)


@pytest.mark.parametrize("name", ["silent", "trickle"])
def test_a_trickle_is_waited_for_no_longer_than_silence(crawled: Crawled, name: str) -> None:
    url = crawled.farms["all"].home + address(name)[1:]
    note = next(entry for entry in crawled.entries if entry.url == url).note
    assert note is not None
    assert note.endswith("next to nothing was heard for 1 seconds")


@pytest.mark.parametrize("name", HELD)
def test_an_odd_answer_that_is_whole_is_held(crawled: Crawled, name: str) -> None:
    url = crawled.farms["all"].home + address(name)[1:]
    entry = next(entry for entry in crawled.entries if entry.url == url)
    assert (entry.outcome, entry.size) == (Outcome.HELD, len(_REPORT)), entry.note


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_has_its_name_and_the_host_is_left(crawled: Crawled, name: str) -> None:
    entry = next(entry for entry in crawled.entries if entry.portal == name and entry.kind == "page")
    assert entry.outcome is WALLS[name][1]
    assert entry.left_until is not None
    asked = crawled.farms[name].paths()
    assert asked == ["/robots.txt", *["/"] * entry.attempts]
    assert entry.attempts == (3 if name == "429" else 1)


def test_a_host_that_takes_no_connection(crawled: Crawled) -> None:
    assert {entry.outcome for entry in crawled.entries if entry.portal == "refused"} == {
        Outcome.CONNECTION_FAILED
    }


def test_all_endings_of_the_vocabulary_are_met_somewhere(crawled: Crawled) -> None:
    """Those that are not met here name the test in which they are."""
    elsewhere = {
        Outcome.IMPORTED: "tests/face: importing files",
        Outcome.UNCHANGED: "tests/crawler: crawls that are repeated",
        Outcome.BROKEN_TLS: "test_tls",
        Outcome.HOST_UNKNOWN: "test_outcomes: names are not looked up without the network",
        Outcome.OVER_BUDGET: "test_budget",
        Outcome.REDIRECTED: "test_crawl",
        Outcome.EMPTY_LIST: "test_listing",
        Outcome.SHORT_LIST: "test_listing",
    }
    met = {entry.outcome for entry in crawled.entries}
    assert met | set(elsewhere) >= set(Outcome)


def test_nothing_but_a_whole_answer_is_given_out_as_held(crawled: Crawled) -> None:
    held = [entry for entry in crawled.entries if entry.outcome == Outcome.HELD and entry.kind == "report"]
    assert len(held) == len(HELD) + len(LOST) + len(HELD)
    assert all(entry.sha256 is not None for entry in held)
