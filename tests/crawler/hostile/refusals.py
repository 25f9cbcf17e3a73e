"""Portals that do not want to be asked, or not so: firewalls, captchas, logins, limits, robots.txt."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.archive import Outcome
from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.certificates import self_signed
from tests.crawler.hostile.lists import drawn
from tests.crawler.hostile.portal import ORGANS, Item, Portal, Writer
from tests.crawler.hostile.skins import TABLES, WORD, rows, shell

_COLUMN = "/xxgk/gknb/"
_OBFUSCATED = (
    "$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.scj=[];$_ts.dfe1675='þþþ';(function(){var _$a=0;})();"
)
_JSL = (
    "document.cookie=('_')+('_')+('jsl_clearance=17')+'.123|-1|abc;path=/';location.href=location.pathname;"
)


def _script(code: str, size: int) -> bytes:
    """A page of this many bytes that is a script and nothing else."""
    head, foot = "<!DOCTYPE html><html><head><script>", "</script></head><body></body></html>"
    made = f"{head}{code}/*{foot}".encode()
    return f"{head}{code}/*{'k' * (size - len(made) - 2)}*/{foot}".encode()


def _door(p: Portal, items: list[Item]) -> None:
    p.home(("/xxgk/", "信息公开"), ("/ysqgk/", "依申请公开"))
    p.put(
        "/xxgk/",
        f'<ul><li><a href="{_COLUMN}">信息公开年报</a></li><li><a href="/xxgk/zn/">指南</a></li></ul>',
    )
    p.put("/xxgk/zn/", "<h2>政府信息公开指南</h2><p>暂无</p>")
    p.put(_COLUMN, drawn(items, rows), "信息公开年报")


def _plain(p: Portal, organs: int = 5) -> list[Item]:
    return p.reports(lambda year, n, _: f"{_COLUMN}{year}/{9000 + n + year}.html", ORGANS[:organs])


def _wall(name: str, reply: Reply, *words: Outcome) -> Writer:
    """A portal all of whose pages give this answer: nothing is held, and after the first page nothing asked."""

    def write(p: Portal) -> None:
        p.answers.append(lambda query: None if query.path == "/robots.txt" else reply)
        p.expect("/", *words)
        p.most = 4

    write.__name__, write.__doc__ = name, f"Every page answers {reply.status}: {words[0].value}."
    return write


def _wall_later(p: Portal, reply: Reply, at: Callable[[list[Item]], Item | str]) -> list[Item]:
    """Reports of which one address answers with a wall, and so does every page asked for after it."""
    items = _plain(p)
    _door(p, items)
    where = at(items)
    struck = where if isinstance(where, str) else where.path
    pages, hit = dict(p.site), False
    p.site.clear()

    def answer(query: Query) -> Reply | None:
        nonlocal hit
        hit = hit or query.path == struck
        return reply if hit else pages.get(query.path)

    p.answers.append(answer)
    p.expect(struck, Outcome.CHALLENGE)
    p.optional.update(path for one in p.held for path in one.paths)
    p.held.clear()
    p.leaves_after = struck
    return items


def column_521(p: Portal) -> None:
    """The home page opens; the column answers 521 with a script that sets a cookie."""
    reply = Reply(_script(_JSL, 900), status=521, headers={"Set-Cookie": "__jsluid_s=ab12; path=/; HttpOnly"})
    _wall_later(p, reply, lambda _: _COLUMN)
    p.optional.clear()


def report_202(p: Portal) -> None:
    """In the midst of the reports a firewall begins to answer 202 with a script."""
    p.skin = WORD
    reply = Reply(
        _script(_OBFUSCATED, 2100), status=202, headers={"Set-Cookie": "FSSBBIl1UgzbN7N80S=5p; path=/"}
    )
    _wall_later(p, reply, lambda items: items[14])


def report_shell(p: Portal) -> None:
    """In the midst of the reports a firewall begins to answer 200 with a script of 1,334 bytes."""
    reply = Reply(_script(_OBFUSCATED, 1334), status=200, headers={"Set-Cookie": "4hP44ZykCTt5S=60; path=/"})
    _wall_later(p, reply, lambda items: items[9])


def captcha(p: Portal) -> None:
    """After some reports the portal wants a picture's letters typed in, with status 200."""
    page = shell(
        '<div class="box"><p>您的访问过于频繁，请输入验证码后继续访问</p><form action="/yzm" method="post">'
        '<img src="/yzm.jpg" alt="验证码"><input name="code"><input type="submit" value="提交"></form></div>',
        "utf-8",
    )
    items = _wall_later(p, Reply(page.encode()), lambda items: items[11])
    p.expect(items[11].path, Outcome.CAPTCHA)
    p.forbidden.append("/yzm")


