"""Columns as they are laid out: by organ, by year, for a whole city, for departments, with other things between."""

from __future__ import annotations

import itertools

from pipeline.archive import Outcome
from tests.crawler.farm.server import Reply
from tests.crawler.hostile.lists import drawn, paged
from tests.crawler.hostile.portal import ORGANS, YEARS, Held, Item, Portal
from tests.crawler.hostile.skins import TABLES, WORD, dl, rows, ul

_NUMERALS = "〇一二三四五六七八九"


def two_columns(p: Portal) -> None:
    """One column for the city, one for its districts, in different trees of the portal."""
    city = p.reports(
        lambda year, n, _: f"/zwgk/szfnb/{year}{n}.html", ("人民政府", "人民政府办公室"), range(2015, 2024)
    )
    districts = p.reports(
        lambda year, n, _: f"/xq/gknb/{n}/{year}.html", ("东区人民政府", "西区人民政府"), range(2016, 2024)
    )
    p.home(("/zwgk/", "政务公开"), ("/xq/", "县区公开"))
    p.put("/zwgk/", '<a href="/zwgk/szfnb/">政府信息公开年报</a>')
    p.put("/xq/", '<p>各区信息公开</p><a href="/xq/gknb/">县区政府信息公开年报</a>')
    p.put("/zwgk/szfnb/", drawn(city, rows), "政府信息公开年报")
    p.put("/xq/gknb/", drawn(districts, dl), "县区政府信息公开年报")


def departments(p: Portal) -> None:
    """Departments have sites of their own below the portal, each with a home page and a column."""
    organs = ORGANS[1:6]
    p.home(("/zwgk/", "政务公开"), ("/bm/", "部门网站"))
    p.put("/zwgk/", '<a href="/zwgk/nb/">政府信息公开年报</a>')
    own = p.reports(lambda year, n, _: f"/zwgk/nb/{year}{n}.html", ("人民政府",), range(2016, 2024))
    p.put("/zwgk/nb/", drawn(own), "政府信息公开年报")
    sites = [f"/bm/bm{n}/" for n in range(len(organs))]
    p.put("/bm/", "".join(f'<a href="{s}">市{o}</a>' for s, o in zip(sites, organs, strict=True)), "部门网站")
    for site, organ in zip(sites, organs, strict=True):
        items = [p.report(f"{site}gk/nb/{year}.html", organ, year) for year in YEARS]
        p.home((f"{site}gk/", "政府信息公开"), path=site)
        p.put(f"{site}gk/", f'<a href="{site}gk/nb/">信息公开年报</a><a href="{site}gk/zn/">信息公开指南</a>')
        p.put(f"{site}gk/zn/", "<h2>指南</h2>")
        p.put(f"{site}gk/nb/", drawn(items, rows), "信息公开年报")


def collection(p: Portal) -> None:
    """One page for the whole city: a table of groups and agencies, whose names are the links to their reports."""
    groups = {
        "市政府部门": ("教育局", "民政局", "统计局", "水务局", "文化和旅游局", "应急管理局"),
        "县（区）政府": ("东区人民政府", "西区人民政府", "沐川县人民政府", "新区管理委员会"),
        "其他单位": ("气象局", "公积金管理中心", "档案馆"),
    }
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", '<a href="/zt/zfxxgkndbgzt/">政府信息公开年度报告专题</a>')
    years = (2023, 2022)
    p.put("/zt/zfxxgkndbgzt/", "".join(f'<a href="/zt/zfxxgkndbgzt/{y}nb/">{y}年度</a>' for y in years))
    for year in years:
        lines = []
        for number, (group, organs) in enumerate(groups.items()):
            cells = []
            for index, organ in enumerate(organs):
                item = p.report(f"/zt/zfxxgkndbgzt/{year}nb/d{number}{index}/t{year + 1}.html", organ, year)
                cells.append(f'<td><a target=_blank href="{item.path}">{organ}</a></td>')
            lines.append(f"<tr><th colspan=4>{group}</th></tr>")
            lines += [f"<tr>{''.join(cells[at : at + 4])}</tr>" for at in range(0, len(cells), 4)]
        p.put(f"/zt/zfxxgkndbgzt/{year}nb/", f"<h2>{year}年度报告</h2><table>{''.join(lines)}</table>")


