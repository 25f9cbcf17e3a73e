"""Portals published as folders of static pages (拓尔思 TRS WCM and its like), about a third of all.

A column is a folder, `/a/b/` or `/a/b/index.html`; its further list pages are `index_1.html`, `index_2.html`,
counted from zero, so that `index_1.html` is the second. Articles lie below the folder of their column by month,
`./202301/t20230118_1234.html`, or have other names that are no index. Several other families publish in shapes
near enough to be read by the same rules.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LIST_FILE = re.compile(r"(?:index|default|list)(?:_\d+)?\.(?:s?html?|jsp|aspx?|php)", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|jpe?g|png|tiff?)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:content|post|detail|show|view)[_-]?\d+|\d{5,}|[0-9a-f]{24,40}", re.IGNORECASE)
_NUMBER = re.compile(r"^(?P<stem>.*?)(?:_(?P<number>\d+))?(?P<extension>\.[a-z]+)$", re.IGNORECASE)
# createPageHTML(total,current,"index","html") of TRS; 重庆 createPage(; 退役军人事务部 var countPage=N.
_CREATE_PAGE = re.compile(
    r"""createPage(?:HTML)?\w*\(\s*["']?(?P<total>\d+)["']?\s*,\s*["']?\d+["']?"""
    r"""(?:\s*,\s*["'](?P<stem>[\w-]+)["']\s*,\s*["'](?P<extension>\w+)["'])?"""
)
_COUNT = re.compile(r"\b(?:countPage|totalPages?|pageCount)\s*[=:]\s*[\"']?(\d+)")


def is_document(url: str) -> bool:
    """Whether an address names a file that is no page: a text, a table, a picture, a package."""
    return _DOCUMENT.search(urlsplit(url).path) is not None


def is_column(url: str) -> bool:
    """Whether an address has the shape of a column or of one of its list pages, rather than of an article."""
    name = _file(url)
    if not name or _LIST_FILE.fullmatch(name):
        return True
    return "." not in name and _NUMBERED.fullmatch(name) is None and not urlsplit(url).query


def is_article(url: str) -> bool:
    """Whether an address has the shape of a single page or file."""
    return not is_column(url)


def folder(url: str) -> str:
    """What the addresses of everything in a column begin with: its folder, or its file's name without end."""
    parts = urlsplit(url)
    head, _, name = parts.path.rpartition("/")
    if name and not _LIST_FILE.fullmatch(name):
        bare = re.sub(r"\.\w+$", "", name)
        return f"{_host(parts.netloc)}{head}/{bare}" + ("/" if "." not in name else "")
    return f"{_host(parts.netloc)}{head}/"


def is_below(url: str, above: str) -> bool:
    """Whether an address lies in the folder of a column."""
    parts = urlsplit(url)
    return f"{_host(parts.netloc)}{parts.path}".startswith(above)


def next_page(url: str, source: str) -> str | None:
    """The list page behind this one, as the page's own script counts them; None behind the last."""
    name = _file(url) or "index"
    found = _CREATE_PAGE.search(source)
    count = _COUNT.search(source)
    total = int(found["total"]) if found else int(count[1]) if count else 0
    shape = _NUMBER.match(name)
    here = int(shape["number"]) if shape and shape["number"] else 0
    stem = (found and found["stem"]) or (shape["stem"] if shape else "index")
    extension = (found and found["extension"] and f".{found['extension']}") or (
        shape["extension"] if shape else ".html"
    )
    if here + 1 >= total:
        return None
    parts = urlsplit(url)
    base = parts.path.rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{base}/{stem}_{here + 1}{extension}"


def _file(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def _host(netloc: str) -> str:
    return netloc.removeprefix("www.")
