"""栖霖市: a static directory with zero-based pages, a folder for each year, three kinds of organs under the newest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, cut, metas, other_columns
from tests.crawler.province.organs import COUNTIES, Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "栖霖市"
ROOT = "/zwgk/zfxxgkzl/"
COLUMN = ROOT + "xxgknb/"
YEARS = range(2012, 2025)
FOLDERS = {year: f"{COLUMN}{year}n/" if year % 2 else f"{COLUMN}nb_{year}/" for year in YEARS[:-1]}
NEWEST = COLUMN + "2024n_51464/"
KINDS = {NEWEST + "szf/": "市政府", NEWEST + "xsq/": "县（市、区）", NEWEST + "szbm_516/": "市政府部门"}
PER_PAGE = 20
SITE = {"SiteName": f"{CITY}人民政府", "SiteDomain": "www.qilin.gov.cn", "SiteIDCode": "9901000001"}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    title: str
    shown: str
    day: str

    def at(self, folder: str) -> str:
        return (
            f'<li><a href="{folder}{self.name}" target="_blank" title="{self.title}">{self.shown}</a>'
            f"<span>{self.day}</span></li>"
        )


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors(
        [
            ("/", "首页"),
            ("/zjbs/", f"走进{CITY}"),
            ("/ywdt/", "要闻动态"),
            ("/zwgk/", "政务公开"),
            ("/zxft/", "互动交流"),
            ("http://zwfw.qilin.test/", "政务服务"),
            ("/was5/web/search?channelid=2093", "搜索"),
        ],
        '<a href="{href}" target="_self">{text}</a>',
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>'
        f"{title}_{CITY}人民政府</title>\n"
        f'{metas(SITE)}\n{head}\n<link rel="stylesheet" href="/images/base.css">\n'
        '<script src="/images/jquery-1.12.4.min.js"></script>\n</head>\n<body>'
        f'\n<div class="header"><div class="nav">{nav}'
        f'</div></div>\n{main}\n<div class="footer"><a href="/wzdt/">网站地图</a> <a href="/gywm/">关于我们</a>'
        f"<p>主办：{CITY}人民政府办公室 网站标识码：9901000001</p></div></body></html>"
    )


def _folder(filing: Filing) -> str:
    """The year's folder, the youngest in three kinds. A few reports lie in the folder of the year before."""
    if filing.year < 2024:
        return FOLDERS[filing.year - (filing.number % 37 == 0 and filing.year > 2012)]
    kind = "szf/" if filing.short == "市政府" else "xsq/" if filing.short in COUNTIES else "szbm_516/"
    return NEWEST + kind


def _page(filing: Filing, path: str, inner: str) -> str:
    tags = {
        "ArticleTitle": filing.title,
        "PubDate": f"{filing.day} 10:{filing.number % 60:02}",
        "ContentSource": filing.organ,
        "ColumnName": f"{filing.year}年",
        "ColumnType": "信息公开年报",
    }
    twin = path.replace(".html", "_wap.html")
    head = metas(tags) + f'\n<link rel="alternate" media="only screen and (max-width: 640px)" href="{twin}">'
    main = (
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a>'
        f' &gt; <a href="{COLUMN}">'
        f"政府信息公开年报</a></div><h1>{filing.title}</h1>"
        f'<div class="info">发布时间：{filing.day} 来源：{filing.organ}'
        f'<a href="javascript:window.print()">打印</a><a href="{twin}">手机版</a></div>'
        f'<div class="view TRS_UEDITOR trs_paper_default trs_editor_view">{inner}</div>'
        '<div class="about"><h3>相关文档</h3>'
        f'<ul><li><a href="/zcwj/202405/t20240504_310003.html">{HEADLINES[3]}</a></li></ul></div>'
    )
    return _shell(filing.title, main, head)


def _menu() -> str:
    pairs = [(NEWEST, "2024年")] + [(FOLDERS[year], f"{year}年") for year in reversed(YEARS[:-1])]
    return f'<div class="left-menu"><ul>{anchors(pairs)}</ul></div>'


def _list(portal: Portal, folder: str, name: str, lines: list[_Line]) -> None:
    """The pages of one list; page k + 1 is index_k, and the script counts from zero."""
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)]
    tags = metas({"ColumnName": name, "ColumnDescription": f"{CITY}{name}", "ColumnType": "信息公开年报"})
    for number, part in enumerate(pages):
        script = f'createPageHTML({len(pages)}, {number}, "index", "html");'
        items = "\n".join(line.at("./") for line in part)
        main = (
            f'<div class="con">{_menu()}<div class="right"><h2>{name}</h2>\n<ul class="xxgk-list">\n{items}\n</ul>\n'
            f'<div class="pages"><script>{script}</script></div></div></div>'
        )
        portal.add(f"{folder}index_{number}.html" if number else folder, _shell(name, main, tags))


