"""The portals that are crawled: a static directory each, its lists and its reports, as bytes to send. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zlib_ng import zlib_ng

from benchmarks.crawl_pages import list_page, report_page

COLUMN = "/zwgk/zfxxgk/zfxxgknb/"
PER_LIST = 25
_FIRST_YEAR, _YEARS = 2008, 17
_SIZES = tuple(kilobytes * 1024 for kilobytes in range(20, 61, 5))
_FRONT = "东西南北中安平和清云石金"
_KINDS = (
    "财政局 教育局 卫生健康局 司法局 民政局 审计局 统计局 交通运输局 农业农村局 水利局 住房和城乡建设局 公安局 "
    "医疗保障局 应急管理局 市场监督管理局 自然资源局 生态环境局 商务局 退役军人事务局 发展和改革局"
)
_NOT_THERE = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Shape:
    """How many portals, and how many reports each. `small` pages have the 10 KB of the report alone, others 20 to 60
    KB; `zipped` are sent as most servers send them.
    """

    portals: int
    reports: int
    small: bool = False
    zipped: bool = False


class Site:
    """What each portal of a shape answers, whole with its head. No two reports are the same bytes."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        sizes = (0,) if shape.small else _SIZES
        self._lists_like = list_page(sizes[0])
        self._reports_like = [report_page(size) for size in sizes]
        self._ready: dict[tuple[int, str], bytes] = {}
        if shape.zipped:  # a real server packs them with a core of its own
            for portal in range(shape.portals):
                for path in self.paths():
                    self._ready[portal, path] = self._answer(portal, path)

    def paths(self) -> Iterator[str]:
        """Every list and report of a portal, in the order in which they are found."""
        yield COLUMN
        yield from (_list_path(number) for number in range(1, self._lists))
        yield from (_report_path(number) for number in range(self.shape.reports))

    def answer(self, portal: int, path: str) -> bytes:
        """The answer to a request for a path of a portal, by its number."""
        return self._ready.get((portal, path)) or self._answer(portal, path)

    @property
    def _lists(self) -> int:
        return -(-self.shape.reports // PER_LIST)

    def _answer(self, portal: int, path: str) -> bytes:
        page = self._page(portal, path)
        if page is None:
            return _NOT_THERE
        encoding = b"Content-Encoding: gzip\r\n" if self.shape.zipped else b""
        body = zlib_ng.compress(page, 6, 31) if self.shape.zipped else page
        kind = b"text/plain" if path == "/robots.txt" else b"text/html; charset=utf-8"
        head = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: %b\r\n%bContent-Length: %d\r\n\r\n"
        return head % (kind, encoding, len(body)) + body

    def _page(self, portal: int, path: str) -> bytes | None:
        if path == "/robots.txt":
            return b"User-agent: *\nDisallow: /admin/\n"
        if path == "/":
            return self._shown("首页", '<a href="/zwgk/">政务公开</a>')
        if path == "/zwgk/":
            return self._shown("政务公开", f'<a href="{COLUMN}">政府信息公开年报</a>')
        name = path.removeprefix(COLUMN)
        if name == path:
            return None
        if "/" in name:
            number = int(name.rpartition("_")[2].removesuffix(".html"))
            page = _title(number).encode().join(self._reports_like[number % len(self._reports_like)])
            return page + b"<!-- %d %d -->" % (portal, number)
        return self._list(int(name[6:-5]) if name else 0)

    def _list(self, number: int) -> bytes:
        entries = range(number * PER_LIST, min((number + 1) * PER_LIST, self.shape.reports))
        lines = "".join(f'<li><a href="{_report_path(one)}">{_title(one)}</a></li>' for one in entries)
        pager = f'<script>createPageHTML({self._lists}, {number}, "index", "html");</script>'
        return self._shown("政府信息公开年报", f"<ul>{lines}</ul>{pager}")

    def _shown(self, title: str, inside: str) -> bytes:
        before, between, after = self._lists_like
        return b"".join((before, title.encode(), between, inside.encode(), after))


def _list_path(number: int) -> str:
    return f"{COLUMN}index_{number}.html"


def _year(number: int) -> int:
    return _FIRST_YEAR + number % _YEARS


def _report_path(number: int) -> str:
    return f"{COLUMN}{_year(number) + 1}01/t{_year(number) + 1}0115_{number}.html"


def _title(number: int) -> str:
    organ, kinds = number // _YEARS, _KINDS.split()
    place, kind = divmod(organ, len(kinds))
    county = "".join(_FRONT[digit] for digit in divmod(place, len(_FRONT)))
    return f"{county}县{kinds[kind]}{_year(number)}年政府信息公开工作年度报告"
