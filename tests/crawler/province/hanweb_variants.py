"""砚溪市: the other ways of numbered columns. An older proxy that heeds only `page`, records in table rows with
broken dates, article ids of the newer shapes; a list that pages through `gotopage()`; reports that are files in
folders of years.
"""

from __future__ import annotations

import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.hanweb import column_page
from tests.crawler.province.menus import COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "砚溪市"
WEB_ID = "97"
COUNTY_LIST = "/col/13256_883485/"
OLD = ("5301", "5302")
PER_PAGE = 10


def _shell(title: str, main: str, head: str = "") -> str:
    return (
        f"<html><head><meta charset='utf-8'>{head}<title>{title}</title></head><body>"
        "<a href='/'>首页</a><a href='/col/col5000/'>"
        f"政务公开</a><a href='/col/col5001/'>政务要闻</a><div id='c'>{main}</div></body></html>"
    )


def _article(filing: Filing) -> str:
    head = metas({"ArticleTitle": filing.title, "PubDate": str(filing.day), "ContentSource": filing.organ}, 1)
    return _shell(
        filing.title,
        f"<h2>{filing.title}</h2><div class='bt-content'>{forms.body(filing.organ, filing.year)}</div>",
        head,
    )


def _row(path: str, filing: Filing) -> str:
    day = f"{filing.day:%Y- %m-%d}"
    day = f"{day[:-1]} {day[-1]}"
    return (
        f"<tr><td align='left'><a href='{path}' class='bt_link' title='{filing.title}'>"
        f"{filing.title}</a></td><td>{day}</td></tr>"
    )


def _old_column(portal: Portal, number: str, own: list[Filing], others: str) -> list[str]:
    rows = []
    for filing in own:
        path = (
            f"/art/{filing.day.year}/art_{filing.hex}.html"
            if number == OLD[0]
            else f"/col/col{number}/art/{filing.day.year}/art_{filing.uuid}.html"
        )
        portal.report(path, partial(_article, filing))
        rows.append(_row(path, filing))
    store = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows[:PER_PAGE])
    query = f"?col=1&appid=1&webid={WEB_ID}&path=/&columnid={number}"
    query += "&sourceContentType=3&unitid=8806&webname=site&permissiontype=0"
    main = (
        f"{others}<table id='8806'></table><script type='text/xml'><datastore><nextgroup>"
        f"</nextgroup><recordset>{store}</recordset></datastore>"
        f"</script><script>var totalRecord = {len(rows)};"
        f" var totalPage = {-(-len(rows) // PER_PAGE)}; var perPage = {PER_PAGE};"
        f'jpage("8806", "/module/jpage/dataproxy.jsp{query}");</script>'
    )
    portal.add(
        column_page(number), _shell("政府信息公开年报", main, metas({"ColumnType": "信息公开年报"}, 2))
    )
    return rows


def _proxy(lists: dict[str, list[str]], query: Query) -> Reply:
    rows = lists.get(query.given.get("columnid", ""), []) if query.given.get("webid") == WEB_ID else []
    page = int(query.given.get("page", "1"))
    part = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in part)
    pages = -(-len(rows) // PER_PAGE)
    text = (
        f"<datastore><totalrecord>{len(rows)}</totalrecord><totalpage>{pages}</totalpage>"
        f"<recordset>{records}</recordset></datastore>"
    )
    return Reply(text.encode(), content_type="text/xml")


def _county_files(portal: Portal, own: list[Filing]) -> None:
    """A column whose lines are the files themselves; its pages are reached by a script."""
    lines = []
    for filing in own:
        path = f"/wzxxgknb/{filing.year + 1}/1132{filing.number:06}.pdf"
        portal.add_bytes(path, forms.pdf(filing.title), forms.PDF)
        portal.reports.append(frozenset((path,)))
        lines.append(f"<li><a href='{path}' target='_blank'>{filing.title}</a>{filing.day:%Y/%m/%d}</li>")
    pages = [lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE)]
    for number, part in enumerate(pages, 1):
        script = (
            f"<script>var pageCount = {len(pages)};function gotopage(n){{ if(n==1){{location.href='index.html'}}"
            "else{location.href='index_'+n+'.html'} }</script><a onclick='gotopage({number + 1})'>下页</a>"
        )
        name = "index.html" if number == 1 else f"index_{number}.html"
        portal.add(COUNTY_LIST + name, _shell("县区年报", f"<ul>{''.join(part)}</ul>{script}"))


def build() -> Portal:
    portal = Portal("hanweb_jcms", CITY)
    who = organs(CITY, 6, 3)
    all_filings = filings(who, range(2017, 2025), first=100, seed=8)
    shorts = [short for _, short in who]
    county = [one for one in all_filings if one.short in shorts[1:4]]
    bureaus = [one for one in all_filings if one.short in shorts[4:7]]
    rest = [one for one in all_filings if one not in county and one not in bureaus]
    others = anchors(
        [
            (column_page(OLD[0]), "政府和部门年报"),
            (column_page(OLD[1]), "其他部门年报"),
            (f"{COUNTY_LIST}index.html", "县区年报"),
        ]
    )
    lists = {
        OLD[0]: _old_column(portal, OLD[0], bureaus, others),
        OLD[1]: _old_column(portal, OLD[1], rest, others),
    }
    _county_files(portal, county)
    portal.call("GET|POST", r"^/module/jpage/dataproxy\.jsp", partial(_proxy, lists))
    fronts = [(f"/col/col50{number:02}/", name) for number, (name, _) in enumerate(COLUMNS[:12], 1)]
    portal.never_like.append(re.compile(r"^/art/2024/5/"))
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"/art/2024/5/{number + 1}/art_{front[8:12]}_{1000 + number}.html",
        lambda front: f"{front}index_2.html",
    )
    public = [(column_page(OLD[0]), "政府信息公开年度报告"), *fronts[4:9]]
    portal.add("/col/col5000/", _shell("政务公开", f"<ul>{anchors(public)}</ul>"))
    portal.add("/", _shell(CITY, f"<p>{HEADLINES[1]}</p><ul>{anchors(fronts)}</ul>"))
    return portal
