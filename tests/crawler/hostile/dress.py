"""How pages are written: charsets and what is said of them, dates, addresses, tags of every age."""

from __future__ import annotations

from tests.crawler.farm.server import Reply
from tests.crawler.hostile.lists import drawn
from tests.crawler.hostile.portal import ORGANS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, dl, rows

_C = "/xxgk/zfxxgknb/"


def _all(p: Portal, organs: int = 5) -> list[Item]:
    items = p.reports(lambda year, n, _: f"{_C}{year}/{n + 300}.html", ORGANS[:organs])
    p.home(("/xxgk/", "政府信息公开"))
    p.put("/xxgk/", f'<a href="{_C}">政府信息公开年报</a><a href="/xxgk/zd/">政府信息公开制度</a>')
    p.put("/xxgk/zd/", "<h2>制度</h2>")
    p.put(_C, drawn(items, rows), "政府信息公开年报")
    return items


def gbk_called_utf8(p: Portal) -> None:
    """GBK pages whose header says utf-8 and whose meta says gb2312."""
    p.skin, p.charset, p.declared, p.labelled = TABLES, "gb18030", "gb2312", "utf-8"
    _all(p)


def gbk_called_nothing(p: Portal) -> None:
    """GBK pages without a word about it, in header or page; the home page says iso-8859-1."""
    p.charset, p.declared, p.labelled = "gb18030", "", None
    _all(p)
    p.site["/"] = Reply(p.site["/"].body, content_type="text/html; charset=iso-8859-1")


def utf8_called_gbk(p: Portal) -> None:
    """UTF-8 pages of which header and meta say gb2312."""
    p.skin, p.declared, p.labelled = WORD, "gb2312", "GB2312"
    _all(p)


def utf16_and_bom(p: Portal) -> None:
    """UTF-8 with a byte order mark under a lying header; the column is UTF-16."""
    p.charset, p.declared, p.labelled = "utf-8-sig", "gbk", "gbk"
    _all(p)
    text = p.site[_C].body.decode("utf-8-sig")
    p.site[_C] = Reply(text.encode("utf-16"), content_type="text/html")


def odd_dates(p: Portal) -> None:
    """PubDate with seconds, slashes, full-width signs, date only, empty, years out of range, twice and not at all."""
    dates = (
        "2024-01-18 10:21:07",
        "2024/01/18",
        "２０２４－０１－１８　１０：２１",
        "2024-01-18",
        "",
        "0000-00-00 00:00",
        "1970-01-01 08:00",
        "2024年1月18日",
        "20240118",
        "2024-1-8 9:5",
        "Thu Jan 18 10:21:07 CST 2024",
    )
    items = []
    for index, year in enumerate(range(2023, 2018, -1)):
        for number, organ in enumerate(ORGANS[:6]):
            given = dates[(index * 6 + number) % len(dates)].replace("2024", str(year + 1))
            mark = f'<meta name="PubDate" content="{given}"><META NAME=pubdate CONTENT="{given}">'
            items.append(
                p.report(f"{_C}{year}/{number}.html", organ, year, metas=mark if number != 4 else "")
            )
    p.home(("/xxgk/", "政府信息公开"))
    p.put("/xxgk/", f'<a href="{_C}">政府信息公开年报</a>')
    p.put(_C, drawn(items, dl), "政府信息公开年报")


