"""Whether a page that should be a report has nothing to show but its title. Pure.

Portals put the page of a report up before its text (内容正在更新中), or lose the text when they move. Such a page is
not held for the report: it is a gap, and is asked for again.
"""

from __future__ import annotations

import re

from crawler.attachments import attachments
from crawler.discovery import Column
from crawler.families.shapes import folder
from crawler.listed import is_list, other_years
from crawler.pages import Page

_ROW = re.compile(rb"<tr\b", re.IGNORECASE)
_NOTHING = re.compile(r"暂(?:无|时没有)(?:相关)?(?:年度报告|年报|报告|信息|数据|内容|记录)")
_WORDS_OF_A_REPORT = 100  # characters beside the menus; a report has thousands
_WORDS_AROUND = (
    600  # characters beside the menus of a page that may be bare: who made the site, when it was posted
)
_PROSE = 60  # characters in sentences; a placeholder is one short sentence
_SENTENCE = re.compile(r"[^\s。]+。")
_ESCAPED = re.compile(r"(?:\\u[4-9][0-9a-f]{3}){20}", re.IGNORECASE)  # a text within a script
_SHOWN = re.compile(r"<(?:object|embed|video|canvas)\b|data:,", re.IGNORECASE)  # what is shown without words


def may_be_bare(body: bytes) -> bool:
    """Whether a page is worth the look: one with rows of a table has figures to show."""
    return _ROW.search(body) is None


def is_bare(page: Page) -> bool:
    """Whether a page says that there is nothing, or has no text, no file and no picture of its own, and leads to no
    reports either.
    """
    around = len(page.visible) - sum(len(link.text) for link in page.links)
    if around < _WORDS_OF_A_REPORT and _NOTHING.search(page.source) is not None:
        return True
    return (
        around < _WORDS_AROUND
        and not page.has_rows()
        and _prose(page.visible) < _PROSE
        and "附件" not in page.visible
        and not page.frames
        and _SHOWN.search(page.source) is None
        and not attachments(page)
        and not is_list(page, Column(folder(page.url).rpartition("/")[0] + "/"))
        and next(other_years(page), None) is None
        and _prose(page.code) < _PROSE
        and _ESCAPED.search(page.code) is None
    )


def _prose(text: str) -> int:
    """The characters that stand in sentences."""
    return sum(map(len, _SENTENCE.findall(text)))
