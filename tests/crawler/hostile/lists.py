"""Lists of announced reports on pages, in several manners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from tests.crawler.hostile.portal import Item, Portal
from tests.crawler.hostile.skins import ul


def entries(items: Iterable[Item]) -> list[tuple[str, str, date]]:
    """Address, title and date of each."""
    return [(item.path, item.title, item.posted) for item in items]


def drawn(items: Iterable[Item], draw: Callable[..., str] = ul) -> str:
    """The items as HTML."""
    return draw(entries(items))


def pages(items: Sequence[Item], size: int) -> Iterator[tuple[int, Sequence[Item]]]:
    """The items page by page, pages counted from one."""
    for number, start in enumerate(range(0, len(items), size), 1):
        yield number, items[start : start + size]


def paged(
    portal: Portal,
    items: Sequence[Item],
    size: int,
    address: Callable[[int], str],
    pager: Callable[[int, int], str],
    *,
    draw: Callable[..., str] = ul,
    title: str = "政府信息公开年报",
) -> None:
    """Put a list of several pages; `pager` is given the number of the page and how many there are."""
    last = -(-len(items) // size)
    for number, part in pages(items, size):
        main = f"<h2>{title}</h2>{drawn(part, draw)}<div class=pg>{pager(number, last)}</div>"
        portal.put(address(number), main, title)
