"""A portal of Hanweb: datastores with the first records, a proxy for the others, and reports in two columns."""

from __future__ import annotations

from tests.crawler.farm.planted import ORGANS, YEARS, Entry, Planted, alike, bodies, page, planted_reports
from tests.crawler.farm.server import Query, Reply

_PROXY = "/module/web/jpage/dataproxy.jsp"
_UNIT, _WEB = 4417, 29


def _record(entry: Entry, *, row: bool) -> str:
    path, text = entry
    link = f"<a href='{path}' title='{text}' target='_blank'>{text[:14]}...</a>"
    inside = (
        f"<tr><td>{link}</td><td>2024-01- 12</td></tr>" if row else f"<li>{link}<span>2024-01-12</span></li>"
    )
    return f"<record><![CDATA[{inside}]]></record>"


def _store(entries: list[Entry], total: int, size: int, *, row: bool) -> str:
    records = "".join(_record(entry, row=row) for entry in entries)
    return (
        f"<datastore><nextgroup><![CDATA[<a href='{_PROXY}?page=9'></a>]]></nextgroup>"
        f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // size)}</totalpage>"
        f"<recordset>{records}</recordset></datastore>"
    )


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"/art/{year + 1}/2/{number + 1}/art_31{year}_{serial}.html"

    reports = planted_reports(address)
    others = alike(lambda number: f"/art/2023/2/9/art_312022_{number}.html")
    columns: dict[str, list[Entry]] = {"31900": list({**reports, **others}.items())}
    own = [(path, text) for path, text in reports.items() if text.startswith(ORGANS[0])]
    columns["31901"] = [(path.replace("/art_31", "/art_77"), text) for path, text in own]
    pages = {
        "/": page("首页", [("/col/col31001/index.html", "政务公开")]),
        "/col/col31001/index.html": page("政务公开", [("/col/col31900/index.html", "政府信息公开年报")]),
    }
    for column, embedded, size in (("31900", 21, 7), ("31901", len(YEARS), 20)):
        entries = columns[column]
        store = _store(entries[:embedded], len(entries), size, row=column == "31901")
        script = f"""<div id="{_UNIT}"><script type="text/xml">{store}</script></div><script>
            $("#{_UNIT}").jpage({{ themeName: 'default', totalRecord: {len(entries)}, perPage: {size},
              proxyUrl: '{_PROXY}',
              params: {{ col: 1, appid: 1, webid: '{_WEB}', path: '/', columnid: '{column}', unitid: "{_UNIT}",
                        sourceContentType: 1, webname: '柳河市', permissiontype: 0 }} }});</script>"""
        links = [("/col/col31901/index.html", "市政府")] if column == "31900" else []
        pages[f"/col/col{column}/index.html"] = page("政府信息公开年报", links, more=script)

    def answer(query: Query) -> Reply | None:
        if not query.path.startswith(_PROXY):
            return None
        given = query.given
        if "Referer" not in query.headers or query.headers.get("X-Requested-With") != "XMLHttpRequest":
            return Reply(status=403)
        if (given["webid"], given["unitid"]) != (str(_WEB), str(_UNIT)):
            return Reply(status=404)
        size = 7  # this server keeps to its own page, whatever window is asked for
        start = (int(given["page"]) - 1) * size
        entries = columns[given["columnid"]]
        return Reply(
            _store(entries[start : start + size], len(entries), size, row=False).encode(),
            content_type="text/xml;charset=UTF-8",
        )

    return Planted("jpage", pages | bodies(reports | others), frozenset(reports), frozenset(others), answer)
