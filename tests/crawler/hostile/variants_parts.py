"""Columns whose parts are chosen in boxes, and entries that say little or look like parts."""

from __future__ import annotations

from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.lists import drawn
from tests.crawler.hostile.portal import ORGANS, YEARS, Portal
from tests.crawler.hostile.skins import TABLES, rows


def chosen_years(p: Portal) -> None:
    """A box with the years, which a script listens to; what is chosen is the address. Another box searches."""
    column = "/zwgk/gknb/"
    options = "".join(f'<option value="{column}{year}/index.html">{year}年</option>' for year in YEARS)
    search = (
        '<form action="/search"><select name=nd><option value="2023">2023年</option></select>'
        "<input name=q><input type=submit></form>"
    )
    box = f'<select id=nd>{options}</select><script>$("#nd").change(function () {{ go($(this).val()) }})</script>'
    p.home((column, "政府信息公开年报"))
    for year in YEARS:
        items = [p.report(f"{column}{year}/{n}.html", organ, year) for n, organ in enumerate(ORGANS[:5])]
        p.put(f"{column}{year}/index.html", f"{search}{box}{drawn(items)}", f"{year}年")
        if year == YEARS[0]:
            p.put(column, f"{search}{box}{drawn(items)}", "政府信息公开年报")


def chosen_organs(p: Portal) -> None:
    """A form with a box of organs, whose choice is sent to the address of the list; the list of none is empty."""
    p.skin = TABLES
    address = "/xxgk/nb.jsp"
    organs = dict(enumerate(ORGANS[:5], 301))
    p.home((address + "?lm=7", "政府信息公开年报"))
    options = "".join(f"<option value={number}>{organ}</option>" for number, organ in organs.items())
    form = (
        '<form action="nb.jsp" method=get><input type=hidden name=lm value=7>'
        f"<select name=dw onchange='this.form.submit()'><option value=''>请选择单位</option>{options}</select></form>"
    )
    p.put(address + "?lm=7", f"<h2>政府信息公开年报</h2>{form}", "政府信息公开年报")
    shown = {}
    for number, organ in organs.items():
        items = [p.report(f"/xxgk/show.jsp?id={number}{year}", organ, year) for year in YEARS]
        shown[str(number)] = f"<h2>政府信息公开年报</h2>{form}{drawn(items, rows)}"

    def answer(query: Query) -> Reply | None:
        main = shown.get(query.given.get("dw", "")) if query.path.startswith(f"{address}?") else None
        return main and p.reply(p.skin.page(p.city, "政府信息公开年报", main, charset=p.declared))  # type: ignore[return-value]

    p.answers.append(answer)


def organ_folders(p: Portal) -> None:
    """Each report is the index page of a folder that is named by its organ, as a column would be."""
    column = "/zwgk/gknb/"
    names = ("rmzf", "jyj", "mzj", "tjj", "swj")
    p.home((column, "政府信息公开年报"))
    years = "".join(f'<a href="{year}/">{year}年</a>' for year in YEARS)
    p.put(column, years, "政府信息公开年报")
    for year in YEARS:
        items = [
            p.report(f"{column}{year}/{name}/", organ, year)
            for name, organ in zip(names, ORGANS[:5], strict=True)
        ]
        p.put(f"{column}{year}/", drawn(items), f"{year}年")


def cut_titles(p: Portal) -> None:
    """The list cuts its titles and gives no whole ones; how they begin tells what is none."""
    column = "/zwgk/gknb/"
    items = p.reports(lambda year, n, _: f"{column}{year}/{n}.html", ORGANS[:4])
    others = [
        f"关于做好{p.city}2023年政府信息公开工作年度报告编制发布工作的通知",
        f"一图读懂{p.city}2023年政府信息公开工作年度报告",
        f"{p.city}召开2023年政府信息公开工作年度报告编制培训会",
        f"{p.city}2023年上半年政府信息公开工作情况通报",
        f"【图解】{p.city}人民政府2022年政府信息公开工作年度报告",
    ]
    looks = p.lookalikes(lambda n: f"{column}other/{n}.html", others)
    cut = "".join(
        f'<li><a href="{i.path}">{i.title[: 22 - n % 5]}…</a></li>' for n, i in enumerate([*items, *looks])
    )
    p.home((column, "政府信息公开年报"))
    p.put(column, f"<ul>{cut}</ul>", "政府信息公开年报")


WRITERS = (chosen_years, chosen_organs, organ_folders, cut_titles)