def organ_names(p: Portal) -> None:
    """Under a heading for each year stand names of organs, and nothing that says report."""
    p.skin = WORD
    column = "/xxgk/gknb/"
    p.home(("/xxgk/", "信息公开"))
    p.put("/xxgk/", f'<a href="{column}">信息公开年度报告</a>')
    parts = []
    for year in YEARS:
        items = [
            p.report(f"/xxgk/show-{year % 100}{n}.html", organ, year) for n, organ in enumerate(ORGANS[:6])
        ]
        names = "".join(f'<li><a href="{i.path}">{i.organ.removeprefix(p.city)}</a></li>' for i in items)
        parts.append(f"<h3>{year}年</h3><ul>{names}</ul>")
    p.put(column, "".join(parts), "信息公开年度报告")


def matrix(p: Portal) -> None:
    """A table with a row for each organ and a column for each year; every link is called 查看."""
    column = "/gk/ndbg.html"
    p.home((column, "政府信息公开工作年度报告"))
    head = "".join(f"<th>{year}年</th>" for year in YEARS)
    lines = []
    for number, organ in enumerate(ORGANS[:6]):
        items = [p.report(f"/gk/ndbg/{number}-{year}.html", organ, year) for year in YEARS]
        cells = "".join(f'<td><a href="{item.path}">查看</a></td>' for item in items)
        lines.append(f"<tr><td>{organ}</td>{cells}</tr>")
    p.put(column, f"<table><tr><th>单位</th>{head}</tr>{''.join(lines)}</table>", "政府信息公开工作年度报告")


def index_html(p: Portal) -> None:
    """Reports whose address is a folder's index.html, as a column's is."""
    column = "/zfxxgk27/zfxxgknb49/"
    p.home(("/zfxxgk27/index.html", "政府信息公开"))
    p.put("/zfxxgk27/index.html", f'<a href="{column}index.html">政府信息公开年报</a>')
    folders = {year: f"{column}{5839500 + year}/" for year in YEARS}
    p.put(
        f"{column}index.html",
        "".join(f'<li><a href="{f}index.html">{y}年</a></li>' for y, f in folders.items()),
    )
    for year, folder in folders.items():
        items = [p.report(f"{folder}{5886000 + n * 7}/index.html", o, year) for n, o in enumerate(ORGANS[:6])]
        paged(
            p,
            items,
            4,
            lambda n, folder=folder: f"{folder}index{'' if n == 1 else f'_{n}'}.html",  # type: ignore[misc]
            lambda n, last: f'<a href="index_{n + 1}.html">下一页</a>' if n < last else "",
            draw=rows,
            title=f"{year}年",
        )


def no_extension(p: Portal) -> None:
    """Addresses of reports and lists have no extension; the list's pages are asked for by a query."""
    p.skin = TABLES
    items = p.reports(lambda year, n, _: f"/gk/zfxxgk/xxgkndbg/content_{year * 10 + n}", ORGANS[:6])
    p.home(("/gk/zfxxgk", "政府信息公开"))
    p.put("/gk/zfxxgk", '<a href="/gk/zfxxgk/xxgkndbg">信息公开年度报告</a>')
    paged(
        p,
        items,
        9,
        lambda n: "/gk/zfxxgk/xxgkndbg" + ("" if n == 1 else f"?page={n}"),
        lambda n, last: " ".join(f'<a href="?page={k}">{k}</a>' for k in range(1, last + 1) if k != n),
    )