def blocks_midway(p: Portal) -> None:
    """In the midst of the reports the portal begins to refuse everything with 403."""
    items = _wall_later(p, _refused(403), lambda items: items[7])
    p.expect(items[7].path, Outcome.BLOCKED)


def one_refused(p: Portal) -> None:
    """One report answers 405, one 403, and a page beside the column 403 as well; all others are served."""
    items = _plain(p)
    odd = [p.announce(f"{_COLUMN}{n}.html", organ, 2018) for n, organ in enumerate(("档案局", "气象局"))]
    for item, status in zip(odd, (405, 403), strict=True):
        p.site[item.path] = _refused(status)
        p.expect(item.path, Outcome.BLOCKED)
    _door(p, [*items[:6], odd[0], *items[6:15], odd[1], *items[15:]])
    p.site["/xxgk/zn/"] = _refused(403)


def _by_scheme(p: Portal, *, secure: bool) -> None:
    """Refuse one scheme with 403; the portal is listed by it, and some of its links name it."""
    items = _plain(p)
    here, other = p.here, p.here.replace("http:", "https:")
    refused = other if secure else here
    links = [((refused if n % 6 == 0 else "") + i.path, i.title, i.posted) for n, i in enumerate(items)]
    _door(p, items)
    p.put(_COLUMN, "<h2>年报</h2>" + rows(links), "信息公开年报")
    pages = dict(p.site)
    p.site.clear()
    p.answers.append(lambda query: _refused(403) if query.secure == secure else pages.get(query.path))
    p.tls, p.given = self_signed(), refused + "/"
    p.expect("*", Outcome.BLOCKED, Outcome.REDIRECTED)
    p.expect("/", Outcome.HELD)


def refuses_https(p: Portal) -> None:
    """Over https all is refused with 403, over http all is served; the list says https, and so do some links."""
    _by_scheme(p, secure=True)


def refuses_http(p: Portal) -> None:
    """Over http all is refused with 403, over https all is served; the list says http, and so do some links."""
    p.skin = TABLES
    _by_scheme(p, secure=False)


def login(p: Portal) -> None:
    """Two reports want a login: one by a redirect to the login page, one by the form on its own page."""
    p.skin = TABLES
    items = _plain(p)
    form = shell(
        '<form action="/dl/check" method=post>用户名：<input name=user> 密码：<input type=password name=pw>'
        "<button>登录</button></form>",
        "utf-8",
    ).encode()
    away = p.announce(f"{_COLUMN}nw1.html", "档案局", 2018)
    here = p.announce(f"{_COLUMN}nw2.html", "气象局", 2018)
    p.site[away.path] = Reply(status=302, headers={"Location": "/dl/index.html?back=nw1"})
    p.site["/dl/index.html?back=nw1"] = Reply(form)
    p.site[here.path] = Reply(form)
    p.expect(away.path, Outcome.LOGIN, Outcome.REDIRECTED)
    p.expect(here.path, Outcome.LOGIN)
    p.forbidden.append("/dl/check")
    _door(p, [*items, away, here])


