"""云岫市: departments with disclosure pages of their own, each with another of the pagers that static portals
write, and a city-wide page that links the reports of early years. The pages are in GBK.
"""

from __future__ import annotations

from functools import partial

from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import DEPARTMENTS, Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "云岫市"
SLUGS = ("fgw", "jyj", "kjj", "gxj", "mzj", "gaj")
PER_PAGE = 6
TOPIC = "/zt/zfxxgkndbgzt/"


def _shell(title: str, main: str, head: str = "") -> str:
    return (
        "<!DOCTYPE HTML PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN'><html><head>"
        "<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>"
        f"<title>{title}-{CITY}</title>{head}</head>"
        "<body><table width='1000'><tr><td><a href='/'>网站首页</a> | <a href='/zwgk/'>"
        "政务公开</a> | <a href='/bmgk/'>"
        f"部门信息公开</a> | <a href='/ztzl/'>专题专栏</a></td></tr><tr><td>{main}</td></tr></table>"
        f"<div>{CITY}人民政府版权所有</div></body></html>"
    )


def _article(filing: Filing) -> str:
    main = (
        f"<div class='title'>{filing.title}</div><div class='ly'>来源：{filing.organ}　发布日期：{filing.day}</div>"
        f"<div class='TRS_Editor'>{forms.body(filing.organ, filing.year)}</div>"
    )
    return _shell(filing.title, main)


def _pager(style: int, total: int, number: int) -> str:
    """The words by which a list says how many pages it has; `number` counts from zero."""
    match style:
        case 0:
            return f"<script>createPage({total}, {number}, 'index', 'shtml');</script>"
        case 1:
            return (
                f"<script>\nvar currentPage = {number};//所在页从0开始\nvar countPage = {total};"
                "//共多少页\nvar nextPage = currentPage + 1;\n</script>"
            )
        case 2:
            return (
                "<input id='pageNum'><a href='javascript:go()'>跳转</a><script>function go(){var "
                "ele=document.getElementById("
                f"'pageNum');if(ele.value>{total}||ele.value<1){{alert('页码有误');return;}}"
                "location.href=ele.value==1?'index.shtml':'index_'+(ele.value-1)+'.shtml';}</script>"
            )
        case 3:
            return "".join(f"<a href='{page}.html'>{page}</a>" for page in range(1, total + 1))
    near = f"<a href='index_{number + 1}.shtml'>下一页</a>" if number + 1 < total else "<span>下一页</span>"
    return f"第{number + 1}页/共{total}页 {near} <a href='index_{total - 1}.shtml'>末页</a>"


def _name(style: int, number: int) -> str:
    if style == 3:
        return f"{number + 1}.html"
    return f"index_{number}.shtml" if number else "index.shtml"


def _department(portal: Portal, style: int, slug: str, name: str, own: list[Filing]) -> None:
    root = f"/bm/{slug}/"
    column = f"{root}zfxxgk/gknb/"
    blocks = anchors(
        [
            (f"{root}zfxxgk/{end}/", text)
            for end, text in zip(("zn", "zd", "fdzd", "gknb", "ysq"), BLOCKS, strict=True)
        ],
        "<dd><a href='{href}'><img src='/i/{text}.png' alt=''>{text}</a></dd>",
    )
    portal.add(f"{root}zfxxgk/", _shell(f"{CITY}{name}信息公开", f"<dl>{blocks}</dl>"))
    pages = [own[start : start + PER_PAGE] for start in range(0, len(own), PER_PAGE)]
    for number, part in enumerate(pages):
        items = []
        for filing in part:
            short = f"{filing.day:%Y%m}/t{filing.number + 1220000}.shtml"
            href = column + short if style == 3 else f"./{short}"
            items.append(
                f"<li><a title='{filing.title}' href='{href}'>{filing.title}</a> [{filing.day}]</li>"
            )
            portal.report(column + short, partial(_article, filing))
        text = "".join(items)
        if style == 4:
            text = "<script>" + "".join(f'document.write("{item}");' for item in items) + "</script>"
        page = _shell(
            "公开年报",
            f"<ul>{text}</ul>{_pager(style, len(pages), number)}",
            metas({"columnname": "公开年报"}, 1),
        )
        portal.add(column + _name(style, number), page)
        if number == 0:
            portal.add(column, page)


def build() -> Portal:
    portal = Portal("trs_wcm", CITY, encoding="gb18030")
    who = organs(CITY, len(SLUGS))
    own = filings(who[1:], range(2014, 2024), first=300, seed=2)
    for style, (slug, name) in enumerate(zip(SLUGS, DEPARTMENTS, strict=False)):
        _department(portal, style, slug, name, [one for one in own if one.short == f"市{name}"])
    departments = [
        (f"/bm/{slug}/zfxxgk/", f"{CITY}{name}") for slug, name in zip(SLUGS, DEPARTMENTS, strict=False)
    ]
    portal.add("/bmgk/", _shell("部门信息公开", anchors(departments, "<a href='{href}'>{text}</a><br>")))
    early = filings(who, range(2009, 2014), first=9000, seed=3)
    topic = []
    for year in range(2013, 2008, -1):
        pairs = []
        for filing in (one for one in early if one.year == year):
            path = f"{TOPIC}{year}n/{filing.day:%Y%m}/t{filing.day:%Y%m%d}_{filing.number}.shtml"
            portal.report(path, partial(_article, filing))
            pairs.append((path, filing.short))
        cells = anchors(pairs, "<td><a href='{href}'>{text}</a></td>")
        topic.append(f"<h3>{year}年度</h3><table><tr>{cells}</tr></table>")
    portal.add(TOPIC, _shell("全市政府信息公开年度报告专题", "".join(topic)))

    def article(front: str, number: int) -> str:
        return f"{front}202402/t{1400000 + number + len(front)}.shtml"

    fronts = [(f"/{slug}/", name) for name, slug in COLUMNS]
    other_columns(portal, _shell, fronts, article, lambda front: f"{front}index_1.shtml")
    topics = [(TOPIC, "政府信息公开年度报告专题"), ("/zt/fxkh/", "防汛抗旱"), ("/zt/xfyx/", "先锋引领")]
    portal.forbid(["/zt/fxkh/202406/t1500001.shtml"])
    for front in ("/zt/fxkh/", "/zt/xfyx/"):
        portal.add(front, _shell("专题", "<a href='/zt/fxkh/202406/t1500001.shtml'>暴雨预警</a>"))
    portal.add("/ztzl/", _shell("专题专栏", anchors(topics)))
    portal.add("/zwgk/", _shell("政务公开", anchors([("/bmgk/", "部门信息公开"), *fronts[2:9]])))
    news = [(article("/ywdt/", number), text) for number, text in enumerate(HEADLINES)]
    portal.add("/", _shell("首页", f"<ul>{anchors(news)}</ul><div>{anchors(fronts)}</div>"))
    return portal
