"""Addresses: made absolute and canonical, compared, and kept within what a portal is."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_BLANKS = re.compile(r"[\x00-\x20\u3000\ufeff]+")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
# Parameters that change how a page looks, or who is looking, never which page it is.
_NOISE = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|print|isprint|printable|fontsize|font|share|spm|from|"
    r"utm_\w+|timestamp|_t|randid|random)=.*",
    re.IGNORECASE,
)
# What most links are: nothing in them is to be cut off, escaped or resolved.
_PLAIN = re.compile(r"(?P<origin>https?://[\w.:\[\]-]+)?(?P<path>(?:(?!//|/\.)[\w./-])*)", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SLASHES = re.compile(r"/{2,}")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.IGNORECASE)
_TWIN = re.compile(r"(/t\d{6,9}_\d+)_(?:wap|app|m)(\.s?html?)$", re.IGNORECASE)
_POST_TWIN = re.compile(r"/mpost_(\d+\.html)$")
_ARTICLE_ID = re.compile(r"/art/[\d/]*/art_\d+_(\d+\.html)$")  # Hanweb: one article stands in several columns
_VIEW = re.compile(r"|showType=\d", re.IGNORECASE)  # Hanweb: how xxgkAnnualReport.jsp shows the one report
_COLUMN_VIEW = re.compile(r"|action=list|nav=\d+", re.IGNORECASE)  # LonSun: what a column shows by itself
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ARTICLE_UUID = re.compile(rf"/columns/{_UUID}(/\d{{6}}/\d\d/{_UUID}\.html)$")  # 河北: so does it here
_SECOND_LEVEL = frozenset({"gov", "com", "net", "org", "edu", "ac", "mil"})


@lru_cache(maxsize=4096)
def split(url: str) -> SplitResult:
    """The parts of an address. The links of a page are taken apart many times over."""
    return urlsplit(url)


def absolute(href: str, base: str, charset: str = "utf-8") -> str | None:
    """The canonical address that a link on the page `base` points to; None where it is no web page.

    Fragments, session ids, and parameters of print and sharing variants are cut off; all else stays as it
    stands, with the query in the charset of the page as browsers send it. Anything at all may be passed.
    """
    plain = _PLAIN.fullmatch(href)
    return (plain and _joined(plain, base)) or _resolved(href, base, charset)


def _joined(plain: re.Match[str], base: str) -> str | None:
    """The address of a plain link; None where it has to be resolved after all."""
    given, path = plain["origin"], plain["path"]
    if path.startswith("/"):
        origin = _folder(given or base).partition("\0")[0]
        return origin and origin + path
    path = path.removeprefix("./")
    if given or not path or path.startswith("."):
        return None
    return _folder(base).replace("\0", "", 1) + path if _folder(base) else None


@lru_cache(maxsize=256)
def _folder(address: str) -> str:
    """The canonical folder of a page, with NUL between origin and path; blank where links cannot be joined to it."""
    parts = urlsplit(_resolved(address, address, "utf-8") or "")
    folder = parts.path[: parts.path.rfind("/") + 1]
    if not folder or "//" in folder or "/." in folder:
        return ""
    return f"{parts.scheme}://{parts.netloc}\0{folder}"


def _resolved(href: str, base: str, charset: str) -> str | None:
    href = _BLANKS.sub(" ", href).strip()
    try:
        parts = urlsplit(urljoin(base, href))
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        if (
            not href
            or href.startswith("#")
            or parts.scheme not in _DEFAULT_PORTS
            or not host
            or parts.username
        ):
            return None
        if ":" in host:
            host = f"[{host}]"
        netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
        path = _undotted(_SESSION_PATH.sub("", parts.path)) or "/"
        query = "&".join(part for part in parts.query.split("&") if part and not _NOISE.fullmatch(part))
        return safe_url_string(urlunsplit((parts.scheme, netloc, path, query, "")), encoding=charset)
    except (ValueError, LookupError):  # a host that cannot be, a port out of range, a charset unknown
        return None


def _undotted(path: str) -> str:
    """A path without `.` and `..`, which stay in addresses that need no joining."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    return "/".join([*kept, ""] if path.endswith(("/.", "/..")) else kept)


