"""榴渚市: a column whose list is XML inside a script's call, refused without the page it is asked from."""

from __future__ import annotations

from functools import partial

from tests.crawler.farm import Query, Reply
from tests.crawler.province.around import article, page, surround
from tests.crawler.province.organs import Filing, filings, organs
from tests.crawler.province.portal import Portal

CITY = "榴渚市"
COLUMN = "/lzrmzf/zfxxgknb/zfxxgknb.html"
COLUMN_ID = "20c2c296-b924-47f0-be46-d7ad48e90001"


def _messages(lines: list[tuple[str, Filing]], query: Query) -> Reply:
    given = query.given
    if COLUMN not in query.headers.get("Referer", ""):
        return Reply(b"Not Found", status=404)
    mine = lines if given.get("columnId") == COLUMN_ID else []
    start = int(given.get("startrecord", "1"))
    size = int(given.get("perpage", "20"))
    size = size if size in (10, 20, 50) else 20
    end = min(int(given.get("endrecord", str(start + size - 1))), start + size - 1)
    records = "".join(
        f"<record><![CDATA[<li><a href='{path}' title='{one.title}'>{one.title}</a>"
        f"<span>{one.day}</span></li>]]></record>"
        for path, one in mine[start - 1 : end]
    )
    xml = f"<datastore><totalrecord>{len(mine)}</totalrecord><recordset>{records}</recordset></datastore>"
    result = xml.replace('"', '\\"')
    return Reply(
        f'{given.get("callback", "cb")}({{"result":"{result}"}})'.encode(),
        content_type="application/javascript",
    )


def build() -> Portal:
    portal = Portal("truecms", CITY)
    own = filings(organs(CITY, 6), range(2018, 2025), first=40, seed=35)
    lines = [
        (
            portal.report(f"/lzrmzf/zfxxgknb/content/{one.uuid}.html", partial(article, one, 'class="con"')),
            one,
        )
        for one in own
    ]
    script = (
        f"<div id='list'></div><script>var perpage=20,total={len(own)};"
        f"function page(n){{$.ajax({{url:'/lzrmzf_web/messageController/getMessage.do',"
        "type:'get',dataType:'jsonp',jsonp:'callback',jsonpCallback:'cb',"
        f"data:{{startrecord:(n-1)*perpage+1,endrecord:n*perpage,perpage:perpage,"
        f"columnId:'{COLUMN_ID}'}},success:show}})}}page(1);</script>"
    )
    portal.add(COLUMN, page("政府信息公开年报", script))
    portal.call("GET", r"^/lzrmzf_web/messageController/getMessage\.do\?", partial(_messages, lines))
    surround(
        portal,
        "/lzrmzf/zwgk/zwgk.html",
        [(COLUMN, "政府信息公开年报")],
        "/lzrmzf/lm{column}/lm{column}.html",
        "/lzrmzf/lm{column}/content/{hex}.html",
        "/lzrmzf/lm{column}/lm{column}_2.html",
    )
    return portal
