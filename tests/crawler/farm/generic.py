"""A portal of no family: pages named in other ways, followed by 下一页; a frame, a page that sends on, a file."""

from __future__ import annotations

from tests.crawler.farm.planted import ORGANS, YEARS, Planted, alike, bodies, cut, page, planted_reports
from tests.crawler.farm.server import Reply


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"/gk/nb/content_{serial}" if number % 2 else f"/Content-{serial}.html"

    reports = planted_reports(address)
    others = alike(lambda number: f"/Content-{number}.html")
    pages = {
        "/": '<html><head><meta http-equiv="refresh" content="0;url=/main.jhtml"></head><body></body></html>',
        "/main.jhtml": page("首页", [("/gk/zwgk.jhtml", "政务公开")]),
        "/gk/zwgk.jhtml": page("政务公开", [("/Node-41.html", "年度报告")]),
        "/Node-41.html": '<html><head><title>政府信息公开年报</title></head><body><a href="/">首页</a>'
        '<iframe src="/inner/nb.jhtml?id=41"></iframe></body></html>',
    }
    split = cut({**reports, **others}.items(), 11)
    for number, part in enumerate(split, 1):
        at = "/inner/nb.jhtml?id=41" + (f"&p={number}" if number > 1 else "")
        there = f"""<a href='/inner/nb.jhtml?id=41&amp;p={number + 1}'>下一页</a>"""
        more = there if number < len(split) else "<span>下一页</span>"
        more += f'<a href="/inner/nb.jhtml?id=41&p={len(split)}">尾页</a>'
        pages[at] = page("政府信息公开年报", part, more=more)
    whole = pages | bodies(reports | others)
    path = next(path for path, text in reports.items() if text.startswith(f"{ORGANS[3]}{YEARS[0]}"))
    whole[path] = page(
        reports[path], [("/download.jsp?wbfileid=88", "附件【年报全文】"), ("/zn.docx", "办事指南")]
    )
    extra = {
        "/download.jsp?wbfileid=88": Reply(b"PK\x03\x04 of the town", content_type="application/octet-stream")
    }
    held = frozenset({*reports, *extra})
    return Planted("generic", whole, held, frozenset({*others, "/zn.docx"}), None, extra)