@lru_cache(maxsize=4096)
def page_key(url: str) -> str:
    """What all addresses of one page share: no scheme, no `www.`, no name of the index page or of the mobile
    twin, no doubled slashes, the parameters in one order, and of an article that stands in several columns no
    column.
    """
    parts = split(url)
    path = _TWIN.sub(r"\1\2", _INDEX.sub("/", _SLASHES.sub("/", parts.path)))
    path = _ARTICLE_ID.sub(r"/art/\1", _POST_TWIN.sub(r"/post_\1", path))
    path = _ARTICLE_UUID.sub(r"/columns\1", path)
    view = _COLUMN_VIEW if "/public/column/" in path else _VIEW
    query = "&".join(sorted(part for part in parts.query.split("&") if not view.fullmatch(part)))
    return parts.netloc.removeprefix("www.") + (path or "/") + (f"?{query}" if query else "")


def may_be_shared(url: str) -> bool:
    """Whether `page_key` leaves out the column of an address: by the number alone two articles may be taken for one."""
    path = split(url).path
    return _ARTICLE_ID.search(path) is not None or _ARTICLE_UUID.search(path) is not None


def is_root(url: str) -> bool:
    """Whether an address is that of a host's first page."""
    key = page_key(url)
    return key.find("/") == len(key) - 1


def host_of(url: str) -> str:
    return _host_and_port(split(url).netloc)[0]


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=4096)
def is_loopback(host: str) -> bool:
    """Whether a host is this machine (127.0.0.0/8, ::1, localhost)."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def by_other_scheme(url: str) -> str:
    """The address with http for https, or the other way round."""
    parts = split(url)
    return urlunsplit(("http" if parts.scheme == "https" else "https", *parts[1:4], ""))


def other_addresses(url: str) -> list[str]:
    """Where the same page may be found if this address is silent: the other scheme, with and without www. On a
    port that is named, be it of an IP address, the other scheme alone.
    """
    parts = split(url)
    other = by_other_scheme(url)
    if parts.port is not None:
        return [other]
    if _is_address(parts.hostname or ""):
        return []
    bare = parts.netloc.removeprefix("www.")
    host = bare if bare != parts.netloc else f"www.{bare}"
    choices = (parts.scheme, split(other).scheme)
    return [other, *(urlunsplit((scheme, host, parts.path, parts.query, "")) for scheme in choices)]


def domain_of(host: str) -> str:
    """The registered domain above a host: kjj.city.gov.cn -> city.gov.cn; an IP address stays as it is."""
    labels = host.split(".")
    if _is_address(host) or len(labels) < 3:
        return host
    return ".".join(labels[-3:] if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else labels[-2:])


def _is_everybodys(domain: str) -> bool:
    """Whether a domain is one below which everybody has theirs: gov.cn, com.cn, cn."""
    labels = domain.split(".")
    return len(labels) == 1 or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SECOND_LEVEL)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


@lru_cache(maxsize=4096)
def _host_and_port(netloc: str) -> tuple[str, int | None]:
    parts = urlsplit(f"//{netloc}")
    return parts.hostname or "", parts.port


@dataclass(frozen=True, slots=True)
class Scope:
    """The hosts that belong to a portal: its own and those below its domain; for an IP address, that address
    and port alone, and for www.gov.cn no host of another government. No others are ever contacted.
    """

    host: str
    port: int | None  # None: any

    @classmethod
    def of(cls, home: str) -> Scope:
        parts = split(home)
        host = parts.hostname or ""
        if _is_address(host):
            return cls(host, parts.port or _DEFAULT_PORTS[parts.scheme])
        bare = host.removeprefix("www.")
        if _is_everybodys(bare):
            return cls(host, parts.port or _DEFAULT_PORTS[parts.scheme]) if host == bare else cls(host, None)
        return cls(bare, None)

    def allows(self, url: str) -> bool:
        parts = split(url)
        host, port = _host_and_port(parts.netloc)
        if self.port is not None:
            return host == self.host and (port or _DEFAULT_PORTS[parts.scheme]) == self.port
        return host == self.host or host.endswith(f".{self.host}")
