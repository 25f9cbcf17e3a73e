"""What a page says about itself: the standard meta tags and the titles it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.read.dom import shown_text

# 《政府网站发展指引》(国办发〔2017〕47号), 网页设计规范, 网页标签. ArticleId and the like are no part of it.
_STANDARD = (
    *(
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
    ),
    *("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url"),
)
_CANONICAL = MappingProxyType({name.lower(): name for name in _STANDARD})
_TITLE_SELECTOR = 'h1, h2, .bt, .biaoti, [class*="title" i]:not(body, ul, table), [id*="title" i]:not(body)'
_LONGEST_TITLE = 120
_MOST_TITLES = 12
_BREAK = re.compile(r"\s*\n\s*")


def metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """The standard meta tags with a value, under their canonical names; the first of each name counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        attributes = node.attributes
        name = _CANONICAL.get((attributes["name"] or "").strip().lower())
        value = shown_text(attributes["content"] or "")
        if name is not None and value:
            found.setdefault(name, value)
    return found


def titles(tree: LexborHTMLParser, tags: Mapping[str, str]) -> tuple[str, ...]:
    """Candidates for the title, best first: the meta tag, headings and the like, the page's title."""
    candidates = [tags.get("ArticleTitle", "")]
    candidates.extend(_short_text(node) for node in tree.css(_TITLE_SELECTOR)[: 4 * _MOST_TITLES])
    page_title = tree.css_first("title")
    last = _short_text(page_title) if page_title is not None else ""
    kept = [title for title in dict.fromkeys(candidates) if title and title != last]
    return (*kept[:_MOST_TITLES], *([last] if last else []))


def _short_text(node: LexborNode) -> str:
    text = node.text(deep=True, separator=" " if node.tag != "title" else "").strip()
    return (
        shown_text(text)
        if len(text) <= 4 * _LONGEST_TITLE and len(shown_text(text)) <= _LONGEST_TITLE
        else ""
    )
