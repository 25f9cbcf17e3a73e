"""A portal of gkmlpt: a tree in the script, entries as JSON; mobile twins, and one column that stands elsewhere."""

from __future__ import annotations

import json

from tests.crawler.farm.planted import ORGANS, YEARS, Entry, Planted, alike, bodies, page, planted_reports
from tests.crawler.farm.server import Query, Reply

_SID = "889017"
_CALL = 25


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"/gkmlpt/content/{serial // 1000}/{serial}/post_{serial}00{number}.html"

    reports = planted_reports(address)
    others = alike(lambda number: f"/gkmlpt/content/9/{number}/post_{number}.html")
    government = [(path, text) for path, text in reports.items() if text.startswith(ORGANS[0])]
    rest = [entry for entry in reports.items() if entry not in government]
    nodes: dict[str, list[Entry]] = {
        "5301": government,
        "5302": [*rest[:30], *others.items(), *rest[30:]],
        "5303": [(government[0][0].replace("post_", "mpost_"), government[0][1])],
    }
    tree = [
        {"id": 5200, "name": "政策文件", "children": [], "jump_url": "", "post_count": 40},
        {
            "id": 5210,
            "name": "法定主动公开内容",
            "children": [
                {"id": 5220, "name": "政府网站年度报表", "children": [], "post_count": 3},
                {
                    "id": 5300,
                    "name": "政府信息公开年报",
                    "post_count": sum(map(len, nodes.values())),
                    "children": [
                        {"id": int(key), "name": name, "children": [], "post_count": len(nodes[key])}
                        for key, name in (
                            ("5301", "市政府"),
                            ("5302", "市直部门"),
                            ("5303", f"{YEARS[-1]}年"),
                        )
                    ],
                },
            ],
        },
    ]
    config = f"window._CONFIG = {{ SITE: 'x', SID: '{_SID}', TREE: {json.dumps(tree)}, DETAIL: null }};"
    pages = {
        "/": page("首页", [("/gkmlpt/index", "政府信息公开")]),
        "/gkmlpt/index": page("政府信息公开", [("/gkmlpt/guide", "指南")], more=f"<script>{config}</script>"),
    }

    def answer(query: Query) -> Reply | None:
        path, _, _ = query.path.partition("?")
        entries = nodes.get(path.removeprefix("/gkmlpt/api/all/"))
        if entries is None or query.given.get("sid") != _SID:
            return None
        start = (max(int(query.given["page"]), 1) - 1) * _CALL
        host = f"http://{query.headers['Host']}"
        articles = [
            {
                "id": number,
                "title": text,
                "url": host + path,
                "attachment": [{"name": "附件", "url": "/a/1.docx"}],
            }
            for number, (path, text) in enumerate(entries[start : start + _CALL])
        ]
        told = {"classify": {"post_count": len(entries)}, "total": len(entries), "articles": articles}
        return Reply(json.dumps(told).encode(), content_type="application/json")

    return Planted("gkmlpt", pages | bodies(reports | others), frozenset(reports), frozenset(others), answer)
