"""Small portals of the families that publish files, in markup of other kinds, and four pagers of no family."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn, paged, pages
from tests.crawler.hostile.portal import ORGANS, YEARS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, Skin, dl, rows, ul

Pager = Callable[[int, int], str]


def static(p: Portal) -> None:
    """TRS: a folder for each year, and in each another way of saying how many pages there are."""
    p.skin = Skin(container=('<div class="view TRS_UEDITOR trs_paper_default trs_web">', "</div>"))
    column = "/zwgk_229/zfxxgknan_ew/"
    p.home(("/zwgk_229/", "政府信息公开"))
    p.put("/zwgk_229/", '<dl><dt>公开</dt><dd><a href="./zfxxgknan_ew/">信息公开年报</a></dd></dl>')
    p.put(column, "".join(f'<a class=y href="./{y}_{y * 25}/">{y}</a>' for y in YEARS), "信息公开年报")
    called: dict[int, Pager] = {
        2023: lambda n, last: f'<script>createPageHTML({last}, {n - 1}, "index", "html");</script>',
        2022: lambda n, last: f"<script>createPage({last},{n - 1},'index','html',20,'');</script>",
        2021: lambda n, last: (
            f"<script>var currentPage={n - 1};\nvar countPage = {last}//共多少页\n;</script>"
        ),
        2020: lambda n, last: _select(n, last, lambda k: "index.html" if k == 1 else f"index_{k - 1}.html"),
        2019: lambda _, last: (
            f"<em>共{last}页</em><input id=go><button onclick='if(ele.value>{last})return'>"
        ),
    }
    for year in YEARS:
        folder = f"{column}{year}_{year * 25}/"
        items = [
            p.report(f"{folder}bm{n}/{year + 1}01/t{year + 1}0115_{1500000 + n}.html", organ, year)
            for n, organ in enumerate(ORGANS)
        ]
        draw = (ul, rows, dl)[year % 3]
        paged(p, items, 3, _index(folder), called[year], draw=draw, title=f"{year}年")
        first = p.site.pop(f"{folder}index.html")
        p.site[folder] = p.site[f"{folder}index.html"] = first
        p.bare(f"{folder}index_9.html", "<!-- -->")


def _index(folder: str) -> Callable[[int], str]:
    return lambda n: f"{folder}index.html" if n == 1 else f"{folder}index_{n - 1}.html"


def _select(number: int, last: int, address: Callable[[int], str]) -> str:
    options = "".join(
        f'<option value="{address(k)}"{" selected" if k == number else ""}>第{k}页</option>'
        for k in range(1, last + 1)
    )
    return f'<select onchange="location.href=this.options[this.selectedIndex].value">{options}</select>'


def nfcms(p: Portal) -> None:
    """NFCMS: page two is index_2, the pager is » and numbers, some links lead to the telephone's twin."""
    p.skin = Skin(container=('<div class="tyxxy_main">', "</div>"))
    column = "/zfxxgk/ndxxgkbg/"
    items = []
    for year in YEARS:
        for number, organ in enumerate(ORGANS[:7]):
            post = 2147000 + year * 10 + number
            twin = f"{column}content/mpost_{post}.html"
            items.append(p.report(f"{column}content/post_{post}.html", organ, year, aliases=[twin]))
    p.home(("/zfxxgk/index.html", "政府信息公开"), head="<script>var NFCMS_SITE_ID='755';</script>")
    p.put("/zfxxgk/index.html", f'<div class="menu-cards"><a href="{column}index.html"><i></i>年报</a></div>')

    def pager(number: int, last: int) -> str:
        numbers = "".join(
            f'<a href="{_nf(k)}">{k}</a>' for k in range(max(1, number - 1), min(last, number + 1) + 1)
        )
        return numbers + (f'<a class="next" href="{_nf(number + 1)}">»</a>' if number < last else "")

    def draw(entries: Sequence[tuple[str, str, object]]) -> str:
        links = [
            (a.replace("post_", "mpost_") if n % 5 == 4 else a, t, d) for n, (a, t, d) in enumerate(entries)
        ]
        return rows(links)  # type: ignore[arg-type]

    paged(p, items, 9, lambda n: column + _nf(n), pager, draw=draw)


def _nf(number: int) -> str:
    return "index.html" if number == 1 else f"index_{number}.html"