def addresses(p: Portal) -> None:
    """Links that begin with ./ ../ // or ?, with blanks, tabs and line breaks in them, with &amp; and %-signs."""
    items = p.reports(lambda year, n, _: f"{_C}{year}/{n + 300}.html", ORGANS[:5])
    special = (
        (f"{_C}show.asp?id=7&lm=2", f"{_C}show.asp?id=7&amp;lm=2"),
        (f"{_C}show.asp?id=8&lm=2", "./show.asp?id=8&lm=2"),
        (f"{_C}%E5%B9%B4%E6%8A%A5/1.html", "年报/1.html"),
        (f"{_C}a%20b.html", "a b.html"),
        (f"{_C}x/y.html", "x\\y.html"),
    )
    extra = [(p.report(path, ORGANS[6], 2015 + n), href) for n, (path, href) in enumerate(special)]
    host = p.here.removeprefix("http:")
    ways = (
        "{path}",
        "./{rest}",
        "../zfxxgknb/{rest}",
        host + "{path}",
        "\n\t {path} \n",
        p.here + "{path}#top",
    )
    listed = [
        (ways[n % len(ways)].format(path=i.path, rest=i.path.removeprefix(_C)), i.title, i.posted)
        for n, i in enumerate(items)
    ]
    listed += [(href, item.title, item.posted) for item, href in extra]
    p.home((f"{host}/xxgk/", "政府信息公开"))
    p.put("/xxgk/", '<a href="./zfxxgknb/">政府信息公开年报</a>')
    p.put(_C, dl(listed), "政府信息公开年报")


def base_href(p: Portal) -> None:
    """Every page has a base that its links are to be joined with, and links that are wrong without it."""
    items = p.reports(lambda year, n, _: f"/cms/xxgk/nb/{year}{n}.html", ORGANS[:6])
    p.home(("cms/xxgk/", "政府信息公开"), head=f'<base href="{p.here}/">')
    p.put("/cms/xxgk/", '<a href="xxgk/nb/">政府信息公开年报</a>', metas='<base href="/cms/">')
    listed = [(i.path.removeprefix("/cms/"), i.title, i.posted) for i in items]
    pages = (listed[:16], listed[16:])
    for number, part in enumerate(pages):
        more = '<a href="xxgk/nb/index_2.html">下一页</a>' if number == 0 else ""
        name = "" if number == 0 else "index_2.html"
        p.put(f"/cms/xxgk/nb/{name}", rows(part) + more, "政府信息公开年报", metas='<BASE HREF="../../">')


def shouting(p: Portal) -> None:
    """Upper-case tags, unquoted attributes, tags never closed, spaces about the equals sign, text in nested fonts."""
    p.skin = TABLES
    items = p.reports(lambda year, n, _: f"{_C}{year}/{n}.HTM", ORGANS[:5])
    p.home(("/xxgk/", "政府<FONT COLOR=red>信息公开</FONT>"))
    p.put("/xxgk/", f"<P><A CLASS=x HREF = {_C} ><B>政府信息</B>公开<BR>年 报</A><P>")
    lines = "".join(
        f"<LI>·<A TARGET=_blank HREF={i.path}><FONT SIZE=2>{i.title[:9]}<B>{i.title[9:]}</B></FONT></A>"
        for i in items
    )
    p.put(_C, f"<UL>{lines}", "政府信息公开年报")


def careless(p: Portal) -> None:
    """Links that a careless script has joined: a dot behind the host, doubled slashes, ./ in the midst."""
    items = p.reports(lambda year, n, _: f"{_C}{year}/{n}.html", ORGANS[:5])
    p.canonical = lambda path: path.replace("//", "/").replace("/./", "/")
    p.home(("/xxgk/./", "政府信息公开"))
    p.put("/xxgk/", f'<a href="/xxgk//zfxxgknb/./">政府信息公开年报</a><a href="{_C}">年报</a>')
    name, _, port = p.here.rpartition(":")
    ways = ("{path}", "{here}/.{path}", "{here}/{path}", "{name}.:{port}{path}")
    listed = [
        (ways[n % 3].format(path=i.path, here=p.here), i.title, i.posted) for n, i in enumerate(items)
    ] + [(ways[3].format(path=i.path, name=name, port=port), i.title, i.posted) for i in items[:4]]
    for column in (_C, "/xxgk//zfxxgknb/"):
        p.put(column, rows(listed), "政府信息公开年报")
    p.answers.append(lambda query: p.site.get(p.canonical(query.path)))


WRITERS = (
    gbk_called_utf8,
    gbk_called_nothing,
    utf8_called_gbk,
    utf16_and_bom,
    odd_dates,
    addresses,
    base_href,
    shouting,
    careless,
)
