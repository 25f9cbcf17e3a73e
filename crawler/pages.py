"""A page of a portal as the search sees it: its links, its words, and where it sends a browser on. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.urls import absolute
from pipeline.read import decode

_CUT = re.compile(r"(?:…+|\.{2,}|···*)$")
_BLANKS = re.compile(r"\s+")
# A date that a list prints inside the link, behind the title.
_DATE = re.compile(r"[\s\[(（【]*20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[\])）】]?$")
_WRITTEN_LINK = re.compile(r"<a\s([^<>]{0,600})>(.{0,400}?)</a", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = r"""\b{name}\s*=\s*\\?(?:"([^"\\]*)|'([^'\\]*))"""
_WRITTEN_HREF = re.compile(_ATTRIBUTE.format(name="href"), re.IGNORECASE)
_WRITTEN_TITLE = re.compile(_ATTRIBUTE.format(name="title"), re.IGNORECASE)
_ROW = re.compile(r"(?:<|\\u003c)tr\b", re.IGNORECASE)  # of a page that a script fills in
_TAG = re.compile(r"<[^<>]*>")
_META_REFRESH = re.compile(r"\s*\d*\.?\d*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_SCRIPT_REFRESH = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*["']([^"']+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"']+)["']""",
)
_HTML = re.compile(
    rb"(?:<!doctype html|<html|<head|<body|<meta|<script|<title|<table|<div|<p[ >]|<a )", re.IGNORECASE
)
_NAMED_PAGE = re.compile(r"""['"]([^'"\s()]+\.(?:s?html?|jsp|aspx?|php|jhtml)(?:\?[^'"\s]*)?)['"]""")
_LONGEST_TEXT = 300  # characters; more is a page inside a link, not the words of one
_REFRESH_WITHIN = 4000  # characters; a page longer than this has something to say before it sends one on


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web page: canonical address and whole text (the title attribute, where the text is cut)."""

    url: str
    text: str


class Page:
    """What a page shows. `refresh` is the address that it sends a browser on to, by meta tag or script.

    `column_type` and `column_name` are the standard meta tags ColumnType and ColumnName. `frames` are the
    addresses of what is shown inside the page. Everything is read when it is first asked for: of most reports
    nothing but the count of rows is.
    """

    def __init__(self, url: str, source: str, charset: str) -> None:
        self.url = url
        self.source = source
        self._charset = charset
        self._tree = LexborHTMLParser(source)

    @cached_property
    def title(self) -> str:
        return _words(self._tree.css_first("title"))

    @cached_property
    def heading(self) -> str:
        return _words(self._shown.css_first("h1, h2"))

    @cached_property
    def visible(self) -> str:
        return _words(self._shown.body)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        base, charset = self._base, self._charset
        found = [link for node in self._tree.css("a, area[href]") if (link := _link(node, base, charset))]
        found += [
            link for script in self._scripts if "<a" in script for link in _written(script, base, charset)
        ]
        return tuple(found)

    @cached_property
    def frames(self) -> tuple[str, ...]:
        nodes = self._tree.css("iframe, frame, embed")
        frames = (absolute(node.attributes.get("src") or "", self._base, self._charset) for node in nodes)
        return tuple(frame for frame in frames if frame is not None and frame != self.url)

    @cached_property
    def refresh(self) -> str | None:
        return _refresh(self._tree, self._scripts, self._base, self._charset)

    @property
    def column_type(self) -> str:
        return self._metas.get("columntype", "")

    @property
    def column_name(self) -> str:
        return self._metas.get("columnname", "")

    @property
    def script_count(self) -> int:
        return len(self._scripts)

    @cached_property
    def table_count(self) -> int:
        return len(self._tree.css("table"))

    @cached_property
    def row_count(self) -> int:
        return len(self._tree.css("tr")) + sum(len(_ROW.findall(script)) for script in self._scripts)

    @property
    def has_password(self) -> bool:
        return self._tree.css_first('input[type="password"]') is not None

    @cached_property
    def _scripts(self) -> list[str]:
        return [node.text(deep=True) for node in self._tree.css("script")]

    @cached_property
    def _metas(self) -> dict[str, str]:
        return {
            (node.attributes.get("name") or "").lower(): node.attributes.get("content") or ""
            for node in self._tree.css("meta[name]")
        }

    @cached_property
    def _base(self) -> str:
        node = self._tree.css_first("base[href]")
        given = (node.attributes.get("href") or "") if node is not None else ""
        return absolute(given, self.url) or self.url

    @cached_property
    def _shown(self) -> LexborHTMLParser:
        """The page without what is in its source and not shown."""
        tree = LexborHTMLParser(self.source)
        for node in tree.css("script, style, noscript, template"):
            node.decompose()
        return tree


def is_html(body: bytes, media_type: str) -> bool:
    """Whether bytes are a page of HTML, whatever they are said to be: some servers say nothing or wrong."""
    if body.startswith(
        (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"Rar!")
    ):
        return False
    return media_type in ("text/html", "application/xhtml+xml") or _HTML.search(body[:2048]) is not None


def read_page(url: str, body: bytes, content_type: str | None) -> Page:
    """Read a page of HTML from any bytes."""
    source, charset = decode(body, declared=content_type)
    return Page(url, source, charset)


def link_text(text: str) -> str:
    """The words of a link given as text that may hold tags, entities and a date at its end."""
    return _whole(html.unescape(_TAG.sub("", text)), "")


def _words(node: LexborNode | None) -> str:
    return "" if node is None else _BLANKS.sub(" ", node.text(deep=True)).strip()


def _link(node: LexborNode, base: str, charset: str) -> Link | None:
    url = absolute(_target(node), base, charset)
    if url is None:
        return None
    picture = node.css_first("img[alt]")
    text = _words(node) or (picture is not None and picture.attributes.get("alt")) or ""
    return Link(url, _whole(text, node.attributes.get("title") or ""))


def _target(node: LexborNode) -> str:
    """Where a link leads, be it by a script that names the page."""
    href = node.attributes.get("href") or ""
    if href.strip() not in ("", "#") and not href.lstrip().lower().startswith("javascript:"):
        return href
    named = _NAMED_PAGE.search(f"{node.attributes.get('onclick') or ''} {href}")
    return named[1] if named else href


def _written(script: str, base: str, charset: str) -> list[Link]:
    """The links that a script writes into the page."""
    found = []
    for attributes, inside in _WRITTEN_LINK.findall(script):
        href = _WRITTEN_HREF.search(attributes)
        url = href and absolute(html.unescape(href[1] or href[2] or ""), base, charset)
        if url:
            title = _WRITTEN_TITLE.search(attributes)
            text = html.unescape(_TAG.sub("", inside))
            found.append(
                Link(url, _whole(text, html.unescape((title[1] or title[2] or "") if title else "")))
            )
    return found


def _whole(text: str, title: str) -> str:
    """The words of a link as a whole: the title attribute where the text is blank or a cut of it."""
    text, title = (_BLANKS.sub(" ", part).strip()[:_LONGEST_TEXT] for part in (text, title))
    start = _CUT.sub("", _DATE.sub("", text)).strip()
    if title and (not start or start != text or title.startswith(start)):
        return _DATE.sub("", title)
    return _DATE.sub("", text)


def _refresh(tree: LexborHTMLParser, scripts: list[str], base: str, charset: str) -> str | None:
    for node in tree.css("meta[http-equiv]"):
        found = _META_REFRESH.match(node.attributes.get("content") or "")
        if (node.attributes.get("http-equiv") or "").lower() == "refresh" and found:
            return absolute(found[1], base, charset)
    if sum(map(len, scripts)) > _REFRESH_WITHIN:
        return None
    for script in scripts:
        found = _SCRIPT_REFRESH.search(script)
        if found:
            return absolute(found[1] or found[2], base, charset)
    return None
