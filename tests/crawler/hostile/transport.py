"""Faults of the transport: slowness, drops, bodies that break off, bombs, giants, the wrong scheme."""

from __future__ import annotations

from pipeline.archive import Outcome
from tests.crawler.farm.server import Reply
from tests.crawler.hostile import wire
from tests.crawler.hostile.certificates import legacy, self_signed
from tests.crawler.hostile.lists import drawn, paged
from tests.crawler.hostile.portal import ORGANS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, dl, rows, ul

_COLUMN = "/zfxxgk/zfxxgknb/"


def _door(p: Portal, items: list[Item]) -> None:
    """A home page, the way to the column, and the column with all items on it."""
    p.home(("/zfxxgk/", "政府信息公开"))
    p.put("/zfxxgk/", f'<a href="{_COLUMN}">政府信息公开年报</a>', "政府信息公开")
    p.put(_COLUMN, "<h2>政府信息公开年报</h2>" + drawn(items, rows), "政府信息公开年报")


def _plain(p: Portal, organs: int = 5) -> list[Item]:
    return p.reports(
        lambda year, n, _: f"{_COLUMN}{year + 1}01/t{year + 1}0118_{year}{n}.html", ORGANS[:organs]
    )


def _faulty(p: Portal, name: str, reply: Reply, *words: Outcome, year: int = 2018) -> Item:
    """An announced report whose address answers `reply`, and never a report."""
    item = p.announce(f"{_COLUMN}{name}.html", "档案局" if year == 2018 else "气象局", year)
    p.site[item.path] = reply
    p.expect(item.path, *words)
    return item


def slow(p: Portal) -> None:
    """Two addresses are never done: one drips, one is silent."""
    items = _plain(p)
    items.insert(3, _faulty(p, "drip", Reply(raw=wire.drip), Outcome.TIMEOUT))
    items.append(_faulty(p, "silent", Reply(raw=wire.silence), Outcome.TIMEOUT, year=2017))
    p.lingers = True
    _door(p, items)


def dropped(p: Portal) -> None:
    """Connections are dropped: for some pages once, for two addresses always; the list too is dropped once."""
    p.skin = TABLES
    items = _plain(p)
    for item in items[::7]:
        p.site[item.path] = Reply(p.site[item.path].body, failures=(0,))
    items.append(_faulty(p, "gone1", Reply(failures=(0,) * 50), Outcome.CONNECTION_FAILED))
    items.append(
        _faulty(
            p,
            "gone2",
            Reply(raw=wire.dropped_in_head),
            Outcome.CONNECTION_FAILED,
            Outcome.TRUNCATED,
            year=2017,
        )
    )
    _door(p, items)
    p.site[_COLUMN] = Reply(p.site[_COLUMN].body, failures=(0,))


def truncated(p: Portal) -> None:
    """Bodies break off: of some pages once, of three addresses always; the list too once."""
    items = _plain(p)
    whole = p.site[items[1].path].body
    for item in items[::6]:
        p.site[item.path] = Reply(raw=wire.BrokenOff(p.site[item.path].body, 1))
    items.append(_faulty(p, "cut1", Reply(raw=wire.BrokenOff(whole, 99)), Outcome.TRUNCATED))
    items.append(_faulty(p, "cut2", Reply(raw=wire.chunks_without_end(whole)), Outcome.TRUNCATED, year=2017))
    words = (Outcome.TRUNCATED, Outcome.UNDECODABLE)
    items.append(_faulty(p, "cut3", Reply(raw=wire.gzip_broken_off(whole)), *words, year=2016))
    _door(p, items)
    p.site[_COLUMN] = Reply(raw=wire.BrokenOff(p.site[_COLUMN].body, 1))


def bombs(p: Portal) -> None:
    """An answer that unpacks to 400 MB, one that says gzip and is not, and two files larger than any report."""
    p.skin, p.lingers = WORD, True
    items = _plain(p)
    words = (Outcome.UNDECODABLE, Outcome.WRONG_TYPE)
    items.insert(0, _faulty(p, "bomb", Reply(raw=wire.bomb(400 << 20)), Outcome.TOO_LARGE))
    items.append(_faulty(p, "nogzip", Reply(raw=wire.no_gzip), *words, year=2017))
    big = wire.flood(45 << 20, "application/pdf", announced=True)
    stream = wire.flood(45 << 20, "application/pdf", announced=False)
    items.append(_faulty(p, "big", Reply(raw=big), Outcome.TOO_LARGE, year=2016))
    items.append(_faulty(p, "stream", Reply(raw=stream), Outcome.TOO_LARGE, year=2015))
    _door(p, items)


def big_home(p: Portal) -> None:
    """The home page has 13 MB, nearly all of it pictures written into it; its menu stands before them."""
    items = _plain(p)
    _door(p, items)
    picture = '<p><img src="data:image/png;base64,' + "iVBORw0KGgoAAAANSUhEUgAA" * 45_000 + '"></p>'
    p.home(("/zfxxgk/", "政府信息公开"), more=picture * 12)
    p.expect("/", Outcome.HELD, Outcome.TOO_LARGE)


