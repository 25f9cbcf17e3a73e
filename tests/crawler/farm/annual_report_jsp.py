"""A portal of Hanweb's disclosure module: reports by organ and year, linked for some organs, chosen for others."""

from __future__ import annotations

from tests.crawler.farm.planted import ORGANS, YEARS, Planted, page, planted_reports
from tests.crawler.town import report

_JSP = "/module/xxgk/xxgkAnnualReport.jsp"


def planted() -> Planted:
    def address(number: int, year: int, serial: int) -> str:
        return f"{_JSP}?area=11330{number + 100}MB&fbtime={year}"

    reports = planted_reports(address)
    pages = {
        "/": page("首页", [("/col/col5501/index.html", "政府信息公开")]),
        "/col/col5501/index.html": page("政府信息公开", [("/col/col5502/index.html", "政府信息公开年报")]),
        "/col/col5502/index.html": page(
            "政府信息公开年报",
            [(f"/col/col56{number}/index.html", ORGANS[number]) for number in range(4)],
            more=_choice(),
        ),
    }
    for number in range(4):
        links = [(path, f"{year}年") for path, year in ((address(number, year, 0), year) for year in YEARS)]
        pages[f"/col/col56{number}/index.html"] = page(ORGANS[number], links)
    whole = pages | {path: report(text) for path, text in reports.items()}
    return Planted("annual_report_jsp", whole, frozenset(reports))


def _choice() -> str:
    organs = "".join(f"<option value='11330{n + 100}MB'>{ORGANS[n]}</option>" for n in range(4, len(ORGANS)))
    years = "".join(f"<option value='{year}'>{year}年</option>" for year in YEARS)
    return (
        f"<select name='area'><option value=''>请选择</option>{organs}</select><select id=fbtime>{years}</select>"
        f"<script>function go() {{ location.href = '{_JSP}?area=' + $('[name=area]').val() + "
        "'&fbtime=' + $('#fbtime').val(); }</script>"
    )
