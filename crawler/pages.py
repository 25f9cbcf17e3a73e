"""A page of a portal as the search sees it: its links, its words, and where it sends a browser on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from crawler.links import Link, link_text, links_of, words_of
from crawler.urls import absolute
from pipeline.read import decode, sniff

_ROW = re.compile(r"<[Tt][Rr]\b")
_ROW_IN_SCRIPT = re.compile(r"\\u003c[Tt][Rr]\b")  # of a page that a script fills in
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_META_REFRESH = re.compile(r"\s*\d*\.?\d*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_SCRIPT_REFRESH = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*["']([^"']+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"']+)["']""",
)
_PICTURE = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=\s]{200,}")
_LONGEST = 2_000_000
_REFRESH_WITHIN = 4000  # characters; a page longer than this has something to say before it sends one on

__all__ = ["Link", "Page", "is_html", "link_text", "read_page"]


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

    @cached_property
    def title(self) -> str:
        return words_of(self._tree.css_first("title"))

    @cached_property
    def heading(self) -> str:
        return words_of(self._shown.css_first("h1, h2"))

    @cached_property
    def visible(self) -> str:
        return words_of(self._shown.body)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return links_of(self._tree, self._scripts, self._base, self._charset)

    @cached_property
    def frames(self) -> tuple[str, ...]:
        nodes = self._tree.css("iframe, frame, embed")
        frames = (absolute(node.attributes.get("src") or "", self._base, self._charset) for node in nodes)
        return tuple(frame for frame in frames if frame is not None and frame != self.url)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of the pictures on the page."""
        nodes = self._tree.css("img[src]")
        found = (absolute(node.attributes.get("src") or "", self._base, self._charset) for node in nodes)
        return tuple(url for url in found if url is not None)

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
    def code(self) -> str:
        """The text of all its scripts."""
        return "\n".join(self._scripts)

    @property
    def script_count(self) -> int:
        return len(self._scripts)

    @cached_property
    def table_count(self) -> int:
        return len(self._tree.css("table"))

    @cached_property
    def row_count(self) -> int:
        """Rows of tables, counted in the source: the tree is made for the few pages that print none."""
        source = _COMMENT.sub("", self.source)
        written = len(_ROW_IN_SCRIPT.findall(source)) if "\\u003c" in source else 0
        return len(_ROW.findall(source)) + written

    @property
    def has_password(self) -> bool:
        return self._tree.css_first('input[type="password"]') is not None

    def has_any(self, words: Iterable[str]) -> bool:
        """Whether one of these words of ASCII, in small letters, stands in the source in letters of any size."""
        return any(word.encode("ascii") in self._folded for word in words)

    @cached_property
    def _folded(self) -> bytes:
        return self.source.encode("utf-8", errors="surrogatepass").lower()

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.source)

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
    kind = sniff(body, declared=media_type)
    return kind == "text/html" or (
        kind == "text/plain" and media_type in ("text/html", "application/xhtml+xml")
    )


def read_page(url: str, body: bytes, content_type: str | None) -> Page:
    """Read a page of HTML from any bytes. Pictures that are written into it are left out, and what stands behind two
    million characters: home pages of 14 MB are met, nearly all of it pictures.
    """
    source, charset = decode(body, declared=content_type)
    return Page(url, _PICTURE.sub("data:,", source)[:_LONGEST], charset)


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
