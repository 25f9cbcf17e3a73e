"""A small portal as it stands in one year and in the next: a column of years, each with its reports."""

from __future__ import annotations

from tests.crawler.farm import Reply
from tests.crawler.town import COLUMN, Link, html, page, report

__all__ = ["COLUMN", "ORGANS", "lists", "path_of", "portal", "reports", "title"]

ORGANS = ("清溪镇人民政府", "清溪镇财政所", "清溪镇农业服务中心")


def path_of(number: int, year: int) -> str:
    return f"{COLUMN}{year}n/{year + 1}01/t{year + 1}0112_{year}{number}.html"


def title(number: int, year: int) -> str:
    return f"{ORGANS[number]}{year}年政府信息公开工作年度报告"


def reports(*years: int) -> dict[str, str]:
    """Path and title of every report of these years."""
    return {path_of(number, year): title(number, year) for year in years for number in range(len(ORGANS))}


def portal(*years: int) -> dict[str, Reply]:
    """The portal whose newest year comes first; its home page tells news of that year."""
    news: Link = (f"/xwzx/t{years[0] + 1}0301_1.html", f"{years[0] + 1}年新闻")
    site = {
        "/": html(page("首页", [news])),
        "/zwgk/": html(page("政务公开", [("zfxxgk/zfxxgknb/", "政府信息公开年报")])),
        COLUMN: html(page("政府信息公开年报", [(f"{year}n/", f"{year}年") for year in years])),
    }
    for year in years:
        links = [(path, text) for path, text in reports(year).items()]
        site[f"{COLUMN}{year}n/"] = html(page(f"{year}年", links))
    return site | {path: html(report(text)) for path, text in reports(*years).items()}


def lists(*years: int) -> set[str]:
    """The lists of these years and the pages that lead to them."""
    return {"/robots.txt", "/", "/zwgk/", COLUMN} | {f"{COLUMN}{year}n/" for year in years}
