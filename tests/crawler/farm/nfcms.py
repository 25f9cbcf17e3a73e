"""A portal of NFCMS: folders by year and by kind of organ, further pages counted from one, mobile twins."""

from __future__ import annotations

from tests.crawler.farm.planted import YEARS, Planted, alike, bodies, cut, page, planted_reports

_ROOT = "/zwgk/gkpt/ndxxgkbg/"


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"{_ROOT}{'bm' if number else 'zf'}/{year}n/content/post_{serial}55.html"

    reports = planted_reports(address)
    others = alike(lambda number: f"{_ROOT}bm/2021n/content/post_{number}.html")
    meta = '<meta name="NFCMS_SITE_ID" content="71">'
    pages = {
        "/": page("首页", [("/zwgk/index.html", "政务公开")]),
        "/zwgk/index.html": page("政务公开", [("./gkpt/index.html", "政府信息公开平台")]),
        "/zwgk/gkpt/index.html": page("政府信息公开平台", [("./ndxxgkbg/index.html", "年度报告")]),
        f"{_ROOT}index.html": page(
            "政府信息公开年度报告",
            [("./zf/index.html", "市政府"), ("./bm/index.html", "市直部门")],
            meta=meta,
        ),
    }
    for kind, name in (("zf", "市政府"), ("bm", "市直部门")):
        years = [(f"./{year}n/index.html", f"{year}年") for year in YEARS]
        pages[f"{_ROOT}{kind}/index.html"] = page(name, years, meta=meta)
        for year in YEARS:
            above = f"{_ROOT}{kind}/{year}n/"
            entries = [entry for entry in {**reports, **others}.items() if entry[0].startswith(above)]
            split = cut(entries, 5)
            for number, part in enumerate(split, 1):
                twins = [(path.replace("post_", "mpost_"), text) for path, text in part[:1]]
                more = f"<div class='fy'>共{len(split)}页</div>"
                if year % 2:
                    more = "".join(f'<a href="index_{k}.html">{k}</a>' for k in range(2, len(split) + 1))
                    more += f'<a href="index_{number + 1}.html">下一页</a>' if number < len(split) else ""
                file = "index.html" if number == 1 else f"index_{number}.html"
                pages[above + file] = page(f"{year}年", [*part, *twins], more=more, meta=meta)
    return Planted("nfcms", pages | bodies(reports | others), frozenset(reports), frozenset(others))
