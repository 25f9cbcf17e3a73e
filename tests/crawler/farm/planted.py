"""What the planted portals have in common: organs, titles, look-alikes, and what a crawl must hold in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tests.crawler.farm.server import Query, Reply
from tests.crawler.town import report

ORGANS = (
    "柳河市人民政府", "柳河市发展和改革局", "柳河市教育局", "柳河市公安局", "柳河市民政局", "柳河市财政局",
    "柳河市自然资源局", "柳河市水务局", "柳河市农业农村局", "柳河市文化和旅游局", "柳河市卫生健康局",
    "柳河市审计局", "柳河市统计局",
)  # fmt: skip
YEARS = (2019, 2020, 2021, 2022, 2023)
ALIKE = (
    "关于做好政府信息公开工作年度报告编制工作的通知",
    "柳河市政府网站工作年度报表（2022年度）",
    "一图读懂柳河市2021年政府信息公开工作年度报告",
    "柳河市2020年法治政府建设年度报告",
)
Entry = tuple[str, str]
"""A path and the title that its list prints."""


@dataclass(frozen=True)
class Planted:
    """A portal of one family. `reports` are the paths that a crawl must hold as reports, and no others; `traps`
    must never be asked for.
    """

    family: str
    pages: Mapping[str, str]
    reports: frozenset[str]
    traps: frozenset[str] = frozenset()
    answer: Callable[[Query], Reply | None] | None = None
    extra: Mapping[str, Reply] = field(default_factory=dict)

    def site(self) -> dict[str, Reply]:
        return {path: Reply(text.encode()) for path, text in self.pages.items()} | dict(self.extra)


def page(heading: str, links: Iterable[Entry] = (), *, more: str = "", meta: str = "") -> str:
    """A page of a list, with a cut text and the whole in the title attribute, as lists print long ones."""
    items = "".join(
        f'<li><a href="{path}" title="{text}">{text if len(text) < 24 else text[:20] + "…"}</a></li>'
        for path, text in links
    )
    bar = '<a href="/">首页</a><a href="/zwfw/">政务服务</a><a href="/rili/202405.html">日历</a><a href="/so/">搜索</a>'
    return (
        f'<html><head><meta charset="utf-8">{meta}<title>{heading}_柳河市</title></head><body><div>{bar}</div>'
        f"<h2>{heading}</h2><ul>{items}</ul>{more}<p>{'城市与数字都是为测试编的。' * 9}</p></body></html>"
    )


def title(organ: str, year: int) -> str:
    return f"{organ}{year}年政府信息公开工作年度报告"


def planted_reports(address: Callable[[int, int, int], str]) -> dict[str, str]:
    """65 reports, each with its title, at the address made of the number of the organ, the year and a serial."""
    pairs = [(number, year) for year in reversed(YEARS) for number in range(len(ORGANS))]
    return {
        address(number, year, 7100 + serial): title(ORGANS[number], year)
        for serial, (number, year) in enumerate(pairs)
    }


def alike(address: Callable[[int], str]) -> dict[str, str]:
    """Entries that look like reports and are none."""
    return {address(number): text for number, text in enumerate(ALIKE, 9001)}


def bodies(entries: Mapping[str, str]) -> dict[str, str]:
    """The pages behind entries."""
    return {path: report(text) for path, text in entries.items()}


def cut(entries: Iterable[Entry], size: int) -> list[list[Entry]]:
    """Entries by list page."""
    whole = list(entries)
    return [whole[start : start + size] for start in range(0, len(whole), size)]


__all__ = [
    "ORGANS",
    "YEARS",
    "Entry",
    "Planted",
    "alike",
    "bodies",
    "cut",
    "page",
    "planted_reports",
    "report",
    "title",
]
