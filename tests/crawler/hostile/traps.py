"""Pages that lead astray: pagers and calendars without end, sessions in links, one article under many addresses."""

from __future__ import annotations

import itertools
import re
from datetime import date

from pipeline.archive import Outcome
from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn, pages
from tests.crawler.hostile.portal import ORGANS, YEARS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, dl, rows, ul

_C = "/zwgk/xxgknb/"


def _way(p: Portal, column: str = _C) -> None:
    p.home(("/zwgk/", "政务公开"))
    p.put(
        "/zwgk/",
        f'<ul><li><a href="{column}">政府信息公开年报</a></li><li><a href="/zwgk/zc/">政策</a></li></ul>',
    )
    p.put("/zwgk/zc/", "<h2>政策文件</h2><p>关于绿化的意见</p>", "政策文件")


def _plain(p: Portal, organs: int = 6) -> list[Item]:
    return p.reports(lambda year, n, _: f"{_C}{year}/{10 * n + 3}.html", ORGANS[:organs])


def descending(p: Portal) -> None:
    """Older pages have falling numbers, page N asked for blindly is another column's; the last says 尾页 of itself."""
    items = _plain(p, 8)
    _way(p, "/zwgk/xxgknb.htm")
    names = ["/zwgk/xxgknb.htm", *(f"/zwgk/xxgknb/{n}.htm" for n in range(4, 0, -1))]
    hrefs = ["xxgknb.htm", "xxgknb/4.htm", "3.htm", "2.htm", "1.htm"]
    for number, part in pages(items, 8):
        further = f'<a href="{hrefs[number]}">下页</a>' if number < 5 else "<span>下页</span>"
        back = f'<a href="{"xxgknb/" if number == 1 else ""}1.htm">尾页</a>'
        p.put(names[number - 1], f"{drawn(part)}<div>{number}/5 {further} {back}</div>", "信息公开年报")
    for number in (0, 5, 6):
        p.put(f"/zwgk/xxgknb/{number}.htm", '<ul><li><a href="/xwdt/1.html">植树</a></li></ul>')
        p.forbidden.append(f"/zwgk/xxgknb/{number}.htm")


def endless(p: Portal) -> None:
    """下一页 never ends: behind the last page the list repeats it, for every number asked."""
    p.skin = TABLES
    items = _plain(p)
    _way(p)
    parts = dict(pages(items, 10))

    def answer(query: Query) -> Reply | None:
        match = re.fullmatch(re.escape(_C) + r"(?:\?page=(\d+))?", query.path)
        if not match:
            return None
        number = int(match[1] or 1)
        part = parts[min(number, len(parts))]
        main = f"{drawn(part, rows)}<p><a href='{_C}?page={number + 1}'>下一页</a> 第{number}页</p>"
        return p.reply(p.skin.page(p.city, "信息公开年报", main, charset="utf-8"))

    p.answers.append(answer)


