"""A portal of static folders: years, agencies below one of them, pages counted from zero, mobile twins."""

from __future__ import annotations

from tests.crawler.farm.planted import ORGANS, YEARS, Planted, alike, bodies, cut, page, planted_reports

_ROOT = "/xxgk/gkml/gknb_318/"


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        below = f"jg{number}_55/" if year == YEARS[-1] else ""
        return f"{_ROOT}nd{year}_40{year % 10}/{below}{year + 1}02/t{year + 1}0211_{serial}.shtml"

    reports = planted_reports(address)
    others = alike(lambda number: f"{_ROOT}nd2021_401/202202/t20220212_{number}.shtml")
    pages = {
        "/": page("首页", [("/xxgk/", "信息公开"), ("/zmhd/", "政民互动")]),
        "/xxgk/": page("信息公开", [("./gkml/", "政府信息公开"), ("/ysq/", "依申请公开")]),
        "/xxgk/gkml/": page("政府信息公开", [("./zn/", "指南"), ("./gknb_318/", "政府信息公开年报")]),
        _ROOT: page("政府信息公开年报", [(f"./nd{year}_40{year % 10}/", f"{year}年") for year in YEARS]),
    }
    for year in YEARS[:-1]:
        above = f"{_ROOT}nd{year}_40{year % 10}/"
        entries = [entry for entry in {**reports, **others}.items() if entry[0].startswith(above)]
        split = cut(entries, 6)
        for number, part in enumerate(split):
            twins = [(path.replace(".shtml", "_wap.shtml"), text) for path, text in part[:1]]
            pager = f"<script>createPageHTML({len(split)}, {number},'index','shtml');</script>"
            name = f"index_{number}.shtml" if number else ""
            pages[above + name] = page(f"{year}年", [*part, *twins], more=pager)
    above = f"{_ROOT}nd{YEARS[-1]}_40{YEARS[-1] % 10}/"
    pages[above] = page(
        f"{YEARS[-1]}年", [(f"./jg{number}_55/", organ) for number, organ in enumerate(ORGANS)]
    )
    for number in range(len(ORGANS)):
        entries = [(path, "年度报告") for path in reports if path.startswith(f"{above}jg{number}_55/")]
        pages[f"{above}jg{number}_55/"] = page(ORGANS[number], entries)
    return Planted(
        "static_directory", pages | bodies(reports | others), frozenset(reports), frozenset(others)
    )
