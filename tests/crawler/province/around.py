"""The rest of a small portal: a home page, a disclosure page and a few other columns, each in the portal's own
addresses.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.crawler.province import forms
from tests.crawler.province.menus import COLUMNS, HEADLINES, anchors, other_columns
from tests.crawler.province.organs import Filing
from tests.crawler.province.portal import Portal


def page(title: str, main: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}<title>{title}</title></head>'
        f'<body><a href="/">首页</a>{main}</body></html>'
    )


def article(filing: Filing, container: str = 'id="zoom"') -> str:
    """A report's page, with its body in an element that has this attribute."""
    head = f'<h1>{filing.title}</h1><p class="source">发布日期：{filing.day} 发布机构：{filing.organ}</p>'
    return page(filing.title, f"{head}<div {container}>{forms.body(filing.organ, filing.year)}</div>")


def chunks(lines: Sequence[Filing], size: int) -> list[Sequence[Filing]]:
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def surround(
    portal: Portal, public: str, blocks: Sequence[tuple[str, str]], front: str, inside: str, more: str
) -> None:
    """`public` is the disclosure page, with `blocks` as its menu. `front`, `inside` and `more` are patterns of
    addresses: of a column by its number, of an article by column and number, of a second page by column.
    """
    fronts = [(front.format(column=place), name) for place, (name, _) in enumerate(COLUMNS[:10], 31)]
    columns = {path: place for place, (path, _) in enumerate(fronts, 31)}
    other_columns(
        portal,
        page,
        fronts,
        lambda path, number: inside.format(
            column=columns[path], number=1000 + number, hex=f"{columns[path] * 1000 + number:032x}"
        ),
        lambda path: more.format(column=columns[path]),
    )
    portal.add(public, page("政务公开", f"<ul>{anchors(blocks)}{anchors(fronts[3:7])}</ul>"))
    portal.add(
        "/",
        page(portal.city, f'<a href="{public}">政务公开</a><p>{HEADLINES[0]}</p><ul>{anchors(fronts)}</ul>'),
    )
