"""What a site, a list or an editor has put around a title is taken off."""

from __future__ import annotations

import html
import re

from pipeline.identify.normalise import Folded, fold

_LONGEST = 400  # no title is longer; more is a page of text
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|top|cc|info|xyz|tw)(?:/[\w./?=&%-]*)?"
)
# A date of posting goes before white space does, since 2022-01-20 2021年 would run together.
_POSTED = re.compile(
    r"(?<!\d)(?<!\d[-~至到—])(?:20\d\d[-./]\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d|\s*[-~至到—]+20\d\d)"
)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_BULLET = re.compile(r"[\s·•●◆■▪►>*#-]*(?:\(?\d{1,3}[.、)](?=\D|20\d\d年))?")
_FURNITURE = re.compile(
    r"(?:发布时间|发布日期|发表时间|来源|作者|浏览次数|点击数?|字号|字体|责任编辑|索引号|日期|时间)[:：]"
)
_LATIN_REMARK = re.compile(r"\((?=[^()]{0,60}[a-z]{2})[^()\u3400-\u9fff]{1,80}\)$")
_BREADCRUMB = re.compile(r">>|>|»|›")
_PARTS = re.compile(
    r"[_|｜┃]+|—{2,}|--+|(?<!\d)[-–—](?!\d)|(?<=[\u3400-\u9fff)])(?<![年月日])[-–—](?=\d)|(?<=\d)[-–—](?=[\u3400-\u9fff])"
)


def clean_title(title: str) -> Folded:
    """The title without what a site, a list or an editor has put around it."""
    raw = html.unescape(title[:_LONGEST]) if "&" in title[:_LONGEST] else title[:_LONGEST]
    text = fold(_POSTED.sub(" ", _MARKUP.sub(" ", raw)))
    for pattern in (_ADDRESS, _LATIN_REMARK):
        for match in reversed(list(pattern.finditer(text.key))):
            text = Folded(
                text.key[: match.start()] + text.key[match.end() :],
                text.printed[: match.start()] + text.printed[match.end() :],
                text.gaps if match.end() == len(text.key) else frozenset(),
            )
    bullet = _BULLET.match(text.key)
    text = text.cut(bullet.end() if bullet else 0)
    furniture = _FURNITURE.search(text.key, 1)
    return text.cut(0, furniture.start()) if furniture else text


def split_title(text: Folded) -> list[Folded]:
    """The parts that a site joins in one title, the likeliest to be the title first."""
    crumbs = [match.end() for match in _BREADCRUMB.finditer(text.key)]
    if crumbs and crumbs[-1] < len(text.key):
        text = text.cut(crumbs[-1])
    parts: list[Folded] = []
    last = 0
    for match in _PARTS.finditer(text.key):
        parts.append(text.cut(last, match.start()))
        last = match.end()
    parts.append(text.cut(last))
    return [part for part in parts if part.key]
