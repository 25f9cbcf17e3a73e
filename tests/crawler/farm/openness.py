"""A portal of Openness MVC: lists by organ, `page_N` counted from one."""

from __future__ import annotations

from tests.crawler.farm.planted import ORGANS, Planted, alike, bodies, cut, page, planted_reports


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"/OpennessAnnualReport/show/{serial}.html"

    reports = planted_reports(address)
    others = alike(lambda number: f"/OpennessAnnualReport/show/{number}.html")
    pages = {
        "/": page("首页", [("/Openness/", "信息公开"), ("/OpennessGuide/show/3.html", "指南")]),
        "/Openness/": page(
            "信息公开",
            [
                ("/OpennessContent/showList/1/77/page_1.html", "政府信息公开年度报告"),
                ("/OpennessRules/", "制度"),
            ],
        ),
    }
    whole = list({**reports, **others}.items())
    organs = [(f"/OpennessContent/showList/{n + 1}/77/page_1.html", name) for n, name in enumerate(ORGANS)]
    for number, (_, name) in enumerate(organs):
        entries = [entry for entry in whole if entry[1].startswith(name)]
        entries += [entry for entry in others.items() if entry not in entries and number == 1]
        split = cut(entries, 3)
        for at, part in enumerate(split, 1):
            links = organs if number == 0 and at == 1 else []
            there = f'<a href="page_{at + 1}.html">下一页</a><a href="page_{len(split)}.html">尾页</a>'
            more = (
                f"<span>第{at}页/共{len(split)}页</span>" if number % 2 else there if at < len(split) else ""
            )
            pages[f"/OpennessContent/showList/{number + 1}/77/page_{at}.html"] = page(
                name, [*links, *part], more=more
            )
    return Planted("openness", pages | bodies(reports | others), frozenset(reports), frozenset(others))