def old_years(p: Portal) -> None:
    """Reports of 2008 to 2018, prose without tables, their titles in every word order of those years."""
    column = "/zfxxgk/ndbg/"
    p.home(("/zfxxgk/", "政府信息公开"))
    p.put("/zfxxgk/", f'<a href="{column}">政府信息公开年度报告</a>')
    forms = (
        "{c}{o}{y}年政府信息公开工作情况报告",
        "{y}年度{c}{o}政府信息公开工作报告",
        "{c}{o}{y}年政务公开年度报告",
        "{c}{o}关于{y}年政府信息公开工作年度报告",
        "{y}年{c}{o}信息公开年报",
        "{c}{o}{z}年政府信息公开年度报告",
        "{c}{o}{y}年度政府信息公开年度工作报告",
        "{c}{o}政府信息公开工作{y}年度报告",
    )
    items = []
    for index, (year, organ) in enumerate(itertools.product(range(2018, 2007, -1), ORGANS[:4])):
        spelled = "".join("二" if d == "2" else _NUMERALS[int(d)] for d in str(year))
        title = forms[index % len(forms)].format(c=p.city, o=organ, y=year, z=spelled)
        items.append(p.report(f"{column}{year}/{index}.htm", organ, year, title=title, metas=""))
    p.put(column, drawn(items, rows), "政府信息公开年度报告")


def mostly_others(p: Portal) -> None:
    """Most entries of the column are no reports: website tables, explanations, notices, news, other reports."""
    column = "/zwgk/zfxxgkgzndbg/"
    items = p.reports(lambda year, n, _: f"{column}{year}/{n}.html", ORGANS[:4])
    others = []
    for year in YEARS:
        others += [
            f"{p.city}政府网站工作年度报表（{year}年）",
            f"一图读懂{p.city}{year}年政府信息公开工作年度报告",
            f"《{p.city}{year}年政府信息公开工作年度报告》解读",
            f"关于做好{year}年政府信息公开工作年度报告编制发布工作的通知",
            f"{p.city}{year}年法治政府建设年度报告",
            f"{p.city}{year}年度政务公开第三方评估报告",
            f"{p.city}教育局{year}年度部门决算公开",
            f"{p.city}召开{year}年政府信息公开年度报告编制工作培训会",
            f"{year}年上半年政府信息公开工作情况统计表",
        ]
    looks = p.lookalikes(lambda n: f"{column}other/{n}.html", others)
    p.home(("/zwgk/", "政务公开"))
    p.put(
        "/zwgk/", f'<a href="{column}">政府信息公开年度报告</a><a href="/zwgk/wznb/">政府网站工作年度报表</a>'
    )
    p.put("/zwgk/wznb/", drawn(looks[::9]), "政府网站工作年度报表")
    mixed = [item for pair in itertools.zip_longest(looks, items) for item in pair if item is not None]
    paged(
        p,
        mixed,
        20,
        lambda n: f"{column}{'' if n == 1 else f'list_{n}.html'}",
        lambda n, last: f'<a href="{column}list_{n + 1}.html">下一页</a>' if n < last else "尾页",
    )