def odd_answers(p: Portal) -> None:
    """Addresses in the list that are no pages: 404, 410, soft 404 in three wordings, films, programs, failures."""
    p.skin = TABLES
    items = _plain(p, 4)
    lost = (
        "<h2>对不起，您访问的页面不存在或已删除！</h2><a href='/'>返回首页</a>",
        "<title>404</title><div class=err>抱歉，没有找到您要访问的页面</div><p>可能已被移动</p><a href='/'>首页</a>",
        "<script>alert('该信息不存在或已被撤销');history.back();</script>",
    )
    for number, text in enumerate(lost):
        page = f"<html><head><meta charset=utf-8></head><body>{text}</body></html>".encode()
        items.append(_faulty(p, f"soft{number}", Reply(page), Outcome.SOFT_404, year=2015 + number))
    other = {
        "nf": (Reply(b"<h1>Not Found</h1>", status=404), Outcome.NOT_FOUND),
        "gone": (Reply(b"", status=410), Outcome.NOT_FOUND),
        "film": (Reply(b"\x00\x00\x00\x18ftypmp42" * 400, content_type="video/mp4"), Outcome.WRONG_TYPE),
        "prog": (Reply(b"MZ\x90\x00" * 900, content_type="application/x-msdownload"), Outcome.WRONG_TYPE),
        "broken": (Reply(b"<h1>500</h1>", status=500), Outcome.SERVER_ERROR),
        "bad": (Reply(b"<h1>400</h1>", status=400), Outcome.CLIENT_ERROR),
    }
    for number, (name, (reply, word)) in enumerate(other.items()):
        items.append(_faulty(p, name, reply, word, year=2008 + number))
    for item, statuses in ((items[0], (502,)), (items[5], (503, 503)), (items[7], (500,))):
        p.site[item.path] = Reply(p.site[item.path].body, failures=statuses)
    _door(p, items)


def https_listed(p: Portal) -> None:
    """The list of portals says https, and only http is served."""
    _door(p, _plain(p))
    p.given = p.here.replace("http:", "https:") + "/"


def http_listed(p: Portal) -> None:
    """The list of portals says http, and only https is served, with a certificate of its own making."""
    p.skin = WORD
    _door(p, _plain(p))
    p.tls, p.plain = self_signed(), False


def mixed_schemes(p: Portal) -> None:
    """Both schemes are served, and the links use now the one, now the other, for the same page."""
    items = _plain(p, 6)
    secure = p.here.replace("http:", "https:")
    p.home((f"{secure}/zfxxgk/", "政府信息公开"), ("/zfxxgk/", "信息公开"))
    p.put("/zfxxgk/", f'<a href="{_COLUMN}">政府信息公开年报</a> <a href="{secure}{_COLUMN}">公开年报</a>')
    ways = [
        [(base + a, t, d) for a, t, d in ((i.path, i.title, i.posted) for i in items)]
        for base in (p.here, secure)
    ]
    halves = ways[0][::2] + ways[1][1::2]
    p.put(_COLUMN, "<h2>年报</h2>" + ul(halves) + "<h3>最新</h3>" + dl(ways[1][:6]), "政府信息公开年报")
    p.tls = self_signed()


def secure_links(p: Portal) -> None:
    """Only http is served, and some links say https."""
    items = _plain(p)
    _door(p, items)
    secure = p.here.replace("http:", "https:")
    links = [((secure if n % 5 == 0 else "") + i.path, i.title, i.posted) for n, i in enumerate(items)]
    p.put(_COLUMN, "<h2>年报</h2>" + rows(links), "政府信息公开年报")


def legacy_tls(p: Portal) -> None:
    """Only https, with a key and ciphers of ten years ago."""
    _door(p, _plain(p))
    p.tls, p.plain = legacy(), False
    p.given = p.here.replace("http:", "https:") + "/"


def broken_tls(p: Portal) -> None:
    """The list says https, no secure connection can be made, and plain ones are dropped."""
    p.given = p.here.replace("http:", "https:") + "/"
    p.plain = False
    p.expect("/", Outcome.BROKEN_TLS, Outcome.CONNECTION_FAILED)
    p.most = 8


def gzip_unasked(p: Portal) -> None:
    """Every answer is gzip, whatever was asked for; the list has three pages."""
    items = _plain(p, 6)
    p.home(("/zfxxgk/", "政府信息公开"))
    p.put("/zfxxgk/", f'<a href="{_COLUMN}index.html">政府信息公开年报</a>')
    names = ["index.html", "index_1.html", "index_2.html"]
    paged(
        p,
        items,
        12,
        lambda n: _COLUMN + names[n - 1],
        lambda n, last: f'<a href="{names[n]}">下一页</a>' if n < last else f"第{n}页 共{last}页",
    )
    for path, reply in p.site.items():
        p.site[path] = Reply(reply.body, zipped=True)


WRITERS = (
    slow,
    dropped,
    truncated,
    bombs,
    big_home,
    odd_answers,
    https_listed,
    http_listed,
    mixed_schemes,
    secure_links,
    legacy_tls,
    broken_tls,
    gzip_unasked,
)
