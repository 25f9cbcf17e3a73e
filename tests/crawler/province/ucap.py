"""鹿汀市: numbered columns whose first page is static and whose other pages are JSON, asked for by the channel's
id.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, cut, metas, other_columns
from tests.crawler.province.organs import COUNTIES, Filing, filings, lookalikes, organs
from tests.crawler.province.portal import Portal

CITY = "鹿汀市"
SITE = "/luting"
PER_PAGE = 15
COLUMN = f"{SITE}/c120216/zfxxgk_gknbz.shtml"
CHANNELS = {"c120217": "市政府", "c120218": "区县", "c120219": "市政府部门"}
TEMPLATES = (
    "c120213/zfxxgk_zn.shtml",
    "c120214/zfxxgk_zd.shtml",
    "c120215/zfxxgk_gknrz.shtml",
    "c120216/zfxxgk_gknbz.shtml",
    "c120220/ysqgk.shtml",
)


def channel_id(column: str) -> str:
    return hashlib.md5(column.encode(), usedforsecurity=False).hexdigest()


def _shell(title: str, main: str, head: str = "") -> str:
    nav = anchors(
        [
            (f"{SITE}/index.shtml", "首页"),
            (f"{SITE}/c100020/zwgk.shtml", "政务公开"),
            (f"{SITE}/c100050/hdjl.shtml", "互动交流"),
        ]
    )
    tags = metas({"SiteName": f"{CITY}政府网", "SiteDomain": "www.luting.gov.cn", "SiteIDCode": "9903000001"})
    return (
        '<!DOCTYPE html><html><head><meta http-equiv="X-UA-Compatible" content="IE=edge" />'
        f'<meta charset="utf-8" />{tags}'
        f'{head}<title>{title}_{CITY}政府网</title><link href="{SITE}/xhtml/css/reset.css" '
        'rel="stylesheet"/></head><body>'
        f'<ul class="nav">{nav}</ul>{main}<div class="foot"><a href="{SITE}/c100099/wzdt.shtml">网站地图</a></div>'
        f'<a href="http://zs.kaipuyun.test/s?siteCode=9903000001&searchWord=">站内搜索</a></body></html>'
    )


def _article(filing: Filing, channel: str, file: str | None) -> str:
    head = metas(
        {
            "ArticleTitle": filing.title,
            "PubDate": f"{filing.day} 16:30:{filing.number % 60:02}",
            "ContentSource": filing.short,
            "ColumnName": CHANNELS[channel],
            "ColumnType": "信息公开年报",
            "channelid": channel_id(channel),
        }
    )
    inner = forms.body(filing.organ, filing.year)
    if file:
        inner = (
            f'<p>请下载附件查看。</p></div><div class="fj-a"><a href="{file}" target="_blank">'
            f"{filing.title}.pdf</a>"
        )
    main = (
        f'<div class="con-tit">{filing.title}</div><div class="con-info">'
        f"<span>发布时间：{filing.day} 16:30</span><span>"
        f"信息来源：{filing.short}</span></div><div id='UCAP-CONTENT' class='article_content'>"
        f"<UCAPCONTENT>{inner}</UCAPCONTENT></div>"
    )
    return _shell(filing.title, main, head)


def _where(filing: Filing) -> str:
    return "c120217" if filing.short == "市政府" else "c120218" if filing.short in COUNTIES else "c120219"


Entry = tuple[str, str, Filing]
"""Address, title, and the filing (of a look-alike: the one before it)."""


def _answer(lists: dict[str, list[Entry]], query: Query) -> Reply:
    found = re.match(r"/common/search/([0-9a-f]{32})\?", query.path)
    if query.given.get("_isJson") != "true":
        return Reply("<html><body><div class='search-result'>检索</div></body></html>".encode())
    entries = lists.get(found[1], []) if found else []
    size = min(int(query.given.get("_pageSize", "15")), 100)
    page = max(int(query.given.get("page", "1")), 1)
    results = [
        {
            "title": title,
            "subTitle": "",
            "url": path,
            "content": f"{title}。根据《中华人民共和国政府信息公开条例》要求编制。",
            "memo": "",
            "publishedTime": filing.number * 100000,
            "publishedTimeStr": f"{filing.day} 16:30:00",
            "channelName": "年报",
            "manuscriptId": filing.hex,
            "resList": [],
            "domainMetaList": [{"resultList": [{"key": "fwjg", "value": filing.short}]}],
        }
        for path, title, filing in entries[(page - 1) * size : page * size]
    ]
    data = {
        "page": page,
        "rows": size,
        "total": len(entries),
        "channelId": found[1] if found else "",
        "results": results,
    }
    return Reply(
        json.dumps({"data": data}, ensure_ascii=False).encode(), content_type="application/json;charset=UTF-8"
    )


SCRIPT = """<div id="pages"></div><script type="text/javascript">
var channelId = '%s', pageSize = 15, total = %d;
function loadPage(n) {
  $.ajax({ type: 'get', url: '/common/search/' + channelId, dataType: 'json',
    data: { _isAgg: true, _isJson: true, _pageSize: pageSize, _template: 'index',
      _rangeTimeGte: '', _channelName: '', page: n },
    success: function (res) { var html = ''; $.each(res.data.results, function (i, v) {
      html += '<li><a href="' + v.url + '" target="_blank">' + v.title + '</a>'
        + '<span>' + v.publishedTimeStr.substring(0, 10) + '</span></li>'; });
      $('#zfxxgk_gknbxq').html(html); } });
}
layui.use('laypage', function () { layui.laypage.render({ elem: 'pages',
  count: total, limit: pageSize, jump: function (o, first) { if (!first) loadPage(o.curr); } }); });
