"""The main text of a page: its paragraphs without tables and page furniture.

trafilatura tells where the main text is; its words are ours, taken from the blocks. It is a judge of pages,
not a copyist: it loses characters where one word is spread over several elements, and paragraphs where
tables outweigh the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.read.blocks import Block, Paragraph, ReadIssue
from pipeline.read.dom import walk
from pipeline.read.tables import resolve_text

MAX_MARKUP = (
    1_500_000  # characters left without tables; more is given as it stands, to stay within bounded time
)

_FURNITURE = [
    *("script", "style", "template", "noscript", "iframe", "nav", "svg", "select", "option", "xml", "object"),
    *("img", "picture"),  # a picture inside the page as text can have megabytes
]
_TABLE_TAGS = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th|caption)(?=[\s>])")
_SPACE = re.compile(r"\s+")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SENTENCE = re.compile("[。；，：]")
_TELLING = 20  # characters of a line that is not met by chance elsewhere on the page
_GAP = 2  # lines of furniture tolerated between the main text and lines that belong to it
_RUN = 3  # so many short lines without a sentence, one after the other, are a menu
_CLIMB = 5
_MENU_SHARE = 0.9


def main_text(
    tree: LexborHTMLParser, tables: Sequence[LexborNode], blocks: Sequence[Block]
) -> tuple[tuple[str, ...], ReadIssue | None]:
    """The paragraphs of the main text. Takes the tree apart: `tables` and furniture are removed from it."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    if not lines:
        return (), None
    for table in tables:
        table.decompose()
    tree.strip_tags(_FURNITURE)
    for menu in [node for node in tree.css("ul, ol") if _is_menu(node)]:
        menu.decompose()
    markup = tree.html or ""
    found = _extracted(markup) if len(markup) <= MAX_MARKUP else None
    matched = _matched(lines, found) if found else [False] * len(lines)
    region = _region(lines, matched)
    headings = [index for index, line in enumerate(lines) if _SECTION.match(line)]
    if region and all(index in region for index in headings):
        return tuple(_kept(lines, matched, region, headings[0] if headings else region.start)), None
    container = _densest(tree)
    prose = resolve_text(walk(container)) if container is not None else lines
    return tuple(prose), ReadIssue(
        "prose_fallback",
        "The main text could not be told for certain; the densest part of the page is given for it.",
    )


def _extracted(markup: str) -> str | None:
    """What trafilatura finds. Its `deduplicate` keeps state from document to document and must stay off."""
    # only layout tables are left, and their text is not to be lost
    markup = _TABLE_TAGS.sub(r"<\1div", markup)
    import trafilatura  # noqa: PLC0415 - half a second, and who looks for links alone reads no prose

    return trafilatura.extract(markup, include_tables=False, include_comments=False)


def _matched(lines: Sequence[str], found: str) -> list[bool]:
    """Which lines of the page trafilatura found. A long line counts by its beginning or its end."""
    bare = [_SPACE.sub("", line) for line in lines]
    exact = {_SPACE.sub("", line) for line in found.split("\n")}
    joined = "\n".join(exact) if len(lines) * len(found) < 100_000_000 else ""

    def is_found(line: str) -> bool:
        if line in exact:
            return True
        return len(line) >= _TELLING and bool(joined) and (line[:12] in joined or line[-12:] in joined)

    return [is_found(line) for line in bare]


def _region(lines: Sequence[str], matched: Sequence[bool]) -> range:
    """From the first to the last line found, taking those long enough to be met by no chance as the core."""
    core = [index for index, line in enumerate(lines) if matched[index] and len(line) >= _TELLING]
    core = core or [index for index, hit in enumerate(matched) if hit]
    if not core:
        return range(0)
    first = _reach(matched, core[0], -1)
    return range(first, _reach(matched, core[-1], 1) + 1)


def _reach(matched: Sequence[bool], start: int, step: int) -> int:
    """The last line found when going on from `start`, over gaps of a few lines."""
    last = start
    index = start + step
    while 0 <= index < len(matched) and abs(index - last) <= _GAP + 1:
        if matched[index]:
            last = index
        index += step
    return last


def _kept(lines: Sequence[str], matched: Sequence[bool], region: range, first_section: int) -> Iterator[str]:
    """The lines of the region without menus: before the first section those found, from there on all."""
    labels = [_is_label(lines[index]) and (index < first_section or not matched[index]) for index in region]
    for position, index in enumerate(region):
        runs = (labels[start : start + _RUN] for start in range(max(position - _RUN + 1, 0), position + 1))
        in_menu = any(len(run) == _RUN and all(run) for run in runs)
        if not in_menu and (matched[index] or index >= first_section):
            yield lines[index].strip()


def _is_label(line: str) -> bool:
    return len(line) < _TELLING and not _SENTENCE.search(line) and not _SECTION.match(line)


def _is_menu(node: LexborNode) -> bool:
    """Whether a list is all links: a judge of main text would come to the same view, slowly."""
    links = sum(len(link.text().strip()) for link in node.css("a"))
    return links > 0 and links >= _MENU_SHARE * len(_SPACE.sub("", node.text()))


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds most text that is no link, near ones preferred to those far around."""
    root = tree.body or tree.root
    if root is None:
        return None
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node in root.traverse(include_text=True):
        if node.tag != "-text":
            continue
        weight = float(len((node.text_content or "").strip()))
        parent = node.parent
        for _ in range(_CLIMB if weight else 0):
            if parent is None or parent.tag in {"a", "html"}:
                break
            scores[parent.mem_id] = scores.get(parent.mem_id, 0.0) + weight
            nodes[parent.mem_id] = parent
            weight *= 0.9
            parent = parent.parent
    return nodes[max(scores, key=scores.__getitem__)] if scores else root
