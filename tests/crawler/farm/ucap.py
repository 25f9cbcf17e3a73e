"""A portal of UCAP: the first page static, the others as JSON by channel; one column with static pages alone."""

from __future__ import annotations

import hashlib
import json

from tests.crawler.farm.planted import YEARS, Entry, Planted, alike, bodies, cut, page, planted_reports
from tests.crawler.farm.server import Query, Reply

_SITE = "/lhs"
_OLDEST = YEARS[0]
_SIZE = 9


def _hex(*parts: object) -> str:
    return hashlib.md5(repr(parts).encode(), usedforsecurity=False).hexdigest()


_CHANNELS = {year: _hex("channel", year) for year in YEARS[1:]}


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"{_SITE}/c11{year}/{year + 1}01/{_hex(number, year, serial)}.shtml"

    reports = planted_reports(address)
    others = alike(lambda number: f"{_SITE}/c112022/202301/{_hex(number)}.shtml")

    def of(year: int) -> list[Entry]:
        above = f"{_SITE}/c11{year}/"
        return [entry for entry in {**reports, **others}.items() if entry[0].startswith(above)]

    pages = {
        "/": page("首页", [(f"{_SITE}/c110001/zwgk.shtml", "政务公开")]),
        f"{_SITE}/c110001/zwgk.shtml": page(
            "政务公开", [(f"{_SITE}/zfxxgk/zfxxgk_gknbz.shtml", "政府信息公开年报")]
        ),
        f"{_SITE}/zfxxgk/zfxxgk_gknbz.shtml": page(
            "政府信息公开年报", [(f"{_SITE}/c11{year}/list.shtml", f"{year}年") for year in YEARS]
        ),
    }
    for year, channel in _CHANNELS.items():
        script = f"""<script>var channelId = '{channel}', pageSize = {_SIZE};
            function load(pageNo) {{ $.ajax({{ type: "get", dataType: "json",
              url: "/common/search/" + channelId + "?_isAgg=true&_isJson=true&_pageSize=" + pageSize +
                "&_template=index&_rangeTimeGte=&_channelName=&page=" + pageNo, success: show }}); }}</script>"""
        meta = f'<meta name="channelid" content="{channel}">'
        pages[f"{_SITE}/c11{year}/list.shtml"] = page(
            f"{year}年", of(year)[:_SIZE], more=script if year % 2 else "", meta=meta
        )
    split = cut(of(_OLDEST), 5)
    for number, part in enumerate(split, 1):
        pager = f"<script>createPageHTML('page_div',{len(split)}, {number},'list','shtml',{len(of(_OLDEST))});</script>"
        name = "list.shtml" if number == 1 else f"list_{number}.shtml"
        pages[f"{_SITE}/c11{_OLDEST}/{name}"] = page(f"{_OLDEST}年", part, more=pager)

    def answer(query: Query) -> Reply | None:
        year = next((year for year, channel in _CHANNELS.items() if f"/{channel}?" in query.path), None)
        if year is None or "_isJson" not in query.given:
            return None
        size, number = int(query.given["_pageSize"]), int(query.given["page"])
        part = of(year)[(number - 1) * size : number * size]
        results = [{"title": text, "url": path, "publishedTimeStr": "2024-01-11"} for path, text in part]
        data = {
            "page": number,
            "rows": size,
            "total": len(of(year)),
            "channelId": _CHANNELS[year],
            "results": results,
        }
        return Reply(json.dumps({"data": data}).encode(), content_type="application/json;charset=UTF-8")

    return Planted("ucap", pages | bodies(reports | others), frozenset(reports), frozenset(others), answer)
