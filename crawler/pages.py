"""A page of a portal as the search sees it: its links, its words, and where it sends a browser on. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from crawler.leads import Leads
from crawler.links import Link, clicked, link_text, links_of, words_of
from crawler.urls import absolute
from pipeline.read import decode, sniff
from pipeline.read.body_pages import further_pages, may_go_on
from pipeline.read.page_pictures import is_of_text

# A row, or a comment, which hides those in it: to its end, or to that of the page. In bytes both begin alike, which
# makes the search ten times as fast; no charset but UTF-16 has these bytes within another character.
_ROW = re.compile(rb"<(?:!--(?:.*?-->|.*)|([Tt][Rr]\b))", re.DOTALL)
# also one that a script fills in
_ANY_ROW = re.compile(r"<!--(?:.*?-->|.*)|((?:<|\\u003c)[Tt][Rr]\b)", re.DOTALL)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_META_REFRESH = re.compile(r"\s*\d*\.?\d*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_SCRIPT_REFRESH = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*["']([^"']+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"']+)["']""",
)
_LOADED = re.compile(r"""\.load\(\s*["']([^"'\s<>]+)["']""")
_PICTURE = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=\s]{200,}")
_LONGEST = 2_000_000
_REFRESH_WITHIN = 4000  # characters; a page longer than this has something to say before it sends one on

__all__ = ["Link", "Page", "is_html", "link_text"]


class Page:
    """What a page of HTML shows, from any bytes. `refresh` is the address that it sends a browser on to, by meta tag
    or script.

    `column_type` and `column_name` are the standard meta tags ColumnType and ColumnName. `frames` are the
    addresses of what is shown inside the page, in a frame or loaded by its script. Everything is read when it is
    first asked for: of most reports nothing but whether they have rows is, and not even their characters are told.
    """

    def __init__(self, url: str, body: bytes, content_type: str | None) -> None:
        self.url = url
        self._body = body
        self._declared = content_type

    @cached_property
    def source(self) -> str:
        """The text of the page without the pictures that are written into it, and without what stands behind two
        million characters: home pages of 14 MB are met, nearly all of it pictures.
        """
        return _PICTURE.sub("data:,", self._decoded[0])[:_LONGEST]

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
        return links_of(self._tree, self._scripts, self.leads, self._base, self._charset)

    @property
    def clicked(self) -> tuple[tuple[str, str], ...]:
        """The code of what is to be clicked, each with its words."""
        return tuple(clicked(self._tree))

    @cached_property
    def leads(self) -> Leads:
        """What the functions in its scripts do."""
        return Leads(self.code)

    @cached_property
    def frames(self) -> tuple[str, ...]:
        sources = [node.attributes.get("src") or "" for node in self._tree.css("iframe, frame, embed")]
        sources += [
            found for script in self._scripts if ".load" in script for found in _LOADED.findall(script)
        ]
        frames = (absolute(source, self._base, self._charset) for source in sources)
        return tuple(frame for frame in frames if frame is not None and frame != self.url)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of the pictures that may be part of what the page says."""
        nodes = filter(is_of_text, self._tree.css("img[src]"))
        found = (absolute(node.attributes.get("src") or "", self._base, self._charset) for node in nodes)
        return tuple(url for url in found if url is not None)

    def further_pages(self, first: str) -> tuple[str, ...]:
        """The addresses of the pages behind it of a text that is spread over several, of which `first` is the first."""
        if not may_go_on(self._body, first):
            return ()
        found = further_pages(self._tree, self.url, first, self._base)
        addresses = (absolute(one, self._base, self._charset) for one in found)
        return tuple(url for url in addresses if url is not None)

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
    def scripts(self) -> tuple[str, ...]:
        """The addresses of the scripts that lie elsewhere."""
        nodes = self._tree.css("script[src]")
        found = (absolute(node.attributes.get("src") or "", self._base, self._charset) for node in nodes)
        return tuple(url for url in found if url is not None)

    @property
    def script_count(self) -> int:
        return len(self._scripts)

    @cached_property
    def table_count(self) -> int:
        return len(self._tree.css("table"))

    def has_rows(self, least: int = 1) -> bool:
        """Whether there are at least so many rows of tables. They are looked for from the top, and in the bytes first:
        most reports have enough of them before anything else of the page was read.
        """
        if _are_more(_ROW.finditer(self._body), least):
            return True
        if self._body.startswith(_UTF16) or b"\\u003c" in self._body:
            return _are_more(_ANY_ROW.finditer(self.source), least)
        return False

    @property
    def has_password(self) -> bool:
        return self._tree.css_first('input[type="password"]') is not None

    def has_any(self, words: Iterable[str]) -> bool:
        """Whether one of these words of ASCII, in small letters, stands in the source in letters of any size."""
        return any(word.encode("ascii") in self._folded for word in words)

    @property
    def _charset(self) -> str:
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        text, charset = decode(self._body, declared=self._declared)
        return text, charset

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


def _are_more(found: Iterable[re.Match[str]] | Iterable[re.Match[bytes]], least: int) -> bool:
    return next(islice((True for one in found if one[1]), least - 1, None), False)


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
