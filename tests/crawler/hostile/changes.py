"""Lists that are not what they say, and portals and reports that are no longer where they were."""

from __future__ import annotations

import re

from pipeline.archive import Outcome
from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn, entries, paged, pages
from tests.crawler.hostile.portal import ORGANS, Item, Portal
from tests.crawler.hostile.skins import WORD, rows, ul

_C = "/zwgk/xxgknb/"


def _plain(p: Portal, organs: int = 6) -> list[Item]:
    return p.reports(lambda year, n, _: f"{_C}{year}/{10 * n + 3}.html", ORGANS[:organs])


def _way(p: Portal) -> None:
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", f'<ul><li><a href="{_C}">政府信息公开年报</a></li></ul>')


def announced_more(p: Portal) -> None:
    """The list says 共33条 and has 30, on three pages, the last of them short."""
    items = _plain(p)
    _way(p)
    names = ["index.html", "index_1.html", "index_2.html"]
    p.site[_C] = Reply(status=301, headers={"Location": f"{_C}index.html"})
    paged(
        p,
        items,
        11,
        lambda n: _C + names[n - 1],
        lambda n, last: f"共33条 第{n}/{last}页 " + (f'<a href="{names[n]}">下一页</a>' if n < last else ""),
    )
    p.expect("*", Outcome.SHORT_LIST)


def empty_list(p: Portal) -> None:
    """One of two report columns has nothing on it."""
    items = _plain(p)
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", f'<a href="{_C}">市政府信息公开年报</a> <a href="/zwgk/xqnb/">县区政府信息公开年报</a>')
    p.put(_C, drawn(items), "信息公开年报")
    p.put("/zwgk/xqnb/", "<h2>县区政府信息公开年报</h2><div class=list>暂无相关信息</div><p>共0条</p>")
    p.expect("/zwgk/xqnb/", Outcome.EMPTY_LIST)


def shrinking(p: Portal) -> None:
    """While the list is read, three reports of its first page are taken down, and all that follows moves up."""
    items = _plain(p, 8)
    size, taken = 10, items[2:5]
    shown: set[str] = set()
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", f'<a href="{_C}index.html">政府信息公开年报</a>')

    def answer(query: Query) -> Reply | None:
        match = re.fullmatch(re.escape(_C) + r"index(?:_(\d))?\.html", query.path)
        if not match:
            return None
        number = int(match[1] or 1)
        left = items if "index_2" not in shown else [item for item in items if item not in taken]
        parts = dict(pages(left, size))
        if number == 2:
            shown.add("index_2")
            for item in taken:
                p.site.pop(item.path, None)
        if number not in parts:
            return None
        further = f'<a href="index_{number + 1}.html">下一页</a>' if number < len(parts) else ""
        main = f"{ul(entries(parts[number]))}<p>共{len(left)}条 {further}</p>"
        return p.reply(p.skin.page(p.city, "信息公开年报", main, charset="utf-8"))

    p.answers.append(answer)
    loose = {item.path for item in (*taken, *items[20:23])}
    p.optional.update(loose)
    p.held = [one for one in p.held if not one.paths & loose]


def moved_inside(p: Portal) -> None:
    """The portal was built anew: the old column sends on to the new one, old report addresses to the new ones."""
    p.skin = WORD
    items = p.reports(lambda year, n, _: f"/gk/nb/content_{year}{n:02d}.html", ORGANS[:5])
    p.home(("/web/zwgk/index.shtml", "政务公开"))
    p.site["/web/zwgk/index.shtml"] = Reply(status=301, headers={"Location": "/gk/index.html"})
    p.put("/gk/index.html", '<a href="/web/zwgk/nb/">政府信息公开年报</a>')
    p.site["/web/zwgk/nb/"] = Reply(status=302, headers={"Location": f"{p.here}/gk/nb/index.html"})
    listed = []
    for number, item in enumerate(items):
        old = f"/web/zwgk/nb/{number}.shtml"
        if number % 4 == 0:
            p.site[old] = Reply(
                status=301, headers={"Location": f"../../../gk/nb/{item.path.split('/')[-1]}"}
            )
            p.expect(old, Outcome.REDIRECTED)
        listed.append((old if number % 4 == 0 else item.path, item.title, item.posted))
    p.put("/gk/nb/index.html", rows(listed), "信息公开年报")


def moved_away(p: Portal) -> None:
    """Some of the reports have gone to another host; what stayed is still here."""
    items = _plain(p, 5)
    for number in range(4):
        item = p.announce(f"{_C}gone{number}.html", "档案局", 2018 - number)
        p.site[item.path] = Reply(status=301, headers={"Location": f"http://127.0.0.250:9/{_C}{number}.html"})
        p.expect(item.path, Outcome.OFFSITE_REDIRECT)
        items.append(item)
    _way(p)
    p.put(_C, drawn(items, rows), "信息公开年报")


def gone_away(p: Portal) -> None:
    """The whole portal has gone to another host."""
    p.site["/"] = Reply(status=301, headers={"Location": "http://127.0.0.250:9/"})
    p.expect("/", Outcome.OFFSITE_REDIRECT)
    p.most = 4


WRITERS = (announced_more, empty_list, shrinking, moved_inside, moved_away, gone_away)
