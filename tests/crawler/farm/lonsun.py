"""A portal of LonSun: organs as columns of one kind, their lists as pieces of HTML from a label, two editions."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.crawler.farm.planted import ORGANS, Entry, Planted, alike, bodies, page, planted_reports
from tests.crawler.farm.server import Query, Reply

_FIRST = 6610040
_SIZE = 3


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"/public/{_FIRST + number}/10{year}{serial}.html"

    reports = planted_reports(address)
    others = alike(lambda number: f"/public/{_FIRST + 1}/10{number}.html")

    def of(organ: int) -> list[Entry]:
        return [entry for entry in {**reports, **others}.items() if entry[0].startswith(f"/public/{organ}/")]

    columns = [(f"/public/column/{_FIRST + number}", name) for number, name in enumerate(ORGANS)]
    pages = {
        "/": page("首页", [("/public/column/6610001", "信息公开")]),
        "/public/column/6610001": page(
            "信息公开",
            [
                (f"/public/column/{_FIRST}?type=2", "政府信息公开指南"),
                (f"/public/column/{_FIRST}?type=3", "政府信息公开年报"),
            ],
        ),
    }
    kinds = [(f"{path}?type={kind}", name) for kind in (3, 4) for path, name in columns]
    for number, (path, name) in enumerate(columns):
        entries = of(_FIRST + number)
        count = -(-len(entries) // _SIZE)
        script = f"""<script>var pageSize = {_SIZE}; Ls.pagination('#page', function (pageIndex) {{
            $.ajax({{ url: '/site/label/8888', {'type: "POST",' if number % 2 else ""} data: {{ IsAjax: 1,
              dataType: 'html', labelName: "publicInfoList", siteId: 6610009, organId: {_FIRST + number}, type: 3,
              catId: '', action: 'list', pageSize: pageSize, pageIndex: pageIndex, isDate: true, file: '/h/l' }} }});
            }}, {{ pageCount:{count} }});</script>"""
        shown = entries[:_SIZE] if number else []
        pages[f"{path}?type=3"] = page(f"{name}政府信息公开年报", [*kinds, *shown], more=script)

    def answer(query: Query) -> Reply | None:
        given = query.given
        if urlsplit(query.path).path != "/site/label/8888" or given.get("labelName") != "publicInfoList":
            return None
        organ = int(given["organId"])
        if (query.method == "POST") != bool((organ - _FIRST) % 2) or given["siteId"] != "6610009":
            return Reply(status=405)
        start = (int(given["pageIndex"]) - 1) * int(given["pageSize"])
        items = "".join(
            f"<li><a href='{path}' title='{text}'>{text}</a><span class='date'>2024-01-09</span></li>"
            for path, text in of(organ)[start : start + int(given["pageSize"])]
        )
        return Reply(f"<ul class='xxgk_nav_con'>{items}</ul>".encode())

    return Planted("lonsun", pages | bodies(reports | others), frozenset(reports), frozenset(others), answer)