def rate_limited(p: Portal) -> None:
    """Now and then 429 with Retry-After; one address always."""
    items = _plain(p)
    always = p.announce(f"{_COLUMN}many.html", "档案局", 2018)
    p.site[always.path] = Reply(b"slow down", status=429, failures=(429,) * 60, retry_after="1")
    for item in items[4::9]:
        p.site[item.path] = Reply(p.site[item.path].body, failures=(429,), retry_after="1")
    p.expect(always.path, Outcome.RATE_LIMITED)
    _door(p, [*items, always])


def robots_delay(p: Portal) -> None:
    """robots.txt asks for a pause of 0.3 seconds between requests, under the star and with a comment behind it."""
    items = _plain(p, 4)
    _door(p, items)
    lines = (
        "# 机器人协议",
        "User-Agent: *",
        "Crawl-delay: 0.3 # 秒",
        "Disallow: /search",
        "Disallow: /admin/",
    )
    p.site["/robots.txt"] = Reply("\r\n".join(lines).encode(), content_type="text/plain")
    p.pause = 0.3


def robots_part(p: Portal) -> None:
    """robots.txt forbids one year's folder, a pattern and, with an exception, a tree; its lines end in CR."""
    items = _plain(p)
    secret = [p.announce(f"{_COLUMN}2018/{n}.html", organ, 2018) for n, organ in enumerate(ORGANS[:3])]
    pattern = p.announce(f"{_COLUMN}old/77.html?nocache=1", "档案局", 2016)
    allowed = p.report(f"{_COLUMN}2017/gk/1.html", "气象局", 2017)
    refused = p.announce(f"{_COLUMN}2017/2.html", "气象局", 2017)
    for item in (*secret, pattern, refused):
        p.expect(item.path, Outcome.ROBOTS_REFUSED)
        p.forbidden.append(item.path)
    lines = (
        "\ufeffUser-agent: Baiduspider",
        "Disallow: /",
        "",
        "User-agent: *",
        f"Disallow: {_COLUMN}2018/",
        f"Disallow: {_COLUMN}2017/",
        f"Allow: {_COLUMN}2017/gk/",
        "Disallow: /*?nocache=",
    )
    p.site["/robots.txt"] = Reply("\r".join(lines).encode(), content_type="text/plain")
    _door(p, [*items, *secret, pattern, allowed, refused])


def robots_all(p: Portal) -> None:
    """robots.txt forbids everything."""
    _door(p, _plain(p))
    p.site["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    p.held.clear()
    p.forbidden.append("/")
    p.expect("/", Outcome.ROBOTS_REFUSED)
    p.most = 2


def robots_page(p: Portal) -> None:
    """Where robots.txt should be, the portal serves its page for what does not exist, with status 200."""
    _door(p, _plain(p))
    p.bare("/robots.txt", "<p>您访问的页面不存在</p><p>User-agent: * Disallow: /</p><a href='/'>首页</a>")


def _refused(status: int) -> Reply:
    return Reply(
        b"<html><body><h1>Forbidden</h1><p>Your request was blocked.</p></body></html>", status=status
    )


WRITERS: tuple[Writer, ...] = (
    _wall("home_412", Reply(_script(_OBFUSCATED, 1800), status=412), Outcome.CHALLENGE),
    _wall("home_468", Reply(_script(_OBFUSCATED, 700), status=468), Outcome.CHALLENGE, Outcome.BLOCKED),
    _wall("home_493", Reply(b"", status=493), Outcome.CHALLENGE, Outcome.BLOCKED),
    _wall("home_512", Reply(_script(_JSL, 600), status=512), Outcome.CHALLENGE),
    _wall("home_shell_974", Reply(_script(_OBFUSCATED, 974)), Outcome.CHALLENGE),
    _wall(
        "home_shell_312",
        Reply(_script("var x=new Image();eval(atob('dmFyIGE9MQ=='));", 312)),
        Outcome.CHALLENGE,
    ),
    _wall("home_403", _refused(403), Outcome.BLOCKED),
    column_521,
    report_202,
    report_shell,
    captcha,
    blocks_midway,
    one_refused,
    refuses_https,
    refuses_http,
    login,
    rate_limited,
    robots_delay,
    robots_part,
    robots_all,
    robots_page,
)