</script>"""


def build() -> Portal:
    portal = Portal("ucap", CITY, declared="UTF-8")
    entries: dict[str, list[Entry]] = {channel: [] for channel in CHANNELS}
    for place, filing in enumerate(filings(organs(CITY, 11, 4), range(2011, 2025), first=30000, seed=5)):
        channel = _where(filing)
        path = f"{SITE}/{channel}/{filing.day:%Y%m}/{filing.hex}.shtml"
        file = (
            f"{SITE}/{channel}/{filing.day:%Y%m}/{filing.hex}/files/{filing.hex[::-1]}.pdf"
            if place % 21 == 4
            else None
        )
        if file:
            portal.files.add(portal.add_bytes(file, forms.pdf(filing.title), forms.PDF))
        if place % 67 == 11:
            portal.gone.add(path)
        else:
            portal.report(path, partial(_article, filing, channel, file))
        entries[channel].append((path, filing.title, filing))
        if place % 13 == 0:
            title = lookalikes(CITY, filing.year)[place // 13 % 10]
            twin = f"{SITE}/{channel}/{filing.day:%Y%m}/{filing.hex[16:]}{filing.hex[:16]}.shtml"
            portal.forbid([twin])
            entries[channel].append((twin, title, filing))
    tabs = anchors([(f"{SITE}/{channel}/zfxxgk_list.shtml", name) for channel, name in CHANNELS.items()])
    menu = anchors(
        [(f"{SITE}/{path}", name) for path, name in zip(TEMPLATES, BLOCKS, strict=True)],
        '<div class="item"><a href="{href}">{text}</a></div>',
    )
    for channel, name in CHANNELS.items():
        first = "".join(
            f'<li><a href="{path}" title="{title}" target="_blank">{cut(title, 30)}</a><span>{filing.day}</span></li>'
            for path, title, filing in entries[channel][:PER_PAGE]
        )
        head = metas({"ColumnName": name, "ColumnType": "信息公开年报", "channelid": channel_id(channel)})
        main = (
            f'<div>{menu}</div><ul class="tabs">{tabs}</ul><ul id="zfxxgk_gknbxq">{first}</ul>'
            f"{SCRIPT % (channel_id(channel), len(entries[channel]))}"
        )
        portal.add(f"{SITE}/{channel}/zfxxgk_list.shtml", _shell(name, main, head))
    portal.add(
        COLUMN,
        _shell(
            "政府信息公开年报",
            f'<div>{menu}</div><ul class="tabs">{tabs}</ul>',
            metas({"ColumnType": "信息公开年报"}),
        ),
    )
    lists = {channel_id(channel): found for channel, found in entries.items()}
    portal.call("GET", r"^/common/search/", partial(_answer, lists))
    _way(portal, menu)
    return portal


def _way(portal: Portal, menu: str) -> None:
    for path, name in zip(TEMPLATES[:3], BLOCKS, strict=False):
        portal.add(
            f"{SITE}/{path}", _shell(name, f"<div>{menu}</div><p>{name}</p>", metas({"ColumnName": name}))
        )
    portal.never_like.append(re.compile("ysqgk"))
    fronts = [(f"{SITE}/c1003{number:02}/list.shtml", name) for number, (name, _) in enumerate(COLUMNS)]

    def article(front: str, number: int) -> str:
        return front.replace("list.shtml", f"202405/{channel_id(front + str(number))}.shtml")

    other_columns(portal, _shell, fronts, article, lambda front: front.replace("list", "list_2"))
    public = [(f"{SITE}/c120213/zfxxgk_zn.shtml", "政府信息公开"), *fronts[3:12]]
    portal.add(f"{SITE}/c100020/zwgk.shtml", _shell("政务公开", f"<ul>{anchors(public)}</ul>"))
    news = [(article(fronts[0][0], number), text) for number, text in enumerate(HEADLINES)]
    home = _shell("首页", f"<ul>{anchors(news)}</ul><ul>{anchors(fronts)}</ul>")
    portal.add("/", home)
    portal.add(f"{SITE}/index.shtml", home)
