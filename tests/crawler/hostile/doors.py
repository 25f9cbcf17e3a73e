"""Ways from the page that is given to the column of reports, as odd as they are met."""

from __future__ import annotations

from tests.crawler.farm.server import Reply
from tests.crawler.hostile.lists import drawn, paged
from tests.crawler.hostile.portal import ORGANS, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, dl, rows, ul

_BLOCKS = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")


def _plain(p: Portal, column: str, organs: int = 5) -> list[Item]:
    return p.reports(lambda year, n, _: f"{column}{year}/{year}{n:03d}.html", ORGANS[:organs])


def iframe_home(p: Portal) -> None:
    """The home page is a frame around the real one, and nothing else."""
    column = "/zfxxgk/ndbg/"
    items = _plain(p, column)
    p.bare("/", '<iframe src="./wz/index.html" width="100%" height="100%" frameborder=0></iframe>')
    p.home(("../zfxxgk/", "政府信息公开"), path="/wz/index.html")
    p.put("/zfxxgk/", f'<a href="{column}">政府信息公开年度报告</a>')
    p.put(column, drawn(items), "政府信息公开年度报告")


def script_home(p: Portal) -> None:
    """The home page is 160 bytes of script that send on, and so is the page it sends to."""
    column = "/zfxxgk/ndbg/"
    items = _plain(p, column)
    p.site["/"] = Reply(
        b"<script>\nvar u = navigator.userAgent;\nlocation.replace('/cms/index.shtml');\n</script>"
    )
    p.site["/cms/index.shtml"] = Reply(b'<html><script>top.location.href = "sy.html"</script></html>')
    p.home((column, "信息公开年报"), path="/cms/sy.html")
    p.put(column, drawn(items, dl), "信息公开年报")


def written(p: Portal) -> None:
    """Menu and lists are written by document.write, whole or in pieces, quotes escaped."""
    column = "/xxgk/xxgknb/"
    items = _plain(p, column)
    p.home(
        more='<script>document.write(\'<li><a href="/xxgk/" target="_blank">政府信息公开</a></li>\');'
        "document.write(\"<a href='/xwdt/'>新闻</a>\");</script>"
    )
    p.put("/xxgk/", f"<script>document.write('<a href=\\'{column}\\'>'+'政府信息公开年报'+'</a>');</script>")
    lines = []
    for item in items:
        link = f'<li><a href="./{item.path.removeprefix(column)}" title="{item.title}">{item.title}</a></li>'
        escaped = link.replace('"', '\\"').replace("</", "<\\/")
        lines.append(f'document.writeln("{escaped}");')
    p.put(column, f"<ul><script language=javascript>\n{chr(10).join(lines)}\n</script></ul>", "信息公开年报")


def tabs(p: Portal) -> None:
    """Five tabs on one page; the reports are in the fourth, whose link is called 更多, and the tabs are no links."""
    column = "/zwgk/xxgk/lm4/"
    items = _plain(p, column)
    p.home(("/zwgk/xxgk/", "政府信息公开专栏"))
    heads = "".join(f'<li class="tab" data-i="{n}">{name}</li>' for n, name in enumerate(_BLOCKS))
    panels = "".join(
        f'<div class="panel" id="p{n}"><h3>{name}<a href="/zwgk/xxgk/lm{n + 1}/" class=more>更多&gt;&gt;</a></h3>'
        f"{drawn(items[:3]) if n == 3 else ''}</div>"
        for n, name in enumerate(_BLOCKS)
    )
    p.put("/zwgk/xxgk/", f"<ul>{heads}</ul>{panels}", "政府信息公开专栏")
    for number, name in enumerate(_BLOCKS):
        p.put(f"/zwgk/xxgk/lm{number + 1}/", f"<h2>{name}</h2>", name)
    p.forbidden.append("/zwgk/xxgk/lm5/apply")
    p.put(column, "<h2>政府信息公开年报</h2>" + drawn(items, rows), "政府信息公开年报")


def clicks(p: Portal) -> None:
    """The menu is made of boxes that are clicked: onclick with location.href, window.open and a link to javascript."""
    p.skin = TABLES
    column = "/gk/gknb/"
    items = _plain(p, column)
    p.home(more="<div class=box onclick=\"window.location.href='/gk/index.html'\">政府信息公开</div>")
    p.put("/gk/index.html", f"<span onclick=\"window.open('{column}')\">政府信息公开年报</span>")
    listed = "".join(
        f"<tr><td><a href=\"javascript:window.open('{i.path}','_blank')\">{i.title}</a></td></tr>"
        for i in items
    )
    p.put(column, f"<table>{listed}</table>", "政府信息公开年报")


def given_report(p: Portal) -> None:
    """The page that is given is one report; its breadcrumb leads to the column, and from there to the years."""
    column = "/zwgk/zfxxgk/zfxxgknb/"
    items = _plain(p, column)
    years = sorted({i.year for i in items}, reverse=True)
    steps = (("/", "首页"), ("/zwgk/", "政务公开"), (column, "年报"))
    trail = "<div class=crumb>" + "&gt;".join(f'<a href="{a}">{t}</a>' for a, t in steps) + "</div>"
    for item in items:
        page = p.site[item.path].body.decode().replace("<div class=wrap>", f"<div class=wrap>{trail}")
        p.site[item.path] = p.reply(page)
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", "<p>栏目维护中</p>")
    p.put(column, "".join(f'<a href="{year}/">{year}年</a>' for year in years), "政府信息公开年报")
    for year in years:
        p.put(f"{column}{year}/", drawn([i for i in items if i.year == year], rows), f"{year}年")
    p.given = p.here + items[7].path