def _publish(portal: Portal, filing: Filing, place: int) -> _Line:
    folder = _folder(filing)
    month = f"{folder}{filing.day:%Y%m}/"
    path = f"{month}t{filing.day:%Y%m%d}_{filing.number}.html"
    inner = forms.body(filing.organ, filing.year)
    file = f"{filing.day:%Y%m%d}{filing.number:09}"
    if place % 41 == 7:
        portal.gone.add(path)
    elif place % 19 == 3:
        inner = (
            f'<p>全文见附件。</p><p>附件：<a href="./P0{file}.docx" OLDSRC="P0{file}.docx">'
            f"{filing.title}.docx</a></p>"
        )
        portal.files.add(portal.add_bytes(f"{month}P0{file}.docx", forms.docx(filing.title), forms.DOCX))
    elif place % 23 == 5:
        inner += f'<p>附件：<a href="./W0{file}.pdf">{filing.title}.pdf</a></p>'
        portal.add_bytes(f"{month}W0{file}.pdf", forms.pdf(filing.title), forms.PDF)
        (portal.never if filing.year >= 2014 else portal.files).add(f"{month}W0{file}.pdf")
    if path not in portal.gone:
        portal.report(path, lambda: _page(filing, path, inner))
        portal.forbid([path.replace(".html", "_wap.html")])
    shown = filing.short if place % 29 == 0 else cut(filing.title, 26)
    return _Line(path.removeprefix(folder), filing.title, shown, str(filing.day))


def build() -> Portal:
    portal = Portal("trs_wcm", CITY)
    lines: dict[str, list[_Line]] = {folder: [] for folder in (*FOLDERS.values(), *KINDS)}
    for place, filing in enumerate(filings(organs(CITY, 12, 4), YEARS, first=5000, seed=1)):
        lines[_folder(filing)].append(_publish(portal, filing, place))
    for year in range(2016, 2024):
        for number, title in enumerate(lookalikes(CITY, year)[year % 3 :: 3]):
            name = f"{year + 1}03/t{year + 1}0318_{90000 + year * 10 + number}.html"
            lines[FOLDERS[year]].insert(number * 4, _Line(name, title, cut(title, 26), f"{year + 1}-03-18"))
            portal.forbid([FOLDERS[year] + name])
    for year, folder in FOLDERS.items():
        _list(portal, folder, f"{year}年", lines[folder])
    for folder, name in KINDS.items():
        _list(portal, folder, name, lines[folder])
    _way(portal, lines)
    return portal


def _way(portal: Portal, lines: dict[str, list[_Line]]) -> None:
    """From the home page to the column."""
    boxes = "".join(
        f'<div class="box"><h3><a href="{folder}">{name}</a><a class="more" href="{folder}">更多&gt;&gt;</a></h3>'
        f"<ul>{''.join(line.at(folder) for line in lines[folder][:5])}</ul></div>"
        for folder, name in KINDS.items()
    )
    tags = metas({"ColumnName": "政府信息公开年报", "ColumnType": "信息公开年报"})
    for path, name in ((COLUMN, "政府信息公开年报"), (NEWEST, "2024年")):
        portal.add(path, _shell(name, f'{_menu()}<div class="right">{boxes}</div>', tags))
    slugs = ("zfxxgkzn", "zfxxgkzd", "fdzdgknr", "xxgknb", "ysqgk")
    cards = anchors([(f"./{slug}/", name) for slug, name in zip(slugs, BLOCKS, strict=True)])
    portal.add(ROOT, _shell("政府信息公开", f'<div class="menu-cards">{cards}</div>'))
    for slug, name in zip(slugs[:3], BLOCKS, strict=False):
        portal.add(f"{ROOT}{slug}/", _shell(name, "<p>本栏目内容正在完善。</p>", metas({"ColumnName": name})))
    portal.never_like.append(re.compile("/was5/|/ysqgk/"))
    left = [("./zfxxgkzl/", "政府信息公开专栏")] + [(f"../{slug}/", name) for name, slug in COLUMNS[3:12]]
    portal.add("/zwgk/", _shell("政务公开", f'<ul class="menu">{anchors(left)}</ul>'))

    def article(front: str, number: int) -> str:
        return f"{front}202405/t202405{number + 1:02}_{310000 + number}.html"

    fronts = [(f"/{slug}/", name) for name, slug in COLUMNS]
    other_columns(portal, _shell, fronts, article, lambda front: f"{front}index_1.html")
    news = [(article("/ywdt/", number), text) for number, text in enumerate(HEADLINES)]
    portal.add(
        "/", _shell("首页", f'<ul class="news">{anchors(news)}</ul><ul class="quick">{anchors(fronts)}</ul>')
    )
