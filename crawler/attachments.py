"""The files of a report whose page does not print its tables. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from crawler.families.shapes import folder, is_below, is_document
from crawler.pages import Link, Page
from crawler.urls import absolute
from pipeline.identify import identify_title

_TABLE_ROWS = 12  # a page with as many rows prints its tables; the shortest form has twice as many
_MOST = 5
_WORDS_AROUND = 600  # characters of a page that is the frame of another, as in `crawler.bare`
_AROUND = re.compile(
    r"head|top\b|foot|bottom|nav|menu|share|search|login|count|visit|weather|player|calendar|\bmap",
    re.IGNORECASE,
)
_MOST_SCANS = 20  # pictures of pages
_STORED = re.compile(r"/__local/|/W020\d{10,}", re.IGNORECASE)  # VSB, TRS
_DRESS = re.compile(
    r"/(?:images?|img|icons?|skins?|templates?|themes?|static|style|css|logo)/|logo|icon|banner|qrcode",
    re.IGNORECASE,
)
_SERVLET = re.compile(
    r"/(?:downfile|download\w*)\.(?:jsp|do|action|aspx?)\b|/attach(?:ment)?s?/|/group\d+/M\d\d/",
    re.IGNORECASE,
)
_UPLOADED = re.compile(r"/(?:upload\w*|files?|userfiles|ueditor|attached)/", re.IGNORECASE)
_SHOWN = re.compile(r"[?&#](?:file|url|src|path)=([^&#]+)", re.IGNORECASE)  # viewer.html?file=
_WRITTEN = re.compile(r"""["']url["']\s*:\s*["']([^"'\s]+\.[a-z]{2,4})["']""", re.IGNORECASE)
_ELSE = re.compile(r"指南|制度|申请表|依申请|目录")
_NAMED = re.compile(r"附件|下载|年报|年度报告|全文|正文")


def attachments(page: Page) -> Sequence[Link]:
    """The files that stand for the report on this page; none where the page prints the tables itself. Pictures are
    called as their page is: they seldom say themselves what they show.
    """
    if prints_tables(page):
        return ()
    frames = [Link(url, "") for frame in page.frames if (url := _shown_in(frame, page.url)) is not None]
    beside = folder(page.url).rpartition("/")[0] + "/"
    links = [
        link
        for link in page.links
        if _is_file(link) and (is_below(link.url, beside) or _is_named(link) or _is_served(link))
    ]
    files = {link.url: link for link in (*frames, *links, *_in_scripts(page))}
    called = next((text for text in (page.heading, page.title) if identify_title(text).is_report), "")
    pictures = {url: Link(url, called) for url in page.pictures if _is_scan(url, beside)}
    if not files and _is_a_frame(page):
        files = {url: Link(url, called) for url in page.frames if not _AROUND.search(url)}
    if not files and not pictures:
        pictures = {url: Link(url, called) for url in page.pictures if _is_uploaded(url)}
    return (*tuple(files.values())[:_MOST], *tuple(pictures.values())[:_MOST_SCANS])


def prints_tables(page: Page) -> bool:
    """Whether a page prints tables as long as a report's."""
    return page.has_rows(_TABLE_ROWS)


def _is_a_frame(page: Page) -> bool:
    """Whether a page without tables says next to nothing beside its links: its text may be a page within."""
    return len(page.visible) - sum(len(link.text) for link in page.links) < _WORDS_AROUND


def _shown_in(frame: str, at: str) -> str | None:
    """The file that a frame shows, by itself or in a viewer; None where it is a page."""
    if is_document(frame):
        return frame
    found = _SHOWN.search(frame)
    url = absolute(unquote(found[1]), at) if found else None
    return url if url is not None and is_document(url) else None


def _is_uploaded(url: str) -> bool:
    return is_document(url) and _UPLOADED.search(url) is not None and not _DRESS.search(url)


def _is_scan(url: str, beside: str) -> bool:
    """Whether a picture on a page belongs to its text, and not to the dress of the site."""
    if not is_document(url) or _DRESS.search(url):
        return False
    own = is_below(url, beside) and beside.count("/") > 1
    return own or _SERVLET.search(url) is not None or _STORED.search(url) is not None


def _in_scripts(page: Page) -> Iterator[Link]:
    """The files that a script names, where it holds what the page shows (广东 gkmlpt)."""
    for written in _WRITTEN.findall(page.source):
        url = absolute(written.replace("\\/", "/"), page.url)
        if url is not None and _SERVLET.search(url):
            yield Link(url, "附件")


def _is_file(link: Link) -> bool:
    return is_document(link.url) or _SERVLET.search(link.url) is not None


def _is_served(link: Link) -> bool:
    """Whether a servlet for attachments serves the file: pages do not link to other things through it."""
    return _SERVLET.search(link.url) is not None and _ELSE.search(link.text) is None


def _is_named(link: Link) -> bool:
    return _NAMED.search(link.text) is not None or identify_title(link.text).is_report
