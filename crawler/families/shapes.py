"""What the address alone tells: a column or an article, and what lies below what. Pure.

The shapes are those of the products that portals are published with; each is named where it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.urls import split

# The page of a folder; UCAP names it by its template (zfxxgk_gknbz, xxgk_list), others by what it lists (nblist).
_LIST_FILE = re.compile(
    r"(?:index|default|page|[a-z_]*list|zfxxgk_[a-z]+)(?:_?\d+)?\.(?:s?html?|jsp|aspx?|php)", re.IGNORECASE
)
_SHOWS = re.compile(r"(?:^|&)\w{1,6}=(?:show|view|detail|content|article|info|read)(?:&|$)", re.IGNORECASE)
_ID = re.compile(r"/(?:\d{5,}|[0-9a-f]{24,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?:index\.\w+)?$")
_DOCUMENT = re.compile(
    r"\.(?:docx?|wps|rtf|odt|mht|pdf|ofd|xlsx?|et|zip|rar|7z|jpe?g|png|tiff?)$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:content|post|detail|show|view)[_-]?\d+|\d{5,}|[0-9a-f]{24,40}", re.IGNORECASE)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Columns whose address does not look like a folder, by product.
_COLUMNS = re.compile(
    r"/public/column/\d+$"  # LonSun
    r"|/show_?list/[\w/]*page_\d+\.s?html?$"  # Openness
    r"|/gkmlpt/(?:index|annualreport|guide|policy)$"  # 广东
    r"|/(?:channels?|channel/list|channelList)/\d+\.html$"  # 河北, 河南
    rf"|/col/col\w+$|/columns/{_UUID}$"  # Hanweb, 河北
    r"|/Node-\d+(?:[_-]\d+)?\.html$|/\w+-list-[\w-]+\.html$"  # 安康, 达州
    r"|/govInfoPub\w*\.html$|/[a-z]\w*\.thtml$|/open\w*SubPage\.html$",  # Epoint, 西藏
    re.IGNORECASE,
)
_KIND = 2  # characters; a parameter so short says what kind of page it is, a longer one which
# A page named by letters alone, or by letters around a year, is a column of VSB, TrueCMS and others.
_SLUG_FILE = re.compile(
    r"/(?:[a-z_-]{2,}|[a-z_-]*20\d\d[a-z]{0,6})\.(?:html?|shtml|jsp|aspx?|php|jhtml|do|action)$",
    re.IGNORECASE,
)

_BY_KEYS = re.compile(
    r"(?:AnnualReport|content|detail|show\w*|article\w*)\.(?:jsp|aspx?|php|do|action)$", re.IGNORECASE
)


def is_document(url: str) -> bool:
    """Whether an address names a file that is no page: a text, a table, a picture, a package."""
    return _DOCUMENT.search(split(url).path) is not None


@lru_cache(maxsize=4096)
def is_column(url: str) -> bool:
    """Whether an address has the shape of a column or of one of its list pages, rather than of an article."""
    parts = split(url)
    name = file_of(url)
    if _COLUMNS.search(parts.path.rstrip("/")):
        return "action=detail" not in parts.query  # LonSun shows one report at the column's address too
    if not name or _LIST_FILE.fullmatch(name):
        return _SHOWS.search(parts.query) is None
    return "." not in name and _NUMBERED.fullmatch(name) is None and not parts.query


def may_be_column(url: str) -> bool:
    """Whether an address may be a column, where the words of the link say that it is one."""
    path = split(url).path
    return is_column(url) or (_SLUG_FILE.search(path) is not None and _BY_KEYS.search(path) is None)


def is_numbered(url: str) -> bool:
    """Whether a folder is named by nothing but an id: such a one may hold a single article (内蒙古)."""
    return _ID.search(split(url).path) is not None


@lru_cache(maxsize=4096)
def folder(url: str) -> str:
    """What the addresses of everything in a column begin with: its folder, or its file's name without end."""
    parts = split(url)
    head, _, name = parts.path.rpartition("/")
    if name and not _LIST_FILE.fullmatch(name):
        bare = re.sub(r"\.\w+$", "", name)
        return f"{_host(parts.netloc)}{head}/{bare}" + ("/" if "." not in name else "")
    # one script shows all pages of the host: only its own are its column's
    by_query = parts.query and not head
    return f"{_host(parts.netloc)}{head}/{name if by_query else ''}"


def is_below(url: str, above: str) -> bool:
    """Whether an address lies in the folder of a column, or is the column's own."""
    parts = split(url)
    address = f"{_host(parts.netloc)}{parts.path}"
    return address.startswith(above) or (above.endswith("/") and address == above[:-1])


@lru_cache(maxsize=4096)
def shape_of(url: str) -> str:
    """The address with its numbers and ids blotted out: alike for the articles of one list."""
    parts = split(url)
    path = re.sub(rf"{_UUID}|[0-9a-f]{{24,40}}|\d+", "#", parts.path, flags=re.IGNORECASE)
    given = (part.partition("=") for part in parts.query.split("&"))
    query = "&".join(sorted(f"{name}={value if len(value) <= _KIND else '#'}" for name, _, value in given))
    return f"{_host(parts.netloc)}{path}?{query}"


def file_of(url: str) -> str:
    """The last name in the path of an address; blank for a folder."""
    return split(url).path.rpartition("/")[2]


def _host(netloc: str) -> str:
    return netloc.removeprefix("www.")