def given_column(p: Portal) -> None:
    """The page that is given is the second page of the column itself."""
    column = "/zwgk/gk/nb/"
    items = _plain(p, column, 6)
    p.home(("/xwdt/", "新闻"))
    names = ["index.html", "index_1.html", "index_2.html"]
    p.site[column] = Reply(status=302, headers={"Location": f"{column}index.html"})

    def pager(number: int, last: int) -> str:
        before = f'<a href="{names[number - 2]}">上一页</a>' if number > 1 else ""
        after = f'<a href="{names[number]}">下一页</a>' if number < last else ""
        return f'<a href="{names[0]}">首页</a> {before} {after} <a href="{names[last - 1]}">尾页</a>'

    paged(p, items, 10, lambda n: column + names[n - 1], pager, draw=dl)
    p.given = f"{p.here}{column}index_1.html"


def by_mark(p: Portal) -> None:
    """Neither link text nor address speak of reports: only the column's own tag ColumnType does."""
    p.skin = WORD
    column = "/c/10352/"
    items = p.reports(lambda year, n, _: f"/c/10352/{year}{n}.html", ORGANS[:5])
    p.home(("/c/10001/", "公开"))
    menu = "".join(f'<a href="/c/{n}/"><img src="/img/{n}.png"></a>' for n in (10351, 10352, 10353))
    p.put("/c/10001/", menu, "公开")
    kinds = {"/c/10351/": "信息公开指南", column: "信息公开年报", "/c/10353/": "依申请公开"}
    for path, kind in kinds.items():
        marks = f'<meta name="ColumnName" content=""><META content="{kind}" NAME="columntype">'
        p.put(path, drawn(items, rows) if path == column else "<p>内容</p>", "公开", metas=marks)


def by_slug(p: Portal) -> None:
    """The way is called 年报 and no more, beside other 年报 that are none of ours: the address tells them apart."""
    column = "/gongkai/zfxxgknb/"
    items = _plain(p, column)
    links = (("/tj/tjnb/", "年报"), (column, "年报"), ("/qy/qynb/", "年报"))
    p.home(("/gongkai/", "公开"))
    p.put("/gongkai/", "".join(f'<li><a href="{a}">{t}</a></li>' for a, t in links))
    other = ["2023年统计年报", "2022年统计年报", "2021年统计年报"]
    p.put("/tj/tjnb/", drawn(p.lookalikes(lambda n: f"/tj/tjnb/{n}.html", other)), "统计年报")
    firms = ["某某供水公司2023年度报告", "某某公交公司2022年度报告"]
    p.put("/qy/qynb/", drawn(p.lookalikes(lambda n: f"/qy/qynb/{n}.html", firms)), "企业年报")
    p.put(column, drawn(items), "年报")


def deep_menu(p: Portal) -> None:
    """The column is four clicks away, each page with a menu of forty others."""
    column = "/zwgk/fdzdgknr/gd/nb/"
    items = _plain(p, column)
    crowd = "".join(f'<li><a href="/zwgk/m{n}/">{name}</a></li>' for n, name in enumerate(_CROWD))
    p.home(("/zwgk/", "政务公开"))
    steps = (
        ("/zwgk/", "/zwgk/zfxxgk/", "政府信息公开"),
        ("/zwgk/zfxxgk/", "/zwgk/fdzdgknr/", "法定主动公开内容"),
        ("/zwgk/fdzdgknr/", column, "政府信息公开工作年度报告"),
    )
    for path, target, name in steps:
        p.put(path, f'<ul>{crowd}<li><a href="{target}">{name}</a></li></ul>', name)
    for number, name in enumerate(_CROWD):
        p.put(f"/zwgk/m{number}/", f"<h2>{name}</h2>{ul(())}", name)
    p.put(column, drawn(items), "政府信息公开工作年度报告")


def nothing(p: Portal) -> None:
    """A portal without any report column, with a menu of hundreds of pages: looking must end."""
    pages = 300
    p.home(("/zwgk/", "政务公开"), ("/zfxxgk/", "政府信息公开"))
    for number in range(pages):
        links = "".join(
            f'<a href="/zfxxgk/{(number * 7 + k) % pages}/">公开事项{k}</a>' for k in range(1, 30)
        )
        p.put(f"/zfxxgk/{number}/", links)
    for path in ("/zwgk/", "/zfxxgk/"):
        p.put(path, "".join(f'<a href="/zfxxgk/{n}/">信息公开栏目{n}</a>' for n in range(60)))
    p.most = 75


_CROWD = tuple(
    f"{a}{b}"
    for a in ("教育", "医疗", "就业", "社保", "住房", "交通", "环境", "食品")
    for b in ("公开", "信息", "目录", "报告", "公告")
)

WRITERS = (
    iframe_home,
    script_home,
    written,
    tabs,
    clicks,
    given_report,
    given_column,
    by_mark,
    by_slug,
    deep_menu,
    nothing,
)
