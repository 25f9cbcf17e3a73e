"""Reports whose text a portal spreads over several pages, in the ways of three products."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.sample import SampleReport
from tests.crawler import town
from tests.crawler.farm import Reply

COLUMN = "/zfxxgknb/"

_TEXT = re.compile(r'<div class="trs_editor_view[^>]*>(.*?)</div>', re.DOTALL)
_ENDS = ("", "<strong>三、", "<strong>四、")


@dataclass(frozen=True, slots=True)
class Product:
    """`address` gives that of a page by that of the first and its number from 1, `pager` what stands behind the text of
    a page: by the addresses of all, and its own number.
    """

    address: Callable[[str, int], str]
    pager: Callable[[Sequence[str], int], str]


def _drawn(addresses: Sequence[str], number: int) -> str:
    stem = addresses[0].rpartition("/")[2].removesuffix(".html")
    return f'<div><script>createPageHTML({len(addresses)},{number - 1},"{stem}","html");</script></div>'


def _linked(addresses: Sequence[str], number: int) -> str:
    numbers = [f'<a href="{one}">[{n}]</a>' for n, one in enumerate(addresses, start=1)]
    onward = f'<a href="{addresses[number]}">下一页</a>' if number < len(addresses) else ""
    return f"<p>{' '.join(numbers)} {onward}</p>"


def _next_alone(addresses: Sequence[str], number: int) -> str:
    if number == len(addresses):
        return f'<a href="{addresses[number - 2]}">上一页</a>'
    return f'<a href="{addresses[number]}">下一页</a>'


TRS = Product(lambda first, n: first.replace(".html", f"_{n - 1}.html"), _drawn)
CMS = Product(lambda first, n: first.replace(".html", f"_{n}.html"), _linked)
JPAAS = Product(lambda first, n: f"{first}&pageNum={n}", _next_alone)


def cut(report: SampleReport, ends: Sequence[str] = _ENDS) -> list[str]:
    """The page of a report cut into several before each of these words, each dressed as the whole is."""
    page = report.html.decode()
    found = _TEXT.search(page)
    assert found is not None
    text = found[1]
    places = [*(text.rindex("<p", 0, text.index(words)) if words else 0 for words in ends), len(text)]
    return [
        page[: found.start(1)] + text[start:end] + page[found.end(1) :] for start, end in pairwise(places)
    ]


def served(first: str, pages: Sequence[str], product: Product) -> dict[str, Reply]:
    """The pages of one report by their addresses, each with its pager behind the text."""
    addresses = [first, *(product.address(first, number) for number in range(2, len(pages) + 1))]
    pagers = [product.pager(addresses, number) for number in range(1, len(pages) + 1)]
    return {
        address: town.html(page.replace('<div class="footer">', pager + '<div class="footer">'))
        for address, page, pager in zip(addresses, pages, pagers, strict=True)
    }


def portal(reports: Mapping[str, str], pages: Mapping[str, Reply]) -> dict[str, Reply]:
    """A portal with one column of reports, by address with their titles, and a pager of its own."""
    links = list(reports.items())
    lists = [links[:2], links[2:]]
    more = [f'<script>createPageHTML(2,{number},"index","html");</script>' for number in (0, 1)]
    return {
        **pages,
        "/": town.html(town.page("首页", [(COLUMN, "政府信息公开年报")])),
        COLUMN: town.html(town.page("政府信息公开年报", lists[0], more=more[0])),
        COLUMN + "index_1.html": town.html(town.page("政府信息公开年报", lists[1], more=more[1])),
    }
