"""The pages that lead to the reports, and those that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.sample.markup import channels, frame, link
from pipeline.sample.truth import City, Lookalike
from pipeline.sample.words import load_words

Entry = tuple[str, str, str]  # href, title, date


def home_page(city: City) -> str:
    """The home page: channels, a few pieces of news, and the way to the disclosure column."""
    news = "".join(f"<li>{link(path, title)}</li>" for path, title in news_items(city))
    blocks = "".join(f"<li>{link(href, text)}</li>" for href, text in channels(city))
    main = (
        f'<div class="news"><h2>今日要闻</h2><ul>{news}</ul></div><div class="blocks"><ul>{blocks}</ul></div>'
    )
    tags = {"ColumnName": "首页", "ColumnType": "首页"}
    return frame(city, title="首页", trail=(), main=main, tags=tags)


def menu_page(
    city: City, title: str, trail: Iterable[tuple[str, str]], entries: Iterable[tuple[str, str]]
) -> str:
    """A column that holds only links to other columns."""
    items = "".join(f"<li>{link(href, text)}</li>" for href, text in entries)
    main = f'<h2>{title}</h2><ul class="menu-cards">{items}</ul>'
    return frame(city, title=title, trail=trail, main=main, tags={"ColumnName": title})


def list_page(
    city: City,
    title: str,
    trail: Iterable[tuple[str, str]],
    entries: Sequence[Entry],
    *,
    page: int,
    pages: int,
) -> str:
    """One page of a list of articles; `page` counts from 0, and only the script knows of the others."""
    items = "\n".join(
        f"<li>{link(href, text, title=text)}<span>{day}</span></li>" for href, text, day in entries
    )
    pager = f'<script>createPageHTML({pages},{page},"index","html");</script>'
    main = f'<h2>{title}</h2>\n<ul class="list">\n{items}\n</ul>\n<div class="page">{pager}</div>'
    tags = {
        "ColumnName": title,
        "ColumnType": "信息公开年报",
        "ColumnKeywords": "年报",
        "ColumnDescription": title,
    }
    return frame(city, title=title, trail=trail, main=main, tags=tags)


def lookalike_page(city: City, lookalike: Lookalike, trail: Sequence[tuple[str, str]], day: str) -> str:
    """A page that stands among the reports and is none."""
    main = (
        f'<h1>{lookalike.title}</h1><div class="info"><span>发布时间：{day} 09:00</span></div>'
        f'<div class="trs_editor_view TRS_UEDITOR"><p>{load_words().pages[lookalike.kind]}</p></div>'
    )
    tags = {"ColumnName": trail[-1][1], "ArticleTitle": lookalike.title, "PubDate": f"{day} 09:00"}
    return frame(city, title=lookalike.title, trail=trail, main=main, tags=tags)


def news_items(city: City) -> list[tuple[str, str]]:
    """Paths and titles of the news of a city."""
    return [
        (f"/xwzx/202403/t2024030{number}_{city.code}{number}.html", title.format(city=city.name))
        for number, (title, _) in enumerate(load_words().news, start=1)
    ]


def other_pages(city: City) -> dict[str, str]:
    """The columns and articles that have nothing to do with reports."""
    pages: dict[str, str] = {}
    trail = [("/xwzx/", "新闻中心")]
    pages["/xwzx/"] = menu_page(city, "新闻中心", trail, news_items(city))
    for (path, title), (_, text) in zip(news_items(city), load_words().news, strict=True):
        main = f"<h1>{title}</h1><p>{text.format(city=city.name)}</p>"
        pages[path] = frame(city, title=title, trail=trail, main=main, tags={"ArticleTitle": title})
    for path, title in (
        ("/ldzc/", "领导之窗"),
        ("/zwfw/", "政务服务"),
        ("/hdjl/", "互动交流"),
        ("/lxwm/", "联系我们"),
    ):
        pages[path] = menu_page(city, title, [(path, title)], [("/", "返回首页")])
    pages["/wzdt/"] = menu_page(city, "网站地图", [("/wzdt/", "网站地图")], channels(city))
    pages["/search/index.html"] = menu_page(city, "站内搜索", [], [("/search/index.html?p=2", "下一页")])
    for month in range(1, 13):
        around = [
            (f"/rili/2024{near:02d}.html", f"{near}月") for near in (month - 1, month + 1) if 1 <= near <= 12
        ]
        pages[f"/rili/2024{month:02d}.html"] = menu_page(city, f"日历 {month}月", [], around)
    return pages
