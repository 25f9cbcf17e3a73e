"""The main text of a page: its paragraphs without tables and page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.read.blocks import Block, Paragraph, ReadIssue

_TABLE_TAGS = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th|caption)(?=[\s>])")
_FURNITURE = [
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "nav",
    "svg",
    "select",
    "option",
    "xml",
    "object",
]


def main_text(
    tree: LexborHTMLParser, tables: Sequence[LexborNode], blocks: Sequence[Block]
) -> tuple[tuple[str, ...], ReadIssue | None]:
    """The paragraphs of the main text. Takes the tree apart: `tables` and furniture are removed from it."""
    for table in tables:
        table.decompose()
    tree.strip_tags(_FURNITURE)
    text = _extracted(tree.html or "")
    if text:
        return tuple(line for line in map(str.strip, text.split("\n")) if line), None
    lines = tuple(block.text for block in blocks if isinstance(block, Paragraph))
    return lines, ReadIssue(
        "prose_fallback",
        "The main text could not be told from the page around it; all of its text stands in.",
    )


def _extracted(markup: str) -> str | None:
    """What trafilatura finds. Its `deduplicate` keeps state over documents and must stay off."""
    markup = _TABLE_TAGS.sub(
        r"<\1div", markup
    )  # only layout tables are left; their text is not to be dropped
    return trafilatura.extract(markup, include_tables=False, include_comments=False)