def vsb(p: Portal) -> None:
    """VSB: falling numbers, the pager a row of pictures, lists as tables, one slug for each year."""
    p.skin = Skin(
        container=('<form name="_newscontent_fromname"><div id="vsb_content_501">', "</div></form>")
    )
    p.home(("zwgk/zfxxgk.htm", "信息公开"))
    folders = {year: f"zwgk/zfxxgk/a{year}n" for year in (2023, 2022, 2021)}
    p.put("/zwgk/zfxxgk.htm", '<ul class="navLeft"><li><a href="zfxxgk/nb.htm">公开年报</a></li></ul>')
    p.put("/zwgk/zfxxgk/nb.htm", "".join(f'<a href="a{y}n.htm">{y}年</a>' for y in folders), "公开年报")
    for year, stem in folders.items():
        items = [
            p.report(f"/info/{1000 + year}/{61000 + year * 9 + n}.htm", o, year) for n, o in enumerate(_TOWNS)
        ]
        last = -(-len(items) // 4)
        for number, part in pages(items, 4):
            inside = "" if number > 1 else f"a{year}n/"
            name = f"/{stem}.htm" if number == 1 else f"/{stem}/{last - number + 1}.htm"
            up = "../../../" if number > 1 else "../../"
            links = [(f"{up}{i.path[1:]}", i.title, i.posted) for i in part]
            further = (
                f'<a href="{inside}{last - number}.htm"><img src="/n.gif" alt="下页"></a>'
                if number < last
                else ""
            )
            total = f"<td>共{len(items)}条&nbsp;&nbsp;{number}/{last}</td>"
            p.put(name, f"{rows(links)}<table class=headStyle><tr>{total}<td>{further}</td></tr></table>")
        p.put(f"/{stem}/{last}.htm", "<p>404</p>")
        p.forbidden.append(f"/{stem}/{last}.htm")


_TOWNS = (*ORGANS, "青石镇人民政府", "北坝镇人民政府", "西街街道办事处")


def openness(p: Portal) -> None:
    """Openness: departments beside the list, pages counted from one in the path, the pager made of buttons."""
    p.skin = TABLES
    organs = ORGANS[:4]
    p.home(("/Openness/", "政府信息公开"))
    menu = "".join(
        f'<li><a href="/OpennessContent/showList/{n}/30/page_1.html">市{o}</a></li>'
        for n, o in enumerate(organs, 71)
    )
    p.put("/Openness/", f'<a href="/OpennessAnnualReport/index.html">政府信息公开年报</a><ul>{menu}</ul>')
    p.put("/OpennessAnnualReport/index.html", f"<h3>政府信息公开年报</h3><ul>{menu}</ul>", "政府信息公开年报")
    for number, organ in enumerate(organs, 71):
        stem = f"/OpennessContent/showList/{number}/30/"
        items = [
            p.report(f"/OpennessAnnualReport/show/{number * 100 + y % 100}.html", organ, y) for y in _NINE
        ]

        def pager(n: int, last: int, stem: str = stem) -> str:
            target = f"{stem}page_{n + 1}.html"
            off = "" if n < last else " disabled"
            return f"<button type=button onclick=\"location='{target}'\"{off}>下一页</button> {n}/{last}"

        paged(p, items, 4, lambda n, stem=stem: f"{stem}page_{n}.html", pager, draw=dl)  # type: ignore[misc]
        p.put(f"{stem}page_4.html", "<p>暂无数据</p>")


_NINE = range(2023, 2014, -1)


def _generic(p: Portal, items: list[Item], size: int, address: Callable[[int], str], pager: Pager) -> None:
    p.home(("/gongkai/", "信息公开"))
    p.put("/gongkai/", f'<div class=l><a href="{address(1)}">信息公开年报</a></div>')
    paged(p, items, size, address, pager, draw=rows, title="信息公开年报")


def _asp(p: Portal) -> list[Item]:
    return p.reports(lambda year, n, _: f"/gongkai/article_view.aspx?aid={year * 10 + n}", ORGANS[:6])


def pager_select(p: Portal) -> None:
    """The pages are the options of a select box."""
    address = "/gongkai/list_{}.jhtml".format
    _generic(p, _asp(p), 8, address, lambda n, last: _select(n, last, address))


def pager_script(p: Portal) -> None:
    """The pages are reached by javascript:toPage(3), a function of the page's own."""
    made = (
        '<script>function toPage(n){ window.location.href = "/gongkai/Node-1466_" + n + ".html"; }</script>'
    )

    def pager(number: int, last: int) -> str:
        ways = ((number + 1, "后一页"), (last, "末页")) if number < last else ()
        return (
            made
            + f"[{number}/{last}]"
            + "".join(f'<a href="javascript:toPage({k})">{t}</a>' for k, t in ways)
        )

    _generic(p, _asp(p), 7, "/gongkai/Node-1466_{}.html".format, pager)


def pager_form(p: Portal) -> None:
    """The pages are asked for by a form, with a hidden field beside the number."""
    p.skin = WORD
    items = _asp(p)
    parts = dict(pages(items, 8))

    def form(number: int) -> str:
        fields = '<input type="hidden" name="lm" value="19"><input name="pageNo" size=2>'
        said = f"第{number}页/共{len(parts)}页"
        return f'<form action="list.action" method="get">{said} {fields}<input type=submit></form>'

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith("/gongkai/list.action?"):
            return None
        number = int(query.given.get("pageNo") or 1)
        main = (drawn(parts[number], dl) if number in parts else "没有记录") + form(number)
        right = query.given.get("lm") == "19"
        return p.reply(p.skin.page(p.city, "信息公开年报", main, charset="utf-8")) if right else None

    p.home(("/gongkai/", "信息公开"))
    p.put("/gongkai/", '<a href="/gongkai/list.action?lm=19">信息公开年报</a>')
    p.answers.append(answer)


def pager_words(p: Portal) -> None:
    """The way on is called next, > or 下翻, and the first page names no number of pages."""
    names = ("next", "&gt;", "下翻", "Next &raquo;", "下一页")
    address = "/gongkai/show_{}.thtml".format
    _generic(
        p,
        _asp(p),
        6,
        address,
        lambda n, last: f'<a href="show_{n + 1}.thtml">{names[n - 1]}</a>' if n < last else "",
    )


WRITERS = (static, nfcms, vsb, openness, pager_select, pager_script, pager_form, pager_words)