def looks_inside(p: Portal) -> None:
    """Three entries have the title of a report, and their pages are none: only the text tells."""
    column = "/zwgk/gknb/"
    items = p.reports(lambda year, n, _: f"{column}{year}{n}.html", ORGANS[:5])
    texts = (
        "<p>各部门：现将年度报告的格式印发给你们，请于1月20日前报送。</p><p>联系人：办公室</p>",
        "<p>我市近日发布年度报告，报告显示全年公开信息一万条。记者了解到，下一步将继续推进。</p>",
        "<p>内容正在更新中，敬请期待。</p>",
    )
    for number, text in enumerate(texts):
        item = p.announce(f"{column}x{number}.html", ORGANS[6 + number % 2], 2021 + number // 2)
        p.page_of(item, text=text, metas="")
        p.decoys.add(item.path)
        items.insert(number * 6, item)
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", f'<a href="{column}">政府信息公开年报</a>')
    p.put(column, ul((i.path, i.title, i.posted) for i in items), "政府信息公开年报")


def bare(p: Portal) -> None:
    """Three entries have the title of a report and no text: not yet, not any more, or a blank; two are short."""
    column = "/zwgk/gknb/"
    items = p.reports(lambda year, n, _: f"{column}{year}{n}.html", ORGANS[:4])
    around = "<p>发布时间：2024-01-12 10:21　来源：办公室　浏览次数：12　字体：大 中 小</p>"
    for number, text in enumerate(("<p>内容正在更新中，敬请期待。</p>", "", "<p>&nbsp;</p><p> </p>")):
        item = p.announce(f"{column}x{number}.html", ORGANS[5], 2018 - number)
        p.page_of(item, text=around + text)
        p.expect(item.path, Outcome.SOFT_404)
        items.insert(number * 6, item)
    told = "本单位在年度内没有收到申请，没有收取费用，也没有因此引起的复议和诉讼。" * 2
    items.append(p.report(f"{column}s1.html", ORGANS[6], 2012, text=f"<p>{told}</p>", readable=False))
    script = f"<div id=show></div><script>var text = '{told}'; show(text);</script>"
    items.append(p.report(f"{column}s2.html", ORGANS[6], 2011, text=script, readable=False))
    p.home(("/zwgk/", "政务公开"))
    p.put("/zwgk/", f'<a href="{column}">政府信息公开年报</a>')
    p.put(column, ul((i.path, i.title, i.posted) for i in items), "政府信息公开年报")


def attached(p: Portal) -> None:
    """Reports as files: linked from a page without tables, linked from the list; and beside tables, not to be had."""
    column = "/xxgk/zfxxgknb/"
    items: list[Item] = []
    kinds = ("doc", "docx", "wps", "pdf", "xls", "zip", "jpg", "png")
    for index, (year, organ) in enumerate(itertools.product(YEARS, ORGANS[:5])):
        path, kind = f"{column}{year}01/t{index}.html", kinds[index % len(kinds)]
        file = f"{column}{year}01/P0{year}0120{index}.{kind}"
        p.site[file] = _file(kind, index)
        link = (
            f'<p>附件：<a href="./P0{year}0120{index}.{kind}" title="x">{p.title(organ, year)}.{kind}</a></p>'
        )
        if index % 3 == 2:
            item = p.report(path, organ, year)
            page = p.site[path].body.decode().replace("</body>", link + "</body>")
            p.site[path] = p.reply(page)
            p.forbidden.append(file)
        else:
            if kind == "jpg":
                link = f'<p align=center><img src="{file}" width=800></p>'
            text = f"<p>{p.title(organ, year)}详见附件。</p>{link}"
            item = p.report(path, organ, year, text=text, readable=False)
            p.files.add(file)
        items.append(item)
    for number, year in enumerate((2018, 2017)):
        item = p.announce(f"/upload/file/{year}nb{number}.pdf", "人民政府", year)
        p.site[item.path] = _file("pdf", 90 + number)
        p.held.append(Held(frozenset({item.path}), item.organ, year, readable=False))
        items.append(item)
    p.home(("/xxgk/", "信息公开"))
    p.put("/xxgk/", f'<a href="{column}">信息公开年报</a>')
    p.put(column, drawn(items), "信息公开年报")


_FILES = {
    "doc": ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "docx": ("application/octet-stream", b"PK\x03\x04"),
    "wps": ("application/octet-stream", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "pdf": ("application/pdf", b"%PDF-1.4\n"),
    "xls": ("application/vnd.ms-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "zip": ("application/x-zip-compressed", b"PK\x03\x04"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
}


def _file(kind: str, number: int) -> Reply:
    """A file with the first bytes of its kind; what follows is no document."""
    content_type, first = _FILES[kind]
    return Reply(first + f"invented {number} ".encode() * 200, content_type=content_type)


WRITERS = (
    two_columns,
    departments,
    collection,
    organ_names,
    matrix,
    index_html,
    no_extension,
    old_years,
    mostly_others,
    looks_inside,
    bare,
    attached,
)