def calendar(p: Portal) -> None:
    """A calendar beside the list: every day, month and year is a link, back to the beginning of time."""
    items = _plain(p)
    _way(p)

    def sheet(year: int, month: int) -> str:
        days = "".join(
            f'<td><a href="{_C}?riqi={year}-{month:02d}-{d:02d}">{d}</a></td>' for d in range(1, 29)
        )
        before, after = (
            ((year, month - 1) if month > 1 else (year - 1, 12)),
            (year + month // 12, month % 12 + 1),
        )
        return (
            f'<table class=cal><tr><th><a href="{_C}?ny={before[0]}-{before[1]:02d}">上一月</a></th>'
            f'<th>{year}年{month}月</th><th><a href="{_C}?ny={after[0]}-{after[1]:02d}">下一月</a></th></tr>'
            f"<tr>{days}</tr></table>"
        )

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith(_C + "?"):
            return None
        year, month = (int(part) for part in re.findall(r"\d+", query.path)[:2])
        main = drawn(items[year % 7 : year % 7 + 3]) + sheet(year, month)
        return p.reply(p.skin.page(p.city, "按日期查看", main, charset="utf-8"))

    p.put(_C, f"<h2>信息公开年报</h2>{drawn(items, dl)}{sheet(2024, 2)}", "信息公开年报")
    p.answers.append(answer)
    p.forbidden.append(_C + "?")


def sessions(p: Portal) -> None:
    """Every link carries the session of its answer, another one each time; two lists link to the same reports."""
    items = _plain(p)
    number = itertools.count(1)
    p.canonical = lambda path: re.sub(r";jsessionid=\w+", "", path)
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", f'<a href="{_C}">政府信息公开年报</a>')
    p.put(_C, f'{drawn(items[:18])}<a href="{_C}more.do?p=2">下一页</a>', "信息公开年报")
    p.put(f"{_C}more.do?p=2", f'{drawn(items[12:])}<a href="{_C}">上一页</a>', "信息公开年报")
    stored = dict(p.site)
    p.site.clear()

    def answer(query: Query) -> Reply | None:
        reply = stored.get(p.canonical(query.path))
        if reply is None:
            return None
        session = f";jsessionid={next(number) * 7919:032X}"

        def marked(match: re.Match[str]) -> str:
            path, mark, rest = match[1].partition("?")
            return f'href="{path}{session}{mark}{rest}"'

        return p.reply(re.sub(r'href="(/[^"]*)"', marked, reply.body.decode()))

    p.answers.append(answer)


def columns_twice(p: Portal) -> None:
    """One article has an address under each of three columns; the lists overlap."""
    p.skin = WORD
    items = []
    for index, (year, organ) in enumerate(itertools.product(YEARS, ORGANS[:6])):
        folder = f"/art/{year + 1}/1/{11 + index % 15}"
        first, *more = (f"{folder}/art_{column}_{88000 + index}.html" for column in (1271, 1305, 52114))
        items.append(p.report(first, organ, year, aliases=more))
    p.home(("/zwgk/", "政务公开"))
    columns = ((1271, "政府信息公开年报"), (1305, "部门信息公开年报"), (52114, "公开年报"))
    p.put("/zwgk/", "".join(f'<p><a href="/col/col{n}/index.html">{t}</a></p>' for n, t in columns))
    for (number, title), (start, end) in zip(columns, ((0, 30), (0, 20), (10, 30)), strict=True):
        listed = [
            (i.path.replace("art_1271_", f"art_{number}_"), i.title, i.posted) for i in items[start:end]
        ]
        p.put(f"/col/col{number}/index.html", ul(listed), title)


def twins(p: Portal) -> None:
    """Each report has a twin for telephones; the list links both, or only the one, or only the other."""
    items = []
    for index, (year, organ) in enumerate(itertools.product(YEARS, ORGANS[:6])):
        stem = f"{_C}{year + 1}01/t{year + 1}0120_{70000 + index}"
        twin = f"{stem}{('_wap', '_app', '_m')[index % 3]}.html"
        items.append((p.report(f"{stem}.html", organ, year, aliases=[twin]), twin, index % 4))
    _way(p)
    listed = []
    for item, twin, kind in items:
        shown = (item.path, twin) if kind < 2 else (twin,) if kind == 2 else (item.path,)
        listed += [(path, item.title, item.posted) for path in shown]
        if kind < 2:
            p.forbidden.append(twin)
    p.put(_C, ul(listed), "信息公开年报")


def frames(p: Portal) -> None:
    """The home page is a set of frames, the column a shell around a frame, and its second page too."""
    p.skin = TABLES
    items = _plain(p)
    parts = '<frame src="top.htm" name=t><frame src="/main.htm" name=m>'
    p.site["/"] = p.reply(f'<html><head></head><frameset rows="90,*">{parts}</frameset></html>')
    p.bare("/top.htm", "<img src=/logo.gif><b>欢迎光临</b>")
    p.home(("/zwgk/?gk=3&cid=15493#iframe", "政府信息公开年报"), path="/main.htm")
    p.put(
        "/zwgk/?gk=3&cid=15493", '<div>公开</div><iframe width=100% src="/zwgk/frame/nb_15493.html"></iframe>'
    )
    names = ["nb_15493.html", "nb_15493_2.html", "nb_15493_3.html"]
    for number, part in pages(items, 10):
        further = f'<a href="{names[number]}" target="_self">下一页</a>' if number < 3 else ""
        p.bare(f"/zwgk/frame/{names[number - 1]}", drawn(part) + further)


def meta_refresh(p: Portal) -> None:
    """The home page, the column and some reports are pages that only send on, by meta refresh or a line of script."""
    items = _plain(p)
    p.bare("/", '<meta http-equiv="refresh" content="0; url=/portal/index.html">')
    p.home(("/zwgk/", "政务公开"), path="/portal/index.html")
    p.put("/zwgk/", f'<a href="{_C}">政府信息公开年报</a>')
    p.bare(_C, "<META HTTP-EQUIV=Refresh CONTENT='1;URL=list1.html'>")
    for number, item in enumerate(items[::5]):
        old = f"/old/{number}.html"
        way = f'<meta http-equiv="refresh" content="0;url={item.path}">'
        p.bare(old, way if number % 2 else f'<script>window.location.href="{item.path}";</script>')
        p.expect(old, Outcome.REDIRECTED, Outcome.HELD)
        items[items.index(item)] = Item(old, item.title, item.posted, item.organ, item.year)
    p.put(f"{_C}list1.html", drawn(items, rows), "信息公开年报")


def loops(p: Portal) -> None:
    """Redirects to the same address with a cookie, round in a circle, and on and on without end; meta refreshes too."""
    items = _plain(p, 5)
    for number, name in enumerate(("self", "ring", "chain", "refresh")):
        items.append(p.announce(f"{_C}{name}.html", "档案局", 2018 - number))
    here = items[-4].path
    p.site[here] = Reply(status=302, headers={"Location": here, "Set-Cookie": "CT6T=1; path=/"})
    p.expect(here, Outcome.REDIRECT_LOOP, Outcome.CHALLENGE)
    p.site[f"{_C}ring.html"] = Reply(status=301, headers={"Location": f"{_C}ring2.html"})
    p.site[f"{_C}ring2.html"] = Reply(status=301, headers={"Location": f"{_C}ring.html"})
    p.expect(f"{_C}ring.html", Outcome.REDIRECT_LOOP, Outcome.REDIRECTED)
    p.site[f"{_C}chain.html"] = Reply(status=302, headers={"Location": f"{_C}chain.html?n=1"})

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith(f"{_C}chain.html?n="):
            return None
        return Reply(status=302, headers={"Location": f"{_C}chain.html?n={int(query.given['n']) + 1}"})

    p.answers.append(answer)
    p.expect(f"{_C}chain.html", Outcome.REDIRECT_LOOP, Outcome.REDIRECTED)
    p.bare(f"{_C}refresh.html", f'<meta http-equiv="refresh" content="0;url={_C}refresh.html">')
    p.expect(f"{_C}refresh.html", Outcome.REDIRECT_LOOP, Outcome.CHALLENGE, Outcome.HELD)
    _way(p)
    p.put(_C, drawn(items), "信息公开年报")


def many_faces(p: Portal) -> None:
    """Each report links to itself larger, smaller, for print and to share; sidebars show other columns' reports."""
    items = _plain(p)
    other = p.lookalikes(
        lambda n: f"/zwgk/fzzf/{n}.html", ["2023年法治政府建设年度报告", "2022年财政决算报告"]
    )
    faces = "".join(
        f'<a href="?{query}">{name}</a>' for query, name in (("size=16", "大"), ("print=1", "打印本页"))
    )
    for item in items:
        text = p.site[item.path].body.decode().replace("</h1>", f"</h1>{faces}{drawn(other)}")
        p.site[item.path] = p.reply(text)
        p.forbidden.append(item.path + "?")
    _way(p)
    p.put(_C, drawn(items) + "<h3>相关</h3>" + drawn(other), "信息公开年报")


def repeated(p: Portal) -> None:
    """The same list under many addresses: with counters, with sort orders, by year, each with its own pager."""
    items = _plain(p, 5)
    _way(p)
    dates = sorted({item.posted for item in items})
    assert dates[0] > date(2019, 1, 1)
    sorts = "".join(
        f'<a href="{_C}?order={key}">{name}</a> ' for key, name in (("date", "按时间"), ("dept", "按部门"))
    )
    p.put(_C, f"{sorts}{drawn(items, rows)}<img src='/visitcount?c=19'>", "信息公开年报")
    for key in ("date", "dept"):
        p.put(f"{_C}?order={key}", sorts + drawn(items[::-1], rows), "信息公开年报")


WRITERS = (
    descending,
    endless,
    calendar,
    sessions,
    columns_twice,
    twins,
    frames,
    meta_refresh,
    loops,
    many_faces,
    repeated,
)
