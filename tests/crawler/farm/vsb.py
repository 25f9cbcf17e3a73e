"""A portal of VSB: columns are files, further pages are numbered downwards and shift with every entry."""

from __future__ import annotations

from tests.crawler.farm.planted import YEARS, Planted, alike, bodies, cut, page, planted_reports


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"/info/{1040 + year % 10}/{serial}.htm"

    reports = planted_reports(address)
    others = alike(lambda number: f"/info/1042/{number}.htm")
    pages = {
        "/": page("首页", [("zwgk.htm", "政务公开"), ("xwzx.htm", "新闻中心")]),
        "/zwgk.htm": page("政务公开", [("zwgk/zfxxgk.htm", "政府信息公开")]),
        "/zwgk/zfxxgk.htm": page("政府信息公开", [("zfxxgk/gknb.htm", "政府信息公开年报")]),
        "/zwgk/zfxxgk/gknb.htm": page(
            "政府信息公开年报", [(f"gknb/a{year}n.htm", f"{year}年") for year in YEARS]
        ),
    }
    for year in YEARS:
        entries = [
            entry
            for entry in {**reports, **others}.items()
            if entry[0].startswith(f"/info/{1040 + year % 10}/")
        ]
        split = cut(entries, 4)
        root = f"/zwgk/zfxxgk/gknb/a{year}n"
        for number, part in enumerate(split):
            falling = len(split) - number
            at = f"{root}/{falling}.htm" if number else f"{root}.htm"
            there = f"a{year}n/{falling - 1}.htm" if number == 0 else f"{falling - 1}.htm"
            on = f'<span class="p_next p_fun"><a href="{there}">下页</a></span>'
            off = '<span class="p_next_d p_fun_d">下页</span>'
            more = f'<div class="p_pages"><span class="p_t">共{len(split)}页</span>{on if falling > 1 else off}</div>'
            pages[at] = page(f"{year}年", part, more=more)
    return Planted("vsb", pages | bodies(reports | others), frozenset(reports), frozenset(others))
